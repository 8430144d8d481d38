#pragma once

// Whether this is compiled for AddressSanitizer, by gcc or by clang. Tests that compare many programs take fewer then:
// the sanitizer looks at the code, not at the programs.

namespace doorway {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool kAddressSanitizer = true;
#elif defined(__has_feature)
inline constexpr bool kAddressSanitizer = __has_feature(address_sanitizer);
#else
inline constexpr bool kAddressSanitizer = false;
#endif

}  // namespace doorway
