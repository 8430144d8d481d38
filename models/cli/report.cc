#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "models/cli/commands.h"
#include "models/cli/paths.h"
#include "models/cli/results_folder.h"
#include "reports/files.h"
#include "reports/results/page.h"
#include "reports/results/read.h"
#include "reports/text.h"

// `doorway report`: a page of all results in a folder.

namespace doorway {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostNames = 3;

// Errors: FileError, if somebody else's file is in the page's place.
void RefuseForeign(const std::string& page) {
  std::error_code ignored;
  if (!fs::is_regular_file(page, ignored)) return;
  std::string head(1024, '\0');
  std::ifstream file(page);
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  if (head.find(results::kPageMark) != std::string::npos) return;
  throw FileError(fmt::format(
      "cannot write {}: a file that is no page of `doorway report` is there; move it, or name another one: --html=PATH",
      page));
}

// "a.json, b.json, c.json and 4 more".
std::string Names(const std::vector<results::Skipped>& skipped, bool damaged, bool why) {
  std::vector<std::string> names;
  std::size_t more = 0;
  for (const results::Skipped& one : skipped) {
    if (one.damaged != damaged) continue;
    if (names.size() == kMostNames) {
      ++more;
    } else {
      names.push_back(Show(one.place) + (why ? " " + one.why : ""));
    }
  }
  return fmt::format("{}{}", fmt::join(names, ", "), more == 0 ? "" : fmt::format(" and {} more", more));
}

std::size_t CountSkipped(const results::Results& results, bool damaged) {
  return static_cast<std::size_t>(
      std::count_if(results.skipped.begin(), results.skipped.end(),
                    [damaged](const results::Skipped& one) { return one.damaged == damaged; }));
}

[[noreturn]] void FailEmpty(const results::Results& results, const std::string& folder) {
  std::string seen;
  for (const bool damaged : {true, false}) {
    if (CountSkipped(results, damaged) > 0) seen += fmt::format("; {}", Names(results.skipped, damaged, true));
  }
  throw UsageError(fmt::format(
      "there is no result of doorway in {}, in a file that ends in .json or in an outputs.zip{}; leave some "
      "there: `check --all --out={}`",
      folder, seen, folder));
}

// "1 run", "1,234 runs".
std::string Counted(std::size_t count, const char* what) {
  return fmt::format("{} {}{}", Grouped(count), what, count == 1 ? "" : "s");
}

void Summarize(const results::Results& results, const std::string& page) {
  const auto with = [&](const char* verdict) {
    return Grouped(static_cast<std::uint64_t>(
        std::count_if(results.runs.begin(), results.runs.end(),
                      [verdict](const results::RunResult& run) { return run.verdict == verdict; })));
  };
  fmt::print("{}: {} verified, {} verified within bounds, {} violated, {} unknown\n",
             Counted(results.runs.size(), "run"), with("verified"), with("verified_within_bounds"), with("violated"),
             with("unknown"));
  if (!results.loose.empty()) {
    fmt::print("{} without a report\n", Counted(results.loose.size(), "execution"));
  }
  const auto unexpected = std::count_if(results.runs.begin(), results.runs.end(), [](const results::RunResult& run) {
    return !run.expected.empty() && !run.as_expected;
  });
  if (unexpected > 0) fmt::print("{} not as expected\n", unexpected);
  if (const std::size_t foreign = CountSkipped(results, false); foreign > 0) {
    fmt::print("left out, {} that {} no result of doorway: {}\n", Counted(foreign, "file"), foreign == 1 ? "is" : "are",
               Names(results.skipped, false, false));
  }
  fmt::print("page: {}\n", page);
}

}  // namespace

ExitCode ReportFolder(const ReportOptions& options) {
  const std::string folder = FromUser(options.folder);
  std::error_code ignored;
  if (!fs::exists(folder, ignored)) {
    throw UsageError(
        fmt::format("there is no folder {}; leave results there: `check --all --out={}`", folder, options.folder));
  }
  if (!fs::is_directory(folder, ignored)) {
    throw UsageError(fmt::format("{} is a file; report takes the folder that it is in", folder));
  }
  const std::string page = options.html.empty() ? (fs::path(folder) / "index.html").string() : FromUser(options.html);
  const bool stream = page.starts_with("/dev/");  // then links are as from the folder
  CheckWritable(page);
  if (!stream) RefuseForeign(page);
  const results::Results results = ReadResultsFolder(folder, stream ? folder : fs::path(page).parent_path().string());
  if (results.empty()) FailEmpty(results, options.folder);
  WriteFile(page, results::ResultsPage(results, {options.folder}));
  if (!stream) Summarize(results, page);
  if (const std::size_t damaged = CountSkipped(results, true); damaged > 0) {
    std::fflush(stdout);
    throw FileError(fmt::format("the page is without {}: {}; run what should have written {} again",
                                Counted(damaged, "file"), Names(results.skipped, true, true),
                                damaged == 1 ? "it" : "them"));
  }
  return ExitCode::kOk;
}

}  // namespace doorway
