#ifndef DOORWAY_KERNEL_LINUX_COMPILER_H
#define DOORWAY_KERNEL_LINUX_COMPILER_H

#include <linux/types.h>

/* Accesses that the compiler must make as they stand: relaxed atomics. A dependency through an address orders nothing:
   that is weaker than in the kernel. */
#ifdef DOORWAY_ADDRESS_DEPENDENCIES
/* What is read through a pointer comes after it, as by an acquire. The kernel promises that of what depends on the
   address; an acquire orders all that follows. */
#define READ_ONCE(x)                                                                                            \
  __builtin_choose_expr(__builtin_classify_type(x) == 5 /* pointer */, __atomic_load_n(&(x), __ATOMIC_ACQUIRE), \
                        __atomic_load_n(&(x), __ATOMIC_RELAXED))
#else
#define READ_ONCE(x) __atomic_load_n(&(x), __ATOMIC_RELAXED)
#endif
#define WRITE_ONCE(x, value) __atomic_store_n(&(x), (value), __ATOMIC_RELAXED)
#define data_race(expression) (expression)
#define ACCESS_PRIVATE(p, member) ((p)->member)

#define barrier() __atomic_signal_fence(__ATOMIC_SEQ_CST)
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#ifndef __always_inline
#define __always_inline inline __attribute__((always_inline))
#endif
#define noinline __attribute__((noinline))
#define __maybe_unused __attribute__((unused))
#define __always_unused __attribute__((unused))
#define __must_check __attribute__((warn_unused_result))
#define __aligned(n) __attribute__((aligned(n)))
#define __packed __attribute__((packed))
#define __pure __attribute__((pure))
#define __cold
#define __rcu
#define __percpu
#define __user
#define __iomem
#define __force
#define __read_mostly
#define __ro_after_init
#define __cacheline_aligned
#define __cacheline_aligned_in_smp
#define ____cacheline_aligned
#define ____cacheline_aligned_in_smp
#define __lockfunc
#define __sched
#define __visible
#define notrace
#define __acquires(x)
#define __releases(x)
#define __must_hold(x)
#define __acquire(x) ((void)0)
#define __release(x) ((void)0)
#define fallthrough __attribute__((fallthrough))
#define typeof __typeof__
#define asmlinkage
#define __init
#define __exit
#define __initdata

#endif
