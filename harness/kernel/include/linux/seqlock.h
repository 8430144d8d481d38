#ifndef DOORWAY_KERNEL_LINUX_SEQLOCK_H
#define DOORWAY_KERNEL_LINUX_SEQLOCK_H

#include <linux/compiler.h>
#include <linux/spinlock.h>

/* A count that is odd while somebody writes; readers who find another one than before read again. */
typedef struct seqcount {
  unsigned sequence;
} seqcount_t;

#define SEQCNT_ZERO(name) \
  { 0 }
static inline void seqcount_init(seqcount_t* s) { s->sequence = 0; }

static inline unsigned read_seqcount_begin(const seqcount_t* s) {
  unsigned start;
  while ((start = smp_load_acquire(&s->sequence)) & 1) cpu_relax();
  return start;
}
static inline unsigned raw_read_seqcount(const seqcount_t* s) { return smp_load_acquire(&s->sequence); }
static inline int read_seqcount_retry(const seqcount_t* s, unsigned start) {
  smp_rmb();
  return READ_ONCE(s->sequence) != start;
}
static inline void write_seqcount_begin(seqcount_t* s) {
  WRITE_ONCE(s->sequence, READ_ONCE(s->sequence) + 1);
  smp_wmb();
}
static inline void write_seqcount_end(seqcount_t* s) {
  smp_wmb();
  WRITE_ONCE(s->sequence, READ_ONCE(s->sequence) + 1);
}
#define raw_write_seqcount_begin write_seqcount_begin
#define raw_write_seqcount_end write_seqcount_end

typedef struct {
  seqcount_t seqcount;
  spinlock_t lock;
} seqlock_t;

#define __SEQLOCK_UNLOCKED(name) \
  { SEQCNT_ZERO(name), __SPIN_LOCK_UNLOCKED(name) }
#define DEFINE_SEQLOCK(name) seqlock_t name = __SEQLOCK_UNLOCKED(name)

static inline void seqlock_init(seqlock_t* s) { seqcount_init(&s->seqcount); }
static inline unsigned read_seqbegin(const seqlock_t* s) { return read_seqcount_begin(&s->seqcount); }
static inline int read_seqretry(const seqlock_t* s, unsigned start) { return read_seqcount_retry(&s->seqcount, start); }
static inline void write_seqlock(seqlock_t* s) {
  spin_lock(&s->lock);
  write_seqcount_begin(&s->seqcount);
}
static inline void write_sequnlock(seqlock_t* s) {
  write_seqcount_end(&s->seqcount);
  spin_unlock(&s->lock);
}

#endif
