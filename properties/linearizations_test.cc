#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <random>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/graph/note_kind.h"
#include "properties/exclusion.h"
#include "properties/mm/execution_builder.h"
#include "properties/overtakes.h"
#include "properties/parallelism.h"

// The claims say of a partial order what holds of all its interleavings at once. Here they are compared with the slow
// and obvious way: make every interleaving of a random execution, and look.

namespace doorway {
namespace {

constexpr int kThreads = 3;

// Each thread: a doorway, an admission, an operation inside, an exit, on random locations; some end before. In the
// order of the random interleaving in which it is made.
Execution RandomExecution(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<std::uint32_t>(n)); };
  mm::ExecutionBuilder builder(kThreads, 4);
  const Value groups[kThreads] = {0, static_cast<Value>(pick(2)), 1};
  int done[kThreads] = {0, 0, 0};
  const int length[kThreads] = {4, 4, 1 + pick(4)};
  for (;;) {
    std::vector<int> ready;
    for (int t = 0; t < kThreads; ++t) {
      if (done[t] < length[t]) ready.push_back(t);
    }
    if (ready.empty()) return builder.Build();
    const int t = ready[static_cast<std::size_t>(pick(static_cast<int>(ready.size())))];
    if (done[t] == 2) builder.Note(t, notes::kEnter, t, groups[t]);
    if (done[t] == 3) builder.Note(t, notes::kLeave, t, groups[t]);
    switch (pick(3)) {
      case 0:
        builder.Read(t, pick(4));
        break;
      case 1:
        builder.Write(t, pick(4));
        break;
      default:
        builder.Update(t, pick(4));
    }
    if (done[t] == 0) builder.Tag(t, notes::kDoorway, t, groups[t]);
    if (done[t] == 1) builder.Tag(t, notes::kAdmit, t, groups[t]);
    ++done[t];
  }
}

// Calls visit(position of each event) for every interleaving that keeps the order of the execution.
void ForEachInterleaving(const Execution& execution, const std::function<void(const std::vector<int>&)>& visit) {
  std::vector<int> position(execution.events.size(), -1);
  const std::function<void(int)> place = [&](int at) {
    bool all = true;
    for (EventId e = 0; e < execution.events.size(); ++e) {
      if (execution.events[e].kind == EventKind::kInit || position[e] >= 0) continue;
      all = false;
      bool ready = true;
      for (EventId f = 0; f < execution.events.size(); ++f) {
        ready &= execution.events[f].kind == EventKind::kInit || position[f] >= 0 || !execution.Before(f, e);
      }
      if (!ready) continue;
      position[e] = at;
      place(at + 1);
      position[e] = -1;
    }
    if (all) visit(position);
  };
  place(0);
}

const Mark* Find(const Execution& execution, NoteKind kind, int thread) {
  for (const Mark& mark : execution.marks) {
    if (mark.kind == kind && mark.subject == thread) return &mark;
  }
  return nullptr;
}

// A note may stand anywhere between the operations around it.
constexpr int kNever = 1000;
int Earliest(const Mark* mark, const std::vector<int>& position) {
  if (mark == nullptr) return kNever;
  return mark->before == kNoEvent ? -1 : position[mark->before];
}
int Latest(const Mark* mark, const std::vector<int>& position) {
  return mark == nullptr || mark->after == kNoEvent ? kNever : position[mark->after];
}

struct Seen {
  bool mixed = false;     // members of different groups inside together
  bool parallel = false;  // members of one group
  int overtakes = 0;      // most of a waiter by the other group
  int admissions = 0;
};

void Look(const Execution& execution, const std::vector<int>& position, Seen* seen) {
  for (int a = 0; a < kThreads; ++a) {
    int overtakes = 0, admissions = 0;
    const Mark* const doorway = Find(execution, notes::kDoorway, a);
    const Mark* const admitted_itself = Find(execution, notes::kAdmit, a);
    const int waited_until = admitted_itself != nullptr ? position[admitted_itself->before] : kNever;
    for (int b = 0; b < kThreads; ++b) {
      const Mark* const other = Find(execution, notes::kDoorway, b);
      if (a == b) continue;
      const bool same = doorway->argument == other->argument;
      const bool together =
          Earliest(Find(execution, notes::kEnter, b), position) < Latest(Find(execution, notes::kLeave, a), position) &&
          Earliest(Find(execution, notes::kEnter, a), position) < Latest(Find(execution, notes::kLeave, b), position);
      const bool both = Find(execution, notes::kEnter, a) != nullptr && Find(execution, notes::kEnter, b) != nullptr;
      (same ? seen->parallel : seen->mixed) |= together && both;
      const Mark* const admit = Find(execution, notes::kAdmit, b);
      if (same || admit == nullptr) continue;
      const int admitted = position[admit->before];
      overtakes += position[other->before] > position[doorway->before] && admitted < waited_until;
      admissions += admitted > position[doorway->before] && admitted < waited_until;
    }
    seen->overtakes = std::max(seen->overtakes, overtakes);
    seen->admissions = std::max(seen->admissions, admissions);
  }
}

TEST(LinearizationsTest, ClaimsAboutTheOrderAgreeWithLookingAtEveryInterleaving) {
  int mixed = 0, parallel = 0, overtaken = 0;
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    const Execution execution = RandomExecution(seed);
    ASSERT_TRUE(execution.PrepareCoherentOrder());
    Seen seen;
    ForEachInterleaving(execution, [&](const std::vector<int>& position) { Look(execution, position, &seen); });
    EXPECT_EQ(Exclusion().Check(execution).has_value(), seen.mixed) << "seed " << seed;
    EXPECT_EQ(Parallelism().Check(execution).has_value(), seen.parallel) << "seed " << seed;
    Overtakes overtakes(std::nullopt);
    EXPECT_FALSE(overtakes.Check(execution).has_value());
    EXPECT_EQ(overtakes.measures()[0].value, static_cast<std::uint64_t>(seen.overtakes)) << "seed " << seed;
    EXPECT_EQ(overtakes.measures()[1].value, static_cast<std::uint64_t>(seen.admissions)) << "seed " << seed;
    mixed += seen.mixed;
    parallel += seen.parallel;
    overtaken += seen.overtakes > 0;
  }
  // Neither always nor never.
  EXPECT_GT(mixed, 20);
  EXPECT_LT(mixed, 380);
  EXPECT_GT(parallel, 20);
  EXPECT_LT(parallel, 380);
  EXPECT_GT(overtaken, 20);
}

}  // namespace
}  // namespace doorway
