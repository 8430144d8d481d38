#pragma once

#include <absl/container/flat_hash_set.h>

#include <vector>

#include "harness/behaviour/program.h"
#include "harness/explore/exchange.h"
#include "harness/explore/interchangeable.h"
#include "harness/explore/work_graph.h"

namespace doorway {

// Two threads were taken to be interchangeable, and are not: one < other.
struct ThreadsDiffer {
  int one, other;
};

// Whether threads that are taken to be interchangeable do the same. Nothing need be declared: to whatever operation the
// search comes, it is asked what would be done there if two such threads, neighbours in their class, changed places;
// any others stay.
//
// The same is: the same operation with the same operands (so no thread may store its number), and with the same notes,
// about threads under their new names; at the same location, or one that each of the two has of its own: then these
// change places, too, for all threads. Loads of plain data that follow each other may come in another order: so a
// thread may look through what all the others have. The flags that tell after() of threads' ends are each thread's own,
// and after() waits for them in whatever order.
class Twins {
 public:
  // `exchanges` is what is known, and will be, of neighbours.
  Twins(Program& program, ThreadClasses classes, Exchanges& exchanges);

  // Thread t stands at `node`, after its event `last`. Runs code where it is not known yet.
  // Errors: ThreadsDiffer; LocationMoves; ModelError, of that code.
  void Meet(const WorkGraph& g, ThreadId t, const Node* node, EventId last);

 private:
  void Compare(const WorkGraph& g, ThreadId t, const Node* node, EventId last);
  bool IsAlike(const WorkGraph& g, ThreadId t, const Node* node, int one, int other, Exchange* exchange);

  Program& program_;
  const ThreadClasses classes_;
  Exchanges& exchanges_;
  absl::flat_hash_set<const Node*> met_;
  std::vector<EventId> way_;
  std::vector<EventId> run_;  // loads of plain data that follow each other, and have not been matched
};

}  // namespace doorway
