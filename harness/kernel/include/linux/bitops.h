#ifndef DOORWAY_KERNEL_LINUX_BITOPS_H
#define DOORWAY_KERNEL_LINUX_BITOPS_H

#include <linux/atomic.h>

#define BITS_PER_LONG 64
#define BIT(n) (1ul << (n))
#define DOORWAY_WORD(n, p) ((unsigned long*)(p) + (n) / BITS_PER_LONG)
#define DOORWAY_MASK(n) (1ul << ((n) % BITS_PER_LONG))

/* Relaxed, but for those that tell what was there: fully ordered. */
static inline void set_bit(long n, volatile unsigned long* p) {
  __atomic_fetch_or(DOORWAY_WORD(n, p), DOORWAY_MASK(n), __ATOMIC_RELAXED);
}
static inline void clear_bit(long n, volatile unsigned long* p) {
  __atomic_fetch_and(DOORWAY_WORD(n, p), ~DOORWAY_MASK(n), __ATOMIC_RELAXED);
}
static inline void change_bit(long n, volatile unsigned long* p) {
  __atomic_fetch_xor(DOORWAY_WORD(n, p), DOORWAY_MASK(n), __ATOMIC_RELAXED);
}
static inline bool test_bit(long n, const volatile unsigned long* p) {
  return (READ_ONCE(*DOORWAY_WORD(n, p)) & DOORWAY_MASK(n)) != 0;
}
static inline bool test_bit_acquire(long n, const volatile unsigned long* p) {
  return (smp_load_acquire(DOORWAY_WORD(n, p)) & DOORWAY_MASK(n)) != 0;
}
static inline bool test_and_set_bit(long n, volatile unsigned long* p) {
  return DOORWAY_FULL((__atomic_fetch_or(DOORWAY_WORD(n, p), DOORWAY_MASK(n), __ATOMIC_RELAXED) & DOORWAY_MASK(n)) !=
                      0);
}
static inline bool test_and_clear_bit(long n, volatile unsigned long* p) {
  return DOORWAY_FULL((__atomic_fetch_and(DOORWAY_WORD(n, p), ~DOORWAY_MASK(n), __ATOMIC_RELAXED) & DOORWAY_MASK(n)) !=
                      0);
}
static inline bool test_and_set_bit_lock(long n, volatile unsigned long* p) {
  return (__atomic_fetch_or(DOORWAY_WORD(n, p), DOORWAY_MASK(n), __ATOMIC_ACQUIRE) & DOORWAY_MASK(n)) != 0;
}
static inline void clear_bit_unlock(long n, volatile unsigned long* p) {
  __atomic_fetch_and(DOORWAY_WORD(n, p), ~DOORWAY_MASK(n), __ATOMIC_RELEASE);
}

#endif
