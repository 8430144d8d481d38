#ifndef DOORWAY_KERNEL_LINUX_PREEMPT_H
#define DOORWAY_KERNEL_LINUX_PREEMPT_H

/* Threads have CPUs of their own: nothing preempts them. */
#define preempt_disable() ((void)0)
#define preempt_enable() ((void)0)
#define preempt_enable_no_resched() ((void)0)
#define in_interrupt() 0
#define in_task() 1

#endif
