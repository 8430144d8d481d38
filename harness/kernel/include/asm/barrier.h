#ifndef DOORWAY_KERNEL_ASM_BARRIER_H
#define DOORWAY_KERNEL_ASM_BARRIER_H

#include <linux/compiler.h>

/* Full barriers are seq_cst fences. Those for reads and for writes alone are acquire and release fences, which order
   more: reads before with later writes too, writes after with earlier reads too. */
#define smp_mb() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define smp_rmb() __atomic_thread_fence(__ATOMIC_ACQUIRE)
#define smp_wmb() __atomic_thread_fence(__ATOMIC_RELEASE)
#define mb() smp_mb()
#define rmb() smp_rmb()
#define wmb() smp_wmb()
#define dma_rmb() smp_rmb()
#define dma_wmb() smp_wmb()

#define smp_mb__before_atomic() smp_mb()
#define smp_mb__after_atomic() smp_mb()
#define smp_mb__after_spinlock() smp_mb()
#define smp_mb__after_unlock_lock() smp_mb()
#define smp_acquire__after_ctrl_dep() __atomic_thread_fence(__ATOMIC_ACQUIRE)

#define smp_load_acquire(p) __atomic_load_n((p), __ATOMIC_ACQUIRE)
#define smp_store_release(p, value) __atomic_store_n((p), (value), __ATOMIC_RELEASE)
#define smp_store_mb(x, value) \
  do {                         \
    WRITE_ONCE(x, value);      \
    smp_mb();                  \
  } while (0)

/* VAL in `condition` is the value read. */
#define DOORWAY_COND_LOAD(p, condition, order)   \
  ({                                             \
    __typeof__(__atomic_load_n((p), order)) VAL; \
    do {                                         \
      VAL = __atomic_load_n((p), order);         \
    } while (!(condition));                      \
    VAL;                                         \
  })
#define smp_cond_load_relaxed(p, condition) DOORWAY_COND_LOAD(p, condition, __ATOMIC_RELAXED)
#define smp_cond_load_acquire(p, condition) DOORWAY_COND_LOAD(p, condition, __ATOMIC_ACQUIRE)

#endif
