#pragma once

#include "harness/graph/value.h"

namespace rl::front {

// Of a failure, instead of a test_result_e: the test uses what there is not.
inline constexpr doorway::Value kUnsupported = 1000;

}  // namespace rl::front
