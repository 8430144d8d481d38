#include "models/cli/tested.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "models/cli/paths.h"
#include "models/cli/test_xml.h"
#include "reports/files.h"

namespace doorway {

std::string XmlPath(const std::string& typed) {
  const char* bazel = std::getenv("XML_OUTPUT_FILE");
  const std::string path = !typed.empty() ? FromUser(typed) : bazel != nullptr ? bazel : "";
  if (!path.empty()) CheckWritable(path);
  return path;
}

ExitCode Conclude(const Tested& tested, const std::string& suite, const std::string& xml, bool add_to_xml) {
  fmt::print("{}\n", tested.output);
  for (const TestCase& test : tested.cases) {
    fmt::print("{} {}{}{}\n", test.failure.empty() ? "PASS" : "FAIL", test.name, test.failure.empty() ? "" : ": ",
               test.failure);
  }
  if (!xml.empty()) {
    const std::string written = TestXml(suite, tested.cases, tested.seconds, tested.output);
    const bool add = add_to_xml && std::filesystem::is_regular_file(xml);
    WriteFile(xml, add ? WithSuitesOf(ReadFile(xml), written) : written);
  }
  return AllPass(tested.cases) ? ExitCode::kOk : ExitCode::kViolated;
}

}  // namespace doorway
