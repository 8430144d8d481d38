#include "harness/front/run.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "harness/behaviour/model_error.h"
#include "harness/behaviour/runtime.h"
#include "harness/behaviour/subject.h"
#include "harness/explore/explore.h"
#include "harness/front/real_runs.h"
#include "harness/front/running_thread.h"

namespace doorway::front {
namespace {

class TestSubject final : public Subject {
 public:
  TestSubject(ForeignTest& test, const Limits& limits) : test_(test), limits_(limits) {}

  int threads() const override { return test_.threads(); }
  int spawns() const override { return test_.dynamic_threads(); }
  bool has_plain_state() const override { return true; }
  int max_operations() const override { return std::min(limits_.max_operations, 9000); }
  std::size_t size() const override { return test_.size(); }
  void Construct(void* memory) override {
    const ThreadScope scope;
    test_.Construct(memory);
  }
  void Thread(int thread) override {
    const ThreadScope scope;
    test_.Thread(thread);
  }

 private:
  ForeignTest& test_;
  const Limits& limits_;
};

// The invariant and after(), which see plain data.
class PlainDataHolds final : public Property {
 public:
  PlainDataHolds(RealRuns& runs, const Limits& limits) : runs_(runs), limits_(limits) {}

  std::string_view name() const override { return "plain_data_holds"; }
  std::string_view description() const override { return "invariant() and after() hold where executions really run"; }
  std::optional<Finding> Check(const Execution& execution) override {
    ++judged_;
    bool finished = true;
    bool complete = true;
    for (const ThreadState& thread : execution.threads) {
      complete = complete && thread.end == ThreadEnd::kFinished;
      finished = finished && thread.pending->op != Op::kFailed && thread.pending->op != Op::kError;
    }
    if (!finished) return std::nullopt;  // a violation that was found already
    complete_ += complete;
    if (!trouble_) trouble_ = runs_.Run(execution, complete);
    if (limits_.on_execution) limits_.on_execution(execution);
    if (!trouble_) return std::nullopt;
    return Finding{std::string(name()), trouble_->sentence, {}, false};
  }
  std::uint64_t antecedents() const override { return judged_; }

  const std::optional<Trouble>& trouble() const { return trouble_; }
  std::uint64_t complete() const { return complete_; }

 private:
  RealRuns& runs_;
  const Limits& limits_;
  std::optional<Trouble> trouble_;
  std::uint64_t judged_ = 0;
  std::uint64_t complete_ = 0;
};

// A wait in an operation that blocks, not in a loop.
bool IsBlocking(const Label& label) {
  return std::string_view(label.verb) == "join" || std::string_view(label.function) == kBlocks;
}

Fault DeadOrAlive(const Execution& execution) {
  for (const ThreadState& thread : execution.threads) {
    if (thread.end == ThreadEnd::kStuck && !IsBlocking(*thread.pending)) return Fault::kLivelock;
  }
  return Fault::kDeadlock;
}

Trouble FromFailedCheck(const Execution& execution, std::string sentence) {
  Trouble trouble{Fault::kFailed, 0, std::move(sentence)};
  for (const ThreadState& thread : execution.threads) {
    if (thread.pending == nullptr || thread.pending->op != Op::kFailed) continue;
    trouble.code = thread.pending->operands[0];
    if (trouble.code == runtime::kFreedTwice) trouble.fault = Fault::kFreedTwice;
    const Site site = thread.pending->site;
    if (site.line != 0) trouble.sentence += std::string(", at ") + site.file + ":" + std::to_string(site.line);
  }
  return trouble;
}

Trouble FromClaim(const ClaimResult& claim) {
  const Evidence& evidence = *claim.evidence;
  const std::string& sentence = evidence.finding.sentence;
  if (claim.name == kNoDataRace) return {Fault::kDataRace, 0, sentence};
  if (claim.name == kNoUseAfterFree) return {Fault::kFreed, 0, sentence};
  if (claim.name == kNoUninitialisedRead) return {Fault::kUninitialised, 0, sentence};
  if (claim.name == kNoStuckThread) return {DeadOrAlive(evidence.execution), 0, sentence};
  return FromFailedCheck(evidence.execution, sentence);
}

void Conclude(Report report, const PlainDataHolds& plain, const std::optional<Trouble>& really, const Limits& limits,
              Outcome* outcome) {
  outcome->executions = report.executions + report.blocked;
  outcome->seconds = report.seconds;
  for (std::string& bound : report.bounds_hit) {
    const bool loops = bound.rfind("forever loops", 0) == 0;
    if (bound.rfind("max-executions", 0) == 0) bound = "executions: " + std::to_string(limits.max_executions);
    outcome->bounds.push_back(loops ? "rounds of a loop that writes: " + std::to_string(limits.loop_rounds) +
                                          ", or operations of a thread: " + std::to_string(limits.max_operations)
                                    : std::move(bound));
  }
  for (ClaimResult& claim : report.claims) {
    if (claim.verdict != Verdict::kViolated) continue;
    outcome->trouble = claim.name == plain.name() ? *plain.trouble() : really ? *really : FromClaim(claim);
    outcome->evidence = std::move(claim.evidence);
    return;
  }
  if (plain.complete() == 0 && !outcome->bounds.empty()) {
    outcome->trouble = {Fault::kLivelock, 0, "no execution comes to its end within the bounds"};
  }
}

}  // namespace

Outcome RunForeignTest(ForeignTest& test, const Limits& limits) {
  TestSubject subject(test, limits);
  RealRuns runs(test);
  PlainDataHolds plain(runs, limits);
  std::optional<Trouble> really;  // what goes wrong where an execution that shows something else really runs
  ExploreOptions options;
  options.memory = limits.memory;
  options.max_executions = limits.max_executions;
  options.forever_rounds = limits.loop_rounds;
  options.claims_initialised = true;
  if (limits.on_progress) {
    options.on_progress = [&](const Progress& progress) { limits.on_progress(progress.executions + progress.blocked); };
  }
  options.on_program = [&](Program& program) { runs.Attach(program); };
  options.on_violation = [&](const Finding& finding, const Execution& execution) {
    if (finding.claim != kNoStuckThread && !really) really = runs.Confirm(execution);
  };
  Outcome outcome;
  try {
    Conclude(Explore(subject, {&plain}, options), plain, really, limits, &outcome);
  } catch (const BeforeFailed& error) {
    const bool twice = error.code() == runtime::kFreedTwice;
    outcome.trouble = {twice ? Fault::kFreedTwice : Fault::kFailed, error.code(), error.what()};
  } catch (const ModelError& error) {
    outcome.error = error.what();
  }
  outcome.real_runs = runs.runs();
  outcome.bounds.insert(outcome.bounds.end(), runs.bounds().begin(), runs.bounds().end());
  return outcome;
}

}  // namespace doorway::front
