#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/explore/vector_clock.h"
#include "harness/explore/work_graph.h"

// The clocks of a memory model's own order, kept right while the graph grows and is cut down. They are not those of the
// porf-prefix: a write that gets an older place in the modification order, or a read of an older write, comes before
// events that were there already, and these must be told.
//
// `Edges` says what the order is made of:
//
//   kClocks                            how many clocks there are, from WorkGraph::kOrder on
//   CountSelf(g, e, row)               the event's own entries in its clocks
//   ForEachPredecessor(g, e, visit)    direct neighbours; ones that are before these need not be visited
//   ForEachSuccessor(g, e, visit)

namespace doorway {

template <class Edges>
class OrderClocks {
 public:
  // e was added, or got its place in rf or mo. Clocks only grow when edges are added.
  static void Linked(WorkGraph* g, EventId e) {
    Edges::CountSelf(*g, e, Row(g, e));
    Edges::ForEachPredecessor(*g, e, [g, e](EventId before) { Join(g, e, before); });
    bool last = true;
    Edges::ForEachSuccessor(*g, e, [&last](EventId) { last = false; });
    if (last) return;
    grown_.push_back(e);
    Spread(g);
  }

  // Events were taken out, and the read r, unless it is kNoEvent, from its place in rf. A clock stays right unless it
  // has counted one of these: all that led to its event is still there.
  static void Restricted(WorkGraph* g, EventId r) {
    thread_local std::vector<std::uint16_t> left;  // events, by thread
    left.assign(g->stride(), 0);
    for (std::size_t t = 0; t < g->threads.size(); ++t) left[t] = g->threads[t].count;
    if (r != kNoEvent) --left[(*g)[r].thread];
    const auto counts_gone = [&](const std::uint16_t* row) {
      for (std::size_t block = 0; block < Edges::kClocks * g->stride(); block += kClockBlock) {
        if (ClockBlock(row + block).Exceeds(ClockBlock(&left[block % g->stride()]))) return true;
      }
      return false;
    };
    wrong_.clear();
    for (EventId e = 0; e < static_cast<EventId>(g->size()); ++e) {
      if (counts_gone(Row(g, e))) wrong_.push_back(e);
    }
    Renew(g);
  }

  // All of them anew.
  static void Compute(WorkGraph* g) {
    wrong_.clear();
    for (EventId e = 0; e < static_cast<EventId>(g->size()); ++e) {
      if (!(*g)[e].Is(WorkEvent::kInit)) wrong_.push_back(e);
    }
    Renew(g);
  }

 private:
  static std::uint16_t* Row(WorkGraph* g, EventId e) { return g->clock(e, WorkGraph::kOrder); }

  // Joins `from`'s clocks into those of `to`. True if these grew.
  static bool Join(WorkGraph* g, EventId to, EventId from) {
    if ((*g)[to].Is(WorkEvent::kInit)) return false;
    std::uint16_t* mine = Row(g, to);
    const std::uint16_t* theirs = Row(g, from);
    bool grew = false;
    for (std::size_t block = 0; block < Edges::kClocks * g->stride(); block += kClockBlock) {
      ClockBlock joined(mine + block);
      const ClockBlock added(theirs + block);
      if (!added.Exceeds(joined)) continue;
      joined.Join(added);
      joined.Store(mine + block);
      grew = true;
    }
    return grew;
  }

  static void Spread(WorkGraph* g) {
    while (!grown_.empty()) {
      const EventId e = grown_.back();
      grown_.pop_back();
      Edges::ForEachSuccessor(*g, e, [g, e](EventId next) {
        if (Join(g, next, e)) grown_.push_back(next);
      });
    }
  }

  // Computes the clocks of `wrong_`, in the order of slots, of which nothing is known; the others are right. Slots are
  // nearly in a topological order: one pass, and what it got wrong is spread.
  static void Renew(WorkGraph* g) {
    for (const EventId e : wrong_) {
      std::fill_n(Row(g, e), Edges::kClocks * g->stride(), std::uint16_t{0});
      Edges::CountSelf(*g, e, Row(g, e));
    }
    for (const EventId e : wrong_) {
      bool passed = false;  // a successor has been visited already
      Edges::ForEachPredecessor(*g, e, [g, e](EventId before) { Join(g, e, before); });
      Edges::ForEachSuccessor(*g, e, [&passed, e](EventId next) { passed = passed || next < e; });
      if (passed) grown_.push_back(e);
    }
    Spread(g);
  }

  // Kept for their memory.
  static thread_local inline std::vector<EventId> grown_;  // whose successors must be told
  static thread_local inline std::vector<EventId> wrong_;
};

}  // namespace doorway
