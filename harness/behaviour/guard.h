#pragma once

#include <csetjmp>
#include <cstdint>

#include "harness/behaviour/arena.h"
#include "harness/behaviour/fiber.h"

// Catches what a model's code may do wrong while it runs alone: a plain write to shared memory, a crash, a
// stack overflow, a loop without operations. While a Guard exists it owns the signals SIGSEGV, SIGBUS, SIGFPE, SIGILL,
// SIGABRT and SIGVTALRM; outside of Guard::Run they do what they did before.

namespace doorway {

// Owns the signals and the timer of a Guard. Each Guard has one; only the outermost does anything, so that whoever
// explores thousands of small programs in a row holds one: a Guard of its own takes 18 system calls. The alternate
// stack is its thread's. REQUIRES: as long as it exists, only that thread explores.
class GuardSignals {
 public:
  GuardSignals();
  ~GuardSignals();
  GuardSignals(const GuardSignals&) = delete;
  GuardSignals& operator=(const GuardSignals&) = delete;
};

class Guard {
 public:
  enum class Trouble : std::uint8_t { kNone, kSharedWrite, kStackOverflow, kCrash, kAbort, kEndlessLoop };

  struct Caught {
    Trouble trouble = Trouble::kNone;
    int signal = 0;
    const void* instruction = nullptr;  // where it happened; null if unknown
  };

  explicit Guard(Arena& arena);
  ~Guard();
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  // In a child process, right after fork: timers are not inherited.
  void Forked();

  // Switches into `fiber` until it switches out or gets into trouble; then it must not be resumed.
  Caught Run(Fiber& fiber);

 private:
  static void OnSignal(int signal, void* info, void* context);
  friend struct GuardHandler;

  GuardSignals signals_;
  Arena& arena_;
  sigjmp_buf escape_;
  Fiber* volatile running_ = nullptr;
  volatile int ticks_ = 0;
  Caught caught_;
};

}  // namespace doorway
