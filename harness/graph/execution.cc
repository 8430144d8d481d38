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
void Execution::ComputeCoherentOrder() {
  const std::size_t width = threads.size();
  coherent_.assign(events.size() * width, 0);
  std::vector<std::vector<EventId>> before(events.size());
  for (const ThreadState& thread : threads) {
    for (std::size_t i = 1; i < thread.events.size(); ++i) before[thread.events[i]].push_back(thread.events[i - 1]);
  }
  std::vector<std::vector<EventId>> readers(events.size());
  for (EventId e = 0; e < events.size(); ++e) {
    if (!events[e].IsRead() || events[e].reads_from == kNoEvent) continue;
    before[e].push_back(events[e].reads_from);
    readers[events[e].reads_from].push_back(e);
  }
  for (const std::vector<EventId>& mo : modification_order) {
    for (std::size_t i = 1; i < mo.size(); ++i) {
      before[mo[i]].push_back(mo[i - 1]);
      for (EventId reader : readers[mo[i - 1]]) {
        if (reader != mo[i]) before[mo[i]].push_back(reader);
      }
    }
  }
  for (EventId e = 0; e < events.size(); ++e) {
    if (events[e].kind != EventKind::kInit) coherent_[e * width + events[e].thread] = events[e].index + 1;
  }
  sequentially_consistent_ = true;
  for (bool changed = true; changed && sequentially_consistent_;) {
    changed = false;
    for (EventId e = 0; e < events.size(); ++e) {
      if (events[e].kind == EventKind::kInit) continue;
      for (EventId p : before[e]) {
        for (std::size_t t = 0; t < width; ++t) {
          std::uint16_t& mine = coherent_[e * width + t];
          const std::uint16_t theirs = coherent_[p * width + t];
          if (theirs > mine) {
            mine = theirs;
            changed = true;
          }
        }
      }
      if (coherent_[e * width + events[e].thread] != events[e].index + 1) sequentially_consistent_ = false;
    }
  }
}

}  // namespace doorway
