#ifndef DOORWAY_KERNEL_LINUX_STRING_H
#define DOORWAY_KERNEL_LINUX_STRING_H

#include <string.h>

#endif
