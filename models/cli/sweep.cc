#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "harness/behaviour/model_error.h"
#include "models/cli/commands.h"
#include "models/cli/how_to_check.h"
#include "models/cli/interrupt.h"
#include "models/cli/paths.h"
#include "models/cli/ranges.h"
#include "models/cli/requests.h"
#include "models/cli/session.h"
#include "models/cli/swept.h"
#include "reports/files.h"
#include "reports/json.h"

// `doorway sweep`: one model in many configurations, until a budget is spent.

namespace doorway {
namespace {

class Budget {
 public:
  explicit Budget(double seconds) : seconds_(seconds) {}

  bool Spent() const { return seconds_ > 0 && Left() <= 0; }
  // Lets the run take what is left, and no more. Real threads and Relacy have bounds of their own.
  void Limit(RunRequest* request) const {
    if (seconds_ <= 0 || (request->engine != Engine::kGraph && request->engine != Engine::kState)) return;
    double& timeout = request->limits.timeout_seconds;
    const double left = std::max(std::ceil(Left() * 100) / 100, 0.01);  // reports show it
    timeout = timeout > 0 ? std::min(timeout, left) : left;
  }
  std::string InWords() const { return fmt::format("the budget of {:g} s was spent", seconds_); }

 private:
  using Clock = std::chrono::steady_clock;
  double Left() const { return seconds_ - std::chrono::duration<double>(Clock::now() - start_).count(); }

  const double seconds_;
  const Clock::time_point start_ = Clock::now();
};

// The parameters that are swept over, in the order in which the model has them.
GivenRanges InOrder(const Model& model, const GivenRanges& ranges) {
  const auto place = [&model](const std::string& name) {
    return std::find_if(model.parameters.begin(), model.parameters.end(),
                        [&](const Parameter& parameter) { return parameter.name == name; });
  };
  GivenRanges ordered = ranges;
  std::stable_sort(ordered.begin(), ordered.end(),
                   [&](const auto& a, const auto& b) { return place(a.first) < place(b.first); });
  return ordered;
}

// A run for each configuration. Errors: UsageError, before any of them starts.
std::vector<RunRequest> RequestsToSweep(const SweepOptions& options, const Model& model, const GivenRanges& ranges) {
  std::vector<RunRequest> requests;
  for (const Configuration& configuration : ConfigurationsOf(model, ranges)) {
    CheckOptions one = options.check;
    for (const auto& [name, value] : configuration.values())
      one.parameters.emplace_back(name, fmt::format("{}", value));
    requests.push_back(RequestsOf(one).front());
  }
  return requests;
}

// "reds=1,blacks=2"; also a configuration's folder in that of --out.
std::string NameOfConfiguration(const Swept& swept, const RunRequest& request) {
  std::vector<std::string> words;
  for (const std::string& name : swept.parameters) {
    words.push_back(fmt::format("{}={}", name, request.configuration.at(name)));
  }
  return fmt::format("{}", fmt::join(words, ","));
}

// Runs one, and prints its line.
void SweepOne(const RunRequest& request, const SweepOptions& options, Session* session, Swept* swept) {
  SweptRow row{RunOf(request), RunOn(request)};
  const TextOptions text = session->WriteFiles(row.run, row.report, NameOfConfiguration(*swept, request));
  if (!options.check.json.empty()) row.json = ReportJson(row.run, row.report, text.written);
  session->NoteFindings(row.run, row.report);
  session->Note(CodeOf(row.report.verdict));
  fmt::print("{}", SweepLine(*swept, row));
  std::fflush(stdout);
  swept->rows.push_back(std::move(row));
}

}  // namespace

ExitCode Sweep(const SweepOptions& options) {
  const Model& model = ModelNamed(options.check.models.front());
  const GivenRanges ranges = InOrder(model, options.ranges);
  std::vector<RunRequest> requests = RequestsToSweep(options, model, ranges);
  Session session(options.check, false);
  if (!options.csv.empty()) CheckWritable(FromUser(options.csv));
  Swept swept;
  swept.model = model.name;
  for (const auto& range : ranges) swept.parameters.push_back(range.first);
  const Budget budget(options.budget_seconds);
  fmt::print("{}: engine {}, memory model {}\n\n{}", swept.model, Name(requests.front().engine),
             requests.front().engine == Engine::kNative ? "of this machine" : Name(requests.front().memory),
             SweepHeading(swept, Name(requests.front().engine)));
  const RunRequest* violated = nullptr;
  for (RunRequest& request : requests) {
    if (Interrupted() || budget.Spent()) {
      swept.left_out.push_back(request.configuration);
      swept.why_left_out = Interrupted() ? "it was interrupted" : budget.InWords();
      continue;
    }
    budget.Limit(&request);
    try {
      SweepOne(request, options, &session, &swept);
      if (violated == nullptr && swept.rows.back().report.verdict == Verdict::kViolated) violated = &request;
    } catch (const ModelError& error) {
      fmt::print(stderr, "doorway: model {} with {}: {}\n", model.name, NameOfConfiguration(swept, request),
                 error.what());
      session.Note(ExitCode::kBad);
    }
  }
  if (!swept.left_out.empty()) session.Note(ExitCode::kUnknown);
  fmt::print("\n{}", LeftOutInWords(swept));
  if (violated != nullptr) fmt::print("to see how it fails: {}\n", HowToCheck(*violated, options.check.program));
  if (!options.csv.empty()) WriteFile(FromUser(options.csv), SweepCsv(swept));
  return session.FinishWith(options.check.json.empty() ? "" : SweepJson(swept));
}

}  // namespace doorway
