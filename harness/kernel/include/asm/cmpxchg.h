#ifndef DOORWAY_KERNEL_ASM_CMPXCHG_H
#define DOORWAY_KERNEL_ASM_CMPXCHG_H

#include <linux/atomic.h>

#endif
