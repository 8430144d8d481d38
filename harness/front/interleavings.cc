#include "harness/front/interleavings.h"

namespace doorway::front {

Interleavings::Interleavings(const Execution& execution) : execution_(execution) {
  Require(true, true);
  if (!HasOrder()) Require(true, false);
  if (!HasOrder()) Require(false, false);
}

void Interleavings::Require(bool modification_order, bool from_reads) {
  before_.assign(execution_.events.size(), {});
  const auto require = [this](EventId first, EventId second) {
    if (first != second && execution_.events[first].kind != EventKind::kInit) before_[second].push_back(first);
  };
  for (std::size_t i = 0; i < execution_.events.size(); ++i) {
    const Event& event = execution_.events[i];
    if (event.IsRead()) require(event.reads_from, static_cast<EventId>(i));
  }
  if (!modification_order) return;
  std::vector<EventId> next(execution_.events.size(), kNoEvent);  // in mo
  for (const std::vector<EventId>& writes : execution_.modification_order) {
    for (std::size_t i = 1; i < writes.size(); ++i) {
      require(writes[i - 1], writes[i]);
      next[writes[i - 1]] = writes[i];
    }
  }
  for (std::size_t i = 0; from_reads && i < execution_.events.size(); ++i) {
    const Event& event = execution_.events[i];
    if (event.IsRead() && next[event.reads_from] != kNoEvent) require(static_cast<EventId>(i), next[event.reads_from]);
  }
}

// Whether all steps can be made.
bool Interleavings::HasOrder() const {
  Cut cut = Beginning();
  for (std::uint32_t enabled = Enabled(cut); enabled != 0; enabled = Enabled(cut)) {
    for (int t = 0; t < threads(); ++t) {
      while (MayStep(cut, t)) ++cut[static_cast<std::size_t>(t)];
    }
  }
  for (std::size_t t = 0; t < cut.size(); ++t) {
    if (cut[t] != execution_.threads[t].events.size() + 1) return false;
  }
  return true;
}

EventId Interleavings::Next(const Cut& cut, int thread) const {
  const auto t = static_cast<std::size_t>(thread);
  return cut[t] == 0 ? kNoEvent : execution_.threads[t].events[cut[t] - 1U];
}

bool Interleavings::Done(const Cut& cut, EventId e) const {
  const Event& event = execution_.events[e];
  return cut[event.thread] > event.index + 1;
}

bool Interleavings::MayStep(const Cut& cut, int thread) const {
  const auto t = static_cast<std::size_t>(thread);
  if (cut[t] == 0) return true;
  if (cut[t] > execution_.threads[t].events.size()) return false;
  for (const EventId e : before_[execution_.threads[t].events[cut[t] - 1U]]) {
    if (!Done(cut, e)) return false;
  }
  return true;
}

std::uint32_t Interleavings::Enabled(const Cut& cut) const {
  std::uint32_t enabled = 0;
  for (int t = 0; t < threads(); ++t) enabled |= MayStep(cut, t) ? 1U << t : 0U;
  return enabled;
}

}  // namespace doorway::front
