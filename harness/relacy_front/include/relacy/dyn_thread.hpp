#pragma once

#include "base.hpp"
#include "context.hpp"

// Threads that static threads start: as many as the suite says, `static rl::thread_id_t const dynamic_thread_count`,
// for each of them. Such a thread starts no others. Everything before the start happens before it, and it happens before
// the return of the join. Its argument may point to atomics and vars, not to plain data.

namespace rl {

// What a handle stands for is in its lowest bits, so that who has it need read no plain data.
struct win_object;
typedef win_object win_waitable_object;

namespace front {
win_object* start_thread(void* (*fn)(void*), void* arg, debug_info_param info);
void join_thread(win_object* thread, debug_info_param info);
}  // namespace front

class dyn_thread : nocopy<> {
 public:
  void start(void* (*fn)(void*), void* arg) { handle_ = front::start_thread(fn, arg, RL_INFO); }
  void join() {
    front::join_thread(handle_, RL_INFO);
    handle_ = nullptr;
  }

 private:
  win_object* handle_ = nullptr;
};

}  // namespace rl
