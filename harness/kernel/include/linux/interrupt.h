#ifndef DOORWAY_KERNEL_LINUX_INTERRUPT_H
#define DOORWAY_KERNEL_LINUX_INTERRUPT_H

#include <linux/irqflags.h>

#endif
