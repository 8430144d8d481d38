#include "harness/front/steps.h"

#include <bit>
#include <cstdint>

#include "harness/front/interleavings.h"

namespace doorway::front {
namespace {

bool IsStale(const Execution& execution, const doorway::Event& event, const Interleavings::Cut& cut) {
  if (event.kind != EventKind::kRead) return false;
  const auto& order = execution.modification_order[event.location];
  const doorway::Event& newest = execution.events[order.back()];
  return order.back() != event.reads_from && newest.kind != EventKind::kInit && cut[newest.thread] > newest.index + 1;
}

}  // namespace

void ForEachStep(const Execution& execution,
                 const std::function<void(const doorway::Event& event, bool stale)>& visit) {
  const Interleavings interleavings(execution);
  Interleavings::Cut cut = interleavings.Beginning();
  int last = 0;
  for (std::uint32_t enabled = interleavings.Enabled(cut); enabled != 0; enabled = interleavings.Enabled(cut)) {
    const int t = (enabled >> last & 1) != 0 ? last : std::countr_zero(enabled);
    last = t;
    const EventId e = interleavings.Next(cut, t);
    ++cut[static_cast<std::size_t>(t)];
    if (e == kNoEvent) continue;
    const doorway::Event& event = execution.events[e];
    visit(event, IsStale(execution, event, cut));
  }
}

}  // namespace doorway::front
