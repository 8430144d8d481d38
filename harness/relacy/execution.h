#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "harness/graph/note_kind.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"
#include "harness/relacy/cell.h"
#include "harness/relacy/monitor.h"
#include "harness/relacy/relacy_run.h"
#include "harness/sync/cell_sync.h"

// One execution of a model under Relacy, as RelacySync sees it: who waits for what, which notes still float, and
// when the execution ends. Relacy itself decides who runs and what is read.
//
// Waiting is parking: Relacy's own blocking, from which a write that satisfies the wait wakes the thread. So a
// deadlock is found at once, and waiting threads add no polls to the search.

namespace doorway::relacy_internal {

// What all executions of a run share, and what the last of them leaves behind.
struct Run {
  RelacyModel& model;
  int threads = 0;  // of the model, without those that they spawn
  int forever_rounds = 0;
  void* memory = nullptr;  // for the model

  int all_threads() const { return threads * (1 + model.spawns()); }

  const char* failed_claim = nullptr;  // that a failed check or a monitor named; else Relacy found the error itself
  bool in_destructor = false;          // of a Var, and Relacy found a race there
  bool forever_ended = false;          // some thread ended at the limit of a Sync::forever loop
  bool forever_bounded = false;        // ... in any execution
  char message[200] = {};              // the text of an error that the model raised
};

// Thrown through the code of a thread that ends where it stands.
struct ThreadStop {};

// What a waiting thread waits for: a value of `location` that satisfies it.
struct Wish {
  const void* location;
  Predicate satisfied;
};

// A spawned thread, which is there from the beginning and waits for its code: the flag that its spawner sets, and the
// one that it sets at its end.
struct Spawned {
  AtomicCell begun{0, {}, Site{}};
  AtomicCell ended{0, {}, Site{}};
  CellCode code;
};

class Execution {
 public:
  static constexpr int kMaxThreads = 4;

  // The execution that is under way in this OS thread. REQUIRES: one is.
  static Execution& Current();

  explicit Execution(Run& run);
  ~Execution();
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  // The phases of an execution, in Relacy's order.
  void Construct();
  void Before() { run_.model.Before(); }
  void Thread(int thread);
  void After();
  void Destroy();

  // Before an operation: another thread may go first, if `preemptible`; then the notes before it are fixed. A
  // thread's first operation is not preemptible: it was just scheduled.
  void BeginOperation(bool preemptible = true);
  // Blocks the thread until a write satisfies `wish`.
  void Wait(const Wish& wish, Site site);
  // `location` holds `value` now: wakes those who wished for it.
  void Written(const void* location, Value value, Site site);
  // The object at `location` is gone: wakes those who waited for it, to fail.
  void Destroyed(const void* location, Site site);
  // Lets the other threads take a step, after a poll that failed for the n-th time.
  void Yield(int polls, Site site);
  void Forever(void (*iteration)(void* closure), void* closure);
  int Spawn(const CellCode& code, Site site);
  void Join(int thread, Site site);
  void Check(bool holds, const char* message, Site site);
  void Note(NoteKind kind, int subject, Value argument, bool floats, Site site);
  int Self() const;  // as the model counts: after() comes before the spawned threads

  // While it lives, a race is one between the use and the destruction of an object. Not to be looked for where a
  // thread is stopped: what is on its stack goes before its time.
  class Destruction {
   public:
    Destruction() { Current().run_.in_destructor = true; }
    Destruction(const Destruction&) = delete;
    Destruction& operator=(const Destruction&) = delete;
    ~Destruction() { Current().run_.in_destructor = false; }
    bool is_timely() const { return Current().in_threads_ && !Current().Stopping(); }
  };

  bool parked(int thread) const { return (parked_ & Bit(thread)) != 0; }

 private:
  static constexpr int kMaxFloating = 16;  // notes of one thread between two operations

  struct Floating {
    RelacyNote notes[kMaxFloating];
    int count = 0;
  };

  static std::uint32_t Bit(int thread) { return 1U << thread; }
  std::uint32_t All() const { return (1U << run_.all_threads()) - 1; }
  int Index() const;  // of the running thread, as Relacy counts. REQUIRES: in_threads_
  bool Stopping() const { return in_threads_ && (stopping_ & Bit(Index())) != 0; }
  Spawned& SpawnedAt(int index) { return *spawned_[index - run_.threads]; }
  void RunSpawned(int index);
  [[noreturn]] void Stop();
  void Settle(Site site);
  void Close(Site site);
  void Wake(int thread, Site site);
  void FixNotes();
  void Deliver(const RelacyNote& note, Site site);

  Run& run_;
  bool in_threads_ = false;    // else in the constructor, before() or after()
  bool closing_ = false;       // whoever waits now waits for nothing, and that is no error
  bool cut_ = false;           // a thread was stopped that after() would have waited for
  std::uint32_t daemons_ = 0;  // sets of threads, a bit each; a thread not yet spawned is one
  std::uint32_t begun_ = 0;    // have done an operation
  std::uint32_t parked_ = 0;
  std::uint32_t stopping_ = 0;  // out of their turn: what they still do does not count
  std::uint32_t finished_ = 0;
  int spawn_count_[kMaxThreads] = {};  // so far, by spawner
  std::optional<Spawned> spawned_[kMaxThreads];
  Wish wishes_[kMaxThreads] = {};
  Floating floating_[kMaxThreads] = {};
};

}  // namespace doorway::relacy_internal
