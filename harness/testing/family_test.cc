#include "harness/testing/family.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace doorway::reference {
namespace {

TEST(FamilyTest, HasEveryProgramOnceUpToTheOrderOfThreads) {
  Family family;
  family.lengths = {1, 1};
  family.alphabet = {Load(0, Order::kRelaxed), Store(0, 1, Order::kRelaxed), Fence(Order::kSeqCst)};
  family.locations = {Location{"x"}};
  std::set<std::string> programs;
  ForEachProgram(family, [&](const Program& program) { EXPECT_TRUE(programs.insert(ToString(program)).second); });
  EXPECT_EQ(programs.size(), 6u);  // of 3 * 3
  family.lengths = {2, 1};
  programs.clear();
  ForEachProgram(family, [&](const Program& program) { EXPECT_TRUE(programs.insert(ToString(program)).second); });
  EXPECT_EQ(programs.size(), 27u);
}

TEST(FamilyTest, DistinctStores) {
  Family family;
  family.lengths = {2, 1};
  family.alphabet = {Store(0, 1, Order::kRelaxed)};
  family.locations = {Location{"x"}};
  family.distinct_stores = true;
  ForEachProgram(family, [](const Program& program) {
    EXPECT_EQ(ToString(program), "x = 0\nT0: x.store(1, rlx); x.store(2, rlx)\nT1: x.store(5, rlx)\n");
  });
}

TEST(FamilyTest, CanBlock) {
  Family family;
  family.alphabet = {Load(0, Order::kRelaxed)};
  EXPECT_FALSE(family.can_block());
  family.alphabet.push_back(Await(0, {}, Order::kRelaxed));
  EXPECT_TRUE(family.can_block());
}

}  // namespace
}  // namespace doorway::reference
