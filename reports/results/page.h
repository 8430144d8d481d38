#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "reports/results/result.h"

// All results of a folder as one HTML page that needs nothing else: no network, no script, no other file but those that
// it links to. What it shows is in reports/README.md.

namespace doorway::results {

// Stands near the beginning of each page: who overwrites a file can tell it from somebody else's.
inline constexpr std::string_view kPageMark = "<meta name=\"generator\" content=\"doorway report\">";

struct ResultsPageOptions {
  std::string title;  // the folder, as the user named it
  std::size_t most_bytes = std::size_t{4} << 20;
};

// Byte for byte the same for the same arguments. Where it would be longer than most_bytes, rows are cut, those first
// that are as expected, then those that hold, and the page says how many.
std::string ResultsPage(const Results& results, const ResultsPageOptions& options);

}  // namespace doorway::results
