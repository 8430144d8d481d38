#include "harness/native/native_run.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "harness/native/copy.h"
#include "harness/native/native_execution.h"
#include "harness/native/shared.h"

// The tool forks a process for each copy, waits for all of them, and reads what they left in the memory that they
// share.

#if defined(__SANITIZE_THREAD__)
#define DOORWAY_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define DOORWAY_TSAN 1
#endif
#endif

namespace doorway {

namespace native {
namespace {

std::atomic<Shared*> reports_to{nullptr};  // of this process, if it runs a copy

}  // namespace

void RaceReported() {
  Shared* const shared = reports_to.load(std::memory_order_relaxed);
  if (shared != nullptr) shared->race.store(true, std::memory_order_relaxed);
}

namespace {

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// "thread 0 waits for ever, in await of 'word' at lock.h:12; thread 1 ...".
std::string DescribeStuck(const Execution& execution) {
  std::string sentence;
  for (std::size_t t = 0; t < execution.threads.size(); ++t) {
    const ThreadState& thread = execution.threads[t];
    if (thread.end != ThreadEnd::kStuck || thread.daemon || thread.pending == nullptr) continue;
    const Label& pending = *thread.pending;
    if (!sentence.empty()) sentence += "; ";
    sentence += "thread " + std::to_string(t) + " waits for ever, in " + pending.verb;
    if (pending.location != kNoLocation) sentence += " of '" + (*execution.locations)[pending.location].name + "'";
    sentence += std::string(" at ") + pending.site.file + ":" + std::to_string(pending.site.line);
  }
  return sentence;
}

// A copy as the tool sees it.
class Process {
 public:
  Process(NativeSubject& subject, const std::vector<Property*>& properties, const NativeOptions& options, int number)
      : size_(Shared::Size(ClaimPlaces(properties.size()).count())) {
    void* const memory =
        mmap(nullptr, size_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::runtime_error("no memory for the logs of a native run; try fewer --copies");
    shared_ = new (memory) Shared;
    std::fflush(nullptr);  // lest both processes write what is still buffered
    pid_ = fork();
    if (pid_ < 0) {
      munmap(memory, size_);
      throw std::runtime_error("no process for a native run; try fewer --copies");
    }
    if (pid_ == 0) RunCopy(subject, properties, options, number);
  }
  ~Process() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    munmap(shared_, size_);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  Shared& shared() { return *shared_; }
  bool ended() const { return pid_ < 0; }
  int signal() const { return signal_; }  // that it died of; 0: of none
  int exit_code() const { return exit_code_; }

  void Poll() {
    int status = 0;
    if (ended() || waitpid(pid_, &status, WNOHANG) != pid_) return;
    pid_ = -1;
    if (WIFSIGNALED(status)) signal_ = WTERMSIG(status);
    if (WIFEXITED(status)) exit_code_ = WEXITSTATUS(status);
  }

  // It does not answer any more.
  void Kill() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
    shared_->end.store(Shared::End::kUnstopped, std::memory_order_relaxed);
  }

 private:
  [[noreturn]] void RunCopy(NativeSubject& subject, const std::vector<Property*>& properties,
                            const NativeOptions& options, int number) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    reports_to.store(shared_, std::memory_order_relaxed);
    const bool ended = Copy(subject, properties, options, number, *shared_).Run();
    Shared::End running = Shared::End::kRunning;
    shared_->end.compare_exchange_strong(running, ended ? Shared::End::kDone : Shared::End::kUnstopped);
    _exit(0);
  }

  const std::size_t size_;
  Shared* shared_ = nullptr;
  pid_t pid_ = -1;
  int signal_ = 0;
  int exit_code_ = 0;
};

class Session {
 public:
  Session(NativeSubject& subject, const std::vector<Property*>& properties, const NativeOptions& options)
      : subject_(subject), properties_(properties), options_(options), places_(properties.size()) {}

  Report Run() {
    const Clock::time_point start = Clock::now();
    for (int copy = 0; copy < options_.copies; ++copy) {
      processes_.push_back(std::make_unique<Process>(subject_, properties_, options_, copy));
    }
    Wait(start);
    Report report;
    report.engine = "native";
    report.memory = MemoryModel::kRc11;  // that of the language; what was seen is the machine's
    Count(report);
    report.seconds = SecondsSince(start);
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    report.cpu_seconds = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                         1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
    for (std::size_t i = 0; i < properties_.size(); ++i) AddClaim(i, report);
    AddBuiltIn(places_.race(), kNoDataRace, "conflicting accesses to plain data are ordered by happens-before", report);
    AddBuiltIn(places_.use_after_free(), kNoUseAfterFree, "no object is used after its end of life", report);
    AddBuiltIn(places_.failed_check(), kNoFailedCheck, "every Sync::check holds", report);
    AddBuiltIn(places_.stuck(), kNoStuckThread, "no thread waits for ever (deadlock, lost wake-up, livelock)", report);
    AddBuiltIn(places_.crash(), kNoCrash, "no thread crashes", report);
    for (const ClaimResult& claim : report.claims) {
      if (claim.verdict == Verdict::kViolated) report.verdict = Verdict::kViolated;
    }
    return report;
  }

 private:
  void Wait(Clock::time_point start) {
    const double allowed = options_.seconds + 2 * options_.hang_seconds + 10;  // what a copy needs to give up itself
    for (std::uint64_t turn = 0;; ++turn) {
      bool all_ended = true, found = false;
      for (const std::unique_ptr<Process>& process : processes_) {
        process->Poll();
        if (!process->ended() && SecondsSince(start) > allowed) process->Kill();
        all_ended = all_ended && process->ended();
        found = found || (process->ended() && Shows(*process));
      }
      if (found) {
        for (const std::unique_ptr<Process>& process : processes_) process->shared().stop.store(true);
      }
      if (all_ended) return;
      if (options_.on_progress && turn % 100 == 99) options_.on_progress(Runs(), SecondsSince(start));
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }

  // Whether a copy ended before its time.
  bool Shows(Process& process) const {
    if (process.shared().end.load() != Shared::End::kDone) return true;
    for (int place = 0; place < places_.count(); ++place) {
      if (process.shared().tallies[place].found.load() && !IsExists(place)) return options_.stop_at != "none";
    }
    return false;
  }

  bool IsExists(int place) const {
    return place < places_.own && properties_[static_cast<std::size_t>(place)]->kind() == Property::Kind::kExists;
  }

  std::uint64_t Runs() const {
    std::uint64_t runs = 0;
    for (const std::unique_ptr<Process>& process : processes_) runs += process->shared().runs.load();
    return runs;
  }

  // What the copies say of themselves. Errors: ModelError.
  void Count(Report& report) {
    std::uint64_t unrecorded = 0, bounded = 0;
    for (const std::unique_ptr<Process>& process : processes_) {
      Shared& shared = process->shared();
      if (shared.end.load() == Shared::End::kModelError) throw ModelError(shared.message);
      report.blocked += shared.blocked.load();
      unrecorded += shared.unrecorded.load();
      bounded += shared.bounded.load();
    }
    report.native_runs = Runs();
    report.executions = report.native_runs - std::min(report.native_runs, report.blocked);
    report.bounds_hit.push_back(std::to_string(report.native_runs) + " runs on real threads, which prove nothing");
    if (bounded > 0) {
      report.bounds_hit.push_back("forever loops: " + std::to_string(options_.forever_rounds) + " rounds");
    }
    if (unrecorded > 0) {
      report.bounds_hit.push_back(std::to_string(unrecorded) + " runs were too long to be recorded and judged; take " +
                                  "fewer --rounds or --forever-rounds");
    }
  }

  void AddClaim(std::size_t index, Report& report) {
    Property& property = *properties_[index];
    if (property.Monitors(subject_.threads()).empty()) return;  // no monitor, no judge
    ClaimResult claim;
    claim.name = property.name();
    claim.description = property.description();
    claim.kind = property.kind();
    Measure measure;
    for (const std::unique_ptr<Monitor>& monitor : property.Monitors(subject_.threads())) {
      if (monitor->counts()) measure.name = monitor->measure();
    }
    Process* shows = nullptr;
    for (const std::unique_ptr<Process>& process : processes_) {
      const Shared::Tally& tally = process->shared().tallies[index];
      claim.antecedents += tally.antecedents.load();
      claim.not_evaluated += tally.not_judged.load();
      measure.value = std::max(measure.value, tally.measure.load());
      if (shows == nullptr && tally.found.load()) shows = process.get();
    }
    if (!measure.name.empty()) claim.measures.push_back(measure);
    const bool exists = claim.kind == Property::Kind::kExists;
    if (shows != nullptr) {
      claim.verdict = exists ? Verdict::kVerified : Verdict::kViolated;
      claim.evidence = EvidenceOfClaim(*shows, static_cast<int>(index), property);
    }
    report.claims.push_back(std::move(claim));
  }

  Evidence EvidenceOfClaim(Process& process, int place, Property& property) {
    Evidence evidence = EvidenceOf(process.shared().Finding(place), ~Nanoseconds{0});
    std::optional<Finding> finding;
    if (!evidence.execution.threads.empty()) finding = property.Check(evidence.execution);
    evidence.finding = finding.value_or(Finding{});
    evidence.finding.claim = property.name();
    if (!finding.has_value()) {
      evidence.finding.sentence = "so says every order of the operations that the clock allows";
    }
    return evidence;
  }

  void AddBuiltIn(int place, std::string_view name, const char* description, Report& report) {
    if (name == kNoDataRace && !FindsDataRaces()) return;
    ClaimResult claim;
    claim.name = name;
    claim.description = description;
    claim.antecedents = report.native_runs;
    for (const std::unique_ptr<Process>& process : processes_) {
      if (claim.evidence.has_value()) break;
      claim.evidence = EvidenceOfBuiltIn(*process, place);
      if (claim.evidence.has_value()) claim.evidence->finding.claim = name;
    }
    if (claim.evidence.has_value()) claim.verdict = Verdict::kViolated;
    report.claims.push_back(std::move(claim));
  }

  std::optional<Evidence> EvidenceOfBuiltIn(Process& process, int place) {
    Shared& shared = process.shared();
    const Shared::End end = shared.end.load();
    if (place == places_.crash()) {
      if (end != Shared::End::kRunning) return std::nullopt;
      return EvidenceWith(shared.live, ~Nanoseconds{0}, Death(process));
    }
    if (place == places_.stuck() && end == Shared::End::kUnstopped) {
      return EvidenceWith(shared.live, ~Nanoseconds{0},
                          "a run did not end, and its threads could not be told to: is there a loop without operations "
                          "on shared memory?");
    }
    if (!shared.tallies[place].found.load()) return std::nullopt;
    Logs& logs = shared.Finding(place);
    if (place == places_.race()) {
      return EvidenceWith(logs, ~Nanoseconds{0}, "ThreadSanitizer reports a data race: its own words are above");
    }
    if (place == places_.stuck()) return Stuck(logs, shared.no_progress.load());
    return Failed(logs);
  }

  static Evidence EvidenceWith(const Logs& logs, Nanoseconds until, std::string sentence) {
    Evidence evidence = EvidenceOf(logs, until);
    evidence.finding.sentence = std::move(sentence);
    return evidence;
  }

  static std::string Death(const Process& process) {
    if (process.signal() == 0) return "the process ended with code " + std::to_string(process.exit_code());
    return "the process died of signal " + std::to_string(process.signal()) + " (" + strsignal(process.signal()) + ")";
  }

  Evidence Stuck(const Logs& logs, bool no_progress) const {
    Evidence evidence = EvidenceOf(logs, ~Nanoseconds{0});
    evidence.finding.sentence = DescribeStuck(evidence.execution);
    if (no_progress || evidence.finding.sentence.empty()) {
      evidence.finding.sentence = "after " + std::to_string(static_cast<int>(options_.hang_seconds)) +
                                  " s a run had not ended, though threads still do operations";
    }
    return evidence;
  }

  // The run up to the failure.
  static std::optional<Evidence> Failed(const Logs& logs) {
    for (int lane = 0; lane < logs.lanes; ++lane) {
      const Log& log = logs.lane[lane];
      const std::uint32_t size = log.size.load(std::memory_order_relaxed);
      if (size == 0 || log.records[size - 1].kind != Record::Kind::kFailed) continue;
      const Record& failed = log.records[size - 1];
      const bool check = failed.name == nullptr;
      std::string sentence = "thread " + std::to_string(lane) + ": " + (check ? "check failed: " : "") + failed.verb;
      if (!check) {
        sentence += std::string(": ") + failed.name;
        if (failed.subject >= 0) sentence += "[" + std::to_string(failed.subject) + "]";
      }
      sentence += std::string(" (") + failed.site.file + ":" + std::to_string(failed.site.line) + ")";
      return EvidenceWith(logs, failed.end, sentence);
    }
    return EvidenceWith(logs, ~Nanoseconds{0}, "a thread failed, in a run that was too long to be recorded");
  }

  NativeSubject& subject_;
  const std::vector<Property*>& properties_;
  const NativeOptions& options_;
  const ClaimPlaces places_;
  std::vector<std::unique_ptr<Process>> processes_;
};

}  // namespace
}  // namespace native

Report RunNative(NativeSubject& subject, const std::vector<Property*>& properties, const NativeOptions& options) {
  const int all = subject.threads() * (1 + subject.spawns()) + subject.has_after();
  if (all > native::Logs::kMaxLanes || subject.threads() < 1) {
    throw ModelError("the model has " + std::to_string(all) + " threads; 1 to " +
                     std::to_string(native::Logs::kMaxLanes) + " can be run");
  }
  if (native::ClaimPlaces(properties.size()).count() > native::Shared::kMaxClaims) {
    throw ModelError("the model makes more claims than a native run can judge");
  }
  return native::Session(subject, properties, options).Run();
}

bool FindsDataRaces() {
#ifdef DOORWAY_TSAN
  return true;
#else
  return false;
#endif
}

}  // namespace doorway

#ifdef DOORWAY_TSAN
// ThreadSanitizer calls this after each report.
extern "C" void __tsan_on_report(void* /*report*/) { doorway::native::RaceReported(); }
#endif
