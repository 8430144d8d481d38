// Mutexes, condition variables, semaphores and events: misuse becomes the result that Relacy has for it.

#include "harness/behaviour/runtime.h"
#include "harness/front/operations.h"
#include "relacy/stdlib/condition_variable.hpp"
#include "relacy/stdlib/event.hpp"
#include "relacy/stdlib/mutex.hpp"
#include "relacy/stdlib/semaphore.hpp"

namespace rl {

namespace {

using doorway::front::MutexResult;
using doorway::front::SemaphoreResult;
using doorway::front::Woken;

doorway::front::Object word_at(void const* address) { return {address, 8}; }

void begin(void const* address, doorway::Value word, doorway::Site site) {
  doorway::front::BeginAtomic(word_at(address), true, word, false, site);
}

void end(void const* address, bool initialised) {
  if (initialised) front::fail(test_result_resource_leak, "it was initialised, but not deinitialised", debug_info());
  doorway::front::End(word_at(address), doorway::Site{});
}

// Whether it was done; false: busy, or timed out.
bool done(MutexResult result, debug_info_param info) {
  switch (result) {
    case MutexResult::kDone:
      return true;
    case MutexResult::kBusy:
    case MutexResult::kTimedOut:
      return false;
    case MutexResult::kNotInitialised:
      front::fail(test_result_usage_of_non_initialized_mutex, "the mutex is not initialised", info);
    case MutexResult::kInitialisedTwice:
      front::fail(test_result_double_initialization_of_mutex, "the mutex is initialised already", info);
    case MutexResult::kRecursion:
      front::fail(test_result_recursion_on_nonrecursive_mutex, "the thread has this mutex already", info);
    case MutexResult::kReadToWrite:
      front::fail(test_result_mutex_read_to_write_upgrade, "the thread has this mutex shared", info);
    case MutexResult::kWriteToRead:
      front::fail(test_result_mutex_write_to_read_upgrade, "the thread has this mutex exclusively", info);
    case MutexResult::kNotOwner:
      front::fail(test_result_unlocking_mutex_wo_ownership, "the thread has not this mutex", info);
    case MutexResult::kStillOwned:
      front::fail(test_result_destroying_owned_mutex, "a thread still has this mutex", info);
  }
  return false;
}

sema_wakeup_reason reason(SemaphoreResult result, bool is_event, debug_info_param info) {
  switch (result) {
    case SemaphoreResult::kDone:
      return sema_wakeup_reason_success;
    case SemaphoreResult::kFailed:
      return sema_wakeup_reason_failed;
    case SemaphoreResult::kTimedOut:
      return sema_wakeup_reason_timeout;
    case SemaphoreResult::kSpuriously:
      return sema_wakeup_reason_spurious;
    case SemaphoreResult::kNotInitialised:
      front::fail(
          is_event ? test_result_usage_of_non_initialized_event : test_result_usage_of_non_initialized_semaphore,
          "it is not initialised", info);
    case SemaphoreResult::kInitialisedTwice:
      front::fail(
          is_event ? test_result_double_initialization_of_event : test_result_double_initialization_of_semaphore,
          "it is initialised already", info);
  }
  return sema_wakeup_reason_failed;
}

void require(bool initialised, debug_info_param info) {
  if (!initialised) {
    front::fail(test_result_usage_of_non_initialized_condvar, "the condition variable is not initialised", info);
  }
}

}  // namespace

namespace front {

any_mutex::any_mutex(doorway::Site site) { begin(this, doorway::front::Mutex::NotInitialised(), site); }
any_mutex::any_mutex(bool is_recursive, doorway::Site site) {
  begin(this, doorway::front::Mutex::Initialised({is_recursive, false}), site);
}
any_mutex::~any_mutex() { end(this, impl().IsInitialised(doorway::Site{})); }
void any_mutex::init(bool exclusive_recursive, bool shared_recursive, debug_info_param info) {
  done(impl().Init({exclusive_recursive, shared_recursive}, to_site(info)), info);
}
void any_mutex::deinit(debug_info_param info) { done(impl().Deinit(to_site(info)), info); }
void any_mutex::lock(bool shared, debug_info_param info) { done(impl().Lock(shared, to_site(info)), info); }
bool any_mutex::lock_in_time(bool shared, debug_info_param info) {
  return done(impl().LockInTime(shared, to_site(info)), info);
}
bool any_mutex::try_lock(bool shared, bool may_fail, debug_info_param info) {
  return done(impl().TryLock(shared, may_fail, to_site(info)), info);
}
void any_mutex::unlock(bool shared, debug_info_param info) { done(impl().Unlock(shared, to_site(info)), info); }
void any_mutex::unlock_either(debug_info_param info) { done(impl().UnlockEither(to_site(info)), info); }

any_condition::any_condition(bool initialised, doorway::Site site) {
  begin(this, initialised ? doorway::front::Condition::Initialised() : doorway::front::Condition::NotInitialised(),
        site);
}
any_condition::~any_condition() { end(this, impl().IsInitialised(doorway::Site{})); }
void any_condition::init(debug_info_param info) {
  if (!impl().Init(to_site(info))) {
    fail(test_result_double_initialization_of_condvar, "the condition variable is initialised already", info);
  }
}
void any_condition::deinit(debug_info_param info) { require(impl().Deinit(to_site(info)), info); }
void any_condition::notify(unsigned count, debug_info_param info) {
  require(impl().Notify(count, to_site(info)) >= 0, info);
}
void any_condition::join(debug_info_param info) { require(impl().Join(to_site(info)), info); }
sema_wakeup_reason any_condition::wait(bool is_timed, bool may_wake, debug_info_param info) {
  switch (impl().Wait(is_timed, may_wake, to_site(info))) {
    case Woken::kNotified:
      return sema_wakeup_reason_success;
    case Woken::kSpuriously:
      return sema_wakeup_reason_spurious;
    case Woken::kTimedOut:
      break;
  }
  return sema_wakeup_reason_timeout;
}

any_semaphore::any_semaphore(doorway::Site site) { begin(this, doorway::front::Semaphore::NotInitialised(), site); }
any_semaphore::~any_semaphore() { end(this, impl().IsInitialised(doorway::Site{})); }
void any_semaphore::init(unsigned initial_count, unsigned max_count, debug_info_param info) {
  reason(impl().Init(initial_count, max_count, to_site(info)), false, info);
}
void any_semaphore::deinit(debug_info_param info) { reason(impl().Deinit(to_site(info)), false, info); }
sema_wakeup_reason any_semaphore::wait(bool may_wake, bool try_wait, bool is_timed, debug_info_param info) {
  const doorway::Site site = to_site(info);
  return reason(try_wait   ? impl().Try(site)
                : is_timed ? impl().WaitInTime(site)
                           : impl().Wait(may_wake, site),
                false, info);
}
bool any_semaphore::post(unsigned count, unsigned* prev_count, debug_info_param info) {
  doorway::Value before = 0;
  const SemaphoreResult result = impl().Post(count, prev_count == nullptr ? nullptr : &before, to_site(info));
  if (prev_count != nullptr) *prev_count = static_cast<unsigned>(before);
  return reason(result, false, info) == sema_wakeup_reason_success;
}
int any_semaphore::get_value(debug_info_param info) { return static_cast<int>(impl().Count(to_site(info))); }

}  // namespace front

generic_event::generic_event(doorway::Site site) { begin(this, doorway::front::Event::NotInitialised(), site); }
generic_event::generic_event(generic_event const&) : generic_event(doorway::Site::Here()) {}
generic_event::~generic_event() { end(this, impl().IsInitialised(doorway::Site{})); }
void generic_event::init(bool manual_reset, bool initial_state, debug_info_param info) {
  reason(impl().Init(manual_reset, initial_state, front::to_site(info)), true, info);
}
void generic_event::deinit(debug_info_param info) { reason(impl().Deinit(front::to_site(info)), true, info); }
void generic_event::set(debug_info_param info) { reason(impl().Set(front::to_site(info)), true, info); }
void generic_event::reset(debug_info_param info) { reason(impl().Reset(front::to_site(info)), true, info); }
sema_wakeup_reason generic_event::wait(bool try_wait, bool is_timed, debug_info_param info) {
  const doorway::Site site = front::to_site(info);
  return reason(try_wait ? impl().Try(site) : is_timed ? impl().WaitInTime(site) : impl().Wait(site), true, info);
}

}  // namespace rl
