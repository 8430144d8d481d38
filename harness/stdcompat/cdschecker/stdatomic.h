#pragma once

/* C11's atomics, in C++ too: as the names of <atomic>. */

#ifdef __cplusplus

#include <atomic>

using std::atomic_bool;
using std::atomic_char;
using std::atomic_flag;
using std::atomic_int;
using std::atomic_intptr_t;
using std::atomic_llong;
using std::atomic_long;
using std::atomic_short;
using std::atomic_size_t;
using std::atomic_uint;
using std::atomic_uintptr_t;
using std::atomic_ullong;
using std::atomic_ulong;
using std::memory_order;
using std::memory_order_acq_rel;
using std::memory_order_acquire;
using std::memory_order_consume;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;
/* What is called with such an object is found where its type is, in std; but for these: */
using std::atomic_signal_fence;
using std::atomic_thread_fence;

#define _Atomic(T) std::atomic<T>

#else
#include_next <stdatomic.h>
#endif
