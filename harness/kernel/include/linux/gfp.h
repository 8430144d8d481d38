#ifndef DOORWAY_KERNEL_LINUX_GFP_H
#define DOORWAY_KERNEL_LINUX_GFP_H

#include <linux/slab.h>

#endif
