// What cdschecker/threads.h calls: threads that return nothing, by their numbers.

#include "harness/behaviour/runtime.h"
#include "harness/compiled/accesses.h"
#include "harness/compiled/blocking.h"
#include "harness/compiled/calls.h"
#include "harness/compiled/thread_state.h"

using namespace doorway::compiled;  // NOLINT: all that follows is its face

extern "C" {

int doorway_cds_thrd_create(unsigned long* thread, void (*code)(void*), void* argument) {
  ThreadState& self = MustRun("thrd_create");
  const Busy busy(self);
  const int number = StartThread(self, code, argument, SiteOf(self, DOORWAY_CALLER));
  WillWrite(self, thread, sizeof(*thread), DOORWAY_CALLER);
  *thread = static_cast<unsigned long>(number) + 1;
  return 0;
}
int doorway_cds_thrd_join(unsigned long thread) {
  ThreadState& self = MustRun("thrd_join");
  const Busy busy(self);
  JoinThread(self, static_cast<int>(thread) - 1, nullptr, SiteOf(self, DOORWAY_CALLER));
  return 0;
}
unsigned long doorway_cds_thrd_current() { return static_cast<unsigned long>(doorway::runtime::Self()) + 1; }

}  // extern "C"
