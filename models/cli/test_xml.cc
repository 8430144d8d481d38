#include "models/cli/test_xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace doorway {
namespace {

constexpr std::string_view kBegin = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
constexpr std::string_view kEnd = "</testsuites>\n";

// For an attribute's value or a text. Control characters are no XML, even escaped.
std::string Escaped(const std::string& text) {
  std::string escaped;
  for (char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' ? '?' : c;
    }
  }
  return escaped;
}

}  // namespace

std::string TestXml(const std::string& suite, const std::vector<TestCase>& cases, double seconds,
                    const std::string& output) {
  const auto failures =
      std::count_if(cases.begin(), cases.end(), [](const TestCase& test) { return !test.failure.empty(); });
  const std::string name = Escaped(suite);
  std::string xml(kBegin);
  xml += fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" time=\"{:.3f}\">\n", name,
                     cases.size(), failures, seconds);
  for (const TestCase& test : cases) {
    // All claims are judged by one exploration: its time is given to the first.
    const double time = &test == &cases.front() ? seconds : 0;
    xml += fmt::format("    <testcase name=\"{}\" classname=\"{}\" status=\"run\" time=\"{:.3f}\"", Escaped(test.name),
                       name, time);
    xml += test.failure.empty()
               ? "/>\n"
               : fmt::format(">\n      <failure message=\"{}\"/>\n    </testcase>\n", Escaped(test.failure));
  }
  xml += fmt::format("    <system-out>{}</system-out>\n", Escaped(output));
  return xml.append("  </testsuite>\n").append(kEnd);
}

std::string WithSuitesOf(const std::string& one, const std::string& other) {
  return one.substr(0, one.size() - kEnd.size()) + other.substr(kBegin.size());
}

}  // namespace doorway
