// Exceptions of a program: the objects that are thrown lie in the heap of the thread that throws them, at the same
// address in each of its runs, as all that it allocates.

#include <cstddef>
#include <cstring>
#include <new>

#include "harness/behaviour/runtime.h"
#include "harness/compiled/calls.h"
#include "harness/compiled/thread_state.h"

namespace doorway::compiled {
namespace {

// What the C++ run-time keeps before the object, 128 bytes of it on x86-64, and more than any other needs.
constexpr std::size_t kBefore = 256;

bool IsInModel(const void* memory) {
  return runtime::InModelCode() && runtime::OwnerOf(memory).memory != runtime::Memory::kOutside;
}

}  // namespace
}  // namespace doorway::compiled

using doorway::compiled::kBefore;

extern "C" {

void* AllocateException(std::size_t size) __asm__("__cxa_allocate_exception");
void* AllocateException(std::size_t size) {
  if (doorway::compiled::Running() == nullptr) {
    static auto* const in_library = doorway::compiled::FromLibrary<void*(std::size_t)>("__cxa_allocate_exception");
    return in_library(size);
  }
  char* const memory = static_cast<char*>(::operator new(size + kBefore));
  std::memset(memory, 0, kBefore);
  return memory + kBefore;
}

void FreeException(void* object) __asm__("__cxa_free_exception");
void FreeException(void* object) {
  if (doorway::compiled::IsInModel(object)) return ::operator delete(static_cast<char*>(object) - kBefore);
  static auto* const in_library = doorway::compiled::FromLibrary<void(void*)>("__cxa_free_exception");
  in_library(object);
}

}  // extern "C"
