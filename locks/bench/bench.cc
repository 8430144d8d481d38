#include <benchmark/benchmark.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "harness/sync/fifo_mutex.h"
#include "harness/sync/mutex.h"
#include "harness/sync/native_sync.h"
#include "harness/sync/rw_sem.h"
#include "locks/bench/clients.h"
#include "locks/bench/contest.h"
#include "locks/br_lock.h"
#include "locks/cas_seqlock.h"
#include "locks/clh_lock.h"
#include "locks/futex_mutex.h"
#include "locks/linux_rw_sem.h"
#include "locks/linux_rwlock.h"
#include "locks/mcs_lock.h"
#include "locks/mutex_group_lock.h"
#include "locks/packed_group_lock.h"
#include "locks/percpu_rwsem.h"
#include "locks/peterson_lock.h"
#include "locks/phase_fair_lock.h"
#include "locks/qrwlock.h"
#include "locks/qspinlock.h"
#include "locks/queued_group_lock.h"
#include "locks/readers_entry_lock.h"
#include "locks/rwsem_group_lock.h"
#include "locks/rwsem_two_atomics_lock.h"
#include "locks/seqlock.h"
#include "locks/ticket_lock.h"
#include "locks/two_state_lock.h"

// Throughput and fairness of each lock on NativeSync, in four uses (README.md says what each is):
//
//   uncontended/LOCK   two_threads/LOCK   read_mostly/LOCK   two_groups/LOCK

namespace doorway::bench {
namespace {

constexpr std::chrono::milliseconds kLength(200);  // of a contest
constexpr std::uint64_t kOneWriteIn = 64;          // of the read-mostly use

// Two words that are written together. Atomic, since readers of a sequence lock read them while they are written.
struct alignas(64) Data {
  std::atomic<std::uint64_t> a{0}, b{0};

  void Change() {
    a.store(a.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    b.store(b.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }
  void Look() const { benchmark::DoNotOptimize(a.load(std::memory_order_relaxed) + b.load(std::memory_order_relaxed)); }
};

template <class Lock>
struct Setting {
  Client<Lock> client;
  Data data;
};

template <class Lock, class Round>
void Uncontended(const std::string& lock, Round round) {
  benchmark::RegisterBenchmark(("uncontended/" + lock).c_str(), [round](benchmark::State& state) {
    const auto setting = std::make_unique<Setting<Lock>>();
    for (auto _ : state) round(*setting, 0, 1);
    state.counters["rounds_per_second"] =
        benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
  });
}

template <class Lock, class Round>
void Contended(const std::string& use, const std::string& lock, Round round) {
  benchmark::RegisterBenchmark((use + "/" + lock).c_str(),
                               [round](benchmark::State& state) {
                                 const auto setting = std::make_unique<Setting<Lock>>();
                                 Outcome outcome;
                                 for (auto _ : state) {
                                   outcome = Contest(kMostThreads, kLength,
                                                     [&](int me, std::uint64_t n) { round(*setting, me, n); });
                                   state.SetIterationTime(outcome.seconds);
                                 }
                                 state.counters["rounds_per_second"] = outcome.total() / outcome.seconds;
                                 state.counters["fairness"] = outcome.fairness();
                                 state.counters["longest_wait_us"] = 1e6 * outcome.longest_wait;
                               })
      ->Iterations(1)
      ->UseManualTime()
      ->Unit(benchmark::kMillisecond);
}

template <class Lock>
void Mutexes(const std::string& name) {
  const auto round = [](Setting<Lock>& setting, int me, std::uint64_t /*n*/) {
    setting.client.Write(me, [&] { setting.data.Change(); });
  };
  Uncontended<Lock>(name, round);
  Contended<Lock>("two_threads", name, round);
}

template <class Lock>
void ReadersAndWriters(const std::string& name) {
  Mutexes<Lock>(name);
  Contended<Lock>("read_mostly", name, [](Setting<Lock>& setting, int me, std::uint64_t n) {
    if (n % kOneWriteIn == 0) {
      setting.client.Write(me, [&] { setting.data.Change(); });
    } else {
      setting.client.Read(me, [&] { setting.data.Look(); });
    }
  });
}

// Each thread is a member of a group of its own.
template <class Lock>
void Groups(const std::string& name) {
  const auto round = [](Setting<Lock>& setting, int me, std::uint64_t /*n*/) {
    setting.client.Visit(me, me % 2, [&] { setting.data.Change(); });
  };
  Uncontended<Lock>(name, round);
  Contended<Lock>("two_groups", name, round);
}

void RegisterAll() {
  Mutexes<Mutex<NativeSync>>("Mutex");
  Mutexes<FifoMutex<NativeSync>>("FifoMutex");
  Mutexes<PetersonLock<NativeSync>>("PetersonLock");
  Mutexes<TicketLock<NativeSync>>("TicketLock");
  Mutexes<McsLock<NativeSync>>("McsLock");
  Mutexes<ClhLock<NativeSync>>("ClhLock");
  Mutexes<QSpinLock<NativeSync>>("QSpinLock");
  Mutexes<FutexMutex<NativeSync>>("FutexMutex");

  ReadersAndWriters<FairRwSem<NativeSync>>("FairRwSem");
  ReadersAndWriters<ReadPreferringRwSem<NativeSync>>("ReadPreferringRwSem");
  ReadersAndWriters<LinuxRwSem<NativeSync>>("LinuxRwSem");
  ReadersAndWriters<LinuxRwLock<NativeSync>>("LinuxRwLock");
  ReadersAndWriters<QRwLock<NativeSync>>("QRwLock");
  ReadersAndWriters<PhaseFairLock<NativeSync>>("PhaseFairLock");
  ReadersAndWriters<PerCpuRwSem<NativeSync>>("PerCpuRwSem");
  ReadersAndWriters<BrLock<NativeSync>>("BrLock");
  ReadersAndWriters<CasSeqLock<NativeSync>>("CasSeqLock");
  ReadersAndWriters<SeqLock<NativeSync>>("SeqLock");

  Groups<MutexGroupLock<NativeSync>>("MutexGroupLock");
  Groups<RwSemGroupLock<NativeSync>>("RwSemGroupLock");
  Groups<ReadersEntryLock<NativeSync>>("ReadersEntryLock");
  Groups<TwoStateLock<NativeSync>>("TwoStateLock");
  Groups<RwSemTwoAtomicsLock<NativeSync>>("RwSemTwoAtomicsLock");
  Groups<StrictFairGroupLock<NativeSync>>("StrictFairGroupLock");
  Groups<StrictFairPhaseGroupLock<NativeSync>>("StrictFairPhaseGroupLock");
  Groups<BoundedGroupLock<NativeSync>>("BoundedGroupLock");
  Groups<StrictFairQueueLock<NativeSync>>("StrictFairQueueLock");
  Groups<StrictFairPhaseQueueLock<NativeSync>>("StrictFairPhaseQueueLock");
  Groups<BoundedQueueLock<NativeSync>>("BoundedQueueLock");
}

}  // namespace
}  // namespace doorway::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  doorway::bench::RegisterAll();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
