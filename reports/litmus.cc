#include "reports/litmus.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "reports/operation.h"

namespace doorway {
namespace {

constexpr Value kLargestInt = 0x7fffffff;

// What a comment of the format's holds: no end of a comment in it.
std::string InComment(std::string text) {
  for (std::size_t at; (at = text.find("*)")) != std::string::npos;) text.replace(at, 2, "* )");
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::string OrderName(Order order) { return fmt::format("memory_order_{}", Name(order)); }

class Test {
 public:
  Test(const Run& run, const Evidence& evidence) : run_(run), evidence_(evidence), execution_(evidence.execution) {
    NameLocations();
  }

  std::string Text() {
    std::string threads;
    for (std::size_t t = 0; t < execution_.threads.size(); ++t) threads += "\n" + Thread(t);
    EndOfMemory();
    std::string text = fmt::format("C {}\n", TestName());
    text += fmt::format("(* {}: {} *)\n", InComment(evidence_.finding.claim), InComment(evidence_.finding.sentence));
    for (const auto& [value, number] : large_) {
      text += fmt::format("(* {} stands for {} *)\n", number, InComment(value.second));
    }
    text += "\n{\n";
    for (const auto& [location, name] : names_) {
      const Value initial = (*execution_.locations)[location].initial;
      text += fmt::format("  {} = {};\n", name, Number(location, initial));
    }
    return text + "}\n" + threads + fmt::format("\nexists ({})\n", fmt::join(conditions_, " /\\ "));
  }

 private:
  // "two_state_exclusion": letters, digits, "-", "+", "_".
  std::string TestName() const { return Identifier(run_.model + "_" + evidence_.finding.claim); }

  static std::string Identifier(const std::string& text) {
    std::string name;
    for (const char c : text) {
      const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (plain || (!name.empty() && name.back() != '_')) name += plain ? c : '_';
    }
    while (!name.empty() && name.back() == '_') name.pop_back();
    return name.empty() || (name[0] >= '0' && name[0] <= '9') ? "v" + name : name;
  }

  // Those that some thread uses, by names that are C's.
  void NameLocations() {
    std::set<std::string> taken;
    for (const ThreadState& thread : execution_.threads) {
      for (const EventId event : thread.events) {
        const LocationId location = execution_.events[event].location;
        if (location == kNoLocation || names_.contains(location)) continue;
        const std::string name = Identifier(LocationName(execution_, location));
        std::string unique = name;
        for (int i = 2; !taken.insert(unique).second; ++i) unique = fmt::format("{}_{}", name, i);
        names_[location] = unique;
      }
    }
  }

  // A value as an int of C.
  std::string Number(LocationId location, Value value) {
    const Location& of = (*execution_.locations)[location];
    if (value <= kLargestInt) return fmt::format("{}", value);
    if (of.is_signed) {
      const int unused = 64 - 8 * of.width;
      const auto number = static_cast<std::int64_t>(value << unused) >> unused;
      if (number >= -static_cast<std::int64_t>(kLargestInt)) return fmt::format("{}", number);
    }
    const auto [known, is_new] = large_.try_emplace({value, ShowValue(execution_, location, value)},
                                                    1'000'001 + static_cast<int>(large_.size()));
    return fmt::format("{}", known->second);
  }

  std::string Thread(std::size_t t) {
    const ThreadState& thread = execution_.threads[t];
    std::set<LocationId> used;
    for (const EventId event : thread.events) {
      if (execution_.events[event].location != kNoLocation) used.insert(execution_.events[event].location);
    }
    std::vector<std::string> parameters;
    for (const LocationId location : used) {
      const bool plain = (*execution_.locations)[location].plain;
      parameters.push_back(fmt::format("{}* {}", plain ? "int" : "atomic_int", names_[location]));
    }
    std::string text = fmt::format("P{} ({}) {{\n", t, fmt::join(parameters, ", "));
    int reads = 0;
    for (const EventId event : thread.events) text += Statement(t, execution_.events[event], &reads);
    return text + "}\n";
  }

  std::string Statement(std::size_t t, const Event& event, int* reads) {
    const std::string name = event.location == kNoLocation ? "" : names_[event.location];
    const bool plain = event.order == Order::kPlain;
    std::string left;
    if (event.IsRead()) {
      left = fmt::format("int r{} = ", *reads);
      conditions_.push_back(fmt::format("{}:r{}={}", t, (*reads)++, Number(event.location, event.read)));
    }
    switch (event.kind) {
      case EventKind::kRead:
        if (plain) return fmt::format("  {}*{};\n", left, name);
        return fmt::format("  {}atomic_load_explicit({}, {});\n", left, name, OrderName(event.order));
      case EventKind::kWrite:
        if (plain) return fmt::format("  *{} = {};\n", name, Number(event.location, event.written));
        return fmt::format("  atomic_store_explicit({}, {}, {});\n", name, Number(event.location, event.written),
                           OrderName(event.order));
      case EventKind::kUpdate:
        return fmt::format("  {}atomic_exchange_explicit({}, {}, {});\n", left, name,
                           Number(event.location, event.written), OrderName(event.order));
      case EventKind::kFence:
        return fmt::format("  atomic_thread_fence({});\n", OrderName(event.order));
      default:  // a choice: what came of it is what follows
        return "";
    }
  }

  // What several threads wrote ends as it did.
  void EndOfMemory() {
    for (const auto& [location, name] : names_) {
      const std::vector<EventId>& order = execution_.modification_order[location];
      if (order.size() < 3) continue;  // the initial write and one more: nothing to tell
      conditions_.push_back(fmt::format("{}={}", name, Number(location, execution_.events[order.back()].written)));
    }
    if (conditions_.empty()) conditions_.emplace_back("true");
  }

  const Run& run_;
  const Evidence& evidence_;
  const Execution& execution_;
  std::map<LocationId, std::string> names_;
  std::map<std::pair<Value, std::string>, int> large_;
  std::vector<std::string> conditions_;
};

}  // namespace

std::string RenderLitmus(const Run& run, const Evidence& evidence) { return Test(run, evidence).Text(); }

}  // namespace doorway
