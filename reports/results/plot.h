#pragma once

#include <string>

#include "reports/results/growth.h"

// Drawings of growth, as SVG within a page.

namespace doorway::results {

// As many lines as can be told apart.
inline constexpr std::size_t kMostLines = 6;

// Two drawings, of counts and of seconds, both on a logarithmic scale, over the parameter; and what each line is. A
// search that did not come to its end is a hollow mark. Lines beyond kMostLines are left out, and it is said.
std::string GrowthFigure(const Growth& growth);

}  // namespace doorway::results
