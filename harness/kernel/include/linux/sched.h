#ifndef DOORWAY_KERNEL_LINUX_SCHED_H
#define DOORWAY_KERNEL_LINUX_SCHED_H

#include <asm/processor.h>
#include <linux/atomic.h>
#include <linux/preempt.h>
#include <linux/smp.h>
#include <threads.h>

int doorway_choose(unsigned n); /* harness/compiled/doorway.h */

#define TASK_RUNNING 0u
#define TASK_INTERRUPTIBLE 1u
#define TASK_UNINTERRUPTIBLE 2u
#define TASK_WAKEKILL 0x100u
#define TASK_KILLABLE (TASK_WAKEKILL | TASK_UNINTERRUPTIBLE)
#define TASK_NORMAL (TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)

struct task_struct {
  unsigned __state;
  int should_stop;
  thrd_t thread;
  int (*function)(void* data);
  void* data;
};

/* Of each thread, by its CPU. */
struct task_struct doorway_tasks[16] __attribute__((weak));
#define current (&doorway_tasks[doorway_cpu()])

#define __set_current_state(state) WRITE_ONCE(current->__state, (state))
#define set_current_state(state) smp_store_mb(current->__state, (state))
#define get_current_state() READ_ONCE(current->__state)
#define task_is_running(task) (READ_ONCE((task)->__state) == TASK_RUNNING)

/* Sleeps until somebody has made the task running, if it is not. */
static inline void schedule(void) {
  while (smp_load_acquire(&current->__state) != TASK_RUNNING) cpu_relax();
}

/* A full barrier before the state is looked at; whoever wakes up sees what came before the wake-up. */
static inline int wake_up_state(struct task_struct* task, unsigned mask) {
  unsigned state;
  smp_mb();
  state = READ_ONCE(task->__state);
  do {
    if (!(state & mask)) return 0;
  } while (!try_cmpxchg_release(&task->__state, &state, TASK_RUNNING));
  return 1;
}
static inline int wake_up_process(struct task_struct* task) { return wake_up_state(task, TASK_NORMAL); }

/* Somebody else may want the CPU at any time, if the program asks for that; no signal comes. */
#ifdef DOORWAY_NEED_RESCHED
#define need_resched() doorway_choose(2)
#else
#define need_resched() 0
#endif
#define vcpu_is_preempted(cpu) 0
#define cond_resched() 0
#define yield() ((void)0)
#define signal_pending(task) 0
#define signal_pending_state(state, task) 0
#define fatal_signal_pending(task) 0
#define schedule_preempt_disabled() schedule()
#define get_task_struct(task) ((void)(task))
#define put_task_struct(task) ((void)(task))

#endif
