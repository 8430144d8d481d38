#ifndef DOORWAY_KERNEL_LINUX_CONTAINER_OF_H
#define DOORWAY_KERNEL_LINUX_CONTAINER_OF_H

#include <linux/kernel.h>

#endif
