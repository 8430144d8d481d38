#ifndef DOORWAY_KERNEL_LINUX_REFCOUNT_H
#define DOORWAY_KERNEL_LINUX_REFCOUNT_H

#include <linux/atomic.h>
#include <linux/bug.h>

/* A count that does not come back from zero, and whose misuse is a finding instead of a saturated count. */
typedef struct refcount_struct {
  atomic_t refs;
} refcount_t;

#define REFCOUNT_INIT(n) \
  { .refs = ATOMIC_INIT(n) }

static inline void refcount_set(refcount_t* r, int n) { atomic_set(&r->refs, n); }
static inline unsigned refcount_read(const refcount_t* r) { return (unsigned)atomic_read(&r->refs); }

/* Relaxed: who gets a reference has a right to one, or orders what comes after by itself. */
static inline bool refcount_add_not_zero(int i, refcount_t* r) {
  int old = refcount_read(r);
  do {
    if (!old) return false;
  } while (!atomic_try_cmpxchg_relaxed(&r->refs, &old, old + i));
  BUG_ON(old < 0);
  return true;
}
static inline bool refcount_inc_not_zero(refcount_t* r) { return refcount_add_not_zero(1, r); }
static inline bool refcount_inc_not_zero_acquire(refcount_t* r) {
  int old = refcount_read(r);
  do {
    if (!old) return false;
  } while (!atomic_try_cmpxchg_acquire(&r->refs, &old, old + 1));
  return true;
}
static inline void refcount_add(int i, refcount_t* r) {
  int old = atomic_fetch_add_relaxed(i, &r->refs);
  BUG_ON(old <= 0); /* an increment of zero: whoever it counts may be gone */
}
static inline void refcount_inc(refcount_t* r) { refcount_add(1, r); }

/* Release; and acquire if it was the last. */
static inline bool refcount_sub_and_test(int i, refcount_t* r) {
  int old = atomic_fetch_sub_release(i, &r->refs);
  if (old == i) {
    smp_acquire__after_ctrl_dep();
    return true;
  }
  BUG_ON(old <= 0 || old < i);
  return false;
}
static inline bool refcount_dec_and_test(refcount_t* r) { return refcount_sub_and_test(1, r); }
static inline void refcount_dec(refcount_t* r) {
  int old = atomic_fetch_sub_release(1, &r->refs);
  BUG_ON(old <= 1);
}
static inline bool refcount_dec_if_one(refcount_t* r) {
  int one = 1;
  return atomic_try_cmpxchg_release(&r->refs, &one, 0);
}
static inline bool refcount_dec_not_one(refcount_t* r) {
  int old = refcount_read(r);
  do {
    if (old == 1) return false;
  } while (!atomic_try_cmpxchg_release(&r->refs, &old, old - 1));
  return true;
}

#endif
