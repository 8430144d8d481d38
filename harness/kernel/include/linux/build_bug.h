#ifndef DOORWAY_KERNEL_LINUX_BUILD_BUG_H
#define DOORWAY_KERNEL_LINUX_BUILD_BUG_H

#include <linux/kernel.h>

#endif
