#ifndef DOORWAY_KERNEL_LINUX_CPUMASK_H
#define DOORWAY_KERNEL_LINUX_CPUMASK_H

#include <linux/smp.h>

#endif
