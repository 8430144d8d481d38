#ifndef DOORWAY_KERNEL_LINUX_ERRNO_H
#define DOORWAY_KERNEL_LINUX_ERRNO_H

/* The C library's headers want the system's own of this name. */
#include_next <linux/errno.h>

#define ERESTARTSYS 512

#endif
