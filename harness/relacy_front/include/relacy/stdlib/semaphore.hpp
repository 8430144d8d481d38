#pragma once

#include "../base.hpp"
#include "../context.hpp"
#include "harness/front/semaphore.h"

// Counting semaphores. Memory ordering: every step that succeeds is acq_rel, one that fails acquires.

namespace rl {

enum sema_wakeup_reason {
  sema_wakeup_reason_success,
  sema_wakeup_reason_failed,
  sema_wakeup_reason_timeout,
  sema_wakeup_reason_spurious,
};

size_t const wfmo_max_objects = 32;

namespace front {

class any_semaphore {
 public:
  any_semaphore(any_semaphore const&) = delete;

  void init(unsigned initial_count, unsigned max_count, debug_info_param info);
  void deinit(debug_info_param info);
  sema_wakeup_reason wait(bool may_wake, bool try_wait, bool is_timed, debug_info_param info);
  bool post(unsigned count, unsigned* prev_count, debug_info_param info);
  int get_value(debug_info_param info);

  explicit any_semaphore(doorway::Site site);  // not initialised
  ~any_semaphore();

 private:
  doorway::front::Semaphore impl() const { return doorway::front::Semaphore(this); }
  alignas(8) unsigned char bytes_[8];  // never touched
};

}  // namespace front

// `may_wake`: a wait may wake spuriously, once in each thread.
template <typename tag_t, bool may_wake = false>
class semaphore : front::any_semaphore {
 public:
  semaphore(doorway::Site site = doorway::Site::Here()) : any_semaphore(site) {}
  semaphore(semaphore const&) : any_semaphore(doorway::Site::Here()) {}
  semaphore& operator=(semaphore const&) { return *this; }

  void init(bool /*spurious_wakeups*/, unsigned initial_count, unsigned max_count, debug_info_param info) {
    any_semaphore::init(initial_count, max_count, info);
  }
  void deinit(debug_info_param info) { any_semaphore::deinit(info); }
  sema_wakeup_reason wait(bool try_wait, bool is_timed, debug_info_param info) {
    return any_semaphore::wait(may_wake, try_wait, is_timed, info);
  }
  bool signal(debug_info_param info) { return any_semaphore::post(1, nullptr, info); }
  bool post(unsigned count, unsigned& prev_count, debug_info_param info) {
    return any_semaphore::post(count, &prev_count, info);
  }
  bool post(unsigned count, debug_info_param info) { return any_semaphore::post(count, nullptr, info); }
  // Never below zero: threads that wait are not counted.
  int get_value(debug_info_param info) { return any_semaphore::get_value(info); }
};

}  // namespace rl
