#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "harness/front/running_thread.h"
#include "harness/graph/site.h"

// What is kept for each thread of a compiled program while its code runs: on the thread's own stack, so that it is new
// in every run, and a part of where the thread stands.

namespace doorway::compiled {

struct ThreadState {
  static constexpr std::size_t kCalls = 64;

  // A plain write that the code has announced. What it has written is in memory by the time that the code tells of
  // something else, and not before.
  struct Pending {
    std::uintptr_t address = 0;
    std::size_t size = 0;
    Site site;
  };

  bool busy = false;  // in the harness's own code: what that does is not told of
  int spawned = 0;    // threads, by this one
  Pending pending;
  std::array<const void*, kCalls> calls{};  // return addresses, outermost first
  std::size_t depth = 0;                    // may be beyond kCalls
};

// The state of the thread whose code is running; null: no thread's code, but the harness's.
ThreadState* Running();

// Nothing is known of a thread whose code begins anew; nor of any, once their program has been left.
void ForgetState(int thread);
void ForgetStates();

// At the bottom of the stack of each thread.
class ThreadStateScope {
 public:
  ThreadStateScope();
  ~ThreadStateScope();
  ThreadStateScope(const ThreadStateScope&) = delete;
  ThreadStateScope& operator=(const ThreadStateScope&) = delete;

 private:
  front::ThreadScope front_;
  ThreadState state_;
};

// While one lives, the thread is in the harness's own code.
class Busy {
 public:
  explicit Busy(ThreadState& state) : state_(state) { state_.busy = true; }
  ~Busy() { state_.busy = false; }
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;

 private:
  ThreadState& state_;
};

// The line of the program that called what returns to `return_address`: of the innermost call that is not in a library.
Site SiteOf(const ThreadState& thread, const void* return_address);

}  // namespace doorway::compiled
