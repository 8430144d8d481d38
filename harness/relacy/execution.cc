#include "harness/relacy/execution.h"

#include <cstdio>
#include <cstdlib>
#include <exception>

#include "harness/graph/verdict.h"
#include "harness/relacy/upstream.h"

// A thread that waits parks itself, with its wish. When every thread has parked or finished, nobody can be
// woken any more: a deadlock, unless only daemons wait, or a Sync::forever loop ended at its bound (then a
// further round might have brought what they wait for). In these two cases the execution closes: the waiting
// threads are woken and stopped where they stand.

namespace doorway::relacy_internal {

namespace {

thread_local Execution* current = nullptr;

rl::debug_info Info(Site site) { return rl::debug_info("", site.file, static_cast<unsigned>(site.line)); }

// Ends the execution with an error, and with it Relacy's search.
[[noreturn]] void Fail(rl::test_result_e result, const char* what, Site site) {
  rl::ctx().fail_test(what, result, Info(site));
  std::abort();  // fail_test switches to another stack for good
}

}  // namespace

Execution& Execution::Current() { return *current; }

Execution::Execution(Run& run) : run_(run) {
  run_.in_destructor = false;
  run_.forever_ended = false;
  current = this;
}

Execution::~Execution() { current = nullptr; }

void Execution::Construct() {
  run_.model.Construct(run_.memory);
  for (int thread = 0; thread < run_.threads; ++thread) {
    if (run_.model.IsDaemon(thread)) daemons_ |= Bit(thread);
  }
  for (int index = run_.threads; index < run_.all_threads(); ++index) {
    spawned_[index - run_.threads].emplace();
    daemons_ |= Bit(index);
  }
}

void Execution::Destroy() {
  for (std::optional<Spawned>& spawned : spawned_) spawned.reset();
  run_.model.Destroy();
}

void Execution::Thread(int thread) {
  in_threads_ = true;
  bool threw = false;
  try {
    if (thread < run_.threads) {
      run_.model.Thread(thread);
    } else {
      RunSpawned(thread);
    }
  } catch (const ThreadStop&) {
    if ((daemons_ & Bit(thread)) == 0) cut_ = true;
  } catch (const std::exception& error) {
    threw = true;
    std::snprintf(run_.message, sizeof(run_.message), "the model threw: %s", error.what());
  } catch (...) {
    threw = true;
    std::snprintf(run_.message, sizeof(run_.message), "the model threw an exception");
  }
  if (threw) Fail(rl::test_result_user_assert_failed, run_.message, Site{});

  FixNotes();
  finished_ |= Bit(thread);
  if ((All() & ~daemons_ & ~finished_) == 0) Close(Site{});
  Settle(Site{});
}

void Execution::After() {
  in_threads_ = false;
  if (!cut_) run_.model.After();
}

void Execution::BeginOperation(bool preemptible) {
  if (preemptible && in_threads_) {
    const std::uint32_t self = Bit(Index());
    if ((begun_ & self) != 0) rl::ctx().sched();
    begun_ |= self;
  }
  FixNotes();
}

void Execution::Wait(const Wish& wish, Site site) {
  if (!in_threads_)
    Fail(rl::test_result_deadlock, "before() or after() waits for a value that nobody will write", site);
  if (closing_) Stop();
  const int self = Index();
  wishes_[self] = wish;
  parked_ |= Bit(self);
  Settle(site);
  if (closing_) Stop();
  rl::ctx().park_current_thread(false, false, false, Info(site));
  if (closing_) Stop();
}

void Execution::Written(const void* location, Value value, Site site) {
  if (parked_ == 0) return;
  for (int thread = 0; thread < run_.all_threads(); ++thread) {
    const Wish& wish = wishes_[thread];
    if (!parked(thread) || wish.location != location) continue;
    if (wish.satisfied.holds(wish.satisfied.closure, value)) Wake(thread, site);
  }
}

void Execution::Destroyed(const void* location, Site site) {
  for (int thread = 0; thread < run_.all_threads(); ++thread) {
    if (parked(thread) && wishes_[thread].location == location) Wake(thread, site);
  }
}

// After this many polls in a row, one who polls for what only a further round of a Sync::forever loop would bring is
// taken to have polled in vain.
constexpr int kPatience = 64;

void Execution::Yield(int polls, Site site) {
  if (closing_ || (run_.forever_ended && polls > kPatience)) Stop();
  rl::yield(1, Info(site));
}

void Execution::Forever(void (*iteration)(void* closure), void* closure) {
  for (int round = 0; round < run_.forever_rounds; ++round) iteration(closure);
  run_.forever_ended = run_.forever_bounded = true;
  throw ThreadStop{};
}

int Execution::Spawn(const CellCode& code, Site site) {
  const int self = Index();
  const int number = spawn_count_[self]++;
  if (!in_threads_ || self >= run_.threads || number >= run_.model.spawns()) {
    Fail(rl::test_result_user_assert_failed, "more threads are spawned than the model's kSpawns says", site);
  }
  const int index = run_.threads + self * run_.model.spawns() + number;
  daemons_ &= ~Bit(index);
  SpawnedAt(index).code = code;
  SpawnedAt(index).begun.Store(1, std::memory_order_release, site);
  return index + run_.model.has_after();
}

constexpr Predicate kIsSet{[](const void* /*closure*/, Value value) { return value != 0; }, nullptr};

void Execution::Join(int thread, Site site) {
  SpawnedAt(thread - run_.model.has_after()).ended.Await(kIsSet, std::memory_order_acquire, site);
}

void Execution::RunSpawned(int index) {
  Spawned& spawned = SpawnedAt(index);
  spawned.begun.Await(kIsSet, std::memory_order_acquire, Site{});
  spawned.code.run(spawned.code.operands);
  spawned.ended.Store(1, std::memory_order_release, Site{});
}

void Execution::Check(bool holds, const char* message, Site site) {
  if (holds || Stopping()) return;
  run_.failed_claim = kNoFailedCheck.data();
  Fail(rl::test_result_user_assert_failed, message, site);
}

void Execution::Note(NoteKind kind, int subject, Value argument, bool floats, Site site) {
  if (Stopping()) return;
  RelacyNote note{kind, subject, argument, Self(), RelacyNote::End::kEarliest};
  Deliver(note, site);
  note.end = RelacyNote::End::kLatest;
  if (!floats || !in_threads_) {
    Deliver(note, site);
    return;
  }
  Floating& floating = floating_[Index()];
  if (floating.count == kMaxFloating) {
    Fail(rl::test_result_user_assert_failed, "more than 16 notes between two operations of a thread", site);
  }
  floating.notes[floating.count++] = note;
}

int Execution::Self() const {
  if (!in_threads_) return run_.threads;
  const int index = Index();
  return index < run_.threads ? index : index + run_.model.has_after();
}

int Execution::Index() const { return static_cast<int>(rl::thread_index()); }

void Execution::Stop() {
  stopping_ |= Bit(Index());
  throw ThreadStop{};
}

// To be called when a thread has parked or finished.
void Execution::Settle(Site site) {
  if ((parked_ | finished_) != All()) return;
  const bool stuck = (parked_ & ~daemons_) != 0;
  if (stuck && !run_.forever_ended) Fail(rl::test_result_deadlock, "every thread that is not finished waits", site);
  Close(site);
}

void Execution::Close(Site site) {
  closing_ = true;
  const int self = Index();
  for (int thread = 0; thread < run_.all_threads(); ++thread) {
    if (parked(thread) && thread != self) Wake(thread, site);
  }
}

void Execution::Wake(int thread, Site site) {
  parked_ &= ~Bit(thread);
  rl::ctx().unpark_thread(thread, false, Info(site));
}

void Execution::FixNotes() {
  if (!in_threads_) return;
  Floating& floating = floating_[Index()];
  const int count = floating.count;
  floating.count = 0;
  for (int i = 0; i < count; ++i) Deliver(floating.notes[i], Site{});
}

void Execution::Deliver(const RelacyNote& note, Site site) {
  if (rl::ctx().collecting_history() && note.end == RelacyNote::End::kEarliest) {
    char text[120];
    std::snprintf(text, sizeof(text), "note %.*s, subject %d, argument %llu", static_cast<int>(note.kind.name.size()),
                  note.kind.name.data(), note.subject, static_cast<unsigned long long>(note.argument));
    const rl::user_msg_event event{text};
    rl::ctx().exec_log(Info(site), event);
  }
  const char* claim = run_.model.OnNote(note);
  if (claim == nullptr) return;
  run_.failed_claim = claim;
  std::snprintf(run_.message, sizeof(run_.message), "%s: at the note %.*s of thread %d", claim,
                static_cast<int>(note.kind.name.size()), note.kind.name.data(), note.thread);
  Fail(rl::test_result_user_assert_failed, run_.message, site);
}

}  // namespace doorway::relacy_internal
