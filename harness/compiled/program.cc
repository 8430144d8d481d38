#include "harness/compiled/program.h"

#include <algorithm>
#include <string>

#include "harness/behaviour/model_error.h"
#include "harness/behaviour/runtime.h"
#include "harness/behaviour/subject.h"
#include "harness/compiled/accesses.h"
#include "harness/compiled/blocking.h"
#include "harness/compiled/thread_state.h"

namespace doorway::compiled {
namespace {

class ProgramSubject final : public Subject {
 public:
  explicit ProgramSubject(const Program& program) : program_(program) {}

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

}  // namespace

CheckResult CheckProgram(const Program& program, const CheckOptions& options) {
  CheckResult result;
  ForgetLayout();
  TakePlainForRelaxed(options.plain_is_relaxed);
  for (;;) {
    BeginAnew();
    ++result.searches;
    if (options.on_search) options.on_search();
    ProgramSubject subject(program);
    try {
      result.report = Explore(subject, {}, options);
    } catch (const ModelError&) {
      // Where the layout has grown, threads no longer do what they did.
      if (!MustBeginAnew()) throw;
      continue;
    }
    const bool stopped = options.interrupted != nullptr && options.interrupted->load();
    if (!MustBeginAnew() || stopped) break;
  }
  if (MustBeginAnew()) result.report.verdict = Verdict::kUnknown;
  result.shared_cells = layout().shared_cells();
  return result;
}

}  // namespace doorway::compiled
