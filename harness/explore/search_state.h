#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/explore/tally.h"

// How far a search has come: what another process needs to go on with it, to the same totals. It knows nothing of the
// model and its configuration, which must be the same ones, in the same build: whoever keeps it, compares.

namespace doorway {

// The search is split into parts (parts.h), the same ones wherever it is gone on with. Evidence is not kept: what has
// found some, and all of a part that was not done by then, is explored again.
struct SearchState {
  std::size_t sub_trees = 0;                     // how many the split was to have
  std::vector<std::optional<PartResult>> parts;  // none: not begun
};

std::string WriteSearchState(const SearchState& state);  // JSON
// Errors: std::runtime_error, if it is no such text.
SearchState ReadSearchState(const std::string& text);

// A state is gone on with that is not one of this search.
class SearchMismatch : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace doorway
