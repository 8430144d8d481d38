#pragma once

#include <compare>
#include <cstddef>
#include <set>
#include <vector>

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"
#include "harness/graph/verdict.h"
#include "harness/testing/program.h"

// The slow, obvious reference for the state explorer: all states that the interleavings of a program reach, as plain
// values in a map, with nothing left out.
//
// An operation is one step. So is each read of a spin iteration; after an unsuccessful iteration the thread is where it
// was before it. An await that would not end is no step. What is no operation (branches, checks, tags, notes) goes with
// the operation before it.
//
// Under TSO each thread has a buffer of its stores, the oldest of which may reach memory at any time, as a step of the
// buffer. Loads see the newest store of their own buffer, else memory. As compilers do it for x86:
//   loads of any order, await      mov
//   stores, but seq_cst            mov: into the buffer
//   store(seq_cst)                 xchg: when the buffer is empty, into memory
//   updates, await_update          lock ...: when the buffer is empty; also a CAS that fails
//   fence(seq_cst)                 mfence: when the buffer is empty
//   other fences                   nothing: a step that changes nothing
// Buffers have no bound, so the states of an endless thread are finitely many only if it empties its own now and then
// (WithDrains in program.h).
//
// A thread whose check fails ends the run.

namespace doorway::reference {

// A thread between two operations. Registers that nothing in this iteration will use are 0.
struct ThreadAt {
  int pc = 0;           // of the next operation
  int poll = 0;         // the next read of the spin iteration
  bool doomed = false;  // a read of the iteration has not seen what it wants
  bool failed = false;  // at a check
  std::vector<Value> registers;
  std::vector<bool> done;  // by CAS: it succeeded
  friend auto operator<=>(const ThreadAt&, const ThreadAt&) = default;
};

struct BufferedStore {
  int location = 0;
  Value value = 0;
  friend auto operator<=>(const BufferedStore&, const BufferedStore&) = default;
};

struct State {
  std::vector<ThreadAt> threads;
  std::vector<Value> memory;                        // by location
  std::vector<std::vector<BufferedStore>> buffers;  // by thread, the oldest first
  friend auto operator<=>(const State&, const State&) = default;
};

struct NoteHeard {
  NoteKind note;
  int subject = 0;
};

struct Step {
  int from = 0;
  int to = 0;
  int agent = 0;                 // a thread; or the number of threads + that whose buffer it is
  std::vector<NoteHeard> heard;  // in the order of the program
  int weak_cas = -1;             // an execution of this weak CAS (which thread's and where) that matches ...
  bool spurious = false;         // ... and fails all the same
  bool ends_wait = false;        // a successful await or spin
};

struct StateSpace {
  int threads = 0;
  std::vector<State> states;  // 0 is the initial one
  std::vector<Step> steps;
  std::vector<NoteHeard> heard_first;  // before any operation

  // By state: agents that can step; threads that wait, in an await or spin, which would succeed if they ran alone now.
  std::vector<std::set<int>> able;
  std::vector<std::set<int>> could_end_wait;

  // Somebody waits, all who have not finished do, and nobody's wait could end. The buffers are empty.
  std::set<State> deadlocked;
  std::set<std::vector<Value>> final_memories;  // when all have finished
  std::size_t longest_buffer = 0;
  bool check_fails = false;
  bool gave_up = false;  // too many states: the rest is not to be used
};

// `memory` is kSc or kTso. Gives up at more than `max_states`, if that is not 0. REQUIRES: IsWellFormed(program), and
// finitely many states or a maximum.
StateSpace ExploreAllStates(const Program& program, MemoryModel memory, std::size_t max_states = 0);

}  // namespace doorway::reference
