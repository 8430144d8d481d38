// The C library's functions whose calls in a compiled program come here (redirect.h): memory, and ends of the program.
// Called by the harness, or before main(), they are what they are elsewhere.

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include "harness/behaviour/runtime.h"
#include "harness/compiled/accesses.h"
#include "harness/compiled/calls.h"
#include "harness/compiled/thread_state.h"
#include "harness/front/operations.h"

namespace doorway::compiled {
namespace {

[[noreturn]] void Fails(ThreadState& thread, const char* message, Site site) {
  Finish(thread);
  runtime::Fail(message, 0, site);
}

// Memory of a thread: from malloc or operator new, which are the same for it.
void* Allocate(std::size_t size) { return ::operator new(size, std::nothrow); }
[[gnu::noinline]] void Free(void* memory) { ::operator delete(memory); }

bool IsOurs(const void* memory) { return runtime::OwnerOf(memory).memory != runtime::Memory::kOutside; }

}  // namespace
}  // namespace doorway::compiled

using doorway::compiled::Busy;
using doorway::compiled::Running;
using doorway::compiled::SiteOf;
using doorway::compiled::ThreadState;

extern "C" {

// Memory of a thread comes from its own heap by operator new, which tells of it.
void* doorway_malloc(std::size_t size) {
  return Running() == nullptr ? std::malloc(size) : doorway::compiled::Allocate(size);
}

void* doorway_memset(void* to, int byte, std::size_t size);  // strings.cc

void* doorway_calloc(std::size_t count, std::size_t size) {
  if (Running() == nullptr) return std::calloc(count, size);
  std::size_t bytes = 0;
  if (__builtin_mul_overflow(count, size, &bytes)) return nullptr;
  void* const memory = doorway::compiled::Allocate(bytes);
  return memory == nullptr ? nullptr : doorway_memset(memory, 0, bytes);
}

void doorway_free(void* memory) {
  if (memory == nullptr) return;
  ThreadState* const thread = Running();
  if (thread == nullptr || !doorway::compiled::IsOurs(memory)) return std::free(memory);
  doorway::compiled::Free(memory);
}

void* doorway_memcpy(void* to, const void* from, std::size_t size);  // strings.cc

void* doorway_realloc(void* memory, std::size_t size) {
  ThreadState* const thread = Running();
  if (thread == nullptr || (memory != nullptr && !doorway::compiled::IsOurs(memory))) {
    return std::realloc(memory, size);
  }
  if (size == 0) {
    doorway_free(memory);
    return nullptr;
  }
  void* const larger = doorway::compiled::Allocate(size);
  if (larger == nullptr || memory == nullptr) return larger;
  std::size_t old_size = 0;
  {
    const Busy busy(*thread);
    old_size = doorway::compiled::SizeOf(*thread, memory);
  }
  doorway_memcpy(larger, memory, old_size < size ? old_size : size);
  doorway_free(memory);
  return larger;
}

void* doorway_aligned_alloc(std::size_t alignment, std::size_t size) {
  if (Running() == nullptr) return std::aligned_alloc(alignment, size);
  return ::operator new (size, std::align_val_t{alignment}, std::nothrow);
}

int doorway_posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
  void* const got = doorway_aligned_alloc(alignment, size);
  if (got == nullptr) return ENOMEM;
  doorway::compiled::Writes(memory, sizeof(*memory), DOORWAY_CALLER);
  *memory = got;
  return 0;
}

[[noreturn]] void doorway_abort() {
  ThreadState* const thread = Running();
  if (thread == nullptr) std::abort();
  const Busy busy(*thread);
  doorway::compiled::Fails(*thread, "the program called abort()", SiteOf(*thread, DOORWAY_CALLER));
}

[[noreturn]] void doorway_exit(int status) {
  ThreadState* const thread = Running();
  if (thread == nullptr) std::exit(status);
  const Busy busy(*thread);
  doorway::compiled::Finish(*thread);
  const doorway::Site site = SiteOf(*thread, DOORWAY_CALLER);
  if (status == 0) doorway::compiled::Unsupported("exit(0): return from main() instead", site);
  doorway::compiled::Fails(*thread, "the program called exit() with a status other than 0", site);
}

[[noreturn]] void doorway_assert_fail(const char* assertion, const char* file, unsigned line,
                                      const char* /*function*/) {
  ThreadState* const thread = Running();
  if (thread == nullptr) std::abort();
  const Busy busy(*thread);
  doorway::compiled::Fails(*thread, assertion, doorway::Site{file, static_cast<int>(line)});
}

// doorway.h
int doorway_choose(unsigned n) {
  ThreadState* const thread = Running();
  if (thread == nullptr || doorway::compiled::IsAlone(*thread)) return 0;
  const Busy busy(*thread);
  doorway::compiled::Finish(*thread);
  return doorway::front::Choose(n, SiteOf(*thread, DOORWAY_CALLER));
}

// Another thread may come anywhere as it is, and time says nothing.
int doorway_yield() { return 0; }
unsigned doorway_sleep(unsigned) { return 0; }
int doorway_usleep(unsigned) { return 0; }
int doorway_nanosleep(const void*, void*) { return 0; }
int doorway_clock_nanosleep(int, int, const void*, void*) { return 0; }

}  // extern "C"
