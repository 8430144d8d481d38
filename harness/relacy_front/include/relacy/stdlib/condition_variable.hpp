#pragma once

#include "../base.hpp"
#include "../context.hpp"
#include "harness/front/condition.h"
#include "semaphore.hpp"

// Condition variables. A notification wakes one of those that wait when it comes, any of them; it orders nothing by
// itself. A wait may time out at any time, where it may at all; and wake spuriously, once in each thread (not in Win32).

namespace rl {

namespace front {

class any_condition {
 public:
  any_condition(any_condition const&) = delete;

  void init(debug_info_param info);
  void deinit(debug_info_param info);
  void notify(unsigned count, debug_info_param info);
  void join(debug_info_param info);
  sema_wakeup_reason wait(bool is_timed, bool may_wake, debug_info_param info);

 protected:
  any_condition(bool initialised, doorway::Site site);
  ~any_condition();

 private:
  doorway::front::Condition impl() const { return doorway::front::Condition(this); }
  alignas(8) unsigned char bytes_[8];  // never touched
};

}  // namespace front

template <typename tag_t, bool may_wake = true, bool initialised = false>
class condvar : front::any_condition {
 public:
  condvar(doorway::Site site = doorway::Site::Here()) : any_condition(initialised, site) {}
  condvar(condvar const&) : any_condition(initialised, doorway::Site::Here()) {}
  condvar& operator=(condvar const&) { return *this; }

  void init(bool /*allow_spurious_wakeups*/, debug_info_param info) { any_condition::init(info); }
  void deinit(debug_info_param info) { any_condition::deinit(info); }
  void notify_one(debug_info_param info) { any_condition::notify(1, info); }
  void notify_all(debug_info_param info) { any_condition::notify(0xffff, info); }

  template <typename lock_t>
  sema_wakeup_reason wait(lock_t& lock, bool is_timed, debug_info_param info) {
    any_condition::join(info);
    lock.unlock(info);
    sema_wakeup_reason const reason = any_condition::wait(is_timed, may_wake, info);
    lock.lock(info);
    return reason;
  }

  // Until pred() holds; or, timed, until a timeout: whether it holds then.
  template <typename lock_t, typename pred_t>
  bool wait(lock_t& lock, pred_t pred, bool is_timed, debug_info_param info) {
    while (!pred()) {
      if (wait(lock, is_timed, info) == sema_wakeup_reason_timeout) return pred();
    }
    return true;
  }
};

template <typename tag_t>
class condition_variable_std : condvar<tag_t, true, true> {
  typedef condvar<tag_t, true, true> base_t;

 public:
  condition_variable_std(doorway::Site site = doorway::Site::Here()) : base_t(site) {}
  ~condition_variable_std() { base_t::deinit(RL_INFO); }

  void notify_one(debug_info_param info) { base_t::notify_one(info); }
  void notify_all(debug_info_param info) { base_t::notify_all(info); }

  template <typename lock_t>
  void wait(lock_t& lock, debug_info_param info) {
    base_t::wait(lock, false, info);
  }
  template <typename lock_t, typename pred_t>
  void wait(lock_t& lock, pred_t pred, debug_info_param info) {
    base_t::wait(lock, pred, false, info);
  }
  // Whether it was notified: false after a timeout or a spurious wake-up.
  template <typename lock_t, typename abs_time_t>
  bool wait_until(lock_t& lock, abs_time_t const&, debug_info_param info) {
    return base_t::wait(lock, true, info) == sema_wakeup_reason_success;
  }
  template <typename lock_t, typename abs_time_t, typename pred_t>
  bool wait_until(lock_t& lock, abs_time_t const&, pred_t pred, debug_info_param info) {
    return base_t::wait(lock, pred, true, info);
  }
  template <typename lock_t, typename rel_time_t>
  bool wait_for(lock_t& lock, rel_time_t const&, debug_info_param info) {
    return base_t::wait(lock, true, info) == sema_wakeup_reason_success;
  }
  template <typename lock_t, typename rel_time_t, typename pred_t>
  bool wait_for(lock_t& lock, rel_time_t const&, pred_t pred, debug_info_param info) {
    return base_t::wait(lock, pred, true, info);
  }
};

struct condvar_tag_std;
typedef condition_variable_std<condvar_tag_std> condition_variable;
struct condvar_tag_std_any;
typedef condition_variable_std<condvar_tag_std_any> condition_variable_any;

}  // namespace rl
