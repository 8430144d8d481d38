#include <fmt/format.h>

#include <algorithm>

#include "harness/behaviour/model_error.h"
#include "models/cli/commands.h"
#include "models/cli/comparison.h"
#include "models/cli/how_to_check.h"
#include "models/cli/interrupt.h"
#include "models/cli/requests.h"
#include "models/cli/session.h"
#include "reports/json.h"

// `doorway compare`: one model under several memory models, or several models, claim by claim.

namespace doorway {
namespace {

// Strongest first. Those that the engine knows, if none is named for one model; none: what the engine takes by itself.
std::vector<MemoryModel> MemoriesOf(const CompareOptions& options) {
  std::vector<MemoryModel> memories = options.memories;
  const Engine engine = options.check.engine.value_or(Engine::kGraph);
  if (memories.empty() && options.check.models.size() == 1) {
    if (engine == Engine::kGraph) memories = {MemoryModel::kSc, MemoryModel::kTso, MemoryModel::kRc11};
    if (engine == Engine::kState) memories = {MemoryModel::kSc, MemoryModel::kTso};
  }
  std::sort(memories.begin(), memories.end());
  return memories;
}

// A run for each model and memory model. Errors: UsageError, before any of them starts.
std::vector<RunRequest> RequestsToCompare(const CompareOptions& options) {
  const std::vector<std::string>& models = options.check.models;
  const std::vector<MemoryModel> memories = MemoriesOf(options);
  for (std::size_t i = 0; i < models.size(); ++i) {
    if (std::count(models.begin(), models.begin() + static_cast<std::ptrdiff_t>(i), models[i]) > 0) {
      throw UsageError(fmt::format("{} is named twice; compare takes different models", models[i]));
    }
  }
  if (models.size() == 1 && memories.size() < 2) {
    throw UsageError(
        fmt::format("there is nothing to compare {} with; name another model, or memory models: --memory=sc,tso,rc11",
                    models.front()));
  }
  if (models.size() > 26) throw UsageError("compare takes at most 26 models; leave some out");
  std::vector<RunRequest> requests;
  for (const std::string& model : models) {
    CheckOptions one = options.check;
    one.models = {model};
    if (one.stop_at.empty() && options.check.engine != Engine::kRelacy) one.stop_at = "none";  // all claims are judged
    if (memories.empty()) requests.push_back(RequestsOf(one).front());
    for (const MemoryModel memory : memories) {
      one.memory = memory;
      requests.push_back(RequestsOf(one).front());
    }
  }
  return requests;
}

}  // namespace

ExitCode Compare(const CompareOptions& options) {
  const std::vector<RunRequest> requests = RequestsToCompare(options);
  Session session(options.check, false);
  std::vector<ComparedRun> runs;
  bool go_on = true;
  for (const RunRequest& request : requests) {
    ComparedRun compared{RunOf(request), request.memory};
    go_on = go_on && session.GoOn(request);
    try {
      if (go_on) {
        compared.report = RunOn(request);
        const TextOptions text = session.WriteFiles(compared.run, *compared.report);
        compared.json = ReportJson(compared.run, *compared.report, text.written);
        session.NoteFindings(compared.run, *compared.report);
        session.Note(CodeOf(compared.report->verdict));
      } else {
        compared.why_not = "interrupted before";
      }
    } catch (const ModelError& error) {
      compared.why_not = "a bad model";
      session.NoteError(request, error);
    }
    runs.push_back(std::move(compared));
  }
  fmt::print("{}", RenderComparison(runs));
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (!runs[i].report.has_value() || runs[i].report->verdict != Verdict::kViolated) continue;
    fmt::print("to see how: {}\n", HowToCheck(requests[i], options.check.program));
    break;
  }
  return session.FinishWith(options.check.json.empty() ? "" : ComparisonJson(runs));
}

}  // namespace doorway
