#include "models/cli/run_flags.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <set>
#include <tuple>
#include <utility>

#include "models/cli/requests.h"

namespace doorway {
namespace {

// A whole number of 1 to `most`.
int SmallNumber(const std::string& flag, const std::string& text, int most) {
  const std::uint64_t number = WholeNumber(flag, text, 1);
  if (number > static_cast<std::uint64_t>(most)) {
    throw UsageError(fmt::format("{}={} is out of range; it takes 1 to {}", flag, number, most));
  }
  return static_cast<int>(number);
}

// "2/8". Errors: UsageError.
std::pair<int, int> Shard(const std::string& text) {
  int shard = 0, shards = 0, end = 0;
  const bool read = std::sscanf(text.c_str(), "%9d/%9d%n", &shard, &shards, &end) == 2;
  if (!read || static_cast<std::size_t>(end) != text.size() || shard < 1 || shards < shard || shards > 100'000) {
    throw UsageError(fmt::format("--shard={}: write 1/8 for the first of eight, and so on to 8/8", text));
  }
  return {shard, shards};
}

bool OnOrOff(const std::string& flag, const std::string& text) {
  if (text == "on" || text == "off") return text == "on";
  throw UsageError(fmt::format("{}={}: it takes on or off", flag, text));
}

Limits LimitsOf(const CLI::App& command, const Typed& typed) {
  const auto given = [&command](const char* flag) { return command.count(flag) > 0; };
  Limits limits;
  if (given("--timeout")) limits.timeout_seconds = SecondsOf("--timeout", typed.timeout);
  if (given("--max-executions")) {
    limits.max_executions = WholeNumber("--max-executions", typed.max_executions, 1);
  }
  if (given("--forever-rounds")) limits.forever_rounds = SmallNumber("--forever-rounds", typed.forever_rounds, 1000);
  if (given("--random-walks")) limits.random_walks = WholeNumber("--random-walks", typed.random_walks, 1);
  if (given("--pct")) limits.priority_depth = SmallNumber("--pct", typed.pct, 100);
  if (given("--seed")) limits.seed = WholeNumber("--seed", typed.seed, 0);
  if (given("--shard")) std::tie(limits.shard, limits.shards) = Shard(typed.shard);
  limits.checkpoint = typed.checkpoint;
  limits.resume = typed.resume;
  if (given("--seconds")) limits.native.seconds = SecondsOf("--seconds", typed.seconds);
  if (given("--copies")) limits.native.copies = SmallNumber("--copies", typed.copies, 256);
  if (given("--noise")) limits.native.noise = OnOrOff("--noise", typed.noise);
  if (given("--affinity")) limits.native.affinity = AffinityNamed(typed.affinity);
  limits.native.seed = limits.seed;
  limits.native.max_runs = limits.max_executions;
  if (given("--forever-rounds")) limits.native.forever_rounds = limits.forever_rounds;
  if (given("--max-states")) limits.max_states = WholeNumber("--max-states", typed.max_states, 1);
  if (given("--max-memory")) limits.max_bytes = Bytes("--max-memory", typed.max_memory);
  if (given("--symmetry")) limits.symmetry = OnOrOff("--symmetry", typed.symmetry);
  if (given("--partial-order")) limits.partial_order = OnOrOff("--partial-order", typed.partial_order);
  if (given("--hash-compaction")) limits.hash_compaction = OnOrOff("--hash-compaction", typed.hash_compaction);
  if (given("--jobs")) limits.jobs = SmallNumber("--jobs", typed.jobs, 256);
  return limits;
}

}  // namespace

void AddRunFlags(CLI::App& command, Typed& typed) {
  command.add_option("--engine", typed.engine,
                     "graph (default): every execution; state: every state, and runs without end; relacy: a weaker "
                     "second opinion; native: real threads, which may show a violation and prove nothing");
  command.add_option(
      "--memory", typed.memory,
      "memory model: sc, tso or rc11 (default) of the graph engine, sc (default) or tso of the state engine");
  command.add_option("--timeout", typed.timeout, "stop each model after so many seconds; the verdict is unknown");
  command.add_option("--jobs", typed.jobs, "so many explore at the same time (default 1); the result is the same");
  command.add_option("--symmetry", typed.symmetry,
                     "on: threads that are found to be interchangeable are explored in one order only; off: in all "
                     "(default: on of the state engine, off of the graph engine)");
  command.add_flag("--expand-updates", typed.expand_updates, "explore each update as a compare-exchange loop");
  const char* graph = "Of the graph engine";
  command
      .add_option("--max-executions", typed.max_executions,
                  "stop after so many executions; the verdict is unknown. Native: each copy, after so many runs")
      ->group(graph);
  command
      .add_option("--forever-rounds", typed.forever_rounds, "rounds of an endless client loop (default 2; native 64)")
      ->group(graph);
  command
      .add_option("--random-walks", typed.random_walks,
                  "instead of every execution, so many, each found by random choices; the verdict is within that bound")
      ->group(graph);
  command
      .add_option("--pct", typed.pct,
                  "of random walks: interleavings by random thread priorities, to meet what takes so many orderings of "
                  "operations to happen (PCT)")
      ->group(graph);
  command.add_option("--seed", typed.seed, "of random walks, and of native disturbances (default 1)")->group(graph);
  command
      .add_option("--shard", typed.shard,
                  "1/8 to 8/8: an eighth of the search each; `merge` makes one report of their --json files")
      ->group(graph);
  const char* state = "Of the state engine";
  command
      .add_option("--fairness", typed.fairness,
                  "weak (default): who can take a step for ever takes one; strong: and a wait that could end again and "
                  "again ends")
      ->group(state);
  command.add_option("--max-states", typed.max_states, "stop after so many states; the verdict is unknown")
      ->group(state);
  command
      .add_option("--max-memory", typed.max_memory,
                  "stop when the states take so much, as 512M or 4G (default: three quarters of the machine's memory); "
                  "the verdict is unknown")
      ->group(state);
  command
      .add_option(
          "--partial-order", typed.partial_order,
          "off (default): all orders of steps; on: a step that commutes with all that others do is explored alone")
      ->group(state);
  command
      .add_option(
          "--hash-compaction", typed.hash_compaction,
          "off (default): states are kept whole; on: 64 bits of hash of each, 18 to 22 bytes in all; states may "
          "be omitted, with a probability that the verdict names, and infinite runs are not judged")
      ->group(state);
  const char* native = "Of the native engine";
  command.add_option("--seconds", typed.seconds, "run for so long (default 1)")->group(native);
  command
      .add_option("--copies", typed.copies,
                  "copies of the model that run side by side (default: as many as the machine has processors for)")
      ->group(native);
  command.add_option("--noise", typed.noise, "on (default): threads pause, yield and sleep at random; off")
      ->group(native);
  command
      .add_option("--affinity", typed.affinity,
                  "none (default): the system places threads; spread: each on a processor of its own; random: moved "
                  "about")
      ->group(native);
  command.add_option("--out", typed.out,
                     "folder for findings: each a text, a page (HTML), a JSON to replay, a drawing (DOT)");
  std::set<std::string> seen = {"threads"};
  command
      .add_option("--threads", typed.parameters["threads"],
                  "clients, of models that have such a parameter; of others, on the native engine: threads at a time, "
                  "as copies of the model")
      ->group("Parameters, of the models that have them");
  for (const Model& model : Models()) {
    for (const Parameter& parameter : model.parameters) {
      if (!seen.insert(parameter.name).second) continue;
      command.add_option("--" + parameter.name, typed.parameters[parameter.name], parameter.meaning)
          ->group("Parameters, of the models that have them");
    }
  }
}

double SecondsOf(const char* flag, const std::string& text) {
  char* end = nullptr;
  const double seconds = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !(seconds > 0) || seconds > 1e9) {
    throw UsageError(fmt::format("{}={} is no number of seconds above 0", flag, text));
  }
  return seconds;
}

CheckOptions OptionsOfOneRun(const CLI::App& command, const Typed& typed, const std::string& program) {
  CheckOptions options;
  options.models = typed.models;
  options.all = typed.all;
  if (command.count("--engine") > 0) options.engine = EngineNamed(typed.engine);
  if (command.count("--fairness") > 0) options.fairness = FairnessNamed(typed.fairness);
  options.limits = LimitsOf(command, typed);
  for (const std::string& flag : EngineFlags()) {
    const CLI::Option* option = command.get_option_no_throw(flag);  // not every command has them all
    if (option != nullptr && option->count() > 0) options.engine_flags.push_back(flag);
  }
  options.limits.expand_updates = typed.expand_updates;
  options.stop_at = typed.stop_at;
  options.claims = typed.claims;
  options.json = typed.json;
  options.sarif = typed.sarif;
  options.out = typed.out;
  options.program = program;
  return options;
}

CheckOptions CheckOptionsOf(const CLI::App& command, const Typed& typed, const std::string& program) {
  CheckOptions options = OptionsOfOneRun(command, typed, program);
  if (command.count("--memory") > 0) options.memory = MemoryNamed(typed.memory);
  options.parameters = ParametersOf(command, typed);
  return options;
}

GivenParameters ParametersOf(const CLI::App& command, const Typed& typed) {
  GivenParameters parameters;
  for (const auto& [name, value] : typed.parameters) {
    if (command.count("--" + name) > 0) parameters.emplace_back(name, value);
  }
  return parameters;
}

}  // namespace doorway
