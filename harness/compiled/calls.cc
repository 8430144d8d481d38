#include "harness/compiled/calls.h"

#include "harness/compiled/accesses.h"
#include "harness/compiled/thread_state.h"

namespace doorway::compiled {

void Reads(const void* address, std::size_t size, const void* from) {
  ThreadState* const thread = Running();
  if (thread == nullptr || size == 0) return;
  const Busy busy(*thread);
  WillRead(*thread, address, size, from);
}

void Writes(void* address, std::size_t size, const void* from) {
  ThreadState* const thread = Running();
  if (thread == nullptr || size == 0) return;
  const Busy busy(*thread);
  WillWrite(*thread, address, size, from);
}

}  // namespace doorway::compiled
