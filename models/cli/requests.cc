#include "models/cli/requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "models/cli/claims.h"

namespace doorway {
namespace {

// A flag that one engine takes, and what to do instead with another.
struct EngineFlag {
  std::string_view flag;
  std::optional<Engine> engine;  // none: of both that are exhaustive
  std::string_view elsewhere;
};

constexpr EngineFlag kEngineFlags[] = {
    {"--max-executions", Engine::kGraph,
     "--max-executions counts executions, and the state engine has states; use --max-states, or --engine=graph"},
    {"--forever-rounds", Engine::kGraph,
     "to the state engine Sync::forever loops are endless; drop --forever-rounds, or use --engine=graph"},
    {"--random-walks", Engine::kGraph,
     "--random-walks is a way to pick executions, and the state engine has states; drop it, or use --engine=graph"},
    {"--pct", Engine::kGraph,
     "--pct is of random walks, and the state engine has none; drop it, or use --engine=graph"},
    {"--seed", Engine::kGraph,
     "--seed is of random walks, and the state engine has none; drop it, or use --engine=graph"},
    {"--shard", Engine::kGraph,
     "--shard is a part of a search for executions, and the state engine has states; drop it, or use --engine=graph"},
    {"--checkpoint", Engine::kGraph,
     "--checkpoint keeps a search for executions, and the state engine has states; drop it, or use --engine=graph"},
    {"--resume", Engine::kGraph,
     "--resume goes on with a search for executions, and the state engine has states; drop it, or use --engine=graph"},
    {"--estimate", Engine::kGraph,
     "--estimate guesses the number of executions, and the state engine has states; drop it, or use --engine=graph"},
    {"--fairness", Engine::kState,
     "--fairness is about infinite runs, and the graph engine has none; drop it, or use --engine=state"},
    {"--max-states", Engine::kState,
     "--max-states counts states, and the graph engine has executions; use --max-executions, or --engine=state"},
    {"--max-memory", Engine::kState,
     "--max-memory limits the table of states, and the graph engine keeps none; drop it, or use --engine=state"},
    {"--symmetry", std::nullopt, ""},
    {"--partial-order", Engine::kState,
     "--partial-order is a way to explore states, and the graph engine has its own; drop it, or use --engine=state"},
    {"--hash-compaction", Engine::kState,
     "--hash-compaction saves memory for states, and the graph engine keeps none; drop it, or use --engine=state"},
    {"--seconds", Engine::kNative, "--seconds is of runs on real threads; use --timeout, or --engine=native"},
    {"--copies", Engine::kNative, "--copies is of runs on real threads; drop it, or use --engine=native"},
    {"--noise", Engine::kNative, "--noise is of runs on real threads; drop it, or use --engine=native"},
    {"--affinity", Engine::kNative, "--affinity is of runs on real threads; drop it, or use --engine=native"},
};

void CheckRelacyOptions(const CheckOptions& options) {
  if (options.memory.has_value() && *options.memory != MemoryModel::kRc11) {
    throw UsageError("Relacy knows the C++ memory model only; drop --memory, or use --engine=graph");
  }
  std::vector<std::string> flags = options.engine_flags;
  if (options.limits.timeout_seconds > 0) flags.emplace_back("--timeout");
  if (options.limits.jobs > 1) flags.emplace_back("--jobs");
  if (!options.stop_at.empty()) flags.emplace_back("--stop-at");
  if (!options.claims.empty()) flags.emplace_back("--claim");
  if (options.limits.expand_updates) flags.emplace_back("--expand-updates");
  if (flags.empty()) return;
  throw UsageError(
      fmt::format("Relacy runs to bounds of its own; drop {}, or use another --engine", fmt::join(flags, " and ")));
}

void CheckNativeOptions(const CheckOptions& options) {
  constexpr std::string_view kAlsoOfGraph[] = {"--max-executions", "--forever-rounds", "--seed"};
  if (options.memory.has_value()) {
    throw UsageError("real threads have the memory model of this machine; drop --memory, or use --engine=graph");
  }
  if (options.limits.timeout_seconds > 0) {
    throw UsageError("real threads run for --seconds=N; use it instead of --timeout");
  }
  std::vector<std::string> flags;
  for (const EngineFlag& rule : kEngineFlags) {
    const std::vector<std::string>& typed = options.engine_flags;
    const bool own = rule.engine == Engine::kNative ||
                     std::find(std::begin(kAlsoOfGraph), std::end(kAlsoOfGraph), rule.flag) != std::end(kAlsoOfGraph);
    if (!own && std::find(typed.begin(), typed.end(), rule.flag) != typed.end()) flags.emplace_back(rule.flag);
  }
  if (options.limits.jobs > 1) flags.emplace_back("--jobs");
  if (options.limits.expand_updates) flags.emplace_back("--expand-updates");
  if (flags.empty()) return;
  throw UsageError(
      fmt::format("real threads have no use for {}; drop it, or use another --engine", fmt::join(flags, " and ")));
}

// How many copies --threads=N asks for, where it is no parameter of the model. Takes it away from `given`.
int CopiesOf(const Model& model, GivenParameters* given) {
  const auto of_model = std::find_if(model.parameters.begin(), model.parameters.end(),
                                     [](const Parameter& parameter) { return parameter.name == "threads"; });
  const auto typed =
      std::find_if(given->begin(), given->end(), [](const auto& parameter) { return parameter.first == "threads"; });
  if (of_model != model.parameters.end() || typed == given->end()) return 0;
  const std::uint64_t threads = WholeNumber("--threads", typed->second, 1);
  given->erase(typed);
  const int own = model.subject(ConfigurationOf(model, *given))->threads();
  if (threads < static_cast<std::uint64_t>(own) || threads > 1024) {
    throw UsageError(
        fmt::format("--threads={}: {} has {} threads in this configuration, and --threads says how many run at a time, "
                    "as copies of it; it takes {} to 1024. To have fewer in a copy: {}",
                    threads, model.name, own, own, ParametersInWords(model)));
  }
  return static_cast<int>(threads) / own;
}

// Whatever of the options another engine takes.
void CheckEngineOptions(const CheckOptions& options, Engine engine) {
  if (engine == Engine::kRelacy) return CheckRelacyOptions(options);
  if (engine == Engine::kNative) return CheckNativeOptions(options);
  const auto given = [&typed = options.engine_flags](std::string_view flag) {
    return std::find(typed.begin(), typed.end(), flag) != typed.end();
  };
  for (const EngineFlag& rule : kEngineFlags) {
    if (given(rule.flag) && rule.engine.value_or(engine) != engine) throw UsageError(std::string(rule.elsewhere));
  }
  if (given("--seed") && !given("--random-walks")) {
    throw UsageError("--seed is of random walks, and the search is not random; drop it, or add --random-walks=N");
  }
  if (given("--pct") && !given("--random-walks")) {
    throw UsageError("--pct is of random walks, and the search is not random; drop it, or add --random-walks=N");
  }
  if (given("--shard") && given("--random-walks")) {
    throw UsageError("--shard is a part of a search, and --random-walks is none; drop one of them");
  }
  for (const char* flag : {"--checkpoint", "--resume"}) {
    if (given(flag) && given("--random-walks")) {
      throw UsageError(fmt::format("random walks come to no end that {} could keep; drop it, or --random-walks", flag));
    }
    if (given(flag) && options.models.size() != 1) {
      throw UsageError(fmt::format("{} is of one search; check one model", flag));
    }
  }
  for (const char* flag : {"--random-walks", "--max-executions"}) {
    if (options.limits.jobs > 1 && given(flag)) {
      throw UsageError(fmt::format("{} is for one process; drop it, or --jobs", flag));
    }
  }
  if (engine == Engine::kState && options.memory == MemoryModel::kRc11) {
    throw UsageError("the state engine explores under sc and tso; for --memory=rc11 use --engine=graph");
  }
}

MemoryModel DefaultMemory(Engine engine) { return engine == Engine::kState ? MemoryModel::kSc : MemoryModel::kRc11; }

// That the model has the claim that `flag` names, and the engine judges it.
void CheckClaim(const RunRequest& request, const std::string& flag, const std::string& named) {
  std::vector<std::string> known = ClaimsOfEveryModel();
  const MemoryModel memory = request.engine == Engine::kNative ? MemoryModel::kSc : request.memory;
  for (const ClaimInfo& claim : ClaimsOf(*request.model, request.configuration, memory)) {
    const bool judged = std::find(claim.engines.begin(), claim.engines.end(), request.engine) != claim.engines.end();
    if (claim.name == named && !judged) {
      throw UsageError(fmt::format("{}={}: the {} engine cannot judge it; use --engine={}", flag, claim.name,
                                   Name(request.engine), Name(claim.engines.front())));
    }
    known.push_back(claim.name);
  }
  if (std::find(known.begin(), known.end(), named) != known.end()) return;
  const std::string near = DidYouMean(named, known);
  throw UsageError(fmt::format("{}={}: {} has no such claim{}", flag, named, request.model->name,
                               near.empty() ? fmt::format("; `explain {}` lists them", request.model->name) : near));
}

RunRequest RequestOf(const CheckOptions& options, const Expectation& expectation, const Model& model) {
  RunRequest request;
  request.model = &model;
  request.configuration = model.ConfigurationOf(expectation);
  request.engine = expectation.engine;
  request.memory = expectation.memory;
  request.fairness = expectation.fairness;
  request.limits = options.limits;
  if (expectation.verdict == Verdict::kViolated) request.stop_at = expectation.claim;
  return request;
}

bool Wanted(const CheckOptions& options, const Expectation& expectation) {
  return options.engine.value_or(expectation.engine) == expectation.engine &&
         options.memory.value_or(expectation.memory) == expectation.memory;
}

}  // namespace

std::vector<std::string> EngineFlags() {
  std::vector<std::string> flags;
  for (const EngineFlag& rule : kEngineFlags) flags.emplace_back(rule.flag);
  return flags;
}

std::vector<RunRequest> RequestsOf(const CheckOptions& options) {
  const Engine engine = options.engine.value_or(Engine::kGraph);
  CheckEngineOptions(options, engine);
  std::vector<RunRequest> requests;
  for (const std::string& name : options.models) {
    RunRequest request;
    request.model = &ModelNamed(name);
    GivenParameters parameters = options.parameters;
    const int copies = engine == Engine::kNative ? CopiesOf(*request.model, &parameters) : 0;
    request.configuration = ConfigurationOf(*request.model, parameters);
    request.engine = engine;
    request.memory = options.memory.value_or(DefaultMemory(engine));
    request.fairness = options.fairness;
    request.limits = options.limits;
    if (copies > 0) request.limits.native.copies = copies;
    request.stop_at = options.stop_at;
    request.claims = options.claims;
    if (!request.stop_at.empty() && request.stop_at != "none") CheckClaim(request, "--stop-at", request.stop_at);
    for (const std::string& claim : request.claims) CheckClaim(request, "--claim", claim);
    if (engine == Engine::kRelacy && FindRelacyRun(name) == nullptr) {
      throw UsageError(fmt::format("{} is not compiled for Relacy; use --engine=graph", name));
    }
    if (engine == Engine::kNative && FindNativeSubjects(name) == nullptr) {
      throw UsageError(fmt::format("{} is not compiled for real threads; use --engine=graph", name));
    }
    requests.push_back(std::move(request));
  }
  return requests;
}

std::vector<ExpectedRequest> ExpectedRequestsOf(const CheckOptions& options) {
  if (options.engine == Engine::kRelacy) {
    throw UsageError("check --all compares with what is expected, and of Relacy nothing is; drop --engine=relacy");
  }
  if (options.engine == Engine::kNative) {
    throw UsageError(
        "check --all compares with what is expected, and of real threads nothing is; drop --engine=native");
  }
  if (options.engine.has_value()) CheckEngineOptions(options, *options.engine);
  if (!options.parameters.empty()) {
    throw UsageError(fmt::format("expectations have their own configurations; drop --{}, or drop --all",
                                 options.parameters.front().first));
  }
  const std::vector<std::string>& typed = options.engine_flags;
  if (std::find(typed.begin(), typed.end(), "--fairness") != typed.end()) {
    throw UsageError("expectations have their own fairness; drop --fairness, or drop --all");
  }
  for (const char* flag : {"--checkpoint", "--resume"}) {
    if (std::find(typed.begin(), typed.end(), flag) == typed.end()) continue;
    throw UsageError(fmt::format("{} is of one search; check one model, without --all", flag));
  }
  if (!options.claims.empty()) throw UsageError("check --all judges all claims; drop --claim");
  if (!options.stop_at.empty()) throw UsageError("check --all stops at what is expected; drop --stop-at");
  std::vector<const Model*> models;
  for (const std::string& name : options.models) models.push_back(&ModelNamed(name));
  if (options.models.empty()) {
    for (const Model& model : Models()) models.push_back(&model);
  }
  std::vector<ExpectedRequest> requests;
  for (const Model* model : models) {
    const std::size_t before = requests.size();
    for (const Expectation& expectation : model->expectations) {
      if (!Wanted(options, expectation)) continue;
      requests.push_back({RequestOf(options, expectation, *model), ExpectedOf(expectation)});
    }
    if (requests.size() == before && !options.models.empty()) {
      throw UsageError(
          fmt::format("nothing is expected of {}{}{}; check it without --all", model->name,
                      options.engine.has_value() ? fmt::format(" on the {} engine", Name(*options.engine)) : "",
                      options.memory.has_value() ? fmt::format(" under {}", Name(*options.memory)) : ""));
    }
  }
  return requests;
}

}  // namespace doorway
