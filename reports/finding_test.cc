#include "reports/finding.h"

#include <gtest/gtest.h>

#include "reports/files.h"
#include "reports/operation.h"
#include "reports/table.h"
#include "reports/testing/execution_builder.h"

// Golden texts: a change of what people read is a change of this file.

namespace doorway {
namespace {

constexpr auto kViolation = Property::Kind::kUniversal;
const Run kRun{"family/design", {}, -1, 2};
const Run kFairRun{"family/design", {}, -1, 0, "weak"};
const Run kRunWithAfter{"family/design", {}, 1, 2};

TEST(FindingTest, NothingOrders) {  // message passing by a flag that is not released
  ExecutionBuilder b(2);
  const LocationId data = b.Location("data"), flag = b.Location("flag");
  const EventId write = b.Write(0, data, 1);
  const EventId up = b.Write(0, flag, 1, Order::kRelaxed);
  b.Read(1, flag, up, Order::kAcquire);
  const EventId read = b.Read(1, data, data);
  const Evidence evidence =
      b.Finish({"no_data_race", "thread 0 writes 'data' and thread 1 reads it", {{write, ""}, {read, ""}}, true});
  EXPECT_EQ(
      RenderFinding(kRun, kViolation, evidence),
      R"(VIOLATED no_data_race: thread 0 writes 'data' and thread 1 reads it (locks/sample.h:10, locks/sample.h:13).
  A  T0, step 1: data.write(1)
  B  T1, step 4: data.read() = 0
  Nothing orders A before B, nor B before A.
  Step 3 reads what step 2 wrote, but step 2 is relaxed, not release: T1 learns nothing of what T0 did before.

        T0                      T1                             source
 A  1   data.write(1)                                          locks/sample.h:10
    2   flag.store(1, relaxed)                                 locks/sample.h:11
    3                           flag.load(acquire) = 1 ← T0:2  locks/sample.h:12
 B  4                           data.read() = 0 ← init STALE   locks/sample.h:13

  ← T0:2  reads what step 2, of T0, wrote; init is the initial value
  STALE   a row above has already overwritten what is read
)");
}

TEST(FindingTest, RealThreadsAreShownByTheClock) {
  ExecutionBuilder b(2);
  const LocationId word = b.Location("word");
  const EventId first = b.Write(1, word, 1, Order::kRelaxed);
  const EventId unknown = b.Read(0, word, first, Order::kAcquire);
  b.Write(1, word, 2, Order::kRelease);
  b.Read(0, word, first, Order::kAcquire);
  Evidence evidence = b.Finish({"no_failed_check", "thread 0 fails", {}, false});
  evidence.execution.events[unknown].reads_from = kNoEvent;
  doorway::Run run = kRun;
  run.by_clock = true;
  EXPECT_EQ(RenderFinding(run, kViolation, evidence), R"(VIOLATED no_failed_check: thread 0 fails.
  As it happened on real threads, by the clock. Of steps at the same time, those come first that others read.

        T0                                   T1                      source
    1                                        word.store(1, relaxed)  locks/sample.h:10
    2   word.load(acquire) = 1 ← init                                locks/sample.h:11
    3                                        word.store(2, release)  locks/sample.h:12
    4   word.load(acquire) = 1 ← T1:1 STALE                          locks/sample.h:13

  ← T0:2  reads what step 2, of T0, wrote; init is the initial value
  STALE   a row above has already overwritten what is read
)");
}

TEST(FindingTest, SectionsOverlap) {  // Both sections are shown open at once, though serial rows would be shorter.
  ExecutionBuilder b(2);
  const LocationId lock = b.Location("lock"), mine = b.Location("mine"), theirs = b.Location("theirs");
  b.Read(0, lock, lock, Order::kSeqCst);
  b.Note(0, notes::kEnter, 0);
  b.Write(0, mine, 1);
  b.Note(0, notes::kLeave, 0);
  const EventId left = b.Write(0, lock, 1, Order::kSeqCst);
  b.Read(1, lock, lock, Order::kSeqCst);
  b.Note(1, notes::kEnter, 1);
  const EventId entered = b.Write(1, theirs, 1);
  b.Note(1, notes::kLeave, 1);
  b.Write(1, lock, 2, Order::kSeqCst);
  const Evidence evidence = b.Finish(
      {"exclusion", "red and black are inside together", {{left, "leave (red)"}, {entered, "enter (black)"}}, true});
  EXPECT_EQ(RenderFinding(kRun, kViolation, evidence),
            R"(VIOLATED exclusion: red and black are inside together (locks/sample.h:13, locks/sample.h:16).
  A  T0: leave (red)
  B  T1: enter (black)
  Nothing orders A before B, nor B before A.

        T0                             T1                             source
    1   lock.load(seq_cst) = 0 ← init                                 locks/sample.h:10
        · enter(0)                                                    locks/sample.h:11
    2   mine.write(1)                                                 locks/sample.h:12
    3                                  lock.load(seq_cst) = 0 ← init  locks/sample.h:15
 B                                     · enter(1)                     locks/sample.h:16
    4                                  theirs.write(1)                locks/sample.h:17
 A      · leave(0)                                                    locks/sample.h:13
    5   lock.store(1, seq_cst)                                        locks/sample.h:14
                                       · leave(1)                     locks/sample.h:18
    6                                  lock.store(2, seq_cst)         locks/sample.h:19

  ← T0:2  reads what step 2, of T0, wrote; init is the initial value
)");
}

// Store buffering: what the sections read of each other in plain data explains nothing, the old value does.
TEST(FindingTest, AnOldValueIsTheCause) {
  ExecutionBuilder b(2);
  const LocationId x = b.Location("x"), y = b.Location("y"), data = b.Location("data");
  b.Write(0, x, 1, Order::kRelaxed);
  b.Read(0, y, y, Order::kAcquire);
  const EventId inside = b.Write(0, data, 1);
  b.Write(1, y, 1, Order::kRelaxed);
  b.Read(1, x, x, Order::kAcquire);
  const EventId too = b.Read(1, data, inside);
  const Evidence evidence = b.Finish({"exclusion", "both inside", {{inside, ""}, {too, ""}}, true});
  const std::string text = RenderFinding(kRun, kViolation, evidence);
  EXPECT_NE(
      text.find("  Nothing orders A before B, nor B before A.\n"
                "  Step 4 reads an old value: nothing orders step 1, which had overwritten it, before step 4.\n\n"),
      std::string::npos)
      << text;
}

TEST(FindingTest, ThreadsThatWait) {
  ExecutionBuilder b(4);
  const LocationId word = b.Location("word");
  b.Update(0, word, 7, Order::kAcqRel, "exchange");
  b.End(1, ThreadEnd::kStuck, word);
  b.End(2, ThreadEnd::kStuck, kNoLocation, true);
  b.Read(3, word, word, Order::kRelaxed);
  b.End(3, ThreadEnd::kBounded, word);
  const Evidence evidence = b.Finish({"no_stuck_thread", "thread 1 waits for ever", {{kNoEvent, "thread 1"}}, false});
  EXPECT_EQ(RenderFinding(kRun, kViolation, evidence),
            R"(VIOLATED no_stuck_thread: thread 1 waits for ever.
  A  thread 1

        T0                             T1                             T2 (daemon)     T3                             source
    1                                                                                 word.load(relaxed) = 0 ← init  locks/sample.h:13
    2   word.exchange(acq_rel): 0 → 7 ← init                                                                         locks/sample.h:10
                                       ⧖ word.await(IsFree, acquire): waits for ever, value 7 ← T0:2                 locks/sample.h:11
                                                                      ⧖ spins: rests                                 locks/sample.h:12
                                                                                      … has run its rounds           locks/sample.h:14

  ← T0:2  reads what step 2, of T0, wrote; init is the initial value
  ⧖       a thread that waits
)");
}

TEST(FindingTest, AWitnessIsNoViolation) {
  ExecutionBuilder b(1);
  const LocationId word = b.Location("word");
  const EventId write = b.Write(0, word, 1);
  const Evidence evidence = b.Finish({"parallelism", "two readers are inside", {{write, "enter"}}, false});
  EXPECT_TRUE(RenderFinding(kRun, Property::Kind::kExists, evidence)
                  .starts_with("WITNESS parallelism: two readers are inside (locks/sample.h:10).\n"));
}

// T1 takes and leaves a test-and-set lock for ever; T0 polls, and always finds it taken.
Evidence Starving() {
  ExecutionBuilder b(3);
  const LocationId held = b.Location("held"), count = b.Location("count");
  b.Update(1, held, 1, Order::kAcquire, "exchange");
  const EventId arrival = b.Read(0, held, b.newest(held), Order::kAcquire);
  b.Tag(0, notes::kDoorway, 0);
  for (int i = 0; i < 3; ++i) b.ReadAgain(0, arrival);
  const EventId cycle = b.Write(1, held, 0, Order::kRelease);
  b.Update(1, held, 1, Order::kAcquire, "exchange");
  b.Note(1, notes::kEnter, 1);
  const EventId poll = b.Read(0, held, b.newest(held), Order::kAcquire);
  b.Write(1, count, 1);
  b.ReadAgain(0, poll);
  b.ReadAgain(0, poll);
  b.End(0, ThreadEnd::kBlocked, held);
  b.End(1, ThreadEnd::kRunning, held);
  b.End(2, ThreadEnd::kBlocked, kNoLocation, true);
  Evidence evidence = b.Finish({"starvation_free", "thread 0 waits for ever", {{arrival, "doorway"}}, false});
  evidence.lasso = Lasso{cycle, 0, {0, 1}};
  return evidence;
}

TEST(LassoTest, PrefixThenCycle) {
  const std::string text = RenderFinding(kFairRun, Property::Kind::kLiveness, Starving());
  EXPECT_NE(ReadFile("reports/FORMAT.md").find("```\n" + text + "```\n"), std::string::npos) << "it has this example";
  EXPECT_EQ(text,
            R"(VIOLATED starvation_free: thread 0 waits for ever (locks/sample.h:11).
  A  T0, step 2: doorway
  T0 tries again and again, and waits for ever, while T1 goes on: steps 6 to 11 can be repeated without end.
  The run is fair: a thread that can take a step for ever takes one (weak fairness).

        T0                                             T1                                    T2 (daemon)     source
    1                                                  held.exchange(acquire): 0 → 1 ← init                  locks/sample.h:10
 A  2   held.load(acquire) = 1 ← T1:1                                                                        locks/sample.h:11
        · doorway                                                                                            locks/sample.h:12
    3   held.load(acquire) = 1 ← T1:1                                                                        locks/sample.h:11
        ↻ 2 more times, the same, up to step 5
        ─── from here on, for ever: ───
    6                                                  held.store(0, release)                                locks/sample.h:13
    7                                                  held.exchange(acquire): 0 → 1 ← T1:6                  locks/sample.h:14
                                                       · enter(1)                                            locks/sample.h:15
    8   held.load(acquire) = 1 ← T1:7                                                                        locks/sample.h:16
        ↻ 2 more times, the same, up to step 11
    9                                                  count.write(1)                                        locks/sample.h:17
        ─── back to step 6 ───
        ⧖ held.await(IsFree, acquire): waits for ever                                                        locks/sample.h:18
                                                                                             ⧖ spins: rests  locks/sample.h:20

  ← T0:2  reads what step 2, of T0, wrote; init is the initial value
  ⧖       a thread that waits
  ↻       the reads above it, with the same values
)");
}

// Two words are polled, one after the other. What differs is shown.
TEST(LassoTest, RoundsOfSeveralReadsAreFoldedTogether) {
  ExecutionBuilder b(2);
  const LocationId x = b.Location("x"), y = b.Location("y");
  const EventId a = b.Read(0, x, x, Order::kRelaxed), c = b.Read(0, y, y, Order::kRelaxed);
  for (int i = 0; i < 3; ++i) {
    b.ReadAgain(0, a);
    b.ReadAgain(0, c);
  }
  const EventId up = b.Write(1, x, 1, Order::kRelaxed);
  const EventId cycle = b.Read(0, x, up, Order::kRelaxed);
  b.End(0, ThreadEnd::kBlocked);
  Evidence evidence = b.Finish({"starvation_free", "thread 0 waits for ever", {}, false});
  evidence.lasso = Lasso{cycle, 0, {0}};
  const std::string text = RenderFinding(kFairRun, Property::Kind::kLiveness, evidence);
  EXPECT_NE(text.find("    2   y.load(relaxed) = 0 ← init"), std::string::npos) << text;
  EXPECT_NE(text.find("        ↻ 3 more times, the same, up to step 8\n    9 "), std::string::npos) << text;
  EXPECT_NE(text.find("   10   x.load(relaxed) = 1 ← T1:9"), std::string::npos) << text;
  EXPECT_NE(text.find("  T0 tries again and again, and waits for ever: step 10 can be repeated without end, and nobody "
                      "else takes a step.\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("─── back to step 10 ───"), std::string::npos) << text;
}

TEST(FindingTest, ANoteMaySayHowItsArgumentIsShown) {
  ExecutionBuilder b(1);
  const LocationId x = b.Location("x");
  b.Note(0, NoteKind{"invoke", [](Value argument) { return "enqueue(" + std::to_string(argument) + ")"; }}, 7);
  b.Write(0, x, 1, Order::kRelaxed);
  const std::string text = RenderFinding({}, kViolation, b.Finish({"linearizable", "no", {}, false}));
  EXPECT_NE(text.find("· invoke enqueue(7)"), std::string::npos) << text;
}

// Whoever notes something between two polls is not folded.
TEST(LassoTest, NotesAreNotFolded) {
  ExecutionBuilder b(1);
  const LocationId x = b.Location("x");
  const EventId first = b.Read(0, x, x, Order::kRelaxed);
  b.Note(0, NoteKind{"looked"});
  b.ReadAgain(0, first);
  b.Note(0, NoteKind{"looked"});
  b.ReadAgain(0, first);
  Evidence evidence = b.Finish({"starvation_free", "thread 0 waits for ever", {}, false});
  evidence.lasso = Lasso{first, 0, {0}};
  const std::string text = RenderFinding(kFairRun, Property::Kind::kLiveness, evidence);
  EXPECT_EQ(text.find("↻"), std::string::npos) << text;
}

// Notes between the last step of a turn and the first one of the next are shown once.
TEST(LassoTest, NotesAtTheSeam) {
  ExecutionBuilder b(1);
  const LocationId held = b.Location("held");
  b.Write(0, held, 1, Order::kRelaxed);
  b.Note(0, notes::kLeave);
  const EventId cycle = b.Write(0, held, 0, Order::kRelease);
  b.Write(0, held, 1, Order::kRelaxed);
  b.Note(0, notes::kLeave);
  Evidence evidence = b.Finish({"overtakes", "there is no bound", {}, false});
  evidence.lasso = Lasso{cycle, -1, {0}};
  EXPECT_EQ(RenderFinding(kFairRun, kViolation, evidence), R"(VIOLATED overtakes: there is no bound.
  T0 can go on without end: each turn of steps 2 to 3 adds to what the claim counts.

        T0                      source
    1   held.store(1, relaxed)  locks/sample.h:10
        ─── from here on, for ever: ───
        · leave                 locks/sample.h:11
    2   held.store(0, release)  locks/sample.h:12
    3   held.store(1, relaxed)  locks/sample.h:13
        ─── back to step 2 ───
)");
}

TEST(LassoTest, NobodyTakesAStep) {
  ExecutionBuilder b(2);
  const LocationId x = b.Location("x");
  const EventId write = b.Write(1, x, 1, Order::kRelaxed);
  b.End(0, ThreadEnd::kStuck, x);
  Evidence evidence = b.Finish({"starvation_free", "thread 0 waits for ever", {}, false});
  evidence.lasso = Lasso{static_cast<EventId>(write + 1), 0, {}};
  EXPECT_EQ(RenderFinding({"family/design", {}, -1, 0, "strong"}, Property::Kind::kLiveness, evidence),
            R"(VIOLATED starvation_free: thread 0 waits for ever.
  T0 waits for ever: nobody takes a step any more.
  The run is fair: a thread that can take a step for ever takes one, and a wait that could end again and again ends (strong fairness).

        T0                                          T1                   source
    1                                               x.store(1, relaxed)  locks/sample.h:10
        ─── from here on, for ever: nobody takes a step ───
        ⧖ x.await(IsFree, acquire): waits for ever                       locks/sample.h:11

  ⧖       a thread that waits
)");
}

// A count that grows: nobody starves.
TEST(LassoTest, ACountWithoutBound) {
  ExecutionBuilder b(3);
  const LocationId x = b.Location("x");
  const EventId cycle = b.Write(1, x, 1, Order::kRelaxed);
  b.Write(2, x, 0, Order::kRelaxed);
  Evidence evidence = b.Finish({"overtakes", "thread 0 is overtaken without bound", {}, false});
  evidence.lasso = Lasso{cycle, -1, {1, 2}};
  const std::string text = RenderFinding(kFairRun, kViolation, evidence);
  EXPECT_NE(
      text.find("  T1 and T2 can go on without end: each turn of steps 1 to 2 adds to what the claim counts.\n\n"),
      std::string::npos)
      << text;
}

TEST(OperationTest, Operations) {
  ExecutionBuilder b(1);
  const LocationId word = b.Location("word", 3), balance = b.Location("balance", 0, true);
  const EventId events[] = {
      b.Fence(0, Order::kSeqCst),
      b.Choice(0, 3, 2),
      b.FailedCas(0, word, word, 4),
      b.FailedCas(0, word, word, 3, true),
      b.Update(0, balance, 0xffffffff, Order::kRelaxed, "fetch_sub"),
      b.Write(0, word, 0xbeef00, Order::kRelease),
  };
  const Evidence evidence = b.Finish();
  std::string shown;
  for (EventId event : events) shown += ShowOperation(evidence.execution, event) + "\n";
  EXPECT_EQ(shown, R"(fence(seq_cst)
choose(3) = 2
word.compare_exchange_weak(relaxed) = 3, failed (not 4)
word.compare_exchange_weak(relaxed) = 3, failed spuriously
balance.fetch_sub(relaxed): 0 → -1
word.store(0xbeef00, release)
)");
}

TEST(OperationTest, PointersAreShownAsWhatTheyPointTo) {
  ExecutionBuilder b(1);
  const LocationId tail = b.Location("lock.tail", 0, false, 8);
  const LocationId locked = b.Location("node[1].locked"), next = b.Location("node[1].next", 0, false, 8);
  b.location(b.Location("waiter.granted[2]")).address = 0x30000;
  b.location(locked).address = 0x10000;
  b.location(next).address = 0x10008;
  b.Write(0, tail, 1);
  const Evidence evidence = b.Finish();
  EXPECT_EQ(ShowValue(evidence.execution, tail, 0x10000), "&node[1]");
  EXPECT_EQ(ShowValue(evidence.execution, tail, 0x10008), "&node[1].next");
  EXPECT_EQ(ShowValue(evidence.execution, tail, 0x30000), "&waiter[2]");
  EXPECT_EQ(ShowValue(evidence.execution, tail, 0x20000), "0x20000");
  EXPECT_EQ(ShowValue(evidence.execution, tail, 0), "0");
  EXPECT_EQ(ShowValue(evidence.execution, locked, 0x10000), "0x10000");  // too narrow for a pointer
}

TEST(OperationTest, FunctionNames) {
  EXPECT_EQ(FunctionName(""), "");
  EXPECT_EQ(FunctionName("N7doorway12_GLOBAL__N_16IsFreeE"), "IsFree");
  EXPECT_EQ(FunctionName("N7doorway4JoinIiEE"), "Join");
  EXPECT_EQ(FunctionName("*not mangled*"), "*not mangled*");
}

TEST(FindingTest, AfterIsNamed) {
  ExecutionBuilder b(2);
  const LocationId word = b.Location("word");
  const EventId write = b.Write(0, word, 1, Order::kRelease);
  b.Read(1, word, write, Order::kAcquire);
  const Evidence evidence = b.Finish({"claim", "sentence", {}, false});
  EXPECT_NE(RenderFinding(kRunWithAfter, kViolation, evidence).find("        T0                      after "),
            std::string::npos)
      << RenderFinding(kRunWithAfter, kViolation, evidence);
}

TEST(FindingTest, OnlyInterruptsThatComeAreShown) {
  ExecutionBuilder b(1);
  const LocationId word = b.Location("word");
  b.Choice(0, 2, 0, "interrupt");
  b.Write(0, word, 1, Order::kRelaxed);
  b.Choice(0, 2, 1, "interrupt");
  const EventId write = b.Write(0, word, 2, Order::kRelaxed);
  const std::string text =
      RenderFinding(kRun, kViolation, b.Finish({"exclusion", "something is wrong", {{write, ""}}, false}));
  EXPECT_NE(text.find(R"(
    2   word.store(1, relaxed)  locks/sample.h:11
    3   is interrupted          locks/sample.h:12
 A  4   word.store(2, relaxed)  locks/sample.h:13
)"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("interrupt("), std::string::npos) << text;
}

}  // namespace
}  // namespace doorway
