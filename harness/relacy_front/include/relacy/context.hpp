#pragma once

#include "base.hpp"
#include "test_result.hpp"

// What a test's code may ask and say wherever it runs: RL_ASSERT, RL_UNTIL, rand, thread_index, errno.

namespace rl {

namespace front {

// Ends the execution, with `result`.
[[noreturn]] void fail(test_result_e result, char const* message, debug_info_param info);
// Ends the exploration: the test uses `feature`, which there is not here.
[[noreturn]] void unsupported(char const* feature, debug_info_param info);

}  // namespace front

// Any of 0..limit-1; all are explored.
unsigned rand(unsigned limit, doorway::Site site = doorway::Site::Here());

// Of the running thread; static ones first.
unsigned thread_index();

// A value that has the thread's own copy of errno.
int get_errno();
void set_errno(int value);

// A number below `size` that depends on the pointer only.
inline size_t hash_ptr(void const* p, size_t size) { return (reinterpret_cast<std::uintptr_t>(p) >> 4) % size; }

// A place where another thread may come. All places are such anyway, so it means nothing more.
inline void yield(unsigned /*count*/, debug_info_param /*info*/) {}

// Not supported: ends the exploration with an error.
inline void systemwide_fence(debug_info_param info) {
  front::unsupported("systemwide_fence (RC11 has no fence of all threads)", info);
}

// Messages of a test are not a part of any execution: not kept.
inline void log(char const* /*message*/) {}

}  // namespace rl

#define RL_ASSERT_IMPL(x, res, str, info)         \
  do {                                            \
    if (!((void)0, (x))) {                        \
      ::rl::front::fail((res), (str), (info));    \
    }                                             \
  } while ((void)0, 0)
#define RL_ASSERT(x) RL_ASSERT_IMPL(x, ::rl::test_result_user_assert_failed, "assertion: " #x, RL_INFO)
#define RL_UNTIL(x)                                                                          \
  do {                                                                                       \
    if ((x)) ::rl::front::fail(::rl::test_result_until_condition_hit, "until: " #x, RL_INFO); \
  } while ((void)0, 0)
#define RL_LOG(desc) ::rl::log(desc)
