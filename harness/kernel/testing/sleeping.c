/* Who sleeps, and who wakes: by task states, wait queues, completions. */
#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/wait.h>
#include <linux/bug.h>

static int ready, data;
static struct task_struct *sleeper;
static DECLARE_WAIT_QUEUE_HEAD(queue);
static DECLARE_COMPLETION(done);

/* TASK_STATE: as in every sleep of the kernel. NO_BARRIER: the state is set without the barrier. */
static int sleep_by_state(void *unused) {
  for (;;) {
#ifdef NO_BARRIER
    __set_current_state(TASK_UNINTERRUPTIBLE);
#else
    set_current_state(TASK_UNINTERRUPTIBLE);
#endif
    if (READ_ONCE(ready)) break;
    schedule();
  }
  __set_current_state(TASK_RUNNING);
  return 0;
}

static int sleep_in_queue(void *unused) {
  wait_event(queue, READ_ONCE(ready));
  return 0;
}

static int sleep_for_completion(void *unused) {
  wait_for_completion(&done);
  BUG_ON(data != 1);
  return 0;
}

int main(int argc, char **argv) {
  switch (argv[1][0]) {
    case 's':
      sleeper = kthread_run(sleep_by_state, NULL, "sleeper");
      WRITE_ONCE(ready, 1);
      wake_up_process(sleeper);
      break;
    case 'q':
      sleeper = kthread_run(sleep_in_queue, NULL, "sleeper");
      WRITE_ONCE(ready, 1);
#ifdef NO_BARRIER
      if (waitqueue_active(&queue)) wake_up(&queue);
#else
      if (wq_has_sleeper(&queue)) wake_up(&queue);
#endif
      break;
    default:
      sleeper = kthread_run(sleep_for_completion, NULL, "sleeper");
      data = 1;
      complete(&done);
  }
  thrd_join(sleeper->thread, NULL);
  return 0;
}
