// What a test's code may ask and say (context.hpp), its memory, and thread-local variables.

#include <cstring>
#include <new>

#include "harness/behaviour/runtime.h"
#include "harness/front/operations.h"
#include "harness/front/running_thread.h"
#include "harness/relacy_front/codes.h"
#include "relacy/context.hpp"
#include "relacy/memory.hpp"
#include "relacy/thread_local.hpp"

namespace rl {

namespace front {

void fail(test_result_e result, char const* message, debug_info_param info) {
  doorway::runtime::Fail(message, static_cast<doorway::Value>(result), to_site(info));
}

void unsupported(char const* feature, debug_info_param info) {
  doorway::runtime::Fail(feature, kUnsupported, to_site(info));
}

intptr_t& thread_local_value(void const* variable) { return doorway::front::Here().Local(variable); }

}  // namespace front

unsigned rand(unsigned limit, doorway::Site site) {
  return limit <= 1 ? 0 : static_cast<unsigned>(doorway::front::Choose(limit, site));
}

unsigned thread_index() { return static_cast<unsigned>(doorway::runtime::Self()); }

int get_errno() { return doorway::front::Here().error_number; }
void set_errno(int value) { doorway::front::Here().error_number = value; }

void* rl_malloc(size_t size, debug_info_param) { return ::operator new(size); }

void* rl_calloc(size_t size, size_t count, debug_info_param) {
  void* p = ::operator new(size* count);
  std::memset(p, 0, size * count);
  return p;
}

// How large it was is not known; what lies behind it is memory of the same heap.
void* rl_realloc(void* p, size_t size, debug_info_param) {
  void* larger = size == 0 ? nullptr : ::operator new(size);
  if (larger != nullptr && p != nullptr) std::memmove(larger, p, size);
  ::operator delete(p);
  return larger;
}

void rl_free(void* p, debug_info_param) { ::operator delete(p); }

// A slot is the address of a block of its own.
unsigned long rl_TlsAlloc(debug_info_param) { return reinterpret_cast<unsigned long>(::operator new(1)); }
void rl_TlsFree(unsigned long slot, debug_info_param) { ::operator delete(reinterpret_cast<void*>(slot)); }
void* rl_TlsGetValue(unsigned long slot, debug_info_param) {
  return reinterpret_cast<void*>(front::thread_local_value(reinterpret_cast<void*>(slot)));
}
int rl_TlsSetValue(unsigned long slot, void* value, debug_info_param) {
  front::thread_local_value(reinterpret_cast<void*>(slot)) = reinterpret_cast<intptr_t>(value);
  return 1;
}

}  // namespace rl
