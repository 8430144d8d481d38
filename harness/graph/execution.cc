#include "harness/graph/execution.h"

#include <algorithm>

namespace doorway {

bool Execution::MarkBefore(const Mark& m, const Mark& n, const Clocks& clocks) const {
  if (m.is_tag && n.is_tag) return Covers(clocks, m.after, n.before);
  if (m.thread == n.thread && m.sequence < n.sequence && m.before == n.before) return true;  // nothing between
  if (m.thread == n.thread && m.sequence > n.sequence) return false;
  if (m.after == kNoEvent || n.before == kNoEvent) return false;
  return m.after == n.before || Covers(clocks, m.after, n.before);
}

bool Execution::Before(EventId a, const Mark& n) const {
  if (n.before == kNoEvent) return false;
  if (a == n.before) return !n.is_tag;
  return Covers(order_, a, n.before);
}

bool Execution::Before(const Mark& m, EventId b) const {
  if (m.after == kNoEvent) return false;
  if (m.after == b) return !m.is_tag;
  return Covers(order_, m.after, b);
}

bool Execution::Complete() const {
  return std::all_of(threads.begin(), threads.end(),
                     [](const ThreadState& thread) { return thread.end == ThreadEnd::kFinished; });
}

// The least fixpoint of "a clock covers those of its direct predecessors in po, rf, mo and fr". A cycle
// shows as an event that covers its own successor in po: every event's own entry is exactly index + 1.
void Execution::ComputeCoherentOrder() const {
  const std::size_t width = threads.size();
  coherent_known_ = true;
  order_is_coherent_ = false;
  sequentially_consistent_ = true;
  coherent_.assign(events.size() * width, 0);

  // Of each write, its predecessor in mo; and its readers, as a list through `next_reader`.
  links_.assign(events.size() * 3, kNoEvent);
  EventId* const mo_before = links_.data();
  EventId* const first_reader = mo_before + events.size();
  EventId* const next_reader = first_reader + events.size();
  for (const std::vector<EventId>& mo : modification_order) {
    for (std::size_t i = 1; i < mo.size(); ++i) mo_before[mo[i]] = mo[i - 1];
  }
  for (EventId e = 0; e < events.size(); ++e) {
    const Event& event = events[e];
    if (event.kind == EventKind::kInit) continue;
    coherent_[e * width + event.thread] = static_cast<std::uint16_t>(event.index + 1);
    if (!event.IsRead() || event.reads_from == kNoEvent) continue;
    next_reader[e] = first_reader[event.reads_from];
    first_reader[event.reads_from] = e;
  }

  const auto cover = [&](EventId e, EventId before) {
    bool changed = false;
    for (std::size_t t = 0; t < width; ++t) {
      std::uint16_t& mine = coherent_[e * width + t];
      const std::uint16_t theirs = coherent_[before * width + t];
      if (theirs > mine) {
        mine = theirs;
        changed = true;
      }
    }
    return changed;
  };
  for (bool changed = true; changed && sequentially_consistent_;) {
    changed = false;
    for (EventId e = 0; e < events.size(); ++e) {
      const Event& event = events[e];
      if (event.kind == EventKind::kInit) continue;
      if (event.index > 0) changed |= cover(e, threads[event.thread].events[event.index - 1u]);
      if (event.IsRead() && event.reads_from != kNoEvent) changed |= cover(e, event.reads_from);
      if (event.IsWrite() && mo_before[e] != kNoEvent) {
        changed |= cover(e, mo_before[e]);
        for (EventId r = first_reader[mo_before[e]]; r != kNoEvent; r = next_reader[r]) {
          if (r != e) changed |= cover(e, r);
        }
      }
      if (coherent_[e * width + event.thread] != event.index + 1) sequentially_consistent_ = false;
    }
  }
}

}  // namespace doorway
