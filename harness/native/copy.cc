#include "harness/native/copy.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "harness/graph/verdict.h"

// All threads meet at a barrier between two runs. Who comes last judges the run that is over and makes the model of the
// next one. Then each waits, spinning, until all have left the barrier, so that they begin together.

namespace doorway::native {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kWatchEvery = std::chrono::milliseconds(5);
constexpr auto kStuckAfter = std::chrono::milliseconds(50);  // at least
constexpr std::uint64_t kMovedEvery = 64;                    // runs; to other processors, where that is wanted
constexpr std::uint64_t kPollsInVain = 3;

template <class F>
void RunOn(Lane& lane, F code) {
  lane.Run([](void* closure) { (*static_cast<F*>(closure))(); }, &code);
}

}  // namespace

Copy::Copy(NativeSubject& subject, const std::vector<Property*>& properties, const NativeOptions& options, int number,
           Shared& shared)
    : subject_(subject),
      options_(options),
      number_(number),
      shared_(shared),
      places_(properties.size()),
      threads_(subject.threads()),
      memory_(std::malloc(subject.size()), &std::free),
      random_(options.seed * 1000 + static_cast<std::uint64_t>(number)) {
  stage_.threads = threads_;
  stage_.has_after = subject.has_after();
  stage_.spawns = subject.spawns();
  stage_.forever_rounds = options.forever_rounds;
  stage_.noise = options.noise;
  const int lanes = stage_.first_spawned() + threads_ * stage_.spawns;
  shared_.live.lanes = lanes;
  setup_.emplace(stage_, threads_, shared_.live.setup, random_.Next(), true);
  for (int lane = 0; lane < lanes; ++lane) {
    lanes_.push_back(std::make_unique<Lane>(stage_, lane, shared_.live.lane[lane], random_.Next(), false));
    stage_.lanes[static_cast<std::size_t>(lane)] = lanes_.back().get();
  }
  for (std::size_t i = 0; i < properties.size(); ++i) {
    Judged judged;
    judged.place = static_cast<int>(i);
    judged.claim = properties[i]->name();
    judged.exists = properties[i]->kind() == Property::Kind::kExists;
    judged.monitors = properties[i]->Monitors(lanes);
    for (const std::unique_ptr<Monitor>& monitor : judged.monitors) judged.antecedents.push_back(monitor->Antecedent());
    if (!judged.monitors.empty()) judged_.push_back(std::move(judged));
  }
}

bool Copy::Run() {
  deadline_ =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(options_.seconds));
  between_.emplace(threads_, Completion{this});
  Prepare();
  std::atomic<int> ended{0};
  std::vector<std::thread> workers;
  for (int thread = 0; thread < threads_; ++thread) {
    workers.emplace_back([this, thread, &ended] {
      Work(thread);
      ended.fetch_add(1, std::memory_order_release);
    });
  }
  Watched watched;
  watched.polls.assign(lanes_.size(), 0);
  watched.since = watched.began = Clock::now();
  Clock::time_point stopped{};
  while (ended.load(std::memory_order_acquire) < threads_) {
    std::this_thread::sleep_for(kWatchEvery);
    if (!stage_.stopping.load(std::memory_order_relaxed)) {
      stopped = {};
      Watch(&watched);
    } else if (stopped == Clock::time_point{}) {
      stopped = Clock::now();
    } else if (Clock::now() - stopped > std::chrono::duration<double>(options_.hang_seconds)) {
      for (std::thread& worker : workers) worker.detach();
      return false;
    }
  }
  for (std::thread& worker : workers) worker.join();
  return true;
}

void Copy::Work(int thread) {
  for (;;) {
    if (over_.load(std::memory_order_relaxed)) return;
    Meet(thread);
    RunOn(*lanes_[static_cast<std::size_t>(thread)], [this, thread] { subject_.Thread(thread); });
    between_->arrive_and_wait();
  }
}

void Copy::Meet(int thread) {
  if (options_.affinity != NativeOptions::Affinity::kNone) PinThreads(thread);
  ready_.fetch_add(1, std::memory_order_relaxed);
  for (unsigned polls = 0; ready_.load(std::memory_order_relaxed) < threads_; ++polls) {
    if (polls < 200) {
      CpuRelax();
    } else {
      sched_yield();
    }
  }
}

void Copy::PinThreads(int thread) {
  const std::uint64_t runs = shared_.runs.load(std::memory_order_relaxed);
  const bool random = options_.affinity == NativeOptions::Affinity::kRandom;
  if (random ? runs % kMovedEvery != 0 : runs != 0) return;
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed) != 0) return;
  static const cpu_set_t all = allowed;  // before anybody was moved
  const auto count = static_cast<std::uint64_t>(CPU_COUNT(&all));
  Lane& lane = *lanes_[static_cast<std::size_t>(thread)];
  std::uint64_t wanted =
      random ? lane.random().Below(count) : static_cast<std::uint64_t>(number_ * threads_ + thread) % count;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &all) || wanted-- != 0) continue;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    pthread_setaffinity_np(pthread_self(), sizeof(one), &one);
    return;
  }
}

// The model of the next run, and everything about it.
void Copy::Prepare() {
  stage_.stopping.store(false, std::memory_order_relaxed);
  stage_.closing.store(false, std::memory_order_relaxed);
  stage_.bounded.store(false, std::memory_order_relaxed);
  stage_.trouble.store(Stage::Trouble::kNone, std::memory_order_relaxed);
  stage_.interrupt_count = 0;
  ready_.store(0, std::memory_order_relaxed);
  for (Stage::Spawned& spawned : stage_.spawned) {
    spawned.begun.store(false, std::memory_order_relaxed);
    spawned.ended.store(false, std::memory_order_relaxed);
  }
  setup_->BeginRun();
  RunOn(*setup_, [this] { subject_.Construct(memory_.get()); });
  int running = 0;
  for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
    const bool own = lane < static_cast<std::size_t>(threads_);
    lanes_[lane]->BeginRun();
    lanes_[lane]->log().daemon = own && subject_.is_daemon(static_cast<int>(lane));
    lanes_[lane]->daemon.store(lanes_[lane]->log().daemon, std::memory_order_relaxed);
    lanes_[lane]->live.store(own, std::memory_order_relaxed);
    running += own && !lanes_[lane]->log().daemon;
  }
  stage_.running.store(running, std::memory_order_relaxed);
  if (stage_.trouble.load(std::memory_order_relaxed) == Stage::Trouble::kNone) return;
  TellTrouble(stage_.trouble.load(std::memory_order_relaxed));
  over_.store(true, std::memory_order_relaxed);
}

// Between two runs, in whichever thread came last.
void Copy::Turn() {
  for (Stage::Spawned& spawned : stage_.spawned) {
    if (spawned.thread.joinable()) spawned.thread.join();
  }
  const auto all_ended = [this] {
    return std::all_of(lanes_.begin(), lanes_.end(), [](const std::unique_ptr<Lane>& lane) {
      return lane->log().end == ThreadEnd::kFinished || lane->log().daemon;
    });
  };
  if (stage_.has_after && !stage_.stopping.load(std::memory_order_relaxed) && all_ended()) {
    Lane& after = *lanes_[static_cast<std::size_t>(threads_)];
    stage_.closing.store(false, std::memory_order_relaxed);
    stage_.running.store(1, std::memory_order_relaxed);
    after.live.store(true, std::memory_order_relaxed);
    RunOn(after, [this] { subject_.After(); });
  }
  const Stage::Trouble trouble = stage_.trouble.load(std::memory_order_relaxed);
  shared_.runs.fetch_add(1, std::memory_order_relaxed);
  if (stage_.bounded.load(std::memory_order_relaxed)) shared_.bounded.fetch_add(1, std::memory_order_relaxed);
  const bool blocked = std::any_of(lanes_.begin(), lanes_.end(), [](const std::unique_ptr<Lane>& lane) {
    return (lane->log().end == ThreadEnd::kBlocked || lane->log().end == ThreadEnd::kStuck) && !lane->log().daemon;
  });
  if (blocked) shared_.blocked.fetch_add(1, std::memory_order_relaxed);
  if (trouble != Stage::Trouble::kNone) TellTrouble(trouble);
  if (trouble != Stage::Trouble::kModelError) Judge();
  subject_.Destroy();
  if (Over()) {
    over_.store(true, std::memory_order_relaxed);
  } else {
    Prepare();
  }
}

bool Copy::Over() const {
  return stop_ || shared_.stop.load(std::memory_order_relaxed) || Clock::now() >= deadline_ ||
         (options_.max_runs > 0 && shared_.runs.load(std::memory_order_relaxed) >= options_.max_runs) ||
         (options_.interrupted != nullptr && options_.interrupted->load(std::memory_order_relaxed));
}

void Copy::TellTrouble(Stage::Trouble trouble) {
  switch (trouble) {
    case Stage::Trouble::kNone:
      return;
    case Stage::Trouble::kFailedCheck:
      return Found(places_.failed_check(), kNoFailedCheck, true);
    case Stage::Trouble::kUseAfterFree:
      return Found(places_.use_after_free(), kNoUseAfterFree, true);
    case Stage::Trouble::kStuck:
      return Found(places_.stuck(), kNoStuckThread, true);
    case Stage::Trouble::kModelError:
      shared_.Say(stage_.model_error.c_str());
      shared_.end.store(Shared::End::kModelError, std::memory_order_relaxed);
      stop_ = true;
      return;
  }
}

// Keeps the run, if it is the first to show this.
void Copy::Found(int place, std::string_view claim, bool violation) {
  Shared::Tally& tally = shared_.tallies[place];
  if (!tally.found.load(std::memory_order_relaxed)) {
    CopyLogs(shared_.live, &shared_.Finding(place));
    tally.found.store(true, std::memory_order_release);
  }
  if (violation && (options_.stop_at.empty() || options_.stop_at == claim)) stop_ = true;
}

void Copy::Judge() {
  if (shared_.race.load(std::memory_order_relaxed)) Found(places_.race(), kNoDataRace, true);
  const Logs& logs = shared_.live;
  const bool whole = std::none_of(logs.lane, logs.lane + logs.lanes, [](const Log& log) { return log.overflowed; });
  if (!whole) {
    shared_.unrecorded.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  heard_.Take(logs);
  for (const Judged& judged : judged_) JudgeClaim(judged);
}

void Copy::JudgeClaim(const Judged& judged) {
  Shared::Tally& tally = shared_.tallies[judged.place];
  bool antecedent = false;
  for (std::size_t i = 0; i < judged.monitors.size(); ++i) {
    const Monitor& monitor = *judged.monitors[i];
    const HeardRun::Answer one = heard_.OfOne(monitor);
    const Monitor* const apart = judged.antecedents[i].get();
    if (!antecedent) antecedent = apart != nullptr ? heard_.OfOne(*apart).antecedent : one.antecedent;
    const bool news = one.flagged && !tally.found.load(std::memory_order_relaxed);
    const bool most = monitor.counts() && one.counted > tally.measure.load(std::memory_order_relaxed);
    if (!news && !most) continue;
    const std::optional<HeardRun::Answer> all = heard_.OfAll(monitor);
    if (!all.has_value()) {
      tally.not_judged.fetch_add(1, std::memory_order_relaxed);
      continue;
    }
    if (all->flagged) {
      Found(judged.place, judged.claim, !judged.exists);
      continue;
    }
    if (monitor.counts() && all->counted > tally.measure.load(std::memory_order_relaxed)) {
      tally.measure.store(all->counted, std::memory_order_relaxed);
    }
  }
  if (antecedent) tally.antecedents.fetch_add(1, std::memory_order_relaxed);
}

std::uint64_t Copy::Steps() const {
  std::uint64_t steps = setup_->steps.load(std::memory_order_relaxed);
  for (const std::unique_ptr<Lane>& lane : lanes_) steps += lane->steps.load(std::memory_order_relaxed);
  return steps;
}

// A run in which no operation gets anywhere any more, and in which every thread that has not ended has polled since the
// last one that did, is stuck: whatever they wait for, they have seen the newest of it.
void Copy::Watch(Watched* watched) {
  const Clock::time_point now = Clock::now();
  const std::uint64_t runs = shared_.runs.load(std::memory_order_relaxed), steps = Steps();
  std::vector<std::uint64_t> polls;
  for (const std::unique_ptr<Lane>& lane : lanes_) polls.push_back(lane->polls.load(std::memory_order_relaxed));
  if (runs != watched->runs) watched->began = now;
  const bool moved = runs != watched->runs || steps != watched->steps;
  if (moved) {
    watched->runs = runs;
    watched->steps = steps;
    watched->polls = polls;
    watched->since = now;
  }
  bool waits = false, all_poll = true;
  for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
    if (!lanes_[lane]->live.load(std::memory_order_relaxed)) continue;
    waits = waits || !lanes_[lane]->daemon.load(std::memory_order_relaxed);
    all_poll = all_poll && polls[lane] >= watched->polls[lane] + kPollsInVain;
  }
  const bool stuck = !moved && waits && all_poll && now - watched->since > kStuckAfter && Steps() == steps;
  const bool endless = waits && now - watched->began > std::chrono::duration<double>(options_.hang_seconds);
  if (!stuck && !endless) return;
  if (stuck && stage_.bounded.load(std::memory_order_relaxed)) {
    stage_.closing.store(true, std::memory_order_relaxed);
    return;
  }
  shared_.no_progress.store(!stuck, std::memory_order_relaxed);
  stage_.Raise(Stage::Trouble::kStuck);
}

}  // namespace doorway::native
