#pragma once

// A drop-in for Relacy's header: a test that was written for it compiles against this one, and each of its executions is
// explored, under RC11. What maps to what, and what there is not: docs/relacy_tests.md.
//
// It redefines new, delete, malloc, free, assert, errno and names of POSIX and Win32, as the original does. So it comes
// after all other headers, and never together with GoogleTest.

#define DOORWAY_RELACY 1  // so that a test can tell

#include "atomic.hpp"
#include "atomic_fence.hpp"
#include "backoff.hpp"
#include "base.hpp"
#include "context.hpp"
#include "dyn_thread.hpp"
#include "memory.hpp"
#include "memory_order.hpp"
#include "simulate.hpp"
#include "stdlib/condition_variable.hpp"
#include "stdlib/event.hpp"
#include "stdlib/mutex.hpp"
#include "stdlib/semaphore.hpp"
#include "test_params.hpp"
#include "test_result.hpp"
#include "test_suite.hpp"
#include "thread_local.hpp"
#include "var.hpp"

// Their macros come last.
#include "stdlib/pthread.hpp"
#include "stdlib/windows.hpp"

#define VAR_T(x) ::rl::var<x>
#define TLS_T(T) ::rl::thread_local_var<T>
#define VAR(x) x($)

#ifndef RL_FORCE_SEQ_CST
#define memory_order_relaxed mo_relaxed, $
#define memory_order_consume mo_consume, $
#define memory_order_acquire mo_acquire, $
#define memory_order_release mo_release, $
#define memory_order_acq_rel mo_acq_rel, $
#define memory_order_seq_cst mo_seq_cst, $
#else
#define memory_order_relaxed mo_seq_cst, $
#define memory_order_consume mo_seq_cst, $
#define memory_order_acquire mo_seq_cst, $
#define memory_order_release mo_seq_cst, $
#define memory_order_acq_rel mo_seq_cst, $
#define memory_order_seq_cst mo_seq_cst, $
#endif

#define new RL_NEW_PROXY
#define delete RL_DELETE_PROXY
#define malloc(sz) ::rl::rl_malloc((sz), $)
#define calloc(sz, cnt) ::rl::rl_calloc((sz), (cnt), $)
#define realloc(p, sz) ::rl::rl_realloc((p), (sz), $)
#define free(p) ::rl::rl_free((p), $)

#undef assert
#define assert RL_ASSERT

#undef errno
#define errno (::rl::get_errno())
