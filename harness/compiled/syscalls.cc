// syscall(): the C++ library's way to futexes (std::atomic's wait, std::latch, std::barrier, semaphores), and other
// people's.

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdint>

#include "harness/behaviour/runtime.h"
#include "harness/compiled/accesses.h"
#include "harness/compiled/calls.h"
#include "harness/compiled/thread_state.h"
#include "harness/front/condition.h"
#include "harness/front/futex.h"

namespace doorway::compiled {
namespace {

long Fails(int error) {
  errno = error;
  return -1;
}

long Futex(ThreadState& thread, const int* word, int operation, unsigned value, bool in_time, const void* from) {
  const Busy busy(thread);
  const Site site = SiteOf(thread, from);
  const int command = operation & FUTEX_CMD_MASK;
  const front::Object at = AtomicAt(thread, word, sizeof(*word), site);
  const Value no_queue = front::Condition::Initialised();
  const void* const queue = WordAt(thread, word, WordKind::kFutexQueue, no_queue, "futex queue", site).address;
  if (command == FUTEX_WAKE || command == FUTEX_WAKE_BITSET) return front::FutexWake(queue, value, site);
  if (command != FUTEX_WAIT && command != FUTEX_WAIT_BITSET) {
    Unsupported("a futex operation that is neither a wait nor a wake", site);
  }
  switch (front::FutexWait(at, queue, value, in_time, site)) {
    case front::FutexResult::kChanged:
      return Fails(EAGAIN);
    case front::FutexResult::kInterrupted:
      return Fails(EINTR);
    case front::FutexResult::kTimedOut:
      return Fails(ETIMEDOUT);
    case front::FutexResult::kWoken:
      break;
  }
  return 0;
}

}  // namespace
}  // namespace doorway::compiled

extern "C" long doorway_syscall(long number, ...) {
  constexpr int kArguments = 6;
  long arguments[kArguments];
  va_list list;
  va_start(list, number);
  for (long& argument : arguments) argument = va_arg(list, long);
  va_end(list);
  doorway::compiled::ThreadState* const thread = doorway::compiled::Running();
  if (thread == nullptr || number != SYS_futex) {
    return syscall(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
  }
  return doorway::compiled::Futex(*thread, reinterpret_cast<const int*>(arguments[0]), static_cast<int>(arguments[1]),
                                  static_cast<unsigned>(arguments[2]), arguments[3] != 0, DOORWAY_CALLER);
}
