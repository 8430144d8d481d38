#include "properties/mm/monitors.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <memory>
#include <random>
#include <set>
#include <vector>

#include "gtest/gtest.h"
#include "harness/graph/monitor.h"
#include "properties/mm/page_notes.h"

// The monitors agree with the claims' event forms on executions (models/uffd_wp/claims_agree_test.cc). Here: what event
// forms cannot tell, runs that go on for ever and give out page numbers again.

namespace doorway::mm {
namespace {

// Every store has a number; each page is the set of those it holds.
class NumberedStores {
 public:
  void Store(int cpu, int page) { pages_[At(page)][At(cpu)].insert(stores_++); }
  void CopyRead(int copier, int cpu, int source) { copies_[At(copier)][At(cpu)] = pages_[At(source)][At(cpu)]; }
  void Install(int copier, int source, int page) {
    copies_[At(copier)][At(copier)] = pages_[At(source)][At(copier)];
    pages_[At(page)] = copies_[At(copier)];
    mapped_ = page;
  }
  void Free(int copier, int page) {
    copies_[At(copier)] = {};
    pages_[At(page)] = {};
  }
  int mapped() const { return mapped_; }
  bool Lost() const {
    std::size_t held = 0;
    for (const std::set<int>& stores : pages_[At(mapped_)]) held += stores.size();
    return held != static_cast<std::size_t>(stores_);
  }

 private:
  using Stores = std::array<std::set<int>, kMaxCpus>;  // by the CPU that stored
  static std::size_t At(int index) { return static_cast<std::size_t>(index); }

  std::array<Stores, kPages> pages_;
  std::array<Stores, kMaxCpus> copies_;
  int mapped_ = 0;
  int stores_ = 0;
};

// One run, to the first lost write: stores, mostly to the mapped page, copies, mostly of it, and their installs.
class RandomRun {
 public:
  explicit RandomRun(std::uint32_t seed) : random_(seed) {}

  bool GoOn(int steps) {
    while (steps-- > 0) {
      const int cpu = Pick(kMaxCpus);
      Copy& copy = copies_[cpu];
      const int page = Pick(12) == 0 ? Pick(kPages) : reference_.mapped();
      if (copy.source < 0 && Pick(2) == 0) {
        reference_.Store(cpu, page);
        Hear(kPageWrite, cpu, cpu, OnPage(0, page));
      } else if (copy.source < 0) {
        copy = {page, (page + 1 + Pick(kPages - 1)) % kPages};
        reference_.CopyRead(cpu, 1 - cpu, page);
        Hear(kCopyRead, cpu, 1 - cpu, mm::Copy(0, page, copy.page));
      } else {
        if (Pick(2) == 0 && copy.source == reference_.mapped()) {
          reference_.Install(cpu, copy.source, copy.page);
          Hear(kInstall, cpu, cpu, mm::Copy(0, copy.source, copy.page));
        }
        const int used[] = {reference_.mapped(), copies_[1 - cpu].source, copies_[1 - cpu].page};
        for (const int old : {copy.source, copy.page}) {
          if (Pick(2) == 0 || std::find(std::begin(used), std::end(used), old) != std::end(used)) continue;
          reference_.Free(cpu, old);
          Hear(kFreed, cpu, cpu, OnPage(0, old));
        }
        copy.source = -1;
      }
      states_.insert(state_);
      EXPECT_EQ(flagged_, reference_.Lost());
      if (flagged_) return false;
    }
    return true;
  }
  const std::set<Value>& states() const { return states_; }

 private:
  struct Copy {
    int source = -1;  // none
    int page = 0;
  };

  int Pick(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
  void Hear(NoteKind kind, int thread, int subject, Value argument) {
    flagged_ = monitor_.Hear({Monitor::When::kTag, kind, thread, subject, argument}, &state_).flagged || flagged_;
  }

  std::mt19937 random_;
  LostWriteMonitor monitor_{0};
  Value state_ = 0;
  bool flagged_ = false;
  NumberedStores reference_;
  Copy copies_[kMaxCpus];
  std::set<Value> states_;
};

TEST(MonitorsTest, LostWritesNeedNoNumbers) {
  int lost = 0, kept = 0;
  for (std::uint32_t seed = 0; seed < 3000; ++seed) {
    const bool kept_all = RandomRun(seed).GoOn(static_cast<int>(seed % 40));
    ++(kept_all ? kept : lost);
    if (::testing::Test::HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GT(lost, 300);
  EXPECT_GT(kept, 300);
}

// One CPU alone, which protects nothing and loses nothing, for a long time.
TEST(MonitorsTest, ManyCopiesLeaveFewStates) {
  LostWriteMonitor monitor(0);
  Value state = monitor.initial();
  std::set<Value> states;
  int mapped = 0;
  for (int round = 0; round < 1000; ++round) {
    const int next = mapped == 1 ? 2 : 1;
    for (const Monitor::Noted& noted : {Monitor::Noted{Monitor::When::kTag, kPageWrite, 0, 0, OnPage(0, mapped)},
                                        Monitor::Noted{Monitor::When::kTag, kCopyRead, 0, 1, Copy(0, mapped, next)},
                                        Monitor::Noted{Monitor::When::kTag, kInstall, 0, 0, Copy(0, mapped, next)}}) {
      EXPECT_FALSE(monitor.Hear(noted, &state).flagged);
      states.insert(state);
    }
    mapped = next;
  }
  EXPECT_LE(states.size(), 10u);
}

// What a page held that is free is forgotten: whether CPU 1 stored before or after the page was copied, here.
TEST(MonitorsTest, FreePagesLeaveNoTrace) {
  using Said = std::vector<Monitor::Noted>;
  const Monitor::Noted store{Monitor::When::kTag, kPageWrite, 1, 1, OnPage(0, 0)};
  const Monitor::Noted copy{Monitor::When::kTag, kCopyRead, 0, 1, Copy(0, 0, 1)};
  const Monitor::Noted thrown_away{Monitor::When::kTag, kFreed, 0, 0, OnPage(0, 1)};
  LostWriteMonitor monitor(0);
  std::set<Value> before, after;
  for (const Said& run : {Said{store, copy, thrown_away}, Said{copy, store, thrown_away}}) {
    Value state = monitor.initial();
    for (const Monitor::Noted& noted : run) {
      if (noted.kind == kFreed) before.insert(state);
      EXPECT_FALSE(monitor.Hear(noted, &state).flagged);
    }
    after.insert(state);
  }
  EXPECT_EQ(before.size(), 2u);
  EXPECT_EQ(after.size(), 1u);
}

// What is said of one range is nothing to the monitor of another.
TEST(MonitorsTest, RangesAreApart) {
  std::vector<std::unique_ptr<Monitor>> monitors = ForEachRange<DeadEndMonitor>();
  ASSERT_EQ(monitors.size(), 2u);
  Value state = 0;
  monitors[1]->Hear({Monitor::When::kTag, kMark, 0, 0, OnPage(0, 0)}, &state);
  EXPECT_EQ(state, 0u);
  monitors[1]->Hear({Monitor::When::kTag, kMark, 0, 0, OnPage(1, 0)}, &state);
  EXPECT_EQ(state, 1u);
}

}  // namespace
}  // namespace doorway::mm
