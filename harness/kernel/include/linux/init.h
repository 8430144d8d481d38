#ifndef DOORWAY_KERNEL_LINUX_INIT_H
#define DOORWAY_KERNEL_LINUX_INIT_H

#include <linux/compiler.h>

#endif
