#include "harness/native/lane.h"

#include <exception>
#include <utility>

namespace doorway::native {

namespace {

thread_local Lane* current = nullptr;

// A thread that neither waits nor ends is given so many more operations when the run is to end: what runs to its end by
// itself is not torn from a destructor.
constexpr int kPatience = 1'000;

}  // namespace

Lane* Lane::Current() { return current; }
void Lane::SetCurrent(Lane* lane) { current = lane; }

Lane::Lane(Stage& stage, int index, Log& log, std::uint64_t seed, bool setup)
    : stage_(stage), index_(index), log_(log), noise_(seed), setup_(setup) {}

void Lane::BeginRun() {
  log_.Clear();
  noise_.Draw(disturbed());
  spinning_ = spawned_ = late_ = 0;
  masked_ = interrupted_ = false;
  pending_ = 0;
  for (int i = 0; i < stage_.interrupt_count; ++i) {
    if (!setup_ && stage_.interrupts[static_cast<std::size_t>(i)].thread == index_) pending_ |= 1U << i;
  }
}

void Lane::Run(void (*code)(void* closure), void* closure) {
  Lane* const before = std::exchange(current, this);
  try {
    code(closure);
    OfferInterrupts(2);
    log_.end = ThreadEnd::kFinished;
  } catch (const Stop&) {  // whoever threw it said how the thread ends
  } catch (const std::exception& error) {
    stage_.RaiseModelError(std::string("the model threw: ") + error.what());
  }
  current = before;
  live.store(false, std::memory_order_relaxed);
  if (!log_.daemon && !setup_ && stage_.running.fetch_sub(1, std::memory_order_relaxed) == 1) {
    stage_.closing.store(true, std::memory_order_relaxed);
  }
}

void Lane::Begin() {
  const bool stopping = stage_.stopping.load(std::memory_order_relaxed);
  if (stopping && ++late_ > kPatience) {
    log_.end = ThreadEnd::kRunning;
    throw Stop{};
  }
  if (!setup_ && !stopping) {
    if (pending_ != 0) OfferInterrupts(8);
    noise_.Between();
  }
  start_ = Now();
}

Record& Lane::Slot() {
  const std::uint32_t size = log_.size.load(std::memory_order_relaxed);
  if (size == Log::kCapacity) log_.overflowed = true;
  Record& record = size == Log::kCapacity ? unrecorded_ : log_.records[size];
  record = Record{};
  record.start = start_;
  return record;
}

void Lane::Commit() {
  const std::uint32_t size = log_.size.load(std::memory_order_relaxed);
  if (size < Log::kCapacity) {
    log_.records[size].end = Now();
    log_.size.store(size + 1, std::memory_order_relaxed);
  }
  if (spinning_ == 0) steps.store(steps.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

void Lane::FailedPoll(unsigned n, const Record& waiting) {
  polls.store(polls.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  const bool stopping = stage_.stopping.load(std::memory_order_relaxed);
  if (stopping || stage_.closing.load(std::memory_order_relaxed)) {
    const bool stuck = stage_.trouble.load(std::memory_order_relaxed) == Stage::Trouble::kStuck;
    log_.end = stuck ? ThreadEnd::kStuck : ThreadEnd::kBlocked;
    start_ = Now();
    Record& record = Slot();
    const Nanoseconds start = record.start;
    record = waiting;
    record.kind = Record::Kind::kWaiting;
    record.start = start;
    Commit();
    throw Stop{};
  }
  if (pending_ != 0) OfferInterrupts(64);
  BackOff(n);
}

void Lane::Spin(bool (*body)(void* closure), void* closure, Site site) {
  Record waiting;
  waiting.verb = "spin";
  waiting.site = site;
  for (unsigned polls_so_far = 0;; ++polls_so_far) {
    const std::uint32_t size = log_.size.load(std::memory_order_relaxed);
    interrupted_ = false;
    ++spinning_;
    const bool again = body(closure);  // if it throws, the thread is over
    --spinning_;
    if (!again) break;
    // An iteration in vain leaves no trace, but for an interrupt that came in it.
    if (!interrupted_) log_.size.store(size, std::memory_order_relaxed);
    FailedPoll(polls_so_far, waiting);
  }
  steps.store(steps.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

void Lane::Forever(void (*iteration)(void* closure), void* closure) {
  for (int round = 0; round < stage_.forever_rounds; ++round) {
    const bool over = stage_.closing.load(std::memory_order_relaxed);
    if (stage_.stopping.load(std::memory_order_relaxed) || (over && log_.daemon)) break;
    iteration(closure);
  }
  stage_.bounded.store(true, std::memory_order_relaxed);
  log_.end = ThreadEnd::kBounded;
  throw Stop{};
}

// A thread that is spawned, and one that has ended, are flags in the trace, as the explorers have them.
int Lane::Spawn(const CellCode& code, Site site) {
  if (setup_ || index_ >= stage_.threads) ModelError("only thread() may spawn threads", site);
  if (spawned_ == stage_.spawns) {
    ModelError("a thread spawns more than " + std::to_string(stage_.spawns) +
                   " threads: say how many it may, `static constexpr int kSpawns` in the model",
               site);
  }
  Begin();
  const int thread = stage_.first_spawned() + index_ * stage_.spawns + spawned_++;
  Stage::Spawned& spawned = stage_.spawned[static_cast<std::size_t>(thread)];
  Lane& lane = *stage_.lanes[static_cast<std::size_t>(thread)];
  spawned.code = code;
  Record& record = Slot();
  record.kind = Record::Kind::kWrite;
  record.order = Order::kRelease;
  record.width = 1;
  record.object = &spawned.begun;
  record.name = "spawned";
  record.subject = thread;
  record.verb = "spawn";
  record.site = site;
  record.written = 1;
  stage_.running.fetch_add(1, std::memory_order_relaxed);
  lane.live.store(true, std::memory_order_relaxed);
  spawned.begun.store(true, std::memory_order_relaxed);
  spawned.thread = std::thread([&spawned, &lane] {
    lane.Run(
        [](void* code_to_run) {
          const CellCode& c = *static_cast<const CellCode*>(code_to_run);
          c.run(c.operands);
        },
        &spawned.code);
    spawned.ended.store(true, std::memory_order_release);
  });
  Commit();
  return thread;
}

void Lane::Join(int thread, Site site) {
  const bool known = thread >= stage_.first_spawned() && thread < Logs::kMaxLanes;
  if (!known || !stage_.spawned[static_cast<std::size_t>(thread)].begun.load(std::memory_order_relaxed)) {
    ModelError("join of a thread that was not spawned", site);
  }
  Stage::Spawned& spawned = stage_.spawned[static_cast<std::size_t>(thread)];
  Record join;
  join.verb = "join";
  join.site = site;
  Begin();
  for (unsigned n = 0; !spawned.ended.load(std::memory_order_acquire); ++n) FailedPoll(n, join);
  // A choice without alternatives: what it waited for is no operation of the other thread's.
  start_ = Now();
  Record& record = Slot();
  const Nanoseconds start = record.start;
  record = join;
  record.kind = Record::Kind::kChoice;
  record.start = start;
  record.written = 1;
  Commit();
}

void Lane::Interrupt(int thread, const CellCode& code, Site site) {
  if (!setup_) ModelError("interrupt() outside of before(); declare there what may come", site);
  if (thread < 0 || thread >= stage_.threads) ModelError("interrupt() of a thread that there is not", site);
  if (stage_.interrupt_count == Stage::kMaxInterrupts) ModelError("more than 16 interrupts are declared", site);
  stage_.interrupts[static_cast<std::size_t>(stage_.interrupt_count++)] = {thread, code};
}

// Each that may still come comes now, once in `one_in`.
void Lane::OfferInterrupts(std::uint64_t one_in) {
  for (int i = 0; i < stage_.interrupt_count; ++i) {
    if (masked_ || (pending_ >> i & 1) == 0 || random().Below(one_in) != 0) continue;
    pending_ &= ~(1U << i);
    masked_ = interrupted_ = true;
    const int spinning = std::exchange(spinning_, 0);
    const CellCode& code = stage_.interrupts[static_cast<std::size_t>(i)].code;
    code.run(code.operands);
    spinning_ = spinning;
    interrupted_ = true;
    masked_ = false;
  }
}

int Lane::Choose(int n, Site site) {
  Begin();
  const std::uint64_t chosen = random().Below(static_cast<std::uint64_t>(n > 0 ? n : 1));
  Record& record = Slot();
  record.kind = Record::Kind::kChoice;
  record.verb = "choose";
  record.site = site;
  record.read = chosen;
  record.written = static_cast<Value>(n);
  Commit();
  return static_cast<int>(chosen);
}

void Lane::Fail(Stage::Trouble trouble, Record failed) {
  start_ = Now();
  failed.kind = Record::Kind::kFailed;
  failed.start = start_;
  Record& record = Slot();
  record = failed;
  Commit();
  log_.end = ThreadEnd::kRunning;
  stage_.Raise(trouble);
  throw Stop{};
}

void Lane::Check(bool holds, const char* message, Site site) {
  if (holds) return;
  Record failed;
  failed.verb = message;
  failed.site = site;
  Fail(Stage::Trouble::kFailedCheck, failed);
}

void Lane::UsedAfterFree(const char* name, int index, Site site) {
  Record failed;
  failed.verb = "it uses an object after its end of life";
  failed.name = name != nullptr ? name : "an object without a name";
  failed.subject = index;
  failed.site = site;
  Fail(Stage::Trouble::kUseAfterFree, failed);
}

void Lane::ModelError(const std::string& what, Site site) {
  stage_.RaiseModelError(what + " (" + site.file + ":" + std::to_string(site.line) + ")");
  throw Stop{};
}

void Lane::Mark(NoteKind kind, int subject, Value argument, bool floats, Site site) {
  Record& record = Slot();
  record.kind = floats ? Record::Kind::kNote : Record::Kind::kTag;
  record.note = kind;
  record.subject = subject;
  record.read = argument;
  record.site = site;
  const std::uint32_t size = log_.size.load(std::memory_order_relaxed);
  if (size < Log::kCapacity) log_.size.store(size + 1, std::memory_order_relaxed);
}

}  // namespace doorway::native
