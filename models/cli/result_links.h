#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/results/result.h"

// Where the files of findings are: as a report says, or, if the folder has moved since, where they are in it.

namespace doorway {

// Of the files in `known` with the same name as `said`, the path in a report at `of`: if that is in a zip, the one in
// the same zip; else the one whose folders are the most alike, the last ones first. None, if there is none.
std::optional<results::Place> PlaceOf(const std::string& said, const results::Place& of,
                                      const std::vector<results::Place>& known);

// `path` as a URL from `page_folder`. REQUIRES: both are absolute.
std::string UrlOf(const std::string& path, const std::string& page_folder);

// Sets the places and links of all findings, and drops from Results::loose those that a report speaks of. Files of the
// folder are those in `known`.
void LinkFindings(const std::vector<results::Place>& known, const std::string& folder, const std::string& page_folder,
                  results::Results* results);

}  // namespace doorway
