#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "harness/behaviour/automaton.h"
#include "harness/behaviour/mutation.h"
#include "harness/behaviour/subject.h"
#include "harness/graph/execution.h"

// A subject as the explorers see it: an automaton a thread, and the locations with their initial values.
// Child() runs the thread's native code where the answer is not known yet; everything else is a look-up.
//
// after() is one more thread: every other (but daemons) ends with a store to a flag of its own, for which after() waits
// first. So the explorers know nothing of joining.
//
// Threads that a model spawns are threads from the beginning, which wait for a flag that says what to run.
//
// One Program at a time in a process: objects live at fixed addresses.

namespace doorway {

class Program {
 public:
  // Instead of a number of rounds: forever loops never end, and all loops are closed (automaton.h).
  static constexpr int kEndless = 0;

  // Runs the subject's Construct. `expand_updates`, `mutations`: as ExploreOptions. Errors: ModelError (explore.h) if
  // it breaks a rule.
  Program(Subject& subject, int forever_rounds, bool expand_updates = false, Mutations mutations = {});
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  int threads() const;  // after() included
  bool is_daemon(int thread) const;
  // A thread that is there to be spawned, and stands at `node`: nobody has spawned it.
  bool NeverSpawned(int thread, const Node* node);

  const Node* Root(int thread);
  // The thread after `node`'s operation has read `read`. REQUIRES: node->label is not an end.
  const Node* Child(const Node* node, int thread, Value read, bool spurious) {
    const Value seen = Seen(node->label, read);
    const Node* known = node->Find(seen, spurious);
    return known != nullptr ? known : Learn(node, thread, seen, spurious);
  }

  // The operations of the thread's automaton, as far as it is known; ends of the thread are none.
  void ForEachOperation(int thread, const std::function<void(const Label&)>& visit);

  // Grows while exploring: threads may make objects.
  const std::vector<Location>& locations() const;

  std::uint64_t native_runs() const;
  // In a child process, right after fork, before anything else is asked: it goes on from what was known then.
  void Forked();

 private:
  class Machine;
  friend struct RuntimeAccess;
  friend struct ModelHeap;
  friend class Rerun;

  const Node* Learn(const Node* node, int thread, Value seen, bool spurious);

  std::unique_ptr<Machine> machine_;
};

}  // namespace doorway
