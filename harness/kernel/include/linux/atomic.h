#ifndef DOORWAY_KERNEL_LINUX_ATOMIC_H
#define DOORWAY_KERNEL_LINUX_ATOMIC_H

#include <asm/barrier.h>
#include <linux/compiler.h>
#include <linux/types.h>

/*
 * The kernel's atomics. Operations that return a value are fully ordered: a full barrier before and after a relaxed
 * update. Those named _acquire, _release and _relaxed are as named; those that return nothing are relaxed. A
 * compare-and-exchange that fails orders nothing.
 */

#define ATOMIC_INIT(i) \
  { (i) }
#define ATOMIC64_INIT(i) \
  { (i) }
#define ATOMIC_LONG_INIT(i) \
  { (i) }

/* A fully ordered `update`, whose value is its own. */
#define DOORWAY_FULL(update)                      \
  ({                                              \
    __atomic_thread_fence(__ATOMIC_SEQ_CST);      \
    __typeof__(update) doorway_result = (update); \
    __atomic_thread_fence(__ATOMIC_SEQ_CST);      \
    doorway_result;                               \
  })

#define xchg_relaxed(p, value) __atomic_exchange_n((p), (value), __ATOMIC_RELAXED)
#define xchg_acquire(p, value) __atomic_exchange_n((p), (value), __ATOMIC_ACQUIRE)
#define xchg_release(p, value) __atomic_exchange_n((p), (value), __ATOMIC_RELEASE)
#define xchg(p, value) DOORWAY_FULL(xchg_relaxed(p, value))

/* What was found. */
#define DOORWAY_CMPXCHG(p, old, value, order)                                            \
  ({                                                                                     \
    __typeof__(__atomic_load_n((p), __ATOMIC_RELAXED)) doorway_old = (old);              \
    __atomic_compare_exchange_n((p), &doorway_old, (value), 0, order, __ATOMIC_RELAXED); \
    doorway_old;                                                                         \
  })
#define cmpxchg_relaxed(p, old, value) DOORWAY_CMPXCHG(p, old, value, __ATOMIC_RELAXED)
#define cmpxchg_acquire(p, old, value) DOORWAY_CMPXCHG(p, old, value, __ATOMIC_ACQUIRE)
#define cmpxchg_release(p, old, value) DOORWAY_CMPXCHG(p, old, value, __ATOMIC_RELEASE)
#define cmpxchg(p, old, value)                                                                           \
  ({                                                                                                     \
    __typeof__(__atomic_load_n((p), __ATOMIC_RELAXED)) doorway_full = (old);                             \
    __atomic_thread_fence(__ATOMIC_SEQ_CST);                                                             \
    if (__atomic_compare_exchange_n((p), &doorway_full, (value), 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) \
      __atomic_thread_fence(__ATOMIC_SEQ_CST);                                                           \
    doorway_full;                                                                                        \
  })
#define cmpxchg64 cmpxchg
#define cmpxchg_local cmpxchg_relaxed

/* Whether it was done; what was found goes to *old. */
#define DOORWAY_TRY_CMPXCHG(p, old, value, order) \
  __atomic_compare_exchange_n((p), (old), (value), 0, order, __ATOMIC_RELAXED)
#define try_cmpxchg_relaxed(p, old, value) DOORWAY_TRY_CMPXCHG(p, old, value, __ATOMIC_RELAXED)
#define try_cmpxchg_acquire(p, old, value) DOORWAY_TRY_CMPXCHG(p, old, value, __ATOMIC_ACQUIRE)
#define try_cmpxchg_release(p, old, value) DOORWAY_TRY_CMPXCHG(p, old, value, __ATOMIC_RELEASE)
#define try_cmpxchg(p, old, value)                             \
  ({                                                           \
    __atomic_thread_fence(__ATOMIC_SEQ_CST);                   \
    _Bool doorway_done = try_cmpxchg_relaxed(p, old, value);   \
    if (doorway_done) __atomic_thread_fence(__ATOMIC_SEQ_CST); \
    doorway_done;                                              \
  })

/* prefix##_fetch_add and the like in all four orders: `builtin` tells the old value, and `new_value` makes the new one
   of that. */
#define DOORWAY_ORDERS(prefix, T, V, suffix, order, op, builtin, symbol)                                             \
  static inline V prefix##_fetch_##op##suffix(V i, T* v) { return __atomic_fetch_##builtin(&v->counter, i, order); } \
  static inline V prefix##_##op##_return##suffix(V i, T* v) {                                                        \
    return __atomic_fetch_##builtin(&v->counter, i, order) symbol i;                                                 \
  }

#define DOORWAY_OPERATION(prefix, T, V, op, builtin, symbol)                                                       \
  DOORWAY_ORDERS(prefix, T, V, _relaxed, __ATOMIC_RELAXED, op, builtin, symbol)                                    \
  DOORWAY_ORDERS(prefix, T, V, _acquire, __ATOMIC_ACQUIRE, op, builtin, symbol)                                    \
  DOORWAY_ORDERS(prefix, T, V, _release, __ATOMIC_RELEASE, op, builtin, symbol)                                    \
  static inline V prefix##_fetch_##op(V i, T* v) { return DOORWAY_FULL(prefix##_fetch_##op##_relaxed(i, v)); }     \
  static inline V prefix##_##op##_return(V i, T* v) { return DOORWAY_FULL(prefix##_##op##_return_relaxed(i, v)); } \
  static inline void prefix##_##op(V i, T* v) { prefix##_fetch_##op##_relaxed(i, v); }

#define DOORWAY_ONE_MORE(prefix, T, V, suffix)                                                                \
  static inline V prefix##_inc_return##suffix(T* v) { return prefix##_add_return##suffix(1, v); }             \
  static inline V prefix##_dec_return##suffix(T* v) { return prefix##_sub_return##suffix(1, v); }             \
  static inline V prefix##_fetch_inc##suffix(T* v) { return prefix##_fetch_add##suffix(1, v); }               \
  static inline V prefix##_fetch_dec##suffix(T* v) { return prefix##_fetch_sub##suffix(1, v); }               \
  static inline V prefix##_xchg##suffix(T* v, V i) { return xchg##suffix(&v->counter, i); }                   \
  static inline V prefix##_cmpxchg##suffix(T* v, V old, V i) { return cmpxchg##suffix(&v->counter, old, i); } \
  static inline bool prefix##_try_cmpxchg##suffix(T* v, V* old, V i) {                                        \
    return try_cmpxchg##suffix(&v->counter, old, i);                                                          \
  }

#define DOORWAY_ATOMIC(prefix, T, V)                                                                         \
  static inline V prefix##_read(const T* v) { return READ_ONCE(v->counter); }                                \
  static inline V prefix##_read_acquire(const T* v) { return smp_load_acquire(&v->counter); }                \
  static inline void prefix##_set(T* v, V i) { WRITE_ONCE(v->counter, i); }                                  \
  static inline void prefix##_set_release(T* v, V i) { smp_store_release(&v->counter, i); }                  \
  DOORWAY_OPERATION(prefix, T, V, add, add, +)                                                               \
  DOORWAY_OPERATION(prefix, T, V, sub, sub, -)                                                               \
  DOORWAY_OPERATION(prefix, T, V, and, and, &)                                                               \
  DOORWAY_OPERATION(prefix, T, V, or, or, |)                                                                 \
  DOORWAY_OPERATION(prefix, T, V, xor, xor, ^)                                                               \
  DOORWAY_ONE_MORE(prefix, T, V, _relaxed)                                                                   \
  DOORWAY_ONE_MORE(prefix, T, V, _acquire)                                                                   \
  DOORWAY_ONE_MORE(prefix, T, V, _release)                                                                   \
  DOORWAY_ONE_MORE(prefix, T, V, )                                                                           \
  static inline void prefix##_inc(T* v) { prefix##_add(1, v); }                                              \
  static inline void prefix##_dec(T* v) { prefix##_sub(1, v); }                                              \
  static inline void prefix##_andnot(V i, T* v) { prefix##_and(~i, v); }                                     \
  static inline V prefix##_fetch_andnot(V i, T* v) { return prefix##_fetch_and(~i, v); }                     \
  static inline V prefix##_fetch_andnot_release(V i, T* v) { return prefix##_fetch_and_release(~i, v); }     \
  static inline bool prefix##_inc_and_test(T* v) { return prefix##_inc_return(v) == 0; }                     \
  static inline bool prefix##_dec_and_test(T* v) { return prefix##_dec_return(v) == 0; }                     \
  static inline bool prefix##_sub_and_test(V i, T* v) { return prefix##_sub_return(i, v) == 0; }             \
  static inline bool prefix##_add_negative(V i, T* v) { return prefix##_add_return(i, v) < 0; }              \
  static inline V prefix##_fetch_add_unless(T* v, V i, V u) {                                                \
    V old = prefix##_read(v);                                                                                \
    do {                                                                                                     \
      if (old == u) break;                                                                                   \
    } while (!prefix##_try_cmpxchg(v, &old, old + i));                                                       \
    return old;                                                                                              \
  }                                                                                                          \
  static inline bool prefix##_add_unless(T* v, V i, V u) { return prefix##_fetch_add_unless(v, i, u) != u; } \
  static inline bool prefix##_inc_not_zero(T* v) { return prefix##_add_unless(v, 1, 0); }                    \
  static inline bool prefix##_inc_unless_negative(T* v) {                                                    \
    V old = prefix##_read(v);                                                                                \
    do {                                                                                                     \
      if (old < 0) return false;                                                                             \
    } while (!prefix##_try_cmpxchg(v, &old, old + 1));                                                       \
    return true;                                                                                             \
  }                                                                                                          \
  static inline V prefix##_dec_if_positive(T* v) {                                                           \
    V old = prefix##_read(v);                                                                                \
    do {                                                                                                     \
      if (old <= 0) break;                                                                                   \
    } while (!prefix##_try_cmpxchg(v, &old, old - 1));                                                       \
    return old - 1;                                                                                          \
  }

DOORWAY_ATOMIC(atomic, atomic_t, int)
DOORWAY_ATOMIC(atomic64, atomic64_t, s64)
DOORWAY_ATOMIC(atomic_long, atomic_long_t, long)

#define atomic_cond_read_acquire(v, condition) smp_cond_load_acquire(&(v)->counter, condition)
#define atomic_cond_read_relaxed(v, condition) smp_cond_load_relaxed(&(v)->counter, condition)
#define atomic_long_cond_read_acquire(v, condition) smp_cond_load_acquire(&(v)->counter, condition)
#define atomic_long_cond_read_relaxed(v, condition) smp_cond_load_relaxed(&(v)->counter, condition)

#endif
