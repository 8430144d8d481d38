#include "harness/compiled/layout.h"

#include <gtest/gtest.h>

namespace doorway::compiled {
namespace {

using Found = Layout::Found;

constexpr User kAlone{0, 0};
constexpr User kFirst{0, 2};  // thread 0, when it has spawned threads 1 and 2
constexpr User kOne{1, 0};
constexpr User kTwo{2, 0};

bool IsShared(const Layout& layout, std::uintptr_t address) { return layout.FirstShared(address, 1) != nullptr; }

TEST(LayoutTest, ReadersDoNotShare) {
  Layout layout;
  EXPECT_EQ(layout.Use(64, 8, kOne, false, false), Found::kKnown);
  EXPECT_EQ(layout.Use(64, 8, kTwo, false, false), Found::kKnown);
  EXPECT_FALSE(IsShared(layout, 64));
}

TEST(LayoutTest, AWriterAndAnotherShare) {
  Layout layout;
  EXPECT_EQ(layout.Use(64, 4, kOne, false, false), Found::kKnown);
  EXPECT_EQ(layout.Use(64, 4, kTwo, true, false), Found::kNew);
  EXPECT_TRUE(IsShared(layout, 64));
  EXPECT_EQ(layout.Use(64, 4, kTwo, true, false), Found::kKnown) << "known by now";
  EXPECT_FALSE(IsShared(layout, 68));
}

TEST(LayoutTest, WhatIsDoneAloneIsTheBeginning) {
  Layout layout;
  EXPECT_EQ(layout.Use(64, 8, kAlone, true, false), Found::kKnown);
  EXPECT_EQ(layout.Use(64, 8, kOne, false, false), Found::kKnown);
  EXPECT_EQ(layout.Use(64, 8, kTwo, false, false), Found::kKnown);
}

TEST(LayoutTest, ASpawnedThreadFindsWhatTheFirstWroteBefore) {
  Layout layout;
  EXPECT_EQ(layout.Use(64, 8, {0, 1}, true, false), Found::kKnown);  // before it spawns thread 2
  EXPECT_EQ(layout.Use(64, 8, kTwo, true, false), Found::kKnown);
  EXPECT_EQ(layout.Use(72, 8, {0, 1}, true, false), Found::kKnown);
  EXPECT_EQ(layout.Use(72, 8, kOne, false, false), Found::kNew) << "thread 1 was there already";
}

TEST(LayoutTest, TheFirstThreadConflictsWithThoseThatItHasSpawned) {
  Layout layout;
  EXPECT_EQ(layout.Use(64, 8, kOne, true, false), Found::kKnown);
  EXPECT_EQ(layout.Use(64, 8, kFirst, false, false), Found::kNew);
}

TEST(LayoutTest, StrangersShareAStackAtOnce) {
  Layout layout;
  EXPECT_EQ(layout.Use(64, 8, kOne, false, true), Found::kNew);
}

TEST(LayoutTest, UsesInPartSplitCells) {
  Layout layout;
  EXPECT_EQ(layout.Use(64, 8, kOne, true, false), Found::kKnown);
  EXPECT_EQ(layout.Use(68, 4, kTwo, true, false), Found::kNew);
  EXPECT_FALSE(IsShared(layout, 64));
  EXPECT_TRUE(IsShared(layout, 68));
  EXPECT_EQ(layout.Use(64, 8, kTwo, false, false), Found::kNew) << "the lower half, too";
  EXPECT_EQ(layout.Use(64, 2, kTwo, false, false), Found::kNew) << "a shared one is used in smaller pieces";
  EXPECT_EQ(layout.shared_cells(), 3u);
}

TEST(LayoutTest, AtomicObjectsAreOfOneSize) {
  Layout layout;
  EXPECT_EQ(layout.UseAtomic(64, 4), Found::kKnown);
  EXPECT_EQ(layout.UseAtomic(64, 4), Found::kKnown);
  EXPECT_EQ(layout.UseAtomic(64, 2), Found::kMixed);
  EXPECT_EQ(layout.UseAtomic(64, 8), Found::kMixed);
  EXPECT_EQ(layout.Use(64, 2, kOne, false, false), Found::kMixed);
  EXPECT_EQ(layout.Use(64, 4, kOne, false, false), Found::kKnown) << "as a whole";
  EXPECT_EQ(layout.Use(60, 8, kOne, false, false), Found::kKnown) << "and what is beside it";
}

TEST(LayoutTest, WhatBecomesAtomicWasNotTold) {
  Layout layout;
  EXPECT_EQ(layout.Use(64, 4, kOne, true, false), Found::kKnown);
  EXPECT_EQ(layout.UseAtomic(64, 4), Found::kNew);
}

TEST(LayoutTest, GivingBackIsAUse) {
  Layout layout;
  EXPECT_EQ(layout.Free(64, 100, kOne), Found::kKnown);
  EXPECT_EQ(layout.Use(80, 4, kTwo, false, false), Found::kNew);
  EXPECT_EQ(layout.Use(88, 4, kOne, false, false), Found::kKnown);
}

}  // namespace
}  // namespace doorway::compiled
