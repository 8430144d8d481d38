#ifndef DOORWAY_KERNEL_LINUX_COMPILER_TYPES_H
#define DOORWAY_KERNEL_LINUX_COMPILER_TYPES_H

#include <linux/compiler.h>

#endif
