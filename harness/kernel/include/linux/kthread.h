#ifndef DOORWAY_KERNEL_LINUX_KTHREAD_H
#define DOORWAY_KERNEL_LINUX_KTHREAD_H

#include <linux/err.h>
#include <linux/sched.h>

/* Started by main() only, in the order of their CPUs: 1, 2 and so on. */
static inline struct task_struct* doorway_kthread(int (*function)(void* data), void* data) {
  static int started;
  struct task_struct* task = &doorway_tasks[++started];
  thrd_create(&task->thread, function, data);
  return task;
}
#define kthread_run(function, data, ...) doorway_kthread(function, data)
#define kthread_should_stop() (READ_ONCE(current->should_stop) != 0)

/* Waits for its end: what its function returns. */
static inline int kthread_stop(struct task_struct* task) {
  int result = 0;
  WRITE_ONCE(task->should_stop, 1);
  wake_up_process(task);
  thrd_join(task->thread, &result);
  return result;
}

#endif
