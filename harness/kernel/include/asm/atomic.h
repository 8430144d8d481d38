#ifndef DOORWAY_KERNEL_ASM_ATOMIC_H
#define DOORWAY_KERNEL_ASM_ATOMIC_H

#include <linux/atomic.h>

#endif
