#include "models/cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "models/cli/commands.h"
#include "models/cli/requests.h"
#include "reports/counterexample.h"
#include "reports/files.h"

namespace doorway {
namespace {

constexpr char kAbout[] =
    "Doorway checks lock designs and memory-management protocols exhaustively.\n"
    "Exit codes: 0 verified (perhaps within bounds), 1 violated, 2 bad usage or a bad model, 3 unknown;\n"
    "of several models the worst, in the order 2, 1, 3, 0. With --all, and for test: 0 as expected, 1 not.\n";

// What is typed for check and test, before it is judged.
struct Typed {
  std::vector<std::string> models;
  std::string memory, engine, fairness, timeout, jobs, stop_at, json, sarif, out;
  std::vector<std::string> claims;
  std::string max_executions, forever_rounds;    // of the graph engine
  std::string random_walks, seed, shard;         // likewise
  std::string max_states, max_memory;            // of the state engine
  std::string symmetry, partial_order;           // likewise
  std::string seconds, copies, noise, affinity;  // of the native engine
  std::map<std::string, std::string> parameters;
  std::string expect, expect_executions, expect_states, xml;
  bool all = false, expand_updates = false, estimate = false;
};

// The flags of what a model can be run with. Parameters are those of any model; whether the chosen ones have
// them is judged later, when they are known.
void AddRunFlags(CLI::App& command, Typed& typed) {
  command.add_option("--engine", typed.engine,
                     "graph (default): every execution; state: every state, and runs without end; relacy: a weaker "
                     "second opinion; native: real threads, which may show a violation and prove nothing");
  command.add_option(
      "--memory", typed.memory,
      "memory model: sc, tso or rc11 (default) of the graph engine, sc (default) or tso of the state engine");
  command.add_option("--timeout", typed.timeout, "stop each model after so many seconds; the verdict is unknown");
  command.add_option("--jobs", typed.jobs, "so many explore at the same time (default 1); the result is the same");
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
      .add_option("--symmetry", typed.symmetry,
                  "on (default): threads that are found to be interchangeable are explored in one order only; off: all "
                  "states")
      ->group(state);
  command
      .add_option(
          "--partial-order", typed.partial_order,
          "off (default): all orders of steps; on: a step that commutes with all that others do is explored alone")
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

double Seconds(const char* flag, const std::string& text) {
  char* end = nullptr;
  const double seconds = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !(seconds > 0) || seconds > 1e9) {
    throw UsageError(fmt::format("{}={} is no number of seconds above 0", flag, text));
  }
  return seconds;
}

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
  if (given("--timeout")) limits.timeout_seconds = Seconds("--timeout", typed.timeout);
  if (given("--max-executions")) {
    limits.max_executions = WholeNumber("--max-executions", typed.max_executions, 1);
  }
  if (given("--forever-rounds")) limits.forever_rounds = SmallNumber("--forever-rounds", typed.forever_rounds, 1000);
  if (given("--random-walks")) limits.random_walks = WholeNumber("--random-walks", typed.random_walks, 1);
  if (given("--seed")) limits.seed = WholeNumber("--seed", typed.seed, 0);
  if (given("--shard")) std::tie(limits.shard, limits.shards) = Shard(typed.shard);
  if (given("--seconds")) limits.native.seconds = Seconds("--seconds", typed.seconds);
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
  if (given("--jobs")) limits.jobs = SmallNumber("--jobs", typed.jobs, 256);
  return limits;
}

// `command` tells which of its parameters were typed: an empty value is an error, not an absence.
CheckOptions CheckOptionsOf(const CLI::App& command, const Typed& typed, const std::string& program) {
  CheckOptions options;
  options.models = typed.models;
  options.all = typed.all;
  if (command.count("--memory") > 0) options.memory = MemoryNamed(typed.memory);
  if (command.count("--engine") > 0) options.engine = EngineNamed(typed.engine);
  if (command.count("--fairness") > 0) options.fairness = FairnessNamed(typed.fairness);
  for (const auto& [name, value] : typed.parameters) {
    if (command.count("--" + name) > 0) options.parameters.emplace_back(name, value);
  }
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

std::vector<std::string> FlagsOf(const CLI::App& command) {
  std::vector<std::string> flags;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
  }
  return flags;
}

std::vector<std::string> CommandsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

// Errors: UsageError, if something was typed that nothing takes.
void RefuseExtras(const CLI::App& app) {
  const std::vector<CLI::App*> chosen = app.get_subcommands();
  if (const std::vector<std::string> extras = app.remaining(false); !extras.empty()) {
    const std::string near = DidYouMean(extras.front(), CommandsOf(app));
    throw UsageError(
        fmt::format("there is no command {}{}", extras.front(),
                    near.empty() ? fmt::format("; choose one of {}", fmt::join(CommandsOf(app), ", ")) : near));
  }
  for (const CLI::App* command : chosen) {
    for (const std::string& extra : command->remaining(false)) {
      if (!extra.starts_with("-")) {
        throw UsageError(fmt::format("{} does not take {}; `{} --help` shows what it takes", command->get_name(), extra,
                                     command->get_name()));
      }
      const std::string flag = extra.substr(0, extra.find('='));
      const std::string near = DidYouMean(flag, FlagsOf(*command));
      throw UsageError(fmt::format("{} has no flag {}{}", command->get_name(), flag,
                                   near.empty() ? fmt::format("; `{} --help` lists them", command->get_name()) : near));
    }
  }
}

class CommandLine {
 public:
  CommandLine() {
    app_.allow_extras();
    list_->add_flag("--json", as_json_, "for programs");
    check_->add_option("MODEL", typed_.models, "names, as `list` shows them");
    check_->add_flag("--all", typed_.all,
                     "every run that something is expected of, compared with it; without MODEL, of all models");
    check_->add_option("--stop-at", typed_.stop_at,
                       "end at a violation of this claim, not of any; `none` never ends early");
    check_
        ->add_option("--claim", typed_.claims,
                     "judge this claim alone; again for another one. The state engine explores once for each kind")
        ->allow_extra_args(false);
    check_
        ->add_flag("--estimate", typed_.estimate,
                   "judge nothing: guess, in a second or two, how many executions there are and how long they take")
        ->group("Of the graph engine");
    check_->add_option("--json", typed_.json,
                       "write the report there: an object a model, an array if there are several");
    check_->add_option(
        "--sarif", typed_.sarif,
        "write what is violated there, for code hosts (SARIF 2.1.0); with --all, what is not as expected");
    AddRunFlags(*check_, typed_);
    merge_->add_option("FILE", merged_.files, "the --json files of all shards");
    merge_->add_option("--json", merged_.json, "write the report there, as `check` would");
    merge_->add_option("--expect", merged_.expect, "compare with this, as `test` does");
    merge_->add_option("--expect-executions", typed_.expect_executions, "complete executions, if the search ends");
    merge_->add_option("--xml", merged_.xml, "write a test case a claim there (default: $XML_OUTPUT_FILE)");
    replay_->add_option("FILE", replayed_.file, "a JSON of --out, or the outputs.zip of a failed test");
    replay_->add_option("--entry", replayed_.entry, "which file of a zip or a folder");
    replay_->add_option("--html", replayed_.html, "write the page of what is replayed there");
    explain_->add_option("MODEL", typed_.models, "its name");
    test_->add_option("MODEL", typed_.models, "its name");
    test_->add_option("--expect", typed_.expect, "verified, verified_within_bounds, violated:CLAIM or unknown:CLAIM");
    test_->add_option("--claim", typed_.claims, "judge this claim alone; again for another one")
        ->allow_extra_args(false);
    test_->add_option("--expect-executions", typed_.expect_executions, "complete executions, if the search ends");
    test_->add_option("--expect-states", typed_.expect_states, "states, if the search ends");
    test_->add_option("--xml", typed_.xml, "write a test case a claim there (default: $XML_OUTPUT_FILE)");
    AddRunFlags(*test_, typed_);
    AddLinearizeFlags();
    for (CLI::App* command : app_.get_subcommands({})) command->allow_extras();
  }

  // Errors: UsageError, FileError, CounterexampleError, ModelError.
  ExitCode Run(const std::vector<std::string>& arguments) {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend() - 1);
    try {
      app_.parse(reversed);
    } catch (const CLI::Success& help) {
      app_.exit(help);
      return ExitCode::kOk;
    } catch (const CLI::ParseError& error) {
      throw UsageError(fmt::format("{}; `--help` shows what is taken", error.what()));
    }
    RefuseExtras(app_);
    return Dispatch(arguments.front());
  }

 private:
  void AddLinearizeFlags() {
    linearize_->add_option("HISTORY", linearized_.file, "a file of events; - is standard input");
    linearize_->add_option("--spec", linearized_.specification, "what the object is: register, kv, queue, ...");
    linearize_->add_option("--format", linearized_.format, "jsonl, edn or log (Jepsen's); default: by how it begins");
    linearize_->add_option("--initial", linearized_.initial, "what the object holds in the beginning (default nil)");
    linearize_->add_option("--limit", linearized_.limit, "how much the object holds (default: any amount)");
    linearize_->add_option("--timeout", linearized_.timeout, "stop after so many seconds; the verdict is unknown");
    linearize_->add_option("--max-memory", linearized_.max_memory,
                           "stop when the search takes so much, as 512M or 4G; the verdict is unknown");
    linearize_->add_flag("--whole", linearized_.whole,
                         "search over all keys together, and without the shortcuts that theory has for some histories");
    linearize_->add_option("--json", linearized_.json, "write the report there");
  }

  ExitCode Dispatch(const std::string& program) {
    if (linearize_->parsed()) return LinearizeFile(linearized_);
    if (list_->parsed()) return List(as_json_);
    if (explain_->parsed()) return Explain(OneModel("explain"));
    if (replay_->parsed()) {
      if (!replayed_.file.empty()) return ReplayFile(replayed_);
      throw UsageError("replay takes a file: a JSON that check --out=DIR wrote, or an outputs.zip");
    }
    if (merge_->parsed()) {
      if (merge_->count("--expect-executions") > 0) {
        merged_.executions = WholeNumber("--expect-executions", typed_.expect_executions, 0);
      }
      if (!merged_.files.empty()) return Merge(merged_);
      throw UsageError("merge takes the files that `check MODEL --shard=1/N --json=FILE` wrote, of all N shards");
    }
    if (check_->parsed()) {
      if (typed_.models.empty() && !typed_.all) {
        throw UsageError("check takes models; `list` shows all, and --all checks them");
      }
      const CheckOptions options = CheckOptionsOf(*check_, typed_, program);
      if (typed_.estimate) return EstimateModels(options);
      return options.all ? CheckAll(options) : Check(options);
    }
    if (test_->parsed()) {
      OneModel("test");
      TestOptions options{CheckOptionsOf(*test_, typed_, program), typed_.expect, {}, {}, typed_.xml};
      if (test_->count("--expect-executions") > 0) {
        options.executions = WholeNumber("--expect-executions", typed_.expect_executions, 0);
      }
      if (test_->count("--expect-states") > 0) {
        options.states = WholeNumber("--expect-states", typed_.expect_states, 0);
      }
      return Test(options);
    }
    fmt::print(stderr, "{}", app_.help());
    return ExitCode::kBad;
  }

  const std::string& OneModel(const char* command) const {
    if (typed_.models.size() == 1) return typed_.models.front();
    throw UsageError(fmt::format("{} takes one model; `list` shows all", command));
  }

  CLI::App app_{kAbout, "doorway"};
  CLI::App* list_ = app_.add_subcommand("list", "every model: name, family, claims, expected verdict");
  CLI::App* check_ = app_.add_subcommand("check", "check models, and report what was found");
  CLI::App* replay_ = app_.add_subcommand("replay", "replay a counterexample from its file");
  CLI::App* merge_ = app_.add_subcommand("merge", "one report of all shards of a search");
  CLI::App* explain_ = app_.add_subcommand("explain", "what a model models: threads, parameters, claims, source");
  CLI::App* test_ = app_.add_subcommand("test", "check one model against an expectation, as Bazel's tests do");
  CLI::App* linearize_ = app_.add_subcommand("linearize", "is a recorded history linearizable?");
  LinearizeOptions linearized_;
  Typed typed_;
  bool as_json_ = false;
  ReplayOptions replayed_;
  MergeOptions merged_;
};

}  // namespace

ExitCode RunCommandLine(const std::vector<std::string>& arguments) {
  try {
    return CommandLine().Run(arguments);
  } catch (const std::exception& error) {
    fmt::print(stderr, "doorway: {}\n", error.what());
    return ExitCode::kBad;
  }
}

}  // namespace doorway
