#ifndef DOORWAY_KERNEL_LINUX_SPINLOCK_TYPES_H
#define DOORWAY_KERNEL_LINUX_SPINLOCK_TYPES_H

#include <linux/spinlock.h>

#endif
