#ifndef DOORWAY_KERNEL_LINUX_SCHED_RT_H
#define DOORWAY_KERNEL_LINUX_SCHED_RT_H

#include <linux/sched.h>

#endif
