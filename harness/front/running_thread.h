#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

// What a front keeps for each thread of a test while its code runs. It lies on the thread's own stack, so that it is
// new in every run, and a part of where the thread stands.

namespace doorway::front {

// Label::function of operations that block.
inline constexpr const char* kBlocks = "blocks";

struct RunningThread {
  static constexpr std::size_t kSlots = 16;

  struct Slot {
    const void* variable = nullptr;
    std::intptr_t value = 0;
  };

  int error_number = 0;
  std::array<Slot, kSlots> locals{};             // of thread-local variables
  std::array<const void*, kSlots> has_failed{};  // objects one of whose operations has failed spuriously

  // Whether an operation of the object may fail spuriously now: it does so once at most in each thread, since another
  // time would lead to where the thread has been.
  bool MayFail(const void* object) const;
  void Failed(const void* object);

  // The thread's value of a thread-local variable, zero at first. Ends the run if there are too many of them.
  std::intptr_t& Local(const void* variable);
};

// Of the running thread; also before all threads, and after them. REQUIRES: a ThreadScope is alive there.
RunningThread& Here();

// At the bottom of the stack of each thread.
class ThreadScope {
 public:
  ThreadScope();
  ~ThreadScope();
  ThreadScope(const ThreadScope&) = delete;
  ThreadScope& operator=(const ThreadScope&) = delete;

 private:
  RunningThread state_;
};

}  // namespace doorway::front
