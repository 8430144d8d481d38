#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "harness/behaviour/model_error.h"
#include "models/cli/commands.h"
#include "models/cli/expectation.h"
#include "models/cli/interrupt.h"
#include "models/cli/outputs.h"
#include "models/cli/paths.h"
#include "models/cli/replay.h"
#include "models/cli/requests.h"
#include "models/cli/tested.h"
#include "reports/counterexample.h"
#include "reports/files.h"
#include "reports/json.h"
#include "reports/text.h"

// `doorway test`: what a checked_model rule runs. One exploration; a test case a claim; where a violation is expected,
// its counterexample is written to a file and replayed from there. A failing test leaves its
// report, as JSON, and its findings; one that passes its report, if it is to.

namespace doorway {
namespace {

// The registry and the rule both say what is expected; they must not drift apart.
void CompareWithRegistry(const RunRequest& request, const Expected& expected, Tested& tested) {
  const std::optional<Expected> registered =
      RegisteredExpectation(*request.model, request.configuration, request.engine, request.memory, request.fairness);
  if (!registered.has_value() || ShowExpected(*registered) == ShowExpected(expected)) return;
  tested.cases.push_back(
      {"expectation", fmt::format("the rule expects {}, the model's registration {}; make them agree",
                                  ShowExpected(expected), ShowExpected(*registered))});
}

// Replays the finding from a file. The empty string if it shows the same again.
std::string ReplayFromFile(const std::string& json, const std::string& claim) {
  // (Sandboxes share the directory, and processes in them have the same numbers.)
  std::string folder = (std::filesystem::temp_directory_path() / "doorway.XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return fmt::format("cannot make {}: {}", folder, std::strerror(errno));
  std::string failure;
  try {
    const std::string path = folder + "/counterexample.json";
    WriteFile(path, json);
    const Replayed replayed = Replay(LoadCounterexample(path, ""));
    if (!replayed.claim.has_value())
      failure = fmt::format("its counterexample replays, but does not violate {}", claim);
  } catch (const std::exception& error) {
    failure = fmt::format("its counterexample does not replay: {}", error.what());
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return failure;
}

// Where Bazel will keep the files of this test, for the report's last lines.
std::vector<WrittenFinding> AsKeptByBazel(std::vector<WrittenFinding> written) {
  const std::string zip = TestOutputsZip();
  if (zip.empty()) return written;
  for (WrittenFinding& finding : written) {
    const auto in_zip = [&zip](const std::string& path) {
      return fmt::format("{} ({})", zip, std::filesystem::path(path).filename().string());
    };
    finding.text_path = in_zip(finding.text_path);
    finding.html_path = in_zip(finding.html_path);
    finding.dot_path = in_zip(finding.dot_path);
    if (!finding.litmus_path.empty()) finding.litmus_path = in_zip(finding.litmus_path);
    if (finding.json_path.empty()) continue;
    const std::string json = std::filesystem::path(finding.json_path).filename().string();
    finding.json_path = fmt::format("{} --entry={}", zip, json);
  }
  return written;
}

// Leaves the report of the test; if it fails, with the files of what was found. Returns what to print of a failing one.
std::string LeaveReport(const TestOptions& options, const Run& run, const Report& report, const Judged& judged) {
  const std::string directory = options.check.out.empty() ? TestOutputsDirectory() : FromUser(options.check.out);
  if (judged.met) {
    if (!options.check.out.empty() || (!directory.empty() && KeepsReports())) {
      WriteReport(run, report, {}, judged, directory);
    }
    return "";
  }
  TextOptions text;
  text.replay_command = HowToCall(options.check.program) + " replay";
  if (directory.empty()) return RenderReport(run, report, text);
  text.written = WriteFindings(run, report, Findings::kViolations, directory, text.replay_command);
  WriteReport(run, report, text.written, judged, directory);
  if (text.written.empty()) {
    WriteFile(fmt::format("{}/{}.txt", directory, FileStem(run.model, RunInFileNames(run, report), "report")),
              RenderSummary(run, report));
  }
  text.written = AsKeptByBazel(std::move(text.written));
  return RenderReport(run, report, text);
}

// The same for what was `tested` against `expected`.
void Leave(const TestOptions& options, const Run& run, const Report& report, const std::string& expected,
           Tested* tested) {
  const std::string output = LeaveReport(options, run, report, {expected, AllPass(tested->cases)});
  if (!output.empty()) tested->output = output;
}

TestCase* CaseNamed(Tested& tested, const std::string& name) {
  for (TestCase& test : tested.cases) {
    if (test.name == name) return &test;
  }
  return nullptr;
}

Tested TestExpectation(const TestOptions& options, RunRequest request) {
  Expected expected = ParseExpected(options.expect);
  expected.executions = options.executions;
  expected.states = options.states;
  // Where no violation is expected, one that comes nevertheless does not end the search: each claim has its answer.
  request.stop_at = expected.verdict == Verdict::kViolated ? expected.claim : "none";
  const Run run = RunOf(request);
  const Report report = RunOn(request);

  Tested tested;
  tested.seconds = report.seconds;
  tested.cases = Compare(report, expected);
  tested.output = RenderReport(run, report, {});
  CompareWithRegistry(request, expected, tested);
  if (AllPass(tested.cases) && expected.verdict == Verdict::kViolated) {
    const ClaimResult& claim = *report.Find(expected.claim);
    const std::string json = CounterexampleJson(run, report.memory, claim.kind, *claim.evidence);
    CaseNamed(tested, expected.claim)->failure = ReplayFromFile(json, expected.claim);
  }
  Leave(options, run, report, ShowExpected(expected), &tested);
  return tested;
}

// What Relacy finds, the graph explorer must find in the same configuration.
Tested TestOnRelacy(const TestOptions& options, RunRequest request) {
  const Run run = RunOf(request);
  const Report relacy = RunRelacy(request);
  Tested tested;
  tested.seconds = relacy.seconds;
  tested.output = RenderReport(run, relacy, {});
  tested.cases.push_back({"what_relacy_finds_we_find", ""});
  if (relacy.verdict != Verdict::kViolated) {
    LeaveReport(options, run, relacy, {"agreement", true});
    return tested;
  }

  const std::string claim = relacy.claims.front().name;
  const bool unnamed = claim == "no_relacy_error";
  if (!unnamed) request.stop_at = claim;
  request.engine = Engine::kGraph;
  const Report graph = RunGraph(request);
  tested.seconds += graph.seconds;
  const ClaimResult* found = graph.Find(claim);
  const bool agrees =
      unnamed ? graph.verdict == Verdict::kViolated : found != nullptr && found->verdict == Verdict::kViolated;
  tested.output += "\n" + RenderReport(run, graph, {});
  if (!agrees) {
    tested.cases.front().failure = fmt::format("Relacy finds {} violated ({}), the graph explorer does not", claim,
                                               relacy.claims.front().evidence->finding.sentence);
    tested.output += "\n" + LeaveReport(options, run, graph, {"agreement", false});
  } else {
    LeaveReport(options, run, relacy, {"agreement", true});
  }
  return tested;
}

// Runs that find nothing say something only if the claims were put to the test, and on a slow or busy machine that
// takes longer: until they have been, runs go on, for some of this time. A violation ends them.
constexpr double kMostSeconds = 30;

bool AllPutToTheTest(const Report& report) {
  return std::all_of(report.claims.begin(), report.claims.end(), [](const ClaimResult& claim) {
    return claim.kind == Property::Kind::kExists || claim.antecedents > 0;
  });
}

Report RunUntilPutToTheTest(RunRequest request) {
  Report report = RunOnThreads(request);
  double spent = report.seconds;
  while (report.verdict != Verdict::kViolated && !AllPutToTheTest(report) && spent < kMostSeconds && !Interrupted()) {
    request.limits.native.seconds *= 2;
    ++request.limits.native.seed;
    report = RunOnThreads(request);
    spent += report.seconds;
  }
  return report;
}

// Without --expect: nothing is found. Else the claim of violated:CLAIM is, on real threads.
Tested TestOnThreads(const TestOptions& options, RunRequest request) {
  std::optional<Expected> expected;
  if (!options.expect.empty()) expected = ParseExpected(options.expect);
  request.stop_at = expected.has_value() ? expected->claim : "";
  const Run run = RunOf(request);
  const Report report = expected.has_value() ? RunOnThreads(request) : RunUntilPutToTheTest(request);
  Tested tested;
  tested.seconds = report.seconds;
  tested.output = RenderReport(run, report, {});
  for (const ClaimResult& claim : report.claims) {
    TestCase test{claim.name, ""};
    const bool violated = claim.verdict == Verdict::kViolated;
    const bool universal = claim.kind != Property::Kind::kExists;
    if (expected.has_value()) {
      if (claim.name == expected->claim && !violated) test.failure = "expected violated, but no run showed it";
    } else if (violated) {
      test.failure = "violated on real threads: " + claim.evidence->finding.sentence;
    } else if (universal && claim.antecedents == 0) {
      test.failure = "vacuous: no run put it to the test";
    }
    tested.cases.push_back(std::move(test));
  }
  if (report.native_runs == 0) tested.cases.push_back({"runs", "there was no run"});
  if (expected.has_value() && report.Find(expected->claim) == nullptr) {
    tested.cases.push_back({expected->claim, "the native engine does not judge such a claim of this model"});
  }
  Leave(options, run, report, expected.has_value() ? ShowExpected(*expected) : "no violation", &tested);
  return tested;
}

std::string RunInSuites(const RunRequest& request) {
  if (request.engine == Engine::kRelacy || request.engine == Engine::kNative) return Name(request.engine);
  if (request.engine == Engine::kGraph) return Name(request.memory);
  return fmt::format("state_{}{}", Name(request.memory), request.fairness == Fairness::kStrong ? "_strong" : "");
}

}  // namespace

ExitCode Test(const TestOptions& options) {
  const std::vector<RunRequest> requests = RequestsOf(options.check);
  if (requests.size() != 1) throw UsageError("test takes one model");
  const Engine engine = requests.front().engine;
  const bool relacy = engine == Engine::kRelacy, native = engine == Engine::kNative;
  if (options.states.has_value() && engine != Engine::kState) {
    throw UsageError("--expect-states is of the state engine; use --expect-executions, or --engine=state");
  }
  if (options.executions.has_value() && engine != Engine::kGraph) {
    throw UsageError(fmt::format("--expect-executions is of the graph engine; {}, or use --engine=graph",
                                 relacy || native ? "drop it" : "use --expect-states"));
  }
  if (native && !options.expect.empty() && ParseExpected(options.expect).verdict != Verdict::kViolated) {
    throw UsageError("real threads verify nothing: --expect=violated:CLAIM, or none if nothing is to be found");
  }
  if (!native && relacy != options.expect.empty()) {
    throw UsageError(relacy
                         ? "with --engine=relacy the expectation is agreement; drop --expect"
                         : "test needs --expect=verified, =verified_within_bounds, =violated:CLAIM or =unknown:CLAIM");
  }
  if (!relacy && !native) ParseExpected(options.expect);
  const std::string xml = XmlPath(options.xml);
  WatchInterrupts();

  Tested tested;
  try {
    tested = relacy   ? TestOnRelacy(options, requests.front())
             : native ? TestOnThreads(options, requests.front())
                      : TestExpectation(options, requests.front());
  } catch (const ModelError& error) {
    tested.cases.push_back({"model", error.what()});
    tested.output = fmt::format("doorway: model {}: {}\n", requests.front().model->name, error.what());
  }
  const std::string suite = fmt::format("{}.{}", requests.front().model->name, RunInSuites(requests.front()));
  return Conclude(tested, suite, xml, options.add_to_xml);
}

}  // namespace doorway
