#ifndef DOORWAY_KERNEL_LINUX_PRINTK_H
#define DOORWAY_KERNEL_LINUX_PRINTK_H

#include <linux/kernel.h>

#endif
