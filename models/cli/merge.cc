#include "reports/merge.h"

#include <fmt/format.h>

#include <filesystem>

#include "models/cli/commands.h"
#include "models/cli/exit_code.h"
#include "models/cli/expectation.h"
#include "models/cli/outputs.h"
#include "models/cli/paths.h"
#include "models/cli/replay.h"
#include "models/cli/tested.h"
#include "reports/files.h"
#include "reports/json.h"
#include "reports/text.h"

// `doorway merge`: one report of all shards of a search; and, with --expect, what a checked_model rule with shards
// runs. Shards leave executions in files, which are replayed from there, to be shown.

namespace doorway {
namespace {

namespace fs = std::filesystem;

// Where the finding's file is: as the shard says, or beside its report; empty if in neither place.
std::string PathOf(const FoundByShard& found) {
  std::error_code ignored;
  const fs::path said = found.json_path;
  if (fs::exists(said, ignored)) return said.string();
  const fs::path beside = fs::path(FromUser(found.report)).parent_path() / said.filename();
  return fs::exists(beside, ignored) ? beside.string() : "";
}

// Replays the finding. The empty string if it shows its claim again: then the report has its execution.
std::string ReplayFinding(const std::string& path, Merged* merged, ClaimResult* claim) {
  if (path.empty()) return "the file of its counterexample is gone; keep --out beside --json";
  try {
    Replayed replayed = Replay(LoadCounterexample(path, ""));
    if (!replayed.claim.has_value()) return fmt::format("{} replays, but does not show {}", path, claim->name);
    claim->evidence = std::move(replayed.report.claims[*replayed.claim].evidence);
    merged->run.after_thread = replayed.run.after_thread;
    merged->run.forever_rounds = replayed.run.forever_rounds;
    return "";
  } catch (const std::exception& error) {
    return fmt::format("{} does not replay: {}", path, error.what());
  }
}

struct Shown {
  TextOptions text;
  std::string failure;  // of the replay of the claim that is asked for
};

// Replays what shards have found.
Shown Replay(Merged* merged, const std::string& expected_claim) {
  Shown shown;
  shown.text.witnesses = true;
  for (const FoundByShard& found : merged->found) {
    for (ClaimResult& claim : merged->report.claims) {
      if (claim.name != found.claim) continue;
      const std::string path = PathOf(found);
      const std::string failure = ReplayFinding(path, merged, &claim);
      if (claim.name == expected_claim) shown.failure = failure;
      if (path.empty()) continue;
      const auto beside = [&path](const char* kind) { return fs::path(path).replace_extension(kind).string(); };
      shown.text.written.push_back({claim.name, beside("txt"), path, beside("html"), beside("dot"), {}});
      if (fs::exists(beside("litmus"))) shown.text.written.back().litmus_path = beside("litmus");
    }
  }
  return shown;
}

ExitCode TestMerged(const MergeOptions& options, const Merged& merged, const Shown& shown, const Expected& expected) {
  Tested tested;
  tested.seconds = merged.report.seconds;
  tested.cases = Compare(merged.report, expected);
  tested.output = RenderReport(merged.run, merged.report, shown.text);
  for (TestCase& test : tested.cases) {
    if (test.name == expected.claim && test.failure.empty()) test.failure = shown.failure;
  }
  if (const std::string directory = TestOutputsDirectory(); !directory.empty()) {
    const Judged judged{ShowExpected(expected), AllPass(tested.cases)};
    WriteReport(merged.run, merged.report, shown.text.written, judged, directory);
  }
  return Conclude(tested, fmt::format("{}.{}", merged.run.model, Name(merged.report.memory)), XmlPath(options.xml));
}

}  // namespace

ExitCode Merge(const MergeOptions& options) {
  if (!options.json.empty()) CheckWritable(FromUser(options.json));
  Expected expected;
  if (!options.expect.empty()) {
    expected = ParseExpected(options.expect);
    expected.executions = options.executions;
  } else if (options.executions.has_value() || !options.xml.empty()) {
    throw UsageError("--expect-executions and --xml are of a test; add --expect=verified, or what else is expected");
  }
  std::vector<ReportFile> files;
  for (const std::string& name : options.files) files.push_back({name, ReadFile(FromUser(name))});
  Merged merged = MergeReports(files);
  const Shown shown = Replay(&merged, expected.claim);
  if (!options.json.empty()) {
    WriteFile(FromUser(options.json), ReportJson(merged.run, merged.report, shown.text.written));
  }
  if (!options.expect.empty()) return TestMerged(options, merged, shown, expected);
  fmt::print("{}", RenderReport(merged.run, merged.report, shown.text));
  return CodeOf(merged.report.verdict);
}

}  // namespace doorway
