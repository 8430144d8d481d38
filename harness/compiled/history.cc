#include "harness/compiled/history.h"

#include <cstdint>
#include <iomanip>
#include <sstream>
#include <string>

#include "harness/front/steps.h"

namespace doorway::compiled {
namespace {

// Pointers and other large values in hexadecimal.
std::string Show(const Execution& execution, const Event& event, Value value) {
  const int unused = 64 - 8 * (*execution.locations)[event.location].width;
  const auto number = static_cast<std::int64_t>(value << unused) >> unused;
  std::ostringstream text;
  if (number > 0xffff'ffff || number < -0x7fff'ffff) {
    text << "0x" << std::hex << value;
  } else {
    text << number;
  }
  return text.str();
}

std::string OrderIn(const Event& event) {
  return event.order == Order::kPlain ? "" : "(" + std::string(Name(event.order)) + ")";
}

std::string WhatWasRead(const Execution& execution, const Event& event) {
  std::string text = Show(execution, event, event.read);
  const Event& source = execution.events[event.reads_from];
  if (source.kind == EventKind::kInit) return text + ", the initial value";
  if (source.thread != event.thread) text += ", written by " + ThreadName(source.thread);
  return text;
}

std::string What(const Execution& execution, const Event& event) {
  const std::string verb = event.label->verb + OrderIn(event);
  if (event.location == kNoLocation) return verb;
  const std::string& object = (*execution.locations)[event.location].name;
  switch (event.kind) {
    case EventKind::kRead:
      return verb + " " + object + ": " + WhatWasRead(execution, event);
    case EventKind::kWrite:
      return verb + " " + object + (event.destroyed ? "" : " = " + Show(execution, event, event.written));
    case EventKind::kUpdate:
      return verb + " " + object + ": " + WhatWasRead(execution, event) + "; now " +
             Show(execution, event, event.written);
    default:
      return verb;
  }
}

std::string Where(Site site) {
  return site.line == 0 ? "" : std::string("  ") + site.file + ":" + std::to_string(site.line);
}

bool Waits(ThreadEnd end) { return end == ThreadEnd::kBlocked || end == ThreadEnd::kStuck; }

}  // namespace

std::string ThreadName(int thread) { return thread == 0 ? "main" : "T" + std::to_string(thread); }

void PrintHistory(const Execution& execution, std::ostream& out) {
  int step = 0;
  front::ForEachStep(execution, [&](const Event& event, bool stale) {
    out << std::setw(4) << ++step << "  " << std::left << std::setw(5) << ThreadName(event.thread) << std::right
        << What(execution, event) << (event.spurious ? " [fails though it need not]" : "") << (stale ? " [STALE]" : "")
        << Where(event.label->site) << "\n";
  });
  for (std::size_t t = 0; t < execution.threads.size(); ++t) {
    const ThreadState& thread = execution.threads[t];
    if (thread.pending == nullptr) continue;
    const Label& label = *thread.pending;
    const bool fails = label.op == Op::kFailed || label.op == Op::kError;
    if (!fails && !Waits(thread.end)) continue;
    if (!fails && std::string(label.verb) == "start") continue;  // nobody has started it
    out << "      " << std::left << std::setw(5) << ThreadName(static_cast<int>(t)) << std::right
        << (fails ? "FAILS: " : "waits: ") << label.verb;
    if (label.location != kNoLocation) out << " " << (*execution.locations)[label.location].name;
    out << Where(label.site) << "\n";
  }
}

}  // namespace doorway::compiled
