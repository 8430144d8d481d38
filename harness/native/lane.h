#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

#include "harness/graph/note_kind.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"
#include "harness/native/noise.h"
#include "harness/native/record.h"
#include "harness/sync/cell_sync.h"

// A thread of a native run, as its operations see it: the log that they are recorded in, what disturbs them, and
// whether they should give up.

namespace doorway::native {

class Lane;

// Thrown through the code of a thread that ends where it stands.
struct Stop {};

// What the threads of a run have in common.
struct Stage {
  static constexpr int kMaxInterrupts = 16;
  enum class Trouble : int { kNone, kFailedCheck, kUseAfterFree, kStuck, kModelError };

  struct Interrupt {
    int thread = 0;
    CellCode code;
  };
  struct Spawned {
    CellCode code;
    std::atomic<bool> begun{false};
    std::atomic<bool> ended{false};
    std::thread thread;
  };

  int threads = 0;  // of the model, without after() and those that they spawn
  bool has_after = false;
  int spawns = 0;  // how many threads each may spawn
  int forever_rounds = 0;
  bool noise = true;

  // Of the run that goes on.
  std::atomic<bool> stopping{false};  // there was trouble: who waits gives up
  std::atomic<bool> closing{false};   // all but daemons have ended: who waits now waits for nothing
  std::atomic<bool> bounded{false};   // a Sync::forever loop ended at its bound
  std::atomic<int> running{0};        // threads that are no daemons and have not ended
  std::atomic<Trouble> trouble{Trouble::kNone};
  std::string model_error;  // written by the thread whose RaiseModelError came first
  int interrupt_count = 0;
  std::array<Interrupt, kMaxInterrupts> interrupts;
  std::array<Spawned, Logs::kMaxLanes> spawned;  // by lane
  std::array<Lane*, Logs::kMaxLanes> lanes{};

  int first_spawned() const { return threads + has_after; }
  // The first trouble of a run is the one that counts; returns whether this is it.
  bool Raise(Trouble what) {
    Trouble none = Trouble::kNone;
    const bool first = trouble.compare_exchange_strong(none, what, std::memory_order_relaxed);
    stopping.store(true, std::memory_order_relaxed);
    return first;
  }
  void RaiseModelError(const std::string& what) {
    if (Raise(Trouble::kModelError)) model_error = what;
  }
};

class alignas(128) Lane {
 public:
  // The lane of the running thread; null outside of runs, where operations are done but not recorded.
  static Lane* Current();
  static void SetCurrent(Lane* lane);

  // `index`: as the model counts. `setup`: before(), which is disturbed by nothing.
  Lane(Stage& stage, int index, Log& log, std::uint64_t seed, bool setup);

  void BeginRun();  // by whoever prepares the run
  // Runs `code` as this thread; returns when it has ended, one way or another.
  void Run(void (*code)(void* closure), void* closure);

  // Around an operation: disturbs it, and stamps it. After Begin, Slot is the record to fill in and Commit ends it.
  void Begin();
  void Restamp() { start_ = Now(); }  // another attempt of the operation
  Record& Slot();
  void Commit();

  // After the n-th poll in vain. Errors: Stop, if nothing is to be waited for any more; then `waiting` is recorded.
  void FailedPoll(unsigned n, const Record& waiting);
  void Spin(bool (*body)(void* closure), void* closure, Site site);
  void Forever(void (*iteration)(void* closure), void* closure);
  int Spawn(const CellCode& code, Site site);
  void Join(int thread, Site site);
  void Interrupt(int thread, const CellCode& code, Site site);
  int Choose(int n, Site site);
  void Check(bool holds, const char* message, Site site);
  void Mark(NoteKind kind, int subject, Value argument, bool floats, Site site);
  void UsedAfterFree(const char* name, int index, Site site);
  [[noreturn]] void ModelError(const std::string& what, Site site);

  int index() const { return index_; }
  Log& log() { return log_; }
  Random& random() { return noise_.random(); }
  bool disturbed() const { return !setup_ && stage_.noise; }

  // For the watchdog: operations that got somewhere, polls that did not, whether the thread has yet to end, and whether
  // it need not.
  std::atomic<std::uint64_t> steps{0};
  std::atomic<std::uint64_t> polls{0};
  std::atomic<bool> live{false};
  std::atomic<bool> daemon{false};

 private:
  void OfferInterrupts(std::uint64_t one_in);
  void Fail(Stage::Trouble trouble, Record record);

  Stage& stage_;
  const int index_;
  Log& log_;
  Noise noise_;
  const bool setup_;
  Nanoseconds start_ = 0;
  int spinning_ = 0;           // Sync::spin bodies that the thread is in
  int spawned_ = 0;            // threads, so far
  int late_ = 0;               // operations begun since there was trouble
  bool masked_ = false;        // in an interrupt
  bool interrupted_ = false;   // in this iteration of a spin loop
  std::uint32_t pending_ = 0;  // interrupts that may still come, a bit each
  Record unrecorded_;          // the slot, where the log is full
};

}  // namespace doorway::native
