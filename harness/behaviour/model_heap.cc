// operator new for model code: a thread's allocations come from its own heap at fixed addresses, start
// anew at every run, and end with it. Code outside of models gets malloc's memory, as ever.

#include <cstddef>
#include <cstdlib>
#include <new>

#include "harness/behaviour/machine.h"

namespace doorway {

struct ModelHeap {
  static void* New(std::size_t size, std::size_t alignment) {
    Program::Machine* machine = Program::Machine::current;
    if (machine != nullptr && machine->in_model_code()) return machine->Allocate(size, alignment);
    if (size == 0) size = 1;
    void* memory = alignment <= alignof(std::max_align_t)
                       ? std::malloc(size)
                       : std::aligned_alloc(alignment, (size + alignment - 1) & ~(alignment - 1));
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
  }
  static void* NewOrNull(std::size_t size, std::size_t alignment) noexcept {
    try {
      return New(size, alignment);
    } catch (const std::bad_alloc&) {
      return nullptr;
    }
  }
  static void Delete(void* memory) {
    Program::Machine* machine = Program::Machine::current;
    if (machine != nullptr && machine->OwnsMemory(memory)) {
      if (machine->in_model_code()) machine->Freed(memory);
      return;
    }
    std::free(memory);
  }
};

}  // namespace doorway

void* operator new(std::size_t size) { return doorway::ModelHeap::New(size, alignof(std::max_align_t)); }
void* operator new[](std::size_t size) { return doorway::ModelHeap::New(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return doorway::ModelHeap::New(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return doorway::ModelHeap::New(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return doorway::ModelHeap::NewOrNull(size, alignof(std::max_align_t));
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return doorway::ModelHeap::NewOrNull(size, alignof(std::max_align_t));
}
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return doorway::ModelHeap::NewOrNull(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return doorway::ModelHeap::NewOrNull(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { doorway::ModelHeap::Delete(memory); }
void operator delete[](void* memory) noexcept { doorway::ModelHeap::Delete(memory); }
void operator delete(void* memory, std::size_t) noexcept { doorway::ModelHeap::Delete(memory); }
void operator delete[](void* memory, std::size_t) noexcept { doorway::ModelHeap::Delete(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { doorway::ModelHeap::Delete(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { doorway::ModelHeap::Delete(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { doorway::ModelHeap::Delete(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { doorway::ModelHeap::Delete(memory); }
