#include "models/cli/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "harness/explore/lasso_closes.h"
#include "harness/explore/replay.h"
#include "models/cli/archive.h"
#include "models/cli/commands.h"
#include "models/cli/outputs.h"
#include "models/cli/paths.h"
#include "models/cli/replay_lasso.h"
#include "reports/files.h"
#include "reports/finding.h"
#include "reports/html/page.h"
#include "reports/source_files.h"
#include "reports/text.h"

namespace doorway {
namespace {

namespace fs = std::filesystem;

RunRequest RequestOf(const Counterexample& counterexample) {
  RunRequest request;
  request.model = &ModelNamed(counterexample.model);
  GivenParameters given;
  for (const auto& [name, value] : counterexample.configuration) given.emplace_back(name, fmt::format("{}", value));
  try {
    request.configuration = ConfigurationOf(*request.model, given);
  } catch (const UsageError& error) {
    throw UsageError(
        fmt::format("the file is of another version of the model: {}; check the model again", error.what()));
  }
  request.memory = counterexample.memory;
  request.limits.forever_rounds = counterexample.forever_rounds;
  request.limits.expand_updates = counterexample.expand_updates;
  return request;
}

// Of several files, the one that `entry` names, or the only counterexample.
std::string Choose(const std::vector<std::string>& files, const std::string& entry, const std::string& path) {
  std::vector<std::string> json;
  for (const std::string& file : files) {
    if (file.ends_with(".json") && !file.ends_with(kReportFile)) json.push_back(file);
  }
  std::sort(json.begin(), json.end());
  if (json.empty()) throw UsageError(fmt::format("{} holds no counterexample: there is no JSON in it", path));
  if (entry.empty()) {
    if (json.size() == 1) return json.front();
    throw UsageError(
        fmt::format("{} holds {} files; choose one: --entry={}", path, json.size(), fmt::join(json, " or --entry=")));
  }
  if (std::find(json.begin(), json.end(), entry) != json.end()) return entry;
  throw UsageError(fmt::format("{} holds no {}; it holds {}", path, entry, fmt::join(json, ", ")));
}

Counterexample LoadFromFolder(const std::string& path, const std::string& entry) {
  std::vector<std::string> files;
  for (const fs::directory_entry& file : fs::directory_iterator(path)) files.push_back(file.path().filename().string());
  if (std::find(files.begin(), files.end(), "outputs.zip") != files.end()) {
    return LoadCounterexample(path + "/outputs.zip", entry);
  }
  return LoadCounterexample(path + "/" + Choose(files, entry, path), "");
}

// Errors: UsageError, if the file's infinite run is none.
void CheckLasso(const Counterexample& counterexample, const RunRequest& request) {
  if (!counterexample.lasso.has_value() || counterexample.memory != MemoryModel::kSc) return;
  const std::unique_ptr<Subject> subject = request.model->subject(request.configuration);
  const std::optional<std::string> why =
      WhyLassoIsOpen(*subject, counterexample.trace, counterexample.lasso->cycle_begins, counterexample.expand_updates);
  if (!why.has_value()) return;
  throw UsageError(
      fmt::format("the file does not replay: its infinite run is none, {}; {} has changed since, check it again", *why,
                  request.model->name));
}

}  // namespace

Counterexample LoadCounterexample(const std::string& path, const std::string& entry) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return LoadFromFolder(path, entry);
  const std::string content = ReadFile(path);
  if (IsZip(content)) {
    const std::string chosen = Choose(ZipEntries(path), entry, path);
    return ParseCounterexample(ReadZipEntry(path, chosen), path + " (" + chosen + ")");
  }
  if (!entry.empty()) throw UsageError(fmt::format("{} is one file; drop --entry", path));
  return ParseCounterexample(content, path);
}

Replayed Replay(const Counterexample& counterexample) {
  const RunRequest request = RequestOf(counterexample);
  const std::unique_ptr<Subject> subject = request.model->subject(request.configuration);
  std::vector<std::unique_ptr<Property>> claims = request.model->claims(request.configuration);
  const std::size_t lasso = claims.size();
  if (counterexample.lasso.has_value()) claims.push_back(AsProperty(counterexample));
  std::vector<Property*> properties;
  for (const std::unique_ptr<Property>& claim : claims) properties.push_back(claim.get());
  ExploreOptions options;
  options.memory = request.memory;
  options.forever_rounds = request.limits.forever_rounds;
  options.expand_updates = request.limits.expand_updates;
  options.stop_at = "none";

  CheckLasso(counterexample, request);
  Replayed replayed;
  replayed.run = RunOf(request);
  replayed.run.fairness = counterexample.fairness;
  try {
    replayed.report = ReplayTrace(*subject, properties, counterexample.trace, options);
  } catch (const ReplayMismatch& mismatch) {
    throw UsageError(fmt::format("the file does not replay: {}; {} has changed since, check it again", mismatch.what(),
                                 request.model->name));
  }
  if (counterexample.lasso.has_value()) {
    ClaimResult& claim = replayed.report.claims[lasso];
    claim.evidence = AsLasso(replayed.run, counterexample, std::move(*claim.evidence));
    replayed.claim = lasso;
    return replayed;
  }
  for (std::size_t i = 0; i < replayed.report.claims.size(); ++i) {
    const ClaimResult& claim = replayed.report.claims[i];
    const bool same = claim.name == counterexample.claim && claim.kind == counterexample.kind;
    if (same && claim.evidence.has_value()) replayed.claim = i;
  }
  return replayed;
}

ExitCode ReplayFile(const ReplayOptions& options) {
  const std::string path = FromUser(options.file);
  if (!options.html.empty()) CheckWritable(FromUser(options.html));
  const Counterexample counterexample = LoadCounterexample(path, options.entry);
  const Replayed replayed = Replay(counterexample);
  const std::string configuration = ShowConfiguration(replayed.run);
  if (!replayed.claim.has_value()) {
    throw UsageError(fmt::format("{} replays, but it no longer {} {}; {} has changed since, check it again", path,
                                 counterexample.kind == Property::Kind::kExists ? "witnesses" : "violates",
                                 counterexample.claim, counterexample.model));
  }
  fmt::print("{}: replayed {} steps; memory model {}, engine {}{}{}\n\n{}", counterexample.model,
             counterexample.trace.steps.size(), Name(counterexample.memory), replayed.report.engine,
             configuration.empty() ? "" : ", ", configuration,
             RenderFinding(replayed.run, replayed.shown().kind, *replayed.shown().evidence));
  if (!options.html.empty()) {
    SourceFiles sources(SourceRoots());
    WriteFile(FromUser(options.html), FindingPage(replayed.run, replayed.report, replayed.shown(), sources, {}));
  }
  return counterexample.kind == Property::Kind::kExists ? ExitCode::kOk : ExitCode::kViolated;
}

}  // namespace doorway
