#pragma once

#include "../base.hpp"
#include "../context.hpp"
#include "harness/front/mutex.h"

// Mutexes: rl::mutex, rl::recursive_mutex; and rl::generic_mutex, which POSIX and Win32 have, whose life has an init and a
// deinit. Memory ordering: a lock acquires, an unlock releases; a failed try does nothing. No fairness. Misuse has a
// result of its own (test_result.hpp). A std mutex's try_lock may fail though it is free, once in each thread.

namespace rl {

namespace front {

class any_mutex {
 public:
  any_mutex(any_mutex const&) = delete;

  void init(bool exclusive_recursive, bool shared_recursive, debug_info_param info);
  void deinit(debug_info_param info);
  void lock(bool shared, debug_info_param info);
  bool lock_in_time(bool shared, debug_info_param info);
  bool try_lock(bool shared, bool may_fail, debug_info_param info);
  void unlock(bool shared, debug_info_param info);
  void unlock_either(debug_info_param info);

 protected:
  explicit any_mutex(doorway::Site site);            // not initialised
  any_mutex(bool is_recursive, doorway::Site site);  // initialised
  ~any_mutex();

 private:
  doorway::front::Mutex impl() const { return doorway::front::Mutex(this); }
  alignas(8) unsigned char bytes_[8];  // never touched
};

}  // namespace front

template <typename type>
class generic_mutex : front::any_mutex {
 public:
  generic_mutex(doorway::Site site = doorway::Site::Here()) : any_mutex(site) {}
  generic_mutex(generic_mutex const&) : any_mutex(doorway::Site::Here()) {}
  generic_mutex& operator=(generic_mutex const&) { return *this; }

  void init(bool /*is_rw*/, bool is_exclusive_recursive, bool is_shared_recursive, bool /*failing_try_lock*/,
            debug_info_param info) {
    any_mutex::init(is_exclusive_recursive, is_shared_recursive, info);
  }
  void deinit(debug_info_param info) { any_mutex::deinit(info); }
  void lock(debug_info_param info) { any_mutex::lock(false, info); }
  void unlock(debug_info_param info) { any_mutex::unlock(false, info); }
  bool lock_exclusive_timed(debug_info_param info) { return any_mutex::lock_in_time(false, info); }
  void lock_exclusive(debug_info_param info) { any_mutex::lock(false, info); }
  bool try_lock_exclusive(debug_info_param info) { return any_mutex::try_lock(false, false, info); }
  void unlock_exclusive(debug_info_param info) { any_mutex::unlock(false, info); }
  void lock_shared(debug_info_param info) { any_mutex::lock(true, info); }
  bool try_lock_shared(debug_info_param info) { return any_mutex::try_lock(true, false, info); }
  void unlock_shared(debug_info_param info) { any_mutex::unlock(true, info); }
  void unlock_exclusive_or_shared(debug_info_param info) { any_mutex::unlock_either(info); }
};

template <typename tag, bool is_recursive>
class std_generic_mutex : front::any_mutex {
 public:
  std_generic_mutex(doorway::Site site = doorway::Site::Here()) : any_mutex(is_recursive, site) {}
  ~std_generic_mutex() { any_mutex::deinit(RL_INFO); }

  void lock(debug_info_param info) { any_mutex::lock(false, info); }
  bool try_lock(debug_info_param info) { return any_mutex::try_lock(false, true, info); }
  void unlock(debug_info_param info) { any_mutex::unlock(false, info); }
};

struct mutex_tag_std;
typedef std_generic_mutex<mutex_tag_std, false> mutex;

struct mutex_tag_std_recursive;
typedef std_generic_mutex<mutex_tag_std_recursive, true> recursive_mutex;

}  // namespace rl
