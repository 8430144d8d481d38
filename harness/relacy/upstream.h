#pragma once

#include <setjmp.h>

// Upstream Relacy (the packaged headers), reached without its macros: the parts that a test suite needs are
// included one by one instead of <relacy/relacy.hpp>, which redefines new, delete, free, assert, errno, the
// memory orders and much of pthreads. After this header only RL_... macros remain, so that it can stand
// anywhere among the includes of a file. Only files of this folder include it.

// Relacy's fibers jump between stacks, which glibc's checked longjmp takes for corruption. The checked one is
// chosen by _FORTIFY_SOURCE at the first standard header, so that undefining it here, as Relacy does, comes too late.
extern "C" [[noreturn]] void doorway_unchecked_longjmp(__jmp_buf_tag* target, int value) noexcept __asm__("_longjmp");
#define _longjmp doorway_unchecked_longjmp

// With one thread, Relacy's loops over the other threads look like overruns to gcc.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Warray-bounds"

// Relacy's own order of inclusion.
// clang-format off
#include <relacy/base.hpp>

// <relacy/context.hpp> replaces the global operator new and delete, in the whole program: by Relacy's heap if
// is_ctx(), that is within a simulation, else by malloc. Let it always be malloc, and never inline, so that the
// linker can prefer another replacement (harness/behaviour has one).
[[gnu::noinline]] void* operator new(size_t size);
[[gnu::noinline]] void* operator new[](size_t size);
[[gnu::noinline]] void operator delete(void* memory) noexcept;
[[gnu::noinline]] void operator delete[](void* memory) noexcept;
#include <relacy/thread_local_ctx.hpp>
#include <relacy/context_base.hpp>
#define is_ctx() val(false)
#include <relacy/context.hpp>
#undef is_ctx

#include <relacy/context_base_impl.hpp>
#include <relacy/backoff.hpp>
#include <relacy/atomic_fence.hpp>
#include <relacy/atomic.hpp>
#include <relacy/var.hpp>
#include <relacy/test_suite.hpp>
#include <relacy/stdlib/mutex.hpp>
#include <relacy/stdlib/condition_variable.hpp>
#include <relacy/stdlib/semaphore.hpp>
#include <relacy/stdlib/event.hpp>
// clang-format on
#pragma GCC diagnostic pop

#undef _longjmp
#undef $
