#ifndef DOORWAY_KERNEL_LINUX_DELAY_H
#define DOORWAY_KERNEL_LINUX_DELAY_H

#define udelay(n) ((void)0)
#define ndelay(n) ((void)0)
#define mdelay(n) ((void)0)
#define msleep(n) ((void)0)

#endif
