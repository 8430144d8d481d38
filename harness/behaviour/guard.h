#pragma once

#include <csetjmp>
#include <cstdint>

#include "harness/behaviour/arena.h"
#include "harness/behaviour/fiber.h"

// Catches what a model's code may do wrong while it runs alone: a plain write to shared memory, a crash, a
// stack overflow, a loop without operations. While a Guard exists it owns the signals SIGSEGV, SIGBUS, SIGFPE, SIGILL,
// SIGABRT and SIGVTALRM; outside of Guard::Run they do what they did before.

namespace doorway {

class Guard {
 public:
  enum class Trouble : std::uint8_t { kNone, kSharedWrite, kStackOverflow, kCrash, kAbort, kEndlessLoop };

  struct Caught {
    Trouble trouble = Trouble::kNone;
    int signal = 0;
    const void* instruction = nullptr;  // where it happened; null if unknown
  };

  explicit Guard(const Arena& arena);
  ~Guard();
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  // In a child process, right after fork: timers are not inherited.
  void Forked() { StartTicking(); }

  // Switches into `fiber` until it switches out or gets into trouble; then it must not be resumed.
  Caught Run(Fiber& fiber);

 private:
  struct Saved;
  static void StartTicking();
  static void OnSignal(int signal, void* info, void* context);
  friend struct GuardHandler;

  const Arena& arena_;
  Saved* saved_;
  sigjmp_buf escape_;
  Fiber* volatile running_ = nullptr;
  volatile int ticks_ = 0;
  Caught caught_;
};

}  // namespace doorway
