#ifndef DOORWAY_KERNEL_LINUX_SCHED_WAKE_Q_H
#define DOORWAY_KERNEL_LINUX_SCHED_WAKE_Q_H

#include <linux/sched.h>

#endif
