#include "models/cli/identifiers.h"

#include <gtest/gtest.h>

namespace doorway {
namespace {

TEST(IdentifiersTest, GoodNames) {
  for (const char* name : {"my_lock", "a", "lock2", "clh_2"}) EXPECT_TRUE(IsGoodName(name)) << name;
  for (const char* name :
       {"", "MyLock", "my-lock", "2nd", "_a", "a_", "a__b", "class", "requires", "std", "lock", "a/b"}) {
    EXPECT_FALSE(IsGoodName(name)) << name;
  }
}

TEST(IdentifiersTest, SuggestionsAreGood) {
  EXPECT_EQ(GoodNameLike("MyLock", "lock"), "my_lock");
  EXPECT_EQ(GoodNameLike("my-lock", "lock"), "my_lock");
  EXPECT_EQ(GoodNameLike("my lock", "lock"), "my_lock");
  EXPECT_EQ(GoodNameLike("_my__lock_", "lock"), "my_lock");
  EXPECT_EQ(GoodNameLike("2", "lock"), "lock_2");
  EXPECT_EQ(GoodNameLike("CLH", "lock"), "clh");
  EXPECT_EQ(GoodNameLike("class", "lock"), "my_class");
  for (const char* bad : {"", "--", "Ä", "../up", "42", "lock", "MyLock2b"}) {
    EXPECT_TRUE(IsGoodName(GoodNameLike(bad, "lock"))) << bad;
  }
}

TEST(IdentifiersTest, ClassNames) {
  EXPECT_EQ(ClassNameOf("my_lock"), "MyLock");
  EXPECT_EQ(ClassNameOf("clh_2"), "Clh2");
}

TEST(IdentifiersTest, OnlyWholeIdentifiersAreReplaced) {
  EXPECT_EQ(WithIdentifier("class ClhLock : XClhLock, ClhLockX { ClhLock(); };", "ClhLock", "MyLock"),
            "class MyLock : XClhLock, ClhLockX { MyLock(); };");
  EXPECT_EQ(WithIdentifier("ClhLock", "ClhLock", "ClhLock2"), "ClhLock2");
  EXPECT_EQ(WithText("aXbX", "X", "XX"), "aXXbXX");
}

}  // namespace
}  // namespace doorway
