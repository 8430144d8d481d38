#pragma once

#include <string>
#include <string_view>
#include <vector>

// Where files are, as the user sees it: `bazel run` changes the directory, and Bazel zips what a test leaves behind.

namespace doorway {

// A path that the user typed, from the directory in which they typed it.
std::string FromUser(const std::string& path);

// How the user calls this program: "./bazelw run //:doorway --" under bazel run and bazel test, else its path.
std::string HowToCall(const std::string& program);

// For findings where no --out is given: the user's cache. Empty if there is none.
std::string DefaultOutputDirectory();

// The zip in which Bazel keeps what this test leaves behind, from the workspace's root; empty outside of a test.
std::string TestOutputsZip();

// Where Bazel lets a test leave files; empty outside of a test.
std::string TestOutputsDirectory();

// Whether tests that pass are to leave their reports, too: Bazel takes longer to pack them than the test takes.
bool KeepsReports();

// Where the source files of a Site may be: the workspace, as far as it can be told, and the current directory.
std::vector<std::string> SourceRoots();

// "group.two_state.rc11.exclusion".
std::string FileStem(std::string_view model, std::string_view run, std::string_view claim);

}  // namespace doorway
