#include <fmt/format.h>

#include "harness/behaviour/model_error.h"
#include "harness/explore/explore.h"
#include "models/cli/commands.h"
#include "models/cli/interrupt.h"
#include "models/cli/progress_line.h"
#include "models/cli/requests.h"

namespace doorway {
namespace {

constexpr double kSearchSeconds = 0.5;  // how fast the search is; perhaps it ends
constexpr double kWalkSeconds = 1;

void CheckEstimateOptions(const CheckOptions& options) {
  std::vector<std::string> flags;
  if (options.all) flags.emplace_back("--all");
  if (!options.json.empty()) flags.emplace_back("--json");
  if (!options.sarif.empty()) flags.emplace_back("--sarif");
  if (!options.out.empty()) flags.emplace_back("--out");
  if (!options.stop_at.empty()) flags.emplace_back("--stop-at");
  if (options.limits.random_walks > 0) flags.emplace_back("--random-walks");
  if (options.limits.timeout_seconds > 0) flags.emplace_back("--timeout");
  if (options.limits.max_executions > 0) flags.emplace_back("--max-executions");
  if (!options.limits.checkpoint.empty()) flags.emplace_back("--checkpoint");
  if (!options.limits.resume.empty()) flags.emplace_back("--resume");
  if (options.engine == Engine::kRelacy) flags.emplace_back("--engine=relacy");
  if (options.engine == Engine::kNative) flags.emplace_back("--engine=native");
  if (flags.empty()) return;
  throw UsageError(fmt::format("--estimate judges nothing and writes nothing; drop {}", fmt::join(flags, " and ")));
}

// Errors: ModelError.
void PrintEstimate(const RunRequest& request) {
  RunRequest searched = request;
  searched.limits.timeout_seconds = kSearchSeconds;
  searched.stop_at = "none";
  const Report report = RunGraph(searched);
  const auto found = static_cast<double>(report.executions + report.blocked);
  if (report.exhausted) {
    fmt::print("{}: {:.0f} executions, complete and blocked; exactly: the search ended within {:.2g} s\n",
               NameOf(request), found, kSearchSeconds);
    return;
  }
  const std::unique_ptr<Subject> subject = request.model->subject(request.configuration);
  const Estimate estimate = EstimateExecutions(*subject, ExploreOptionsOf(request), kWalkSeconds);
  if (estimate.walks() == 0) {
    fmt::print("{}: no estimate: interrupted\n", NameOf(request));
    return;
  }
  fmt::print("{}: about {} executions, complete and blocked, by {} random walks", NameOf(request),
             ProgressLine::About(estimate), estimate.walks());
  if (found > 0) {
    fmt::print("; {} at {:.0f} a second", ProgressLine::Duration(estimate.executions() * report.seconds / found),
               found / report.seconds);
  }
  fmt::print("\n");
}

}  // namespace

ExitCode EstimateModels(const CheckOptions& options) {
  CheckEstimateOptions(options);
  WatchInterrupts();
  ExitCode code = ExitCode::kOk;
  for (const RunRequest& request : RequestsOf(options)) {
    if (Interrupted()) return Worst(code, ExitCode::kUnknown);
    try {
      PrintEstimate(request);
      std::fflush(stdout);
    } catch (const ModelError& error) {
      fmt::print(stderr, "doorway: model {}: {}\n", request.model->name, error.what());
      code = Worst(code, ExitCode::kBad);
    }
  }
  return Interrupted() ? Worst(code, ExitCode::kUnknown) : code;
}

}  // namespace doorway
