#include "harness/compiled/program.h"

#include <algorithm>
#include <string>

#include "harness/behaviour/model_error.h"
#include "harness/behaviour/runtime.h"
#include "harness/behaviour/subject.h"
#include "harness/compiled/accesses.h"
#include "harness/compiled/blocking.h"
#include "harness/compiled/thread_state.h"
#include "harness/front/foreign_test.h"
#include "harness/front/real_runs.h"

namespace doorway::compiled {
namespace {

class ProgramSubject final : public Subject {
 public:
  explicit ProgramSubject(const Program& program) : program_(program) {}
  ~ProgramSubject() override { ForgetStates(); }

  int threads() const override { return 1; }
  int spawns() const override { return spawn_limit(); }
  bool has_plain_state() const override { return true; }
  bool spawned_inherit() const override { return true; }
  int max_operations() const override { return 9000; }
  std::size_t size() const override { return 1; }
  void Construct(void* /*memory*/) override {}
  void RunsAnew(int thread) override { ForgetState(thread); }

  void Thread(int /*thread*/) override {
    const ThreadStateScope scope;
    const int status = RunMain([&] { return program_.main(program_.argc, program_.argv, program_.environment); });
    ThreadState& thread = *Running();
    const Busy busy(thread);
    Finish(thread);
    if (status != 0) runtime::Fail("main() returns a status other than 0", 0, Site{});
  }

  bool faults_are_failures() const override { return true; }
  std::size_t block_header() const override { return kHeader; }
  void Allocated(void* block, std::size_t size) override {
    ThreadState* const thread = Running();
    if (thread == nullptr) return;
    const Busy busy(*thread);
    compiled::Allocated(*thread, block, size);
  }
  void WillFree(void* block) override {
    ThreadState* const thread = Running();
    if (thread == nullptr) return;
    const Busy busy(*thread);
    compiled::WillFree(*thread, block);
  }

 private:
  const Program& program_;
};

// A program has no invariant, and nothing that is looked at in the end.
class NoForeignTest final : public front::ForeignTest {
 public:
  int threads() const override { return 1; }
  std::size_t size() const override { return 1; }
  void Construct(void* /*memory*/) override {}
  void Thread(int /*thread*/) override {}
};

// One search, with what is known of the program so far. `real_runs`: that many executions really run, too.
Report Search(const Program& program, const CheckOptions& options, std::uint64_t real_runs) {
  ProgramSubject subject(program);
  NoForeignTest no_test;
  front::RealRuns runs(no_test);
  ExploreOptions explored = options;
  explored.on_program = [&runs](doorway::Program& known) { runs.Attach(known); };
  explored.on_violation = [&runs](const Finding& finding, const Execution& execution) {
    if (finding.claim != kNoStuckThread && !MustBeginAnew()) runs.Confirm(execution);
  };
  if (real_runs > 0) {
    explored.max_executions = explored.max_executions == 0 ? real_runs : std::min(explored.max_executions, real_runs);
    explored.on_execution = [&](const Execution& execution) {
      if (options.on_execution) options.on_execution(execution);
      if (!MustBeginAnew()) runs.Confirm(execution);
    };
  }
  return Explore(subject, {}, explored);
}

// Ends the check where the search has ended at what is not explored.
void RequireSupported(const Report& report) {
  const ClaimResult* const checks = report.Find(kNoFailedCheck);
  if (checks == nullptr || !checks->evidence) return;
  for (const doorway::ThreadState& thread : checks->evidence->execution.threads) {
    const Label* const label = thread.pending;
    if (label == nullptr || label->op != Op::kFailed || label->operands[0] != kUnsupported) continue;
    throw ModelError(std::string(label->site.file) + ":" + std::to_string(label->site.line) +
                     ": not explored: " + label->verb);
  }
}

// Whether there are more executions than were asked for.
bool IsCutShort(const Report& report) {
  return std::any_of(report.bounds_hit.begin(), report.bounds_hit.end(),
                     [](const std::string& bound) { return bound.rfind("max-executions", 0) == 0; });
}

}  // namespace

// What is found wrong, and the first executions, must really happen where all threads share one memory: code that tells
// of nothing may have misled threads that ran alone.
CheckResult CheckProgram(const Program& program, const CheckOptions& options) {
  constexpr std::uint64_t kRealRuns = 200;
  constexpr std::uint64_t kMostSearches = 5000;
  CheckResult result;
  ForgetLayout();
  TakePlainForRelaxed(options.plain_is_relaxed);
  std::uint64_t real_runs = kRealRuns;
  for (;;) {
    BeginAnew();
    if (++result.searches > kMostSearches) {
      throw ModelError(
          "after " + std::to_string(kMostSearches) +
          " searches, it is still not known which memory threads share: their addresses differ from run to "
          "run, as those of memory that is allocated by code that is not compiled as the program is");
    }
    if (options.on_search) options.on_search();
    const bool stopped = options.interrupted != nullptr && options.interrupted->load();
    try {
      result.report = Search(program, options, real_runs);
    } catch (const ModelError&) {
      // Where the layout has grown, threads no longer do what they did.
      if (!MustBeginAnew()) throw;
      if (!stopped) continue;
    }
    if (stopped) break;
    if (MustBeginAnew()) continue;
    const bool as_asked = options.max_executions != 0 && options.max_executions <= real_runs;
    if (real_runs == 0 || as_asked || !IsCutShort(result.report)) break;
    real_runs = 0;
  }
  RequireSupported(result.report);
  if (MustBeginAnew()) result.report.verdict = Verdict::kUnknown;
  result.shared_cells = layout().shared_cells();
  return result;
}

}  // namespace doorway::compiled
