#pragma once

#include <string>
#include <vector>

// BUILD files as text: as much of them as it takes to make another one.

namespace doorway {

// The statements of a BUILD file, each with the comment above it and up to the next one; put together they are the
// file. REQUIRES: it is formatted as buildifier does it: what goes on is indented, or begins with a bracket that
// closes.
std::vector<std::string> StatementsOf(const std::string& build);

// The label of the cc_library that has this header among its hdrs: "//harness/sync:notes" of "harness/sync/notes.h".
// Empty if there is none. Knows lists of names, globs, and libraries that are called after their header, [claim +
// ".h"], for each of a list. `workspace`: its root.
std::string LibraryOf(const std::string& workspace, const std::string& header);

// "//models/mm" is short for "//models/mm:mm".
std::string BuildLabel(const std::string& package, const std::string& name);

}  // namespace doorway
