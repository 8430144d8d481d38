#include "models/registry/near_names.h"

#include <gtest/gtest.h>

namespace doorway {
namespace {

using Names = std::vector<std::string>;

const Names kKnown = {"example/message_passing",    "group/mutex",     "group/strict_fair",
                      "group/strict_fair/no_queue", "group/two_state", "uffd_wp/group_lock"};

TEST(EditDistanceTest, CountsTypingErrors) {
  EXPECT_EQ(EditDistance("", ""), 0u);
  EXPECT_EQ(EditDistance("", "abc"), 3u);
  EXPECT_EQ(EditDistance("mutex", "mutex"), 0u);
  EXPECT_EQ(EditDistance("mutxe", "mutex"), 1u);  // two neighbours swapped
  EXPECT_EQ(EditDistance("mtex", "mutex"), 1u);
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3u);
}

TEST(NearNamesTest, TypingErrorsAreNear) {
  EXPECT_EQ(NearNames("group/strct_fair", kKnown).front(), "group/strict_fair");
  EXPECT_EQ(NearNames("group/strict-fair", kKnown).front(), "group/strict_fair");
  EXPECT_EQ(NearNames("Group/Mutex", kKnown).front(), "group/mutex");
}

TEST(NearNamesTest, AForgottenFamilyIsNear) {
  EXPECT_EQ(NearNames("mutex", kKnown), Names{"group/mutex"});
  EXPECT_EQ(NearNames("strict_fair", kKnown), (Names{"group/strict_fair", "group/strict_fair/no_queue"}));
  EXPECT_EQ(NearNames("mesage_passing", kKnown), Names{"example/message_passing"});
}

TEST(NearNamesTest, AFamilyAloneNamesItsModels) {
  EXPECT_EQ(NearNames("group", kKnown, 3), (Names{"group/mutex", "group/strict_fair", "group/strict_fair/no_queue"}));
}

TEST(NearNamesTest, NothingNearGivesNothing) {
  EXPECT_EQ(NearNames("zzzzzz", kKnown), Names{});
  EXPECT_EQ(NearNames("", kKnown), Names{});
  EXPECT_EQ(NearNames("mutex", {}), Names{});
}

}  // namespace
}  // namespace doorway
