#pragma once

#include <string>
#include <vector>

#include "models/cli/expectation.h"

// What Bazel and CI systems read of a test: test.xml, in JUnit's format.

namespace doorway {

// A suite named `suite`, with a case for each of `cases`; `output` is what the test printed.
std::string TestXml(const std::string& suite, const std::vector<TestCase>& cases, double seconds,
                    const std::string& output);

// The suites of one such file, and then those of another.
std::string WithSuitesOf(const std::string& one, const std::string& other);

}  // namespace doorway
