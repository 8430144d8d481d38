#include "harness/native/judge.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "harness/graph/monitor.h"
#include "harness/graph/note_kind.h"
#include "harness/native/record.h"

namespace doorway::native {
namespace {

// Logs made by hand.
class HandMade {
 public:
  explicit HandMade(int lanes) { logs_->lanes = lanes; }

  HandMade& Operation(int lane, Nanoseconds start, Nanoseconds end) {
    Record& record = Next(lane);
    record.kind = Record::Kind::kUpdate;
    record.start = start;
    record.end = end;
    return *this;
  }
  HandMade& Note(int lane, NoteKind kind) { return Mark(lane, kind, Record::Kind::kNote); }
  HandMade& Tag(int lane, NoteKind kind) { return Mark(lane, kind, Record::Kind::kTag); }

  HeardRun Heard() const {
    HeardRun heard;
    heard.Take(*logs_);
    return heard;
  }

 private:
  HandMade& Mark(int lane, NoteKind kind, Record::Kind how) {
    Record& record = Next(lane);
    record.kind = how;
    record.note = kind;
    record.subject = lane;
    return *this;
  }
  Record& Next(int lane) {
    Log& log = logs_->lane[lane];
    const std::uint32_t size = log.size.fetch_add(1);
    log.records[size] = Record{};
    return log.records[size];
  }

  std::unique_ptr<Logs> logs_ = std::make_unique<Logs>();
};

// Flags two threads inside together. State: how many are inside.
class TwoInside final : public Monitor {
 public:
  int bits() const override { return 4; }
  Answer Hear(const Noted& noted, Value* state) const override {
    Answer answer;
    if (noted.kind == notes::kEnter && noted.when == When::kEarliest) {
      answer.flagged = *state > 0;
      answer.antecedent = true;
      ++*state;
    }
    if (noted.kind == notes::kLeave && noted.when == When::kLatest) --*state;
    return answer;
  }
};

// Counts admissions after thread 0 has crossed its doorway.
class Admissions final : public Monitor {
 public:
  explicit Admissions(std::optional<std::uint64_t> limit = std::nullopt) : limit_(limit) {}
  int bits() const override { return 1; }
  Answer Hear(const Noted& noted, Value* state) const override {
    Answer answer;
    if (noted.kind == notes::kDoorway) *state = 1;
    if (noted.kind == notes::kAdmit) answer.counted = static_cast<std::uint32_t>(*state);
    return answer;
  }
  bool counts() const override { return true; }
  bool Counting(Value state) const override { return state == 1; }
  std::optional<std::uint64_t> limit() const override { return limit_; }

 private:
  std::optional<std::uint64_t> limit_;
};

// Thread `lane` locks within [in, in + 2], and unlocks within [out, out + 2].
void Section(HandMade& run, int lane, Nanoseconds in, Nanoseconds out) {
  run.Operation(lane, in, in + 2).Note(lane, notes::kEnter).Note(lane, notes::kLeave).Operation(lane, out, out + 2);
}

bool FlaggedByAll(const HandMade& run) {
  const std::optional<HeardRun::Answer> all = run.Heard().OfAll(TwoInside());
  return all.has_value() && all->flagged;
}

TEST(JudgeTest, SectionsThatOverlapForCertainAreFlagged) {
  HandMade run(2);
  Section(run, 0, 10, 20);
  Section(run, 1, 13, 30);
  EXPECT_TRUE(run.Heard().OfOne(TwoInside()).flagged);
  EXPECT_TRUE(FlaggedByAll(run));
}

TEST(JudgeTest, SectionsOneAfterTheOtherAreNot) {
  HandMade run(2);
  Section(run, 0, 10, 20);
  Section(run, 1, 23, 30);
  EXPECT_FALSE(run.Heard().OfOne(TwoInside()).flagged);
  EXPECT_FALSE(FlaggedByAll(run));
  EXPECT_TRUE(run.Heard().OfOne(TwoInside()).antecedent);
}

TEST(JudgeTest, WhatTheClockLeavesOpenIsNot) {
  // The lock of thread 1 ends before the unlock of thread 0 does, but may have come after it.
  HandMade run(2);
  run.Operation(0, 10, 12).Note(0, notes::kEnter).Note(0, notes::kLeave).Operation(0, 20, 40);
  run.Operation(1, 30, 35).Note(1, notes::kEnter).Note(1, notes::kLeave).Operation(1, 50, 52);
  EXPECT_TRUE(run.Heard().OfOne(TwoInside()).flagged) << "by the ends of operations, they overlap";
  EXPECT_FALSE(FlaggedByAll(run));
}

TEST(JudgeTest, ANoteAtTheEndOfAThreadIsNoEndOfItsSection) {
  HandMade run(2);
  run.Operation(0, 10, 12).Note(0, notes::kEnter).Note(0, notes::kLeave);
  Section(run, 1, 20, 30);
  EXPECT_TRUE(FlaggedByAll(run)) << "thread 0 has not released anything";
}

TEST(JudgeTest, CountsWhatIsCertain) {
  HandMade run(2);
  run.Operation(0, 10, 20).Tag(0, notes::kDoorway);
  run.Operation(1, 15, 25).Tag(1, notes::kAdmit);  // before the doorway or after it
  run.Operation(1, 30, 40).Tag(1, notes::kAdmit);
  EXPECT_EQ(run.Heard().OfOne(Admissions()).counted, 2U);
  EXPECT_EQ(run.Heard().OfAll(Admissions())->counted, 1U);
  EXPECT_TRUE(run.Heard().OfOne(Admissions(1)).flagged);
  EXPECT_FALSE(run.Heard().OfAll(Admissions(1))->flagged);
  EXPECT_TRUE(run.Heard().OfAll(Admissions(0))->flagged);
}

TEST(JudgeTest, GivesUpWhereTheClockTellsNothing) {
  HandMade run(Logs::kMaxLanes);
  for (int lane = 0; lane < Logs::kMaxLanes; ++lane) {
    for (int i = 0; i < 4; ++i) run.Operation(lane, 10, 1000).Tag(lane, notes::kAdmit);
  }
  EXPECT_FALSE(run.Heard().OfAll(Admissions()).has_value());
}

}  // namespace
}  // namespace doorway::native
