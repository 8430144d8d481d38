#pragma once

#include "harness/explore/work_graph.h"

// Awaits in place: which writes a waiting thread may still read.
//
// A thread whose next read would only make it wait is left unscheduled. Two things must then be remembered as
// tags, each (at, source): "this thread has a read at slot `at`, which reads `source` and waits".
//
//  - A revisit r <- w whose value would block: r is taken out, its thread waits with (r, w).
//  - Nothing else can run, and older writes that would end the wait have been branched over: in the last branch the
//    thread goes on waiting, with (number of events, newest write).
//
// Plain TruSt would keep that read in the graph, and revisit it with each new write x for which the read is maximal:
// from f(x), the newest write of the location among those below `at` and in porf(x). So after a chain of revisits x
// ends up as its source iff `source` is f(x), or f(f(x)), ...: that is what OnChain asks. A revisit that deletes the
// read itself is allowed under the same condition, by the same argument.

namespace doorway {

// Whether `tag.source` is on the chain f(x), f(f(x)), ... of the event x, for a read at tag.at: f(x) is the newest
// write of the read's location, other than x, among those below `at` and in porf(x). x need not be in mo yet.
inline bool OnChain(const WorkGraph& g, const Tag& tag, EventId x) {
  const auto older = [&](EventId e) { return g[e].Is(WorkEvent::kInit) || e < tag.at; };
  for (;;) {
    EventId f = g.places[g[tag.source].location].mo_last;
    while (f == x || !(older(f) || g.InPorf(f, x))) f = g[f].mo_prev;
    if (f == tag.source) return true;
    if (older(f)) return false;
    x = f;
  }
}

// Whether thread t, waiting, may read x: every tag allows it.
inline bool MayRead(const WorkGraph& g, ThreadId t, EventId x) {
  if ((g.tagged >> t & 1) == 0) return true;
  for (const Tag& tag : g.tags) {
    if (tag.thread != t || tag.event != kNoEvent) continue;
    if (g[x].Is(WorkEvent::kInit) || x < tag.at || !OnChain(g, tag, x)) return false;
  }
  return true;
}

// Whether tags allow the revisit r <- w: those of r itself, and those of each wait that it would undo.
inline bool TagsAllow(const WorkGraph& g, EventId r, EventId w) {
  for (const Tag& tag : g.tags) {
    const bool undone = tag.at > r && !(tag.event != kNoEvent && g.InPorf(tag.event, w));
    if ((undone || tag.event == r) && !OnChain(g, tag, w)) return false;
  }
  return true;
}

}  // namespace doorway
