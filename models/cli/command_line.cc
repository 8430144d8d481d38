#include "models/cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <optional>
#include <utility>

#include "models/cli/commands.h"
#include "models/cli/run_flags.h"
#include "reports/counterexample.h"
#include "reports/files.h"

namespace doorway {
namespace {

constexpr char kAbout[] =
    "Doorway checks lock designs and memory-management protocols exhaustively.\n"
    "Exit codes: 0 verified (perhaps within bounds), 1 violated, 2 bad usage or a bad model, 3 unknown;\n"
    "of several models the worst, in the order 2, 1, 3, 0. With --all, and for test: 0 as expected, 1 not.\n";

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
    check_
        ->add_option("--checkpoint", typed_.checkpoint,
                     "keep there how far the search has come, every two seconds and when it ends, however that is")
        ->group("Of the graph engine");
    check_
        ->add_option("--resume", typed_.resume,
                     "go on from what --checkpoint has kept, with the same flags; --jobs may be another")
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
    report_->add_option("DIR", reported_.folder, "where check, sweep and compare left reports, or bazel-testlogs");
    report_->add_option("--html", reported_.html, "write the page there (default: DIR/index.html)");
    explain_->add_option("MODEL", typed_.models, "its name");
    test_->add_option("MODEL", typed_.models, "its name");
    test_->add_option("--expect", typed_.expect, "verified, verified_within_bounds, violated:CLAIM or unknown:CLAIM");
    test_->add_option("--claim", typed_.claims, "judge this claim alone; again for another one")
        ->allow_extra_args(false);
    test_->add_option("--expect-executions", typed_.expect_executions, "complete executions, if the search ends");
    test_->add_option("--expect-states", typed_.expect_states, "states, if the search ends");
    test_->add_option("--xml", typed_.xml, "write a test case a claim there (default: $XML_OUTPUT_FILE)");
    test_->add_flag("--add-to-xml", typed_.add_to_xml, "keep the cases that another `test` wrote there");
    AddRunFlags(*test_, typed_);
    AddLinearizeFlags();
    AddWorkbenchFlags();
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

  void AddWorkbenchFlags() {
    compare_->add_option("MODEL", typed_.models, "one under several memory models, or several");
    sweep_->add_option("MODEL", typed_.models, "its name; give ranges of its parameters: --reds=1..4 --blacks=1,2,4");
    mutate_->add_option("MODEL", typed_.models, "its name");
    mutate_->add_option("--show", show_, "the mutant of that number, with its counterexample");
    mutate_->add_option("--expect-killed", expected_[0], "exit with 1 unless so many are killed, none undecided");
    mutate_->add_option("--expect-survived", expected_[1], "... and so many survive (default 0)");
    orders_->add_option("MODEL", typed_.models, "its name; with --reds=1..2 it is all of these configurations");
    orders_->add_option("--expect-used", expected_[2], "exit with 1 unless the orders used have this cost");
    orders_->add_option("--expect-needed", expected_[3], "... and those needed have this one (default: the same)");
    for (CLI::App* command : {mutate_, orders_}) {
      command->add_option("--in", in_, "operations of files whose path begins so, as locks/ (default: all)");
    }
    for (CLI::App* command : {compare_, sweep_, mutate_, orders_}) {
      command->add_option("--stop-at", typed_.stop_at,
                          "end a run at a violation of this claim, not of any; `none` never ends early");
      command->add_option("--claim", typed_.claims, "judge this claim alone; again for another one")
          ->allow_extra_args(false);
      command->add_option("--json", typed_.json, "write all of it there");
      command->add_option("--sarif", typed_.sarif, "write what is violated there, for code hosts (SARIF 2.1.0)");
      AddRunFlags(*command, typed_);
    }
    sweep_->add_option("--budget", budget_, "so many seconds for all configurations; says what was left out");
    sweep_->add_option("--csv", swept_.csv, "write the table there");
    new_->add_option("KIND", new_words_, "lock or protocol, then its name: my_lock");
    new_->add_option("--like", new_options_.like, "start from a copy of this model's lock, or of this protocol");
    new_->add_option("--into", new_options_.into, "write into this directory (default: models/NAME of the workspace)");
  }

  ExitCode DispatchWorkbench(const std::string& program) {
    if (compare_->parsed()) {
      if (typed_.models.empty()) throw UsageError("compare takes models; `list` shows all");
      CompareOptions options{OptionsOfOneRun(*compare_, typed_, program), {}};
      if (compare_->count("--memory") > 0) options.memories = MemoriesNamed(typed_.memory);
      options.check.parameters = ParametersOf(*compare_, typed_);
      return Compare(options);
    }
    if (sweep_->parsed()) {
      OneModel("sweep");
      swept_.check = OptionsOfOneRun(*sweep_, typed_, program);
      if (sweep_->count("--memory") > 0) swept_.check.memory = MemoryNamed(typed_.memory);
      swept_.ranges = ParametersOf(*sweep_, typed_);
      if (sweep_->count("--budget") > 0) swept_.budget_seconds = SecondsOf("--budget", budget_);
      return Sweep(swept_);
    }
    if (mutate_->parsed()) {
      OneModel("mutate");
      MutateOptions options{CheckOptionsOf(*mutate_, typed_, program), in_, 0, {}, {}};
      if (mutate_->count("--show") > 0) options.show = static_cast<int>(WholeNumber("--show", show_, 1));
      options.expect_killed = Expected(*mutate_, "--expect-killed", expected_[0]);
      options.expect_survived = Expected(*mutate_, "--expect-survived", expected_[1]);
      return Mutate(options);
    }
    if (orders_->parsed()) {
      OneModel("orders");
      OrdersOptions options{OptionsOfOneRun(*orders_, typed_, program), ParametersOf(*orders_, typed_), in_, {}, {}};
      if (orders_->count("--memory") > 0) options.check.memory = MemoryNamed(typed_.memory);
      options.expect_used = Expected(*orders_, "--expect-used", expected_[2]);
      options.expect_needed = Expected(*orders_, "--expect-needed", expected_[3]);
      return Orders(options);
    }
    if (new_words_.size() != 2) {
      throw UsageError("new takes what to make and its name: `new lock my_lock`, or `new protocol my_protocol`");
    }
    new_options_.kind = new_words_[0];
    new_options_.name = new_words_[1];
    new_options_.program = program;
    return New(new_options_);
  }

  // Errors: UsageError.
  static std::optional<int> Expected(const CLI::App& command, const char* flag, const std::string& text) {
    if (command.count(flag) == 0) return std::nullopt;
    return static_cast<int>(WholeNumber(flag, text, 0));
  }

  ExitCode Dispatch(const std::string& program) {
    for (const CLI::App* command : {compare_, sweep_, new_, mutate_, orders_}) {
      if (command->parsed()) return DispatchWorkbench(program);
    }
    if (linearize_->parsed()) return LinearizeFile(linearized_);
    if (list_->parsed()) return List(as_json_);
    if (explain_->parsed()) return Explain(OneModel("explain"));
    if (replay_->parsed()) {
      if (!replayed_.file.empty()) return ReplayFile(replayed_);
      throw UsageError("replay takes a file: a JSON that check --out=DIR wrote, or an outputs.zip");
    }
    if (report_->parsed()) {
      if (!reported_.folder.empty()) return ReportFolder(reported_);
      throw UsageError("report takes a folder, in which `check --all --out=DIR` and others left their results");
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
      TestOptions options{
          CheckOptionsOf(*test_, typed_, program), typed_.expect, {}, {}, typed_.xml, typed_.add_to_xml};
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
  CLI::App* report_ = app_.add_subcommand("report", "a page of all results in a folder");
  CLI::App* explain_ = app_.add_subcommand("explain", "what a model models: threads, parameters, claims, source");
  CLI::App* test_ = app_.add_subcommand("test", "check one model against an expectation, as Bazel's tests do");
  CLI::App* compare_ = app_.add_subcommand("compare", "models, or memory models, side by side: claim by claim");
  CLI::App* sweep_ = app_.add_subcommand("sweep", "one model in many configurations");
  CLI::App* new_ = app_.add_subcommand("new", "begin a lock or a protocol: writes one that compiles and runs");
  CLI::App* mutate_ = app_.add_subcommand("mutate", "which small faults in a model's code its claims find out");
  CLI::App* orders_ = app_.add_subcommand("orders", "the weakest memory orders with which a model's claims hold");
  CLI::App* linearize_ = app_.add_subcommand("linearize", "is a recorded history linearizable?");
  LinearizeOptions linearized_;
  Typed typed_;
  bool as_json_ = false;
  ReplayOptions replayed_;
  ReportOptions reported_;
  MergeOptions merged_;
  SweepOptions swept_;
  std::string budget_;
  NewOptions new_options_;
  std::vector<std::string> new_words_;
  std::string in_, show_;
  std::array<std::string, 4> expected_;
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
