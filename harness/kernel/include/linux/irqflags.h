#ifndef DOORWAY_KERNEL_LINUX_IRQFLAGS_H
#define DOORWAY_KERNEL_LINUX_IRQFLAGS_H

/* There are no interrupts. */
#define local_irq_disable() ((void)0)
#define local_irq_enable() ((void)0)
#define local_irq_save(flags) ((void)((flags) = 0))
#define local_irq_restore(flags) ((void)(flags))
#define irqs_disabled() 0

#endif
