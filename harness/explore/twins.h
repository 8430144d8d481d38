#pragma once

#include <absl/container/flat_hash_set.h>

#include <vector>

#include "harness/behaviour/program.h"
#include "harness/explore/interchangeable.h"
#include "harness/explore/work_graph.h"

namespace doorway {

// Two threads were taken to be interchangeable, and are not: one < other.
struct ThreadsDiffer {
  int one, other;
};

// Whether threads that are taken to be interchangeable do the same. Nothing need be declared: wherever one of them
// comes to in the search, the others are asked what they would do, had they read the same values.
//
// The same is: the same operation, at the same location and with the same operands (so no thread may store its number,
// or work on a location of its own), with the same notes. Only the flag that tells after() of a
// thread's end is each thread's own.
class Twins {
 public:
  Twins(Program& program, ThreadClasses classes);

  // Thread t stands at `node`, after its event `last`. Runs the code of the others where it is not known yet.
  // Errors: ThreadsDiffer; ModelError, of that code.
  void Meet(const WorkGraph& g, ThreadId t, const Node* node, EventId last) {
    if (twins_[t] != nullptr && met_.insert(node).second) Compare(g, t, node, last);
  }

 private:
  void Compare(const WorkGraph& g, ThreadId t, const Node* node, EventId last);

  Program& program_;
  const ThreadClasses classes_;
  std::vector<const std::vector<int>*> twins_;  // by thread: its class, if others are in it
  absl::flat_hash_set<const Node*> met_;
  std::vector<EventId> way_;
};

}  // namespace doorway
