#pragma once

#include <dlfcn.h>

#include <cstddef>

// Calls from the code of programs. What they tell of is of concern only while a thread's code is running.

// Where a function that compiled code calls was called.
#define DOORWAY_CALLER __builtin_extract_return_addr(__builtin_return_address(0))

namespace doorway::compiled {

// Plain data is about to be read, or written, by what was called from there.
void Reads(const void* address, std::size_t size, const void* from);
void Writes(void* address, std::size_t size, const void* from);

// A function of a shared library that the program's own of that name hides.
template <class F>
F* FromLibrary(const char* symbol) {
  return reinterpret_cast<F*>(dlsym(RTLD_NEXT, symbol));
}

// How many parts of the program, each a source, are compiled to tell of what they do: containers.cc is one.
int InstrumentedParts();

}  // namespace doorway::compiled
