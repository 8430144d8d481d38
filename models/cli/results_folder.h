#pragma once

#include <string>

#include "reports/results/result.h"

// The results that commands and tests have left in a folder, wherever in it.

namespace doorway {

// Reads the files below `folder` whose names end in .json, and those in a file outputs.zip, as Bazel leaves it of a
// test. Links of findings are URLs from `page_folder`. A file that cannot be read, or is not of ours, is in
// Results::skipped. Links to directories are not followed. REQUIRES: both are absolute; `folder` is a directory.
results::Results ReadResultsFolder(const std::string& folder, const std::string& page_folder);

}  // namespace doorway
