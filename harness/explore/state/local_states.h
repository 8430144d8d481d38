#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "harness/behaviour/program.h"
#include "harness/graph/monitor.h"

// A thread's automaton with dense numbers, as the state explorer walks it.
//
// A local state is a thread before an operation, or at its end: a node of the automaton, together with the floating
// notes that have been heard at their earliest and will be heard at their latest with the operation. Where an
// iteration ends the thread stands, with the notes from there, at the beginning of the next one: iterations' ends are
// no states of their own.

namespace doorway {

using LocalId = std::uint32_t;  // dense, of one thread
using NotesId = std::uint32_t;  // of a list of notes; 0 is the empty one

class LocalStates {
 public:
  struct Local {
    const Node* node;
    NotesId departing;  // heard at the latest, before the operation
    bool in_spin;       // an unsuccessful iteration leads back to node->again
  };

  struct Arrival {
    LocalId to;
    NotesId notes;  // tags of the operation, then floating notes at the earliest
  };

  // `silent_fences`: a fence is no step of its own.
  LocalStates(Program& program, bool silent_fences);

  int threads() const { return static_cast<int>(by_thread_.size()); }
  const Local& at(int thread, LocalId id) const { return by_thread_[static_cast<std::size_t>(thread)].locals[id]; }
  std::size_t count(int thread) const { return by_thread_[static_cast<std::size_t>(thread)].locals.size(); }

  Arrival Start(int thread);
  // After the operation of `from`, which has read `read`. May run native code.
  Arrival After(int thread, LocalId from, Value read, bool spurious);
  // The same for an operation, not a local state.
  const Node* NodeAfter(int thread, const Node* node, Value read, bool spurious) {
    return program_.Child(node, thread, read, spurious);
  }

  // Whether the operation at `node` is no step of its own: a fence, but for one with a tag.
  bool IsSilent(int thread, const Node* node);

  const std::vector<Monitor::Noted>& notes(NotesId id) const { return notes_[id]; }
  bool is_daemon(int thread) const { return program_.is_daemon(thread); }
  bool NeverSpawned(int thread, LocalId id) const { return program_.NeverSpawned(thread, at(thread, id).node); }
  Program& program() { return program_; }

 private:
  struct Thread {
    std::vector<Local> locals;
    absl::flat_hash_map<std::pair<const Node*, NotesId>, LocalId> ids;
  };

  Arrival ArriveAt(int thread, const Node* node);
  NotesId Keep(const std::vector<Monitor::Noted>& notes);

  Program& program_;
  const bool silent_fences_;
  std::vector<Thread> by_thread_;
  std::vector<std::vector<Monitor::Noted>> notes_;
};

}  // namespace doorway
