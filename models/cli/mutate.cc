#include <fmt/format.h>

#include <cstdio>

#include "harness/behaviour/model_error.h"
#include "harness/mutate/mutation_testing.h"
#include "models/cli/checked_model.h"
#include "models/cli/commands.h"
#include "models/cli/interrupt.h"
#include "models/cli/mutants_report.h"
#include "models/cli/outputs.h"
#include "models/cli/paths.h"
#include "models/cli/requests.h"
#include "reports/files.h"
#include "reports/text.h"

// `doorway mutate`: which small faults a model's claims find out.

namespace doorway {
namespace {

ExitCode CodeOf(const MutationResult& result, const MutateOptions& options) {
  if (result.interrupted) return ExitCode::kUnknown;
  if (options.expect_killed) {
    const bool as_expected = result.Count(Fate::kKilled) == options.expect_killed &&
                             result.Count(Fate::kSurvived) == options.expect_survived.value_or(0) &&
                             result.Count(Fate::kUndecided) == 0;
    if (!as_expected) {
      fmt::print("FAIL: expected are {} killed, {} survived, none undecided\n", *options.expect_killed,
                 options.expect_survived.value_or(0));
    }
    return as_expected ? ExitCode::kOk : ExitCode::kViolated;
  }
  if (result.Count(Fate::kSurvived) > 0) return ExitCode::kViolated;
  return result.Count(Fate::kUndecided) > 0 ? ExitCode::kUnknown : ExitCode::kOk;
}

// The report of that one mutant, with its counterexample.
ExitCode ShowMutant(const RunRequest& request, const Checked& checked, const MutationResult& result, int number) {
  if (number > static_cast<int>(result.mutants.size())) {
    throw UsageError(fmt::format("--show={}: there are {} mutants", number, result.mutants.size()));
  }
  const Mutant& mutant = result.mutants[static_cast<std::size_t>(number) - 1].mutant;
  TextOptions text;
  text.hint = "(a mutant has no replay)";
  text.witnesses = true;
  const Report report = ExploreMutated(checked, {mutant.mutation}, checked.options);
  fmt::print("\nmutant {}: {}  {}\n{}", number, Show(mutant.mutation.where), mutant.what,
             RenderReport(RunOf(request), report, text));
  return ExitCode::kOk;
}

}  // namespace

ExitCode Mutate(const MutateOptions& options) {
  const RunRequest request = GraphRequestOf(options.check, "mutate");
  if (!options.check.json.empty()) CheckWritable(FromUser(options.check.json));
  WatchInterrupts();
  const Checked checked = CheckedOf(request);
  int number = 0;
  MutationOptions testing;
  testing.wanted = InFiles(options.in);
  testing.on_mutant = [&](const JudgedMutant& judged) {
    fmt::print("{}", RenderMutant(++number, judged));
    std::fflush(stdout);
  };
  MutationResult result;
  try {
    result = TestMutants(checked, testing);
  } catch (const ModelError& error) {
    fmt::print(stderr, "doorway: model {}: {}\n", request.model->name, error.what());
    return ExitCode::kBad;
  }
  if (FailsUnchanged(request, result.original)) return CodeOf(result.original.verdict);
  if (result.mutants.empty() && !result.interrupted) throw UsageError(NothingToChange(request, options.in));
  fmt::print("\n{}", RenderMutationScore(RunOf(request), result));
  if (options.show > 0) ShowMutant(request, checked, result, options.show);
  if (!options.check.json.empty()) WriteFile(FromUser(options.check.json), MutationJson(RunOf(request), result));
  return CodeOf(result, options);
}

}  // namespace doorway
