#ifndef DOORWAY_KERNEL_ASM_CURRENT_H
#define DOORWAY_KERNEL_ASM_CURRENT_H

#include <linux/sched.h>

#endif
