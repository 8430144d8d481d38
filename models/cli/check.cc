#include <fmt/format.h>

#include "harness/behaviour/model_error.h"
#include "models/cli/commands.h"
#include "models/cli/expectation.h"
#include "models/cli/interrupt.h"
#include "models/cli/outputs.h"
#include "models/cli/paths.h"
#include "models/cli/replay.h"
#include "models/cli/requests.h"
#include "reports/files.h"
#include "reports/json.h"
#include "reports/sarif.h"
#include "reports/text.h"

namespace doorway {
namespace {

// What the runs of one command have in common: where they leave files, the JSON, the worst exit code so far.
class Session {
 public:
  Session(const CheckOptions& options, bool files_by_default) : options_(options) {
    if (!options.json.empty()) CheckWritable(FromUser(options.json));
    if (!options.sarif.empty()) CheckWritable(FromUser(options.sarif));
    if (!options.out.empty()) CheckMakeable(FromUser(options.out));
    if (options.out.empty() && files_by_default) default_directory_ = DefaultOutputDirectory();
    WatchInterrupts();
  }

  // Whether to go on to the next of the runs; says so, once, if not.
  bool GoOn(const RunRequest& next) {
    if (!Interrupted()) return true;
    fmt::print(stderr, "doorway: interrupted before {}\n", next.model->name);
    Note(ExitCode::kUnknown);
    return false;
  }

  void Note(ExitCode code) { code_ = Worst(code_, code); }

  void NoteError(const RunRequest& request, const ModelError& error) {
    fmt::print(stderr, "doorway: model {}: {}\n", request.model->name, error.what());
    Note(ExitCode::kBad);
  }

  // Writes the files of a run's findings, as far as they are wanted.
  TextOptions WriteFiles(const Run& run, const Report& report) {
    TextOptions text;
    text.replay_command = HowToCall(options_.program) + " replay";
    if (!run.by_clock) text.hint = "(to replay it, check again with --out=DIR, which keeps it)";
    try {
      if (!options_.out.empty()) {
        text.written = WriteFindings(run, report, Findings::kAll, FromUser(options_.out), text.replay_command);
      } else if (!default_directory_.empty() && FirstViolation(report) != nullptr) {
        text.written = WriteFindings(run, report, Findings::kViolations, default_directory_, text.replay_command);
      }
    } catch (const FileError& error) {
      if (!options_.out.empty()) file_error_ = error.what();  // nobody asked for files elsewhere
    }
    if (!options_.json.empty()) json_.push_back(ReportJson(run, report, text.written));
    return text;
  }

  // What is found against a model, for --sarif.
  void NoteFindings(const Run& run, const Report& report) {
    if (!options_.sarif.empty()) sarif_.Add(run, report);
  }

  // `many`: the JSON is an array, as for several runs. Errors: FileError.
  ExitCode Finish(bool many) {
    std::fflush(stdout);  // --json=/dev/stdout comes after the text
    if (!options_.json.empty() && !json_.empty()) {
      WriteFile(FromUser(options_.json), many ? JsonArray(json_) : json_.front());
    }
    if (!options_.sarif.empty()) WriteFile(FromUser(options_.sarif), sarif_.Text());
    if (!file_error_.empty()) throw FileError(file_error_);
    return code_;
  }

 private:
  const CheckOptions& options_;
  std::string default_directory_;
  std::vector<std::string> json_;
  SarifLog sarif_;
  std::string file_error_;
  ExitCode code_ = ExitCode::kOk;
};

// "group/strict_fair state sc rounds=0".
std::string WithConfiguration(const RunRequest& request) {
  const std::vector<std::pair<std::string, int>> defaults = request.model->defaults().values();
  std::string text = fmt::format("{} {} {}", request.model->name, Name(request.engine), Name(request.memory));
  if (request.fairness == Fairness::kStrong) text += " strong";
  for (std::size_t i = 0; i < defaults.size(); ++i) {
    const auto& [name, value] = request.configuration.values()[i];
    if (value != defaults[i].second) text += fmt::format(" {}={}", name, value);
  }
  return text;
}

std::string Counts(const Report& report) {
  if (report.engine == "native") return fmt::format("{} runs", report.native_runs);
  if (report.engine == "state") return fmt::format("{} states, depth {}", report.states, report.depth);
  return fmt::format("{} executions, {} blocked", report.executions, report.blocked);
}

void PrintComparison(const RunRequest& request, const Report& report, const Expected& expected,
                     const std::vector<TestCase>& cases) {
  fmt::print("{}  {}: {}  ({}, {:.2f} s)\n", AllPass(cases) ? "ok   " : "WRONG", WithConfiguration(request),
             ShowExpected(expected), Counts(report), report.seconds);
  for (const TestCase& test : cases) {
    if (!test.failure.empty()) fmt::print("       {}: {}\n", test.name, test.failure);
  }
  std::fflush(stdout);
}

// A run that was cut short says nothing against the expectation.
ExitCode CodeOfComparison(const Report& report, const std::vector<TestCase>& cases) {
  if (AllPass(cases)) return ExitCode::kOk;
  return report.verdict == Verdict::kUnknown && !report.exhausted ? ExitCode::kUnknown : ExitCode::kViolated;
}

}  // namespace

ExitCode Check(const CheckOptions& options) {
  const std::vector<RunRequest> requests = RequestsOf(options);
  Session session(options, true);
  for (const RunRequest& request : requests) {
    if (!session.GoOn(request)) break;
    try {
      const Run run = RunOf(request);
      const Report report = RunOn(request);
      TextOptions text = session.WriteFiles(run, report);
      text.witnesses = true;
      fmt::print("{}{}", &request == &requests.front() ? "" : "\n", RenderReport(run, report, text));
      std::fflush(stdout);
      session.NoteFindings(run, report);
      session.Note(CodeOf(report.verdict));
    } catch (const ModelError& error) {
      session.NoteError(request, error);
    }
  }
  return session.Finish(requests.size() > 1);
}

ExitCode CheckAll(const CheckOptions& options) {
  const std::vector<ExpectedRequest> requests = ExpectedRequestsOf(options);
  Session session(options, false);
  std::size_t as_expected = 0;
  for (const auto& [request, expected] : requests) {
    if (!session.GoOn(request)) break;
    try {
      const Run run = RunOf(request);
      const Report report = RunOn(request);
      session.WriteFiles(run, report);
      const std::vector<TestCase> cases = Compare(report, expected);
      PrintComparison(request, report, expected, cases);
      if (!AllPass(cases)) session.NoteFindings(run, report);
      session.Note(CodeOfComparison(report, cases));
      if (AllPass(cases)) ++as_expected;
    } catch (const ModelError& error) {
      session.NoteError(request, error);
    }
  }
  fmt::print("{} of {} as expected\n", as_expected, requests.size());
  return session.Finish(requests.size() > 1);
}

}  // namespace doorway
