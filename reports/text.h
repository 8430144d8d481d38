#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "reports/run.h"

// The whole of a run, for a terminal: the verdict, each claim, what was counted and measured, the bounds hit, and the
// findings.

namespace doorway {

// A finding that was written to files.
struct WrittenFinding {
  std::string claim;
  std::string text_path;
  std::string json_path;  // empty: it cannot be replayed
  std::string html_path{};
  std::string dot_path{};
  std::string litmus_path{};
};

struct TextOptions {
  std::vector<WrittenFinding> written;
  std::string replay_command;  // without the file: "bazel run //:doorway -- replay"; empty: not offered
  std::string hint;            // instead of a replay command, where nothing was written
  bool witnesses = false;      // show the executions that witness exists claims, too, if nothing is violated
};

// Whether a universal claim, or one of liveness, holds but was never put to the test. The claims that every exploration
// makes by itself are exempt: a model without data has no races to look for.
bool Vacuous(const ClaimResult& claim);

// 1234567 as "1,234,567".
std::string Grouped(std::uint64_t count);

// The first violated claim, or null. REQUIRES: the engine keeps evidence of violations.
const ClaimResult* FirstViolation(const Report& report);

// Verdict, claims and counts.
std::string RenderSummary(const Run& run, const Report& report);

// The summary, then the first violation as RenderFinding shows it, with its replay command and files; a line for each
// other violation.
std::string RenderReport(const Run& run, const Report& report, const TextOptions& options);

}  // namespace doorway
