#include "harness/explore/state/known_waits.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace doorway {
namespace {

// What locations 0, 1, ... hold.
struct Cells {
  std::vector<std::uint32_t> cells;
  std::uint32_t operator()(LocationId location) const { return cells[location]; }
};

TEST(KnownWaits, KnowNothingAtFirst) {
  KnownWaits waits(2);
  EXPECT_EQ(waits.Find(1, 0, 1, Cells{{0}}), std::nullopt);
}

TEST(KnownWaits, AnswerByWhatTheLocationsHold) {
  KnownWaits waits(2);
  waits.Add(1, 3, 1, {{0, 0}, {1, 5}}, Wait::kFails);
  waits.Add(1, 3, 1, {{0, 0}, {1, 2}}, Wait::kSucceeds);
  waits.Add(1, 3, 1, {{0, 1}}, Wait::kOpen);
  EXPECT_EQ(waits.Find(1, 3, 1, Cells{{0, 5}}), Wait::kFails);
  EXPECT_EQ(waits.Find(1, 3, 1, Cells{{0, 2}}), Wait::kSucceeds);
  EXPECT_EQ(waits.Find(1, 3, 1, Cells{{1, 5}}), Wait::kOpen) << "location 1 is not asked there";
  EXPECT_EQ(waits.Find(1, 3, 1, Cells{{0, 3}}), std::nullopt);
  EXPECT_EQ(waits.Find(1, 3, 1, Cells{{2, 5}}), std::nullopt);
  EXPECT_EQ(waits.Find(0, 3, 1, Cells{{0, 5}}), std::nullopt) << "another thread";
  EXPECT_EQ(waits.Find(1, 2, 1, Cells{{0, 5}}), std::nullopt) << "another local state";
}

TEST(KnownWaits, NothingNeedBeAsked) {
  KnownWaits waits(1);
  waits.Add(0, 0, 1, {}, Wait::kNone);
  EXPECT_EQ(waits.Find(0, 0, 1, Cells{{}}), Wait::kNone);
}

TEST(KnownWaits, ForgetWhenTheLocalStateStandsForMoreNodes) {
  KnownWaits waits(1);
  waits.Add(0, 0, 1, {{0, 0}}, Wait::kFails);
  EXPECT_EQ(waits.Find(0, 0, 2, Cells{{0}}), std::nullopt);
  waits.Add(0, 0, 2, {{0, 0}}, Wait::kOpen);
  EXPECT_EQ(waits.Find(0, 0, 2, Cells{{0}}), Wait::kOpen);
}

}  // namespace
}  // namespace doorway
