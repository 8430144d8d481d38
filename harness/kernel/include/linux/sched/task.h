#ifndef DOORWAY_KERNEL_LINUX_SCHED_TASK_H
#define DOORWAY_KERNEL_LINUX_SCHED_TASK_H

#include <linux/sched.h>

#endif
