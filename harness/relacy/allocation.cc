#include <cstddef>
#include <new>

#include "harness/relacy/upstream.h"

// Relacy defines the global operator new and delete (over malloc, and its own heap inside a simulation), but not all
// forms of them. Here are the others, so that none allocates in one way and frees in another.

void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return ::operator new(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return ::operator new[](size); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { ::operator delete(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { ::operator delete[](memory); }
void operator delete(void* memory, std::size_t) noexcept { ::operator delete(memory); }
void operator delete[](void* memory, std::size_t) noexcept { ::operator delete[](memory); }
