#include "harness/mutate/outcomes.h"

#include <xxhash.h>

#include <algorithm>
#include <string>
#include <vector>

namespace doorway {
namespace {

// What an operation has read, in a form that does not depend on the process or on memory orders.
std::string Line(const Event& event, const Execution& execution) {
  std::string line;
  if (event.label != nullptr) {
    line = std::string(event.label->site.file) + ":" + std::to_string(event.label->site.line) + event.label->verb;
  }
  if (event.location != kNoLocation) line += (*execution.locations)[event.location].name;
  return line + "=" + std::to_string(event.read) + (event.spurious ? "!" : "");
}

}  // namespace

void Outcomes::Add(const Execution& execution) {
  std::string text;
  for (const ThreadState& thread : execution.threads) {
    std::vector<std::string> lines;
    for (const EventId id : thread.events) {
      const Event& event = execution.events[id];
      if (event.IsRead() || event.kind == EventKind::kChoice) lines.push_back(Line(event, execution));
    }
    std::sort(lines.begin(), lines.end());
    for (const std::string& line : lines) text += line + "\n";
    text += "ends " + std::to_string(static_cast<int>(thread.end)) + "\n";
  }
  for (std::size_t l = 0; l < execution.modification_order.size(); ++l) {
    const std::vector<EventId>& order = execution.modification_order[l];
    if (order.empty()) continue;
    text += (*execution.locations)[l].name + "=" + std::to_string(execution.events[order.back()].written) + "\n";
  }
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  all_.insert({hash.low64, hash.high64});
}

}  // namespace doorway
