#ifndef DOORWAY_KERNEL_LINUX_RWLOCK_H
#define DOORWAY_KERNEL_LINUX_RWLOCK_H

#include <linux/spinlock.h>

#endif
