#pragma once

#include <array>
#include <cstdint>

#include "harness/graph/value.h"

namespace doorway {

// Thread t becomes thread permutation[t].
using Permutation = std::array<std::uint8_t, kMaxThreads>;

inline constexpr Permutation kIdentity = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
static_assert(kIdentity.size() == 16);

}  // namespace doorway
