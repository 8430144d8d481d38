#ifndef DOORWAY_KERNEL_LINUX_PROCESSOR_H
#define DOORWAY_KERNEL_LINUX_PROCESSOR_H

#include <asm/processor.h>

#define spin_begin() ((void)0)
#define spin_end() ((void)0)
#define spin_cpu_relax() cpu_relax()
#define spin_until_cond(condition)    \
  do {                                \
    while (!(condition)) cpu_relax(); \
  } while (0)

#endif
