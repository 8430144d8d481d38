#include "models/cli/run_model.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <thread>
#include <utility>

#include "harness/explore/explore.h"
#include "harness/explore/explore_states.h"
#include "models/cli/checkpoint.h"
#include "models/cli/claims.h"
#include "models/cli/exit_code.h"
#include "models/cli/interrupt.h"
#include "models/cli/progress_line.h"

namespace doorway {

namespace {

bool Wanted(const RunRequest& request, std::string_view claim) {
  return request.claims.empty() ||
         std::find(request.claims.begin(), request.claims.end(), claim) != request.claims.end();
}

// Those of a model's claims that are wanted, and pointers to them, as the engines take them.
struct Claims {
  explicit Claims(const RunRequest& request) : owned(WantedClaims(request)) {
    for (const std::unique_ptr<Property>& claim : owned) properties.push_back(claim.get());
    for (Response& response : ResponsesOf(*request.model, request.configuration)) {
      if (Wanted(request, response.name)) responses.push_back(std::move(response));
    }
  }
  std::vector<std::unique_ptr<Property>> owned;
  std::vector<Property*> properties;
  std::vector<Response> responses;
};

// Swapping is no way to find out that a model is too large.
std::uint64_t MostOfTheMemory() {
  const long pages = sysconf(_SC_PHYS_PAGES), bytes = sysconf(_SC_PAGESIZE);
  return pages > 0 && bytes > 0 ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(bytes) / 4 * 3 : 0;
}

}  // namespace

std::vector<std::unique_ptr<Property>> WantedClaims(const RunRequest& request) {
  std::vector<std::unique_ptr<Property>> claims = request.model->claims(request.configuration);
  std::erase_if(claims, [&](const std::unique_ptr<Property>& claim) {
    if (request.engine != Engine::kNative) claim->ExploredUnder(request.memory);  // may change its name
    return !Wanted(request, claim->name());
  });
  return claims;
}

std::string NameOf(const RunRequest& request) {
  if (request.engine == Engine::kNative) return request.model->name + " native";
  return fmt::format("{}{} {}", request.model->name, request.engine == Engine::kState ? " state" : "",
                     Name(request.memory));
}

Run RunOf(const RunRequest& request) {
  Run run;
  run.model = request.model->name;
  run.configuration = request.configuration.values();
  run.expand_updates = request.limits.expand_updates;
  const std::unique_ptr<Subject> subject = request.model->subject(request.configuration);
  if (subject->has_after()) run.after_thread = subject->threads();
  run.not_judged = NotJudged(*request.model, request.configuration, request.engine);
  run.only = request.claims;
  if (request.engine == Engine::kState) {
    run.fairness = Name(request.fairness);
  } else if (request.engine == Engine::kNative) {
    run.forever_rounds = request.limits.native.forever_rounds;
    run.by_clock = true;
  } else {
    run.forever_rounds = request.limits.forever_rounds;
    run.shard = request.limits.shard;
    run.shards = request.limits.shards;
  }
  return run;
}

Report RunOn(const RunRequest& request) {
  switch (request.engine) {
    case Engine::kGraph:
      return RunGraph(request);
    case Engine::kState:
      return RunStates(request);
    case Engine::kNative:
      return RunOnThreads(request);
    case Engine::kRelacy:
      break;
  }
  return RunRelacy(request);
}

ExploreOptions ExploreOptionsOf(const RunRequest& request) {
  ExploreOptions options;
  options.memory = request.memory;
  options.max_executions = request.limits.max_executions;
  options.timeout_seconds = request.limits.timeout_seconds;
  options.forever_rounds = request.limits.forever_rounds;
  options.random_walks = request.limits.random_walks;
  options.priority_depth = request.limits.priority_depth;
  options.seed = request.limits.seed;
  options.jobs = request.limits.jobs;
  if (request.limits.shards > 0) {
    options.shard = request.limits.shard - 1;
    options.shards = request.limits.shards;
  }
  options.expand_updates = request.limits.expand_updates;
  options.symmetry = request.limits.symmetry.value_or(false);
  options.stop_at = request.stop_at;
  options.interrupted = &Interrupted();
  return options;
}

Report RunGraph(const RunRequest& request) {
  const std::unique_ptr<Subject> subject = request.model->subject(request.configuration);
  const Claims claims(request);

  ProgressLine line(NameOf(request));
  ExploreOptions options = ExploreOptionsOf(request);
  if (line.visible()) options.on_progress = [&](const Progress& progress) { line.Show(progress); };
  Checkpointing checkpointing(request);
  options.resume = checkpointing.resume();
  options.on_checkpoint = checkpointing.on_checkpoint();
  try {
    return Explore(*subject, claims.properties, options);
  } catch (const SearchMismatch& error) {
    throw UsageError(fmt::format("--resume={}: {}; start again without it", request.limits.resume, error.what()));
  }
}

Report RunStates(const RunRequest& request) {
  const std::unique_ptr<Subject> subject = request.model->subject(request.configuration);
  const Claims claims(request);

  ProgressLine line(NameOf(request));
  StateOptions options;
  options.memory = request.memory;
  options.fairness = request.fairness;
  options.max_states = request.limits.max_states;
  options.max_bytes = request.limits.max_bytes != 0 ? request.limits.max_bytes : MostOfTheMemory();
  options.timeout_seconds = request.limits.timeout_seconds;
  options.jobs = request.limits.jobs;
  options.symmetry = request.limits.symmetry.value_or(true) ? SymmetryUse::kWhereItPays : SymmetryUse::kOff;
  options.partial_order = request.limits.partial_order;
  options.hash_compaction = request.limits.hash_compaction;
  options.expand_updates = request.limits.expand_updates;
  options.stop_at = request.stop_at;
  options.interrupted = &Interrupted();
  options.on_progress = [&](const StateProgress& progress) { line.Show(progress); };
  options.races = Wanted(request, kNoDataRace) || Wanted(request, kNoUseAfterFree);
  return ExploreStates(*subject, claims.properties, claims.responses, options);
}

Report RunOnThreads(const RunRequest& request) {
  const NativeSubjects* subjects = FindNativeSubjects(request.model->name);
  if (subjects == nullptr) {
    throw UsageError(fmt::format("{} is not compiled for real threads; use --engine=graph", request.model->name));
  }
  const std::unique_ptr<NativeSubject> subject = (*subjects)(request.configuration);
  const Claims claims(request);
  ProgressLine line(NameOf(request));
  NativeOptions options = request.limits.native;
  if (options.copies == 0) {
    options.copies = std::max(1, static_cast<int>(std::thread::hardware_concurrency()) / subject->threads());
  }
  options.stop_at = request.stop_at;
  options.interrupted = &Interrupted();
  if (line.visible()) {
    options.on_progress = [&](std::uint64_t runs, double seconds) { line.ShowRuns(runs, seconds); };
  }
  return RunNative(*subject, claims.properties, options);
}

Report RunRelacy(const RunRequest& request) {
  const RelacyRun* relacy = FindRelacyRun(request.model->name);
  if (relacy == nullptr) {
    throw UsageError(fmt::format("{} is not compiled for Relacy; use --engine=graph", request.model->name));
  }
  const SecondOpinion opinion = (*relacy)(request.configuration);
  Report report;
  report.engine = "relacy";
  report.memory = MemoryModel::kRc11;
  report.executions = opinion.iterations;
  report.seconds = report.cpu_seconds = opinion.seconds;
  report.exhausted = opinion.exhaustive;
  ClaimResult claim;
  claim.kind = Property::Kind::kUniversal;
  claim.antecedents = opinion.iterations;
  if (opinion.error_found) {
    claim.name = opinion.claim.empty() ? "no_relacy_error" : opinion.claim;
    claim.description = "what upstream Relacy checks";
    claim.verdict = Verdict::kViolated;
    claim.evidence = Evidence{Finding{claim.name, "upstream Relacy says: " + opinion.what, {}, false}, Execution{}, {}};
  } else {
    claim.name = "no_relacy_error";
    claim.description = "upstream Relacy finds no error";
    claim.verdict = Verdict::kVerifiedWithinBounds;
    if (!opinion.exhaustive) report.bounds_hit.push_back("relacy: " + opinion.bound);
    report.bounds_hit.push_back(
        "relacy is a weaker judge: its loads are at most one write stale, its modification order follows execution "
        "order, and it sees some of the claims only");
  }
  report.verdict = claim.verdict;
  report.claims.push_back(std::move(claim));
  return report;
}

}  // namespace doorway
