#ifndef DOORWAY_KERNEL_LINUX_LOCKDEP_H
#define DOORWAY_KERNEL_LINUX_LOCKDEP_H

/* Whether locks are taken in one order is seen by whether threads get stuck. */
struct lock_class_key {
  char unused;
};
#define lockdep_assert_held(lock) ((void)0)
#define lockdep_assert_held_write(lock) ((void)0)
#define lockdep_assert_held_read(lock) ((void)0)
#define lockdep_assert_not_held(lock) ((void)0)
#define lockdep_init_map(map, name, key, subclass) ((void)0)
#define lockdep_set_class(lock, key) ((void)0)
#define lock_acquire(map, subclass, trylock, read, check, nest, ip) ((void)0)
#define lock_release(map, ip) ((void)0)

#endif
