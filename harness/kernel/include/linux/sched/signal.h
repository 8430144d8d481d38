#ifndef DOORWAY_KERNEL_LINUX_SCHED_SIGNAL_H
#define DOORWAY_KERNEL_LINUX_SCHED_SIGNAL_H

#include <linux/sched.h>

#endif
