#include "models/cli/requests.h"

#include <fmt/format.h>

#include <algorithm>

namespace doorway {
namespace {

void CheckRelacyOptions(const CheckOptions& options) {
  if (options.memory.has_value() && *options.memory != MemoryModel::kRc11) {
    throw UsageError("Relacy knows the C++ memory model only; drop --memory, or use --engine=graph");
  }
  const Limits defaults;
  if (options.limits.max_executions != 0 || options.limits.timeout_seconds > 0 || !options.stop_at.empty() ||
      options.limits.forever_rounds != defaults.forever_rounds || options.limits.expand_updates) {
    throw UsageError(
        "Relacy runs to bounds of its own; drop --max-executions, --timeout, --stop-at, --forever-rounds and "
        "--expand-updates, or use --engine=graph");
  }
}

void CheckClaim(const RunRequest& request) {
  std::vector<std::string> known = {"none", std::string(kNoDataRace), std::string(kNoUseAfterFree),
                                    std::string(kNoFailedCheck), std::string(kNoStuckThread)};
  for (const auto& claim : request.model->claims(request.configuration)) known.emplace_back(claim->name());
  if (request.stop_at.empty() || std::find(known.begin(), known.end(), request.stop_at) != known.end()) return;
  const std::string near = DidYouMean(request.stop_at, known);
  throw UsageError(fmt::format("--stop-at={}: {} has no such claim{}", request.stop_at, request.model->name,
                               near.empty() ? fmt::format("; `explain {}` lists them", request.model->name) : near));
}

}  // namespace

std::vector<RunRequest> RequestsOf(const CheckOptions& options) {
  if (options.engine == Engine::kRelacy) CheckRelacyOptions(options);
  std::vector<RunRequest> requests;
  for (const std::string& name : options.models) {
    RunRequest request;
    request.model = &ModelNamed(name);
    request.configuration = ConfigurationOf(*request.model, options.parameters);
    request.memory = options.memory.value_or(MemoryModel::kRc11);
    request.limits = options.limits;
    request.stop_at = options.stop_at;
    CheckClaim(request);
    if (options.engine == Engine::kRelacy && FindRelacyRun(name) == nullptr) {
      throw UsageError(fmt::format("{} is not compiled for Relacy; use --engine=graph", name));
    }
    requests.push_back(std::move(request));
  }
  return requests;
}

std::vector<RunRequest> ExpectedRequestsOf(const CheckOptions& options) {
  if (options.engine == Engine::kRelacy) {
    throw UsageError("check --all compares the graph engine with what is expected of it; drop --engine=relacy");
  }
  if (!options.parameters.empty()) {
    throw UsageError(fmt::format("expectations are for the default configurations; drop --{}, or drop --all",
                                 options.parameters.front().first));
  }
  if (!options.stop_at.empty()) throw UsageError("check --all stops at what is expected; drop --stop-at");
  std::vector<const Model*> models;
  for (const std::string& name : options.models) models.push_back(&ModelNamed(name));
  if (options.models.empty()) {
    for (const Model& model : Models()) models.push_back(&model);
  }
  std::vector<RunRequest> requests;
  for (const Model* model : models) {
    const std::size_t before = requests.size();
    for (const Expectation& expectation : model->expectations) {
      if (options.memory.has_value() && *options.memory != expectation.memory) continue;
      const bool violated = expectation.verdict == Verdict::kViolated;
      requests.push_back(
          {model, model->defaults(), expectation.memory, options.limits, violated ? expectation.claim : ""});
    }
    if (requests.size() == before && !options.models.empty()) {
      throw UsageError(fmt::format("nothing is expected of {}{}; check it without --all", model->name,
                                   options.memory.has_value() ? fmt::format(" under {}", Name(*options.memory)) : ""));
    }
  }
  return requests;
}

}  // namespace doorway
