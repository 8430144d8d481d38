#include "harness/explore/jobs.h"

#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <stdexcept>
#include <utility>

#include "harness/explore/clock_time.h"

namespace doorway {
namespace {

constexpr int kPollMilliseconds = 250;

// What the processes share, in memory that fork does not copy. Relaxed order is enough everywhere: these are counters,
// and hints to stop; results come through pipes.
struct Shared {
  struct Slot {
    std::atomic<std::uint32_t> part{0};  // that it is at
    std::atomic<std::uint64_t> executions{0};
    std::atomic<std::uint64_t> blocked{0};
  };

  std::atomic<std::uint32_t> next{0};
  std::atomic<std::uint32_t> end{0};  // parts from here on are of no use
  std::atomic<bool> stop{false};
  std::vector<Slot*> slots;  // pointers into the same memory, the same in all processes
};

class SharedMemory {
 public:
  explicit SharedMemory(int slots) : bytes_(sizeof(Shared) + static_cast<std::size_t>(slots) * sizeof(Shared::Slot)) {
    void* memory = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::runtime_error(std::string("--jobs: no shared memory: ") + strerror(errno));
    shared_ = new (memory) Shared;
    auto* slot = reinterpret_cast<Shared::Slot*>(shared_ + 1);
    for (int i = 0; i < slots; ++i) shared_->slots.push_back(new (slot + i) Shared::Slot);
  }
  ~SharedMemory() {
    shared_->~Shared();
    munmap(shared_, bytes_);
  }
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;
  Shared* operator->() const { return shared_; }

 private:
  std::size_t bytes_;
  Shared* shared_;
};

void WriteAll(int pipe, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const ssize_t n = write(pipe, text.data() + done, text.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) _exit(1);  // nobody listens any more
    done += static_cast<std::size_t>(n);
  }
}

// `todo`: the parts that are not done.
[[noreturn]] void RunWorker(const SharedMemory& shared, Shared::Slot* slot, int pipe,
                            const std::vector<std::uint32_t>& todo, const Jobs::Work& work) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  Jobs::Watch watch;
  watch.stop = &shared->stop;
  watch.on_progress = [slot](const Progress& progress) {
    slot->executions.store(progress.executions, std::memory_order_relaxed);
    slot->blocked.store(progress.blocked, std::memory_order_relaxed);
  };
  watch.on_position = [pipe](const PartResult& result) { WriteAll(pipe, WritePart(result)); };
  for (;;) {
    const std::uint32_t next = shared->next.fetch_add(1, std::memory_order_relaxed);
    if (next >= todo.size() || todo[next] >= shared->end.load(std::memory_order_relaxed)) break;
    const std::uint32_t part = todo[next];
    slot->part.store(part, std::memory_order_relaxed);
    const PartResult result = work(part, watch);
    WriteAll(pipe, WritePart(result));
    if (!result.done || result.stops) break;
  }
  _exit(0);
}

// A process and what it has said.
struct Worker {
  pid_t process = -1;
  int pipe = -1;
  std::string said;     // not yet a whole line
  bool killed = false;  // by us
};

// The processes, from the first one's side.
class Pool {
 public:
  Pool(int processes, std::vector<std::optional<PartResult>> before) : shared_(processes) {
    shared_->end.store(static_cast<std::uint32_t>(before.size()), std::memory_order_relaxed);
    results_.parts = std::move(before);
  }
  ~Pool() {
    for (Worker& worker : workers_) {
      if (worker.process > 0) Reap(worker, true);
      if (worker.pipe >= 0) close(worker.pipe);
    }
  }

  void Start(int processes, const std::vector<std::uint32_t>& todo, const Jobs::Work& work) {
    for (int i = 0; i < processes; ++i) {
      int ends[2];
      if (pipe(ends) != 0) throw std::runtime_error(std::string("--jobs: no pipe: ") + strerror(errno));
      const pid_t process = fork();
      if (process == 0) {
        for (const Worker& worker : workers_) close(worker.pipe);
        close(ends[0]);
        RunWorker(shared_, shared_->slots[static_cast<std::size_t>(i)], ends[1], todo, work);
      }
      close(ends[1]);
      if (process < 0) {
        close(ends[0]);
        throw std::runtime_error(std::string("--jobs: no process: ") + strerror(errno) + "; use fewer");
      }
      workers_.push_back({process, ends[0], "", false});
    }
  }

  // Waits a little for news. False: all have ended.
  bool Listen() {
    std::vector<pollfd> pipes;
    for (const Worker& worker : workers_) {
      if (worker.pipe >= 0) pipes.push_back({worker.pipe, POLLIN, 0});
    }
    if (pipes.empty()) return false;
    if (poll(pipes.data(), pipes.size(), kPollMilliseconds) <= 0) return true;
    for (const pollfd& ready : pipes) {
      if (ready.revents == 0) continue;
      Hear(*std::find_if(workers_.begin(), workers_.end(), [&](const Worker& w) { return w.pipe == ready.fd; }));
    }
    return true;
  }

  void Stop() { shared_->stop.store(true, std::memory_order_relaxed); }

  Progress Counted() const {
    Progress progress;
    for (const Shared::Slot* slot : shared_->slots) {
      progress.executions += slot->executions.load(std::memory_order_relaxed);
      progress.blocked += slot->blocked.load(std::memory_order_relaxed);
    }
    return progress;
  }

  const std::vector<std::optional<PartResult>>& parts() const { return results_.parts; }
  Jobs::Results Take() { return std::move(results_); }

 private:
  void Hear(Worker& worker) {
    char buffer[4096];
    const ssize_t n = read(worker.pipe, buffer, sizeof(buffer));
    if (n < 0) return;  // again, later
    if (n == 0) return Reap(worker, false);
    worker.said.append(buffer, static_cast<std::size_t>(n));
    for (std::size_t end; (end = worker.said.find('\n')) != std::string::npos;) {
      Keep(ReadPart(worker.said.substr(0, end)));
      worker.said.erase(0, end + 1);
    }
  }

  void Keep(PartResult result) {
    const std::uint32_t part = result.part;
    if (result.stops && part + 1 < shared_->end.load(std::memory_order_relaxed)) {
      shared_->end.store(part + 1, std::memory_order_relaxed);
      for (std::size_t i = 0; i < workers_.size(); ++i) {
        Worker& worker = workers_[i];
        if (worker.process <= 0 || shared_->slots[i]->part.load(std::memory_order_relaxed) <= part) continue;
        worker.killed = true;
        kill(worker.process, SIGKILL);
      }
    }
    results_.parts[part] = std::move(result);
  }

  // The process has ended, or ends now.
  void Reap(Worker& worker, bool end_it) {
    if (end_it) kill(worker.process, SIGKILL);
    int status = 0;
    while (waitpid(worker.process, &status, 0) < 0 && errno == EINTR) {
    }
    close(worker.pipe);
    worker.process = worker.pipe = -1;
    if (end_it || worker.killed || (WIFEXITED(status) && WEXITSTATUS(status) == 0)) return;
    results_.bounds.push_back(WIFSIGNALED(status) ? "a job was killed by signal " + std::to_string(WTERMSIG(status)) +
                                                        (WTERMSIG(status) == SIGKILL ? " (not enough memory?)" : "")
                                                  : "a job ended early");
  }

  SharedMemory shared_;
  std::vector<Worker> workers_;
  Jobs::Results results_;
};

}  // namespace

Jobs::Results Jobs::Run(std::vector<std::optional<PartResult>> before, const Work& work, double seconds,
                        const OnResults& on_results) const {
  std::vector<std::uint32_t> todo;
  for (std::uint32_t i = 0; i < before.size(); ++i) {
    if (!before[i].has_value() || !before[i]->done) todo.push_back(i);
  }
  const int processes = static_cast<int>(std::min(todo.size(), static_cast<std::size_t>(processes_)));
  const double started = WallSeconds();
  double next_results = started + seconds;
  Pool pool(processes, std::move(before));
  pool.Start(processes, todo, work);
  while (pool.Listen()) {
    if (interrupted_ != nullptr && interrupted_->load(std::memory_order_relaxed)) pool.Stop();
    if (on_results && WallSeconds() >= next_results) {
      on_results(pool.parts());
      next_results = WallSeconds() + seconds;
    }
    if (!on_progress_) continue;
    Progress progress = pool.Counted();
    progress.seconds = WallSeconds() - started;
    on_progress_(progress);
  }
  return pool.Take();
}

}  // namespace doorway
