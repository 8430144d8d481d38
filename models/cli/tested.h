#pragma once

#include <string>
#include <vector>

#include "models/cli/exit_code.h"
#include "models/cli/expectation.h"

// What a test finds out, and how it says so: on stdout, and as test.xml.

namespace doorway {

struct Tested {
  std::vector<TestCase> cases;
  std::string output;
  double seconds = 0;
};

// Where test.xml goes: where the user says, else where Bazel does; empty: nowhere. Errors: FileError.
std::string XmlPath(const std::string& typed);

// Prints the output and each case, and writes them to `xml`, if that is not empty; `add_to_xml`: behind what another
// test wrote there. Errors: FileError.
ExitCode Conclude(const Tested& tested, const std::string& suite, const std::string& xml, bool add_to_xml = false);

}  // namespace doorway
