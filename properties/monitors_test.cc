#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/graph/monitor.h"
#include "harness/graph/note_kind.h"
#include "properties/exclusion.h"
#include "properties/lock_run.h"
#include "properties/mm/execution_builder.h"
#include "properties/overtakes.h"
#include "properties/parallelism.h"
#include "properties/testing/linearizations.h"

// Each claim about locks says the same of an execution's partial order as its monitors say of all its interleavings. On
// random executions; and with monitors that hear something wrong, to see that the comparison notices.

namespace doorway {
namespace {

class Random {
 public:
  explicit Random(std::uint32_t seed) : random_(seed) {}
  int operator()(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
  Value Group() { return static_cast<Value>((*this)(2)); }

 private:
  std::mt19937 random_;
};

constexpr int kThreads = 3;

// Passes through an imaginary lock that keeps no rules. A pass has its doorway on one operation and its admission on
// the same, on a later one of its own, or on one of another thread that saw it wait; then the enter, at most one
// operation inside, the leave, perhaps an exit. Some end before.
class RandomPasses {
 public:
  explicit RandomPasses(std::uint32_t seed) : pick_(seed), builder_(kThreads, kThreads + 2) {}

  Execution Make() {
    for (int steps = 4 + pick_(13); steps > 0; --steps) {
      const int t = pick_(kThreads);
      if (phase_[t] == kIdle)
        Arrive(t);
      else if (phase_[t] == kWaits)
        AdmitItself(t);
      else if (phase_[t] == kIsGranted)
        SeeGrant(t);
      else if (phase_[t] == kMayEnter)
        Enter(t);
      else if (phase_[t] == kInside)
        Leave(t);
      else
        Grant((t + 1 + pick_(kThreads - 1)) % kThreads, t);
    }
    return builder_.Build();
  }

 private:
  enum Phase { kIdle, kWaits, kWaitsForOthers, kIsGranted, kMayEnter, kInside };

  void AnyOperation(int t) {
    const int location = kThreads + pick_(2);
    const int kind = pick_(3);
    if (kind == 0) builder_.Read(t, location);
    if (kind == 1) builder_.Write(t, location);
    if (kind == 2) builder_.Update(t, location);
  }
  void Arrive(int t) {
    group_[t] = pick_.Group();
    const int how = pick_(4);
    if (how == 0) {
      builder_.Update(t, t);  // what the granting thread sees
    } else {
      AnyOperation(t);
    }
    builder_.Tag(t, notes::kDoorway, t, group_[t]);
    phase_[t] = how == 0 ? kWaitsForOthers : how == 1 ? kMayEnter : kWaits;
    if (how == 1) builder_.Tag(t, notes::kAdmit, t, group_[t]);
  }
  void AdmitItself(int t) {
    AnyOperation(t);
    builder_.Tag(t, notes::kAdmit, t, group_[t]);
    phase_[t] = kMayEnter;
  }
  void Grant(int by, int t) {
    builder_.Update(by, t);
    builder_.Tag(by, notes::kAdmit, t, 0);
    phase_[t] = kIsGranted;
  }
  void SeeGrant(int t) {
    builder_.Read(t, t);
    phase_[t] = kMayEnter;
  }
  void Enter(int t) {
    builder_.Note(t, notes::kEnter, t, group_[t]);
    if (pick_(3) > 0) AnyOperation(t);
    phase_[t] = kInside;
  }
  void Leave(int t) {
    builder_.Note(t, notes::kLeave, t, group_[t]);
    if (pick_(3) > 0) AnyOperation(t);
    phase_[t] = kIdle;
  }

  Random pick_;
  mm::ExecutionBuilder builder_;
  Phase phase_[kThreads] = {};
  Value group_[kThreads] = {};
};

// Sections alone, among few operations: of one thread there may be two or three between two operations.
Execution RandomSections(std::uint32_t seed) {
  Random pick(seed);
  mm::ExecutionBuilder builder(kThreads, 2);  // mostly used: one location, so that much is ordered
  bool inside[kThreads] = {};
  Value group[kThreads] = {};
  for (int steps = 4 + pick(10); steps > 0; --steps) {
    const int t = pick(kThreads);
    if (pick(2) == 0) {
      builder.Update(t, pick(8) == 0);
    } else {
      if (!inside[t]) group[t] = pick.Group();
      builder.Note(t, inside[t] ? notes::kLeave : notes::kEnter, t, group[t]);
      inside[t] = !inside[t];
    }
  }
  return builder.Build();
}

// Thread 0 leaves and enters again without an operation between; thread 1 enters when it has for certain left once.
Execution AgainAtOnce() {
  mm::ExecutionBuilder builder(kThreads, 1);
  builder.Note(0, notes::kEnter, 0, 0);
  builder.Update(0, 0);
  builder.Note(0, notes::kLeave, 0, 0);
  builder.Note(0, notes::kEnter, 0, 0);
  builder.Update(0, 0);
  builder.Update(1, 0);
  builder.Note(1, notes::kEnter, 1, 0);
  return builder.Build();
}

constexpr std::uint32_t kSeeds = 2000;

// How often a claim and its monitors say the same, and how often not.
struct Agreement {
  int yes = 0;
  int no = 0;
  int different = 0;
  void Count(bool event_form, bool monitors) {
    if (event_form != monitors) {
      ++different;
    } else {
      ++(event_form ? yes : no);
    }
  }
};

using Distort = DistortedMonitor::Distort;
std::optional<Monitor::Noted> Faithfully(Monitor::Noted noted) { return noted; }

template <class Claim>
Agreement Compare(const std::function<Claim()>& make, const Distort& distort = Faithfully) {
  Agreement agreement;
  for (std::uint32_t seed = 0; seed < kSeeds; ++seed) {
    const Execution execution = seed == 0       ? AgainAtOnce()
                                : seed % 2 == 0 ? RandomPasses(seed).Make()
                                                : RandomSections(seed);
    Claim claim = make();
    const bool found = claim.Check(execution).has_value();
    const Heard heard = HearAll(execution, Distorted(claim.Monitors(kThreads), distort));
    agreement.Count(found, heard.flagged);
    // One thread alone, now as a member of one group and now of the other, is none of the event form's antecedents.
    if (claim.antecedents() > 0 && !heard.antecedent) ++agreement.different;
  }
  return agreement;
}

Agreement CompareOvertakes(const Distort& distort = Faithfully, Overtakes::By by = Overtakes::By::kOtherGroup) {
  Agreement agreement;
  for (std::uint32_t seed = 0; seed < 2 * kSeeds; ++seed) {
    const Execution execution = RandomPasses(seed).Make();
    Overtakes claim(std::nullopt, kColours, by);
    claim.Check(execution);
    const std::uint64_t most = claim.measures()[0].value;
    const Heard heard = HearAll(execution, Distorted(claim.Monitors(kThreads), distort));
    if (most != heard.most) ++agreement.different;
    for (const std::uint64_t bound : {0, 1}) {
      agreement.Count(Overtakes(bound, kColours, by).Check(execution).has_value(), heard.most > bound);
    }
  }
  return agreement;
}

void ExpectAgreement(const Agreement& agreement) {
  EXPECT_EQ(agreement.different, 0);
  EXPECT_GT(agreement.yes, 50);
  EXPECT_GT(agreement.no, 50);
}

Exclusion OfGroups() { return Exclusion(); }
Exclusion OfEverybody() { return Exclusion(Exclusion::Excludes::kEverybody); }
Exclusion OfWriters() { return Exclusion(Exclusion::Excludes::kWriters); }

TEST(MonitorsTest, Exclusion) {
  ExpectAgreement(Compare<Exclusion>(OfGroups));
  ExpectAgreement(Compare<Exclusion>(OfEverybody));
  ExpectAgreement(Compare<Exclusion>(OfWriters));
}

TEST(MonitorsTest, Parallelism) {
  ExpectAgreement(Compare<Parallelism>([] { return Parallelism(); }));
  ExpectAgreement(Compare<Parallelism>([] { return Parallelism(0); }));
  ExpectAgreement(Compare<Parallelism>([] { return Parallelism(1); }));
}

TEST(MonitorsTest, Overtakes) {
  ExpectAgreement(CompareOvertakes());
  ExpectAgreement(CompareOvertakes(Faithfully, Overtakes::By::kAnybody));
}

// What each monitor must not hear: the comparison notices.

Distort Without(NoteKind kind, Monitor::When when) {
  return [=](Monitor::Noted noted) -> std::optional<Monitor::Noted> {
    if (noted.kind == kind && noted.when == when) return std::nullopt;
    return noted;
  };
}
Distort At(Monitor::When real, NoteKind kind, Monitor::When heard) {
  return [=](Monitor::Noted noted) -> std::optional<Monitor::Noted> {
    if (noted.kind == kind && noted.when == real) noted.when = heard;
    return noted;
  };
}
Distort OfOtherGroup(NoteKind kind) {
  return [=](Monitor::Noted noted) -> std::optional<Monitor::Noted> {
    if (noted.kind == kind) noted.argument = 1 - noted.argument;
    return noted;
  };
}

constexpr auto kTag = Monitor::When::kTag;
constexpr auto kEarliest = Monitor::When::kEarliest;
constexpr auto kLatest = Monitor::When::kLatest;

struct Named {
  const char* name;
  Distort distort;
};

TEST(MonitorsTest, DistortedSectionsAreNoticed) {
  for (const auto& [name, distort] : {Named{"no earliest enter", Without(notes::kEnter, kEarliest)},
                                      Named{"no latest enter", Without(notes::kEnter, kLatest)},
                                      Named{"no latest leave", Without(notes::kLeave, kLatest)},
                                      Named{"earliest leave", At(kEarliest, notes::kLeave, kLatest)}}) {
    EXPECT_GT(Compare<Exclusion>(OfGroups, distort).different, 0) << name;
    EXPECT_GT(Compare<Exclusion>(OfEverybody, distort).different, 0) << name;
    EXPECT_GT(Compare<Parallelism>([] { return Parallelism(); }, distort).different, 0) << name;
  }
  EXPECT_GT(Compare<Exclusion>(OfGroups, OfOtherGroup(notes::kLeave)).different, 0);
  EXPECT_GT(Compare<Parallelism>([] { return Parallelism(0); }, OfOtherGroup(notes::kEnter)).different, 0);
}

TEST(MonitorsTest, DistortedPassesAreNoticed) {
  const Distort no_own_admission = [](Monitor::Noted noted) -> std::optional<Monitor::Noted> {
    if (noted.kind == notes::kAdmit && noted.thread == noted.subject) return std::nullopt;
    return noted;
  };
  const Distort admissions_are_own = [](Monitor::Noted noted) -> std::optional<Monitor::Noted> {
    if (noted.kind == notes::kAdmit) noted.thread = noted.subject;
    return noted;
  };
  for (const auto& [name, distort] :
       {Named{"no doorway", Without(notes::kDoorway, kTag)}, Named{"no admission", Without(notes::kAdmit, kTag)},
        Named{"no latest enter", Without(notes::kEnter, kLatest)},
        Named{"earliest enter", At(kEarliest, notes::kEnter, kLatest)}, Named{"no own admission", no_own_admission},
        Named{"admissions are own", admissions_are_own}}) {
    EXPECT_GT(CompareOvertakes(distort).different, 0) << name;
  }
}

// A run without end keeps to finitely many states: rounds leave nothing behind.
TEST(MonitorsTest, RoundsLeaveNothingBehind) {
  const Overtakes overtakes(std::nullopt);
  const Exclusion exclusion;
  const auto after = [](const Monitor& monitor, int rounds) {
    Value state = monitor.initial();
    for (int round = 0; round < rounds; ++round) {
      for (int t = 0; t < 2; ++t) {
        const auto group = static_cast<Value>(t);
        monitor.Hear({kTag, notes::kDoorway, t, t, group}, &state);
        monitor.Hear({kTag, notes::kAdmit, 1 - t, t, group}, &state);
        for (const auto when : {kEarliest, kLatest}) monitor.Hear({when, notes::kEnter, t, t, group}, &state);
        for (const auto when : {kEarliest, kLatest}) monitor.Hear({when, notes::kLeave, t, t, group}, &state);
      }
    }
    return state;
  };
  for (const auto& monitor : overtakes.Monitors(2)) EXPECT_EQ(after(*monitor, 1), after(*monitor, 3));
  for (const auto& monitor : exclusion.Monitors(2)) EXPECT_EQ(after(*monitor, 1), after(*monitor, 3));
}

// Who waited before is no overtaker; who came later is, each time.
TEST(MonitorsTest, RunsOfALock) {
  LockRun batches(4);
  batches.Join(0, 0).Enter(0, 0).Queue(1, 0).Queue(2, 0).Queue(3, 1).Leave(0, 0).Exit(0);
  batches.Admit(0, 1).Admit(0, 2).Wake(1).Wake(2).Enter(1, 0).Enter(2, 0);
  batches.Leave(1, 0).Exit(1).Leave(2, 0).Exit(2).Admit(2, 3).Wake(3).Enter(3, 1);
  EXPECT_EQ(HearAll(batches.Build(), Overtakes(std::nullopt).Monitors(4)).most, 0u);

  LockRun passed(3);
  passed.Join(0, 0).Enter(0, 0).Queue(2, 1).Pass(1, 0).Pass(1, 0).Pass(1, 0).Leave(0, 0).Exit(0);
  passed.Admit(0, 2).Wake(2).Enter(2, 1);
  EXPECT_EQ(HearAll(passed.Build(), Overtakes(std::nullopt).Monitors(3)).most, 3u);
  EXPECT_TRUE(HearAll(passed.Build(), Parallelism(0).Monitors(3)).flagged);
}

}  // namespace
}  // namespace doorway
