#pragma once

// Whether this is compiled for AddressSanitizer, by gcc or by clang: DOORWAY_ASAN for the preprocessor, a constant for
// everyone else. Fibers tell it of their stacks; tests that compare many programs take fewer, since the sanitizer looks
// at the code, not at the programs.

#if defined(__SANITIZE_ADDRESS__)
#define DOORWAY_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DOORWAY_ASAN 1
#endif
#endif
#ifndef DOORWAY_ASAN
#define DOORWAY_ASAN 0
#endif

namespace doorway {

inline constexpr bool kAddressSanitizer = DOORWAY_ASAN;

}  // namespace doorway
