#pragma once

#include "relacy.hpp"

// The same under the names of namespace std: std::atomic<int> x; x.load(std::memory_order_acquire); std::mutex m;
//
// The standard library has its own by these names, so they are macros from here on, for Relacy's. What they name is
// found in rl and std alike.

namespace rl {

template <typename T>
using doorway_atomic = atomic<T>;
typedef memory_order doorway_memory_order;
typedef mutex doorway_mutex;
typedef recursive_mutex doorway_recursive_mutex;
typedef condition_variable doorway_condition_variable;
typedef condition_variable_any doorway_condition_variable_any;

inline void doorway_atomic_thread_fence(memory_order mo, debug_info_param info) { atomic_thread_fence(mo, info); }
inline void doorway_atomic_signal_fence(memory_order mo, debug_info_param info) { atomic_signal_fence(mo, info); }

#define DOORWAY_RELACY_NAMES(NAME)                                                                                   \
  NAME(bool) NAME(char) NAME(schar) NAME(uchar) NAME(short) NAME(ushort) NAME(int) NAME(uint) NAME(long) NAME(ulong) \
      NAME(llong) NAME(ullong) NAME(wchar_t) NAME(intptr_t) NAME(uintptr_t) NAME(size_t) NAME(ptrdiff_t)
#define DOORWAY_RELACY_ALIAS(type) typedef atomic_##type doorway_atomic_##type;
DOORWAY_RELACY_NAMES(DOORWAY_RELACY_ALIAS)
typedef atomic_address doorway_atomic_address;

}  // namespace rl

namespace std {

using rl::doorway_atomic;
using rl::doorway_atomic_address;
using rl::doorway_atomic_signal_fence;
using rl::doorway_atomic_thread_fence;
using rl::doorway_condition_variable;
using rl::doorway_condition_variable_any;
using rl::doorway_memory_order;
using rl::doorway_mutex;
using rl::doorway_recursive_mutex;
#define DOORWAY_RELACY_USING(type) using rl::doorway_atomic_##type;
DOORWAY_RELACY_NAMES(DOORWAY_RELACY_USING)

using rl::mo_acq_rel;
using rl::mo_acquire;
using rl::mo_consume;
using rl::mo_relaxed;
using rl::mo_release;
using rl::mo_seq_cst;

}  // namespace std

#undef DOORWAY_RELACY_ALIAS
#undef DOORWAY_RELACY_USING
#undef DOORWAY_RELACY_NAMES

#define atomic doorway_atomic
#define memory_order doorway_memory_order
#define mutex doorway_mutex
#define recursive_mutex doorway_recursive_mutex
#define condition_variable doorway_condition_variable
#define condition_variable_any doorway_condition_variable_any
#define atomic_thread_fence doorway_atomic_thread_fence
#define atomic_signal_fence doorway_atomic_signal_fence
#define atomic_bool doorway_atomic_bool
#define atomic_address doorway_atomic_address
#define atomic_char doorway_atomic_char
#define atomic_schar doorway_atomic_schar
#define atomic_uchar doorway_atomic_uchar
#define atomic_short doorway_atomic_short
#define atomic_ushort doorway_atomic_ushort
#define atomic_int doorway_atomic_int
#define atomic_uint doorway_atomic_uint
#define atomic_long doorway_atomic_long
#define atomic_ulong doorway_atomic_ulong
#define atomic_llong doorway_atomic_llong
#define atomic_ullong doorway_atomic_ullong
#define atomic_wchar_t doorway_atomic_wchar_t
#define atomic_intptr_t doorway_atomic_intptr_t
#define atomic_uintptr_t doorway_atomic_uintptr_t
#define atomic_size_t doorway_atomic_size_t
#define atomic_ptrdiff_t doorway_atomic_ptrdiff_t
