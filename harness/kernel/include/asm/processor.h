#ifndef DOORWAY_KERNEL_ASM_PROCESSOR_H
#define DOORWAY_KERNEL_ASM_PROCESSOR_H

/* Another thread may come anywhere as it is. */
#define cpu_relax() ((void)0)
#define cpu_relax_yield() ((void)0)

#endif
