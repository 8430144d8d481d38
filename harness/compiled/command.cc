#include "harness/compiled/command.h"

#include <cstdlib>
#include <iomanip>
#include <sstream>
#include <string_view>

#include "harness/behaviour/model_error.h"
#include "harness/compiled/history.h"

namespace doorway::compiled {
namespace {

constexpr std::string_view kPrefix = "--doorway_";
constexpr const char* kFlags =
    "  --doorway_memory=sc|tso|rc11        the memory model (default: rc11)\n"
    "  --doorway_plain=relaxed             plain accesses of shared memory are relaxed atomic ones: no data races\n"
    "  --doorway_max_executions=N          no more than so many\n"
    "  --doorway_timeout=SECONDS           no longer than that\n"
    "  --doorway_expect=VERDICT            exit with 0 if it is what is found: verified, verified_within_bounds, "
    "error,\n"
    "                                      or the claim that is violated\n"
    "  --doorway_executions=N              ... and there are so many complete ones\n"
    "  --doorway_stop_at=CLAIM|none        go on after violations of other claims\n"
    "  --doorway_show_all                  print every execution\n"
    "  --doorway_prints                    let the program print, in each of its runs\n"
    "  --doorway_help                      this\n";

bool ParseMemory(const std::string& text, MemoryModel* memory) {
  for (const MemoryModel known : {MemoryModel::kSc, MemoryModel::kTso, MemoryModel::kRc11}) {
    if (text != Name(known)) continue;
    *memory = known;
    return true;
  }
  return false;
}

bool ParseCount(const std::string& text, std::uint64_t* count) {
  char* end = nullptr;
  *count = std::strtoull(text.c_str(), &end, 10);
  return !text.empty() && text[0] != '-' && *end == '\0';
}

bool ParseSeconds(const std::string& text, double* seconds) {
  char* end = nullptr;
  *seconds = std::strtod(text.c_str(), &end);
  return !text.empty() && *end == '\0' && *seconds >= 0;
}

const ClaimResult* FirstViolated(const Report& report) {
  for (const ClaimResult& claim : report.claims) {
    if (claim.verdict == Verdict::kViolated) return &claim;
  }
  return nullptr;
}

void Print(const CheckResult& result, std::ostream& out) {
  const Report& report = result.report;
  if (const ClaimResult* const violated = FirstViolated(report)) {
    out << "VIOLATED " << violated->name << ": " << violated->evidence->finding.sentence << "\n\n";
    PrintHistory(violated->evidence->execution, out);
    out << "\n";
  }
  out << Name(report.verdict) << " under " << Name(report.memory) << ": " << report.executions << " executions";
  if (report.blocked > 0) out << ", " << report.blocked << " blocked";
  out << "; " << result.shared_cells << " shared pieces of memory, known after " << result.searches
      << (result.searches == 1 ? " search; " : " searches; ") << std::fixed << std::setprecision(2) << report.seconds
      << " s\n";
  for (const std::string& bound : report.bounds_hit) {
    const bool loops = bound.rfind("forever loops", 0) == 0;
    out << "bound hit: " << (loops ? "a loop that gets nowhere, but writes, goes round twice" : bound) << "\n";
  }
}

int StatusOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kVerified:
    case Verdict::kVerifiedWithinBounds:
      return 0;
    case Verdict::kViolated:
      return 1;
    case Verdict::kUnknown:
      break;
  }
  return 3;
}

}  // namespace

std::string Command::Help() {
  return std::string("Explores every execution of this program. Flags, besides its own:\n") + kFlags;
}

bool Command::Parse(int* argc, char** argv, std::string* error) {
  int kept = 1;
  for (int i = 1; i < *argc; ++i) {
    const std::string argument = argv[i];
    if (argument.rfind(kPrefix, 0) != 0) {
      argv[kept++] = argv[i];
      continue;
    }
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(kPrefix.size(), equals - kPrefix.size());
    const std::string value = equals == std::string::npos ? "" : argument.substr(equals + 1);
    bool good = false;
    if (name == "memory") {
      good = ParseMemory(value, &memory);
    } else if (name == "plain") {
      good = plain_is_relaxed = value == "relaxed";
    } else if (name == "max_executions") {
      good = ParseCount(value, &max_executions);
    } else if (name == "timeout") {
      good = ParseSeconds(value, &timeout_seconds);
    } else if (name == "stop_at") {
      stop_at = value;
      good = !value.empty();
    } else if (name == "expect") {
      expect = value;
      good = !value.empty();
    } else if (name == "executions") {
      good = ParseCount(value, &executions);
    } else if (name == "show_all") {
      good = show_all = equals == std::string::npos;
    } else if (name == "help") {
      good = helps = equals == std::string::npos;
    } else if (name == "prints") {
      good = prints = equals == std::string::npos;
    }
    if (!good) {
      *error = "bad flag " + argument + "; there are:\n" + kFlags;
      return false;
    }
  }
  argv[kept] = nullptr;
  *argc = kept;
  return true;
}

int Command::Run(const Program& program, const std::atomic<bool>* interrupted, std::ostream& out) const {
  CheckOptions options;
  options.memory = memory;
  options.max_executions = max_executions;
  options.timeout_seconds = timeout_seconds;
  options.interrupted = interrupted;
  options.stop_at = stop_at;
  options.plain_is_relaxed = plain_is_relaxed;
  std::ostringstream all;
  if (show_all) {
    options.on_search = [&all] { all.str(""); };
    options.on_execution = [&all](const Execution& execution) {
      PrintHistory(execution, all);
      all << "\n";
    };
  }
  CheckResult result;
  try {
    result = CheckProgram(program, options);
  } catch (const ModelError& error) {
    out << "ERROR: " << error.what() << "\n";
    return expect == "error" ? 0 : 2;
  }
  out << all.str();
  Print(result, out);
  if (expect.empty()) return StatusOf(result.report.verdict);
  const ClaimResult* const violated = FirstViolated(result.report);
  const std::string found = violated != nullptr ? violated->name : Name(result.report.verdict);
  const bool counted = executions == 0 || result.report.executions == executions;
  if (found == expect && counted) return 0;
  out << "EXPECTED " << expect;
  if (executions != 0) out << " in " << executions << " executions";
  out << ", found " << found << " in " << result.report.executions << "\n";
  return 1;
}

}  // namespace doorway::compiled
