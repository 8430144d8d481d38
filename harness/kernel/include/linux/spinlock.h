#ifndef DOORWAY_KERNEL_LINUX_SPINLOCK_H
#define DOORWAY_KERNEL_LINUX_SPINLOCK_H

#include <asm/barrier.h>
#include <asm/processor.h>
#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <pthread.h>

/* Spinlocks: acquire and release, as the kernel promises of them; no order among those that wait. */
typedef struct {
  pthread_spinlock_t lock;
} raw_spinlock_t;
typedef raw_spinlock_t arch_spinlock_t;
typedef raw_spinlock_t spinlock_t;

#define __RAW_SPIN_LOCK_UNLOCKED(name) \
  { 0 }
#define __SPIN_LOCK_UNLOCKED(name) \
  { 0 }
#define __ARCH_SPIN_LOCK_UNLOCKED \
  { 0 }
#define DEFINE_RAW_SPINLOCK(name) raw_spinlock_t name = {0}
#define DEFINE_SPINLOCK(name) spinlock_t name = {0}

static inline void raw_spin_lock_init(raw_spinlock_t* l) { (void)l; }
static inline void raw_spin_lock(raw_spinlock_t* l) { pthread_spin_lock(&l->lock); }
static inline int raw_spin_trylock(raw_spinlock_t* l) { return pthread_spin_trylock(&l->lock) == 0; }
static inline void raw_spin_unlock(raw_spinlock_t* l) { pthread_spin_unlock(&l->lock); }

#define raw_spin_lock_irq raw_spin_lock
#define raw_spin_unlock_irq raw_spin_unlock
#define raw_spin_lock_irqsave(l, flags) ((flags) = 0, raw_spin_lock(l))
#define raw_spin_unlock_irqrestore(l, flags) raw_spin_unlock(l)
#define raw_spin_lock_nested(l, subclass) raw_spin_lock(l)
#define arch_spin_lock raw_spin_lock
#define arch_spin_trylock raw_spin_trylock
#define arch_spin_unlock raw_spin_unlock
#define spin_lock_init raw_spin_lock_init
#define spin_lock raw_spin_lock
#define spin_trylock raw_spin_trylock
#define spin_unlock raw_spin_unlock
#define spin_lock_bh raw_spin_lock
#define spin_unlock_bh raw_spin_unlock
#define spin_lock_irq raw_spin_lock
#define spin_unlock_irq raw_spin_unlock
#define spin_lock_irqsave raw_spin_lock_irqsave
#define spin_unlock_irqrestore raw_spin_unlock_irqrestore
#define spin_lock_nested raw_spin_lock_nested

typedef struct {
  pthread_rwlock_t lock;
} rwlock_t;

#define __RW_LOCK_UNLOCKED(name) \
  { PTHREAD_RWLOCK_INITIALIZER }
#define DEFINE_RWLOCK(name) rwlock_t name = __RW_LOCK_UNLOCKED(name)

static inline void rwlock_init(rwlock_t* l) { (void)l; }
static inline void read_lock(rwlock_t* l) { pthread_rwlock_rdlock(&l->lock); }
static inline int read_trylock(rwlock_t* l) { return pthread_rwlock_tryrdlock(&l->lock) == 0; }
static inline void read_unlock(rwlock_t* l) { pthread_rwlock_unlock(&l->lock); }
static inline void write_lock(rwlock_t* l) { pthread_rwlock_wrlock(&l->lock); }
static inline int write_trylock(rwlock_t* l) { return pthread_rwlock_trywrlock(&l->lock) == 0; }
static inline void write_unlock(rwlock_t* l) { pthread_rwlock_unlock(&l->lock); }

#endif
