#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "reports/run.h"
#include "reports/text.h"

// The whole of a run, for programs. The format is reports/README.md's.

namespace doorway {

inline constexpr char kReportSchema[] = "doorway.report/1";

// What was expected of a run, and whether it is so.
struct Judged {
  std::string expected;  // "verified", "violated:exclusion"
  bool met = false;
};

// One run as a JSON object, with a newline at the end.
std::string ReportJson(const Run& run, const Report& report, const std::vector<WrittenFinding>& written,
                       const std::optional<Judged>& judged = std::nullopt);

// Several such objects as one array.
std::string JsonArray(const std::vector<std::string>& objects);

}  // namespace doorway
