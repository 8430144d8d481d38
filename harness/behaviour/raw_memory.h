#pragma once

#include <cstddef>

// Stack frames as bytes. These may cross the sanitizer's red zones: whole frames are copied and compared.

namespace doorway {

#if defined(__GNUC__) || defined(__clang__)
__attribute__((no_sanitize("address"), noinline))
#endif
inline void
CopyBytes(char* to, const volatile char* from, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
}

#if defined(__GNUC__) || defined(__clang__)
__attribute__((no_sanitize("address"), noinline))
#endif
inline bool
SameBytes(const char* a, const volatile char* b, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

}  // namespace doorway
