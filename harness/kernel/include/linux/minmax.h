#ifndef DOORWAY_KERNEL_LINUX_MINMAX_H
#define DOORWAY_KERNEL_LINUX_MINMAX_H

#include <linux/kernel.h>

#endif
