#pragma once

#include <string>
#include <string_view>
#include <vector>

// "Did you mean": the known names that a mistyped one may stand for.

namespace doorway {

// At most `most` names of `known` near to `name`, the nearest first: names within a few typing errors, or that begin
// with it, or that contain it as a whole part between slashes. None, if nothing is near.
std::vector<std::string> NearNames(std::string_view name, const std::vector<std::string>& known, std::size_t most = 4);

// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (Damerau-Levenshtein,
// restricted). Cost |a| * |b|.
std::size_t EditDistance(std::string_view a, std::string_view b);

}  // namespace doorway
