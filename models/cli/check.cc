#include <fmt/format.h>

#include "harness/behaviour/model_error.h"
#include "models/cli/commands.h"
#include "models/cli/expectation.h"
#include "models/cli/requests.h"
#include "models/cli/session.h"
#include "reports/text.h"

namespace doorway {
namespace {

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
      const std::string& checkpoint = request.limits.checkpoint;
      if (!checkpoint.empty() && report.verdict == Verdict::kUnknown && !report.exhausted) {
        fmt::print("to go on from here: the same command, with --resume={}\n", checkpoint);
      }
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
      const std::vector<TestCase> cases = Compare(report, expected);
      session.WriteFiles(run, report, "", Judged{ShowExpected(expected), AllPass(cases)});
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
