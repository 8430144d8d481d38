#pragma once

#include <optional>

#include "harness/front/outcome.h"
#include "relacy/test_result.hpp"

namespace rl::front {

// The result that Relacy has for what was found; none: the test cannot be judged.
std::optional<test_result_e> result_of(const doorway::front::Trouble& trouble);

}  // namespace rl::front
