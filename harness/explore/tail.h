#pragma once

#include <utility>
#include <vector>

#include "harness/behaviour/program.h"
#include "harness/explore/work_graph.h"

// The end of an execution that is determined already: walked through the automaton, without adding an event.
//
// If every thread but one has ended, and that one has seen (hb) all that the others did, then it can only read newest
// values, revisits nothing and races with nobody. So too after(), which waits for the other threads' exits first: those
// are not even added. What could be anything but a quiet end (a choice, a failed check, an object's life) is left to
// the explorer.

namespace doorway {

class Tail {
 public:
  explicit Tail(Program& program) : program_(program) {}

  // Whether nothing of a thread's own doing is left.
  static bool HasEnded(const Label& label) { return EndsThread(label.op) || label.exit; }
  // Whether one thread, perhaps with after(), is all that still acts: else Walk has nothing to say. Quick.
  static bool IsNear(const WorkGraph& g);

  struct End {
    bool quiet = false;  // nothing else is possible, and all threads end; else the rest means nothing
    bool bounded = false;
    std::uint64_t plain_accesses = 0;
  };
  End Walk(const WorkGraph& g);

 private:
  bool WalkThread(const WorkGraph& g, std::size_t thread, std::size_t before, End* end);
  bool Joins(const Label& label);
  Value* Known(const WorkGraph& g, LocationId location);

  Program& program_;
  std::vector<std::pair<LocationId, Value>> memory_;  // locations that were touched
  std::vector<const Label*> last_;                    // by thread, its exit or end; null: it still acts
  std::uint32_t unseen_ = 0;                          // threads, as bits, by the one that is walked
};

}  // namespace doorway
