#include "harness/behaviour/arena.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace doorway {
namespace {

// Bytes of each part that an arena hands out, near its beginning and far from it.
std::vector<char*> Bytes(const Arena& arena, int regions) {
  std::vector<char*> bytes;
  for (const std::size_t at : {std::size_t{0}, std::size_t{4095}, std::size_t{4096}, std::size_t{100'000}}) {
    bytes.push_back(arena.shared() + at);
    for (int region = 0; region <= regions; ++region) {
      const int used = region < regions ? region : static_cast<int>(Arena::kRegions) - 1;
      bytes.push_back(arena.stack_top(used) - 1 - at);
      bytes.push_back(arena.heap(used) + at);
    }
  }
  return bytes;
}

TEST(Arena, TheNextOneFindsZerosAtTheSameAddresses) {
  for (const int regions : {1, 3, static_cast<int>(Arena::kRegions) - 1}) {
    std::vector<char*> before;
    {
      Arena arena;
      arena.UsesRegions(static_cast<std::size_t>(regions));
      before = Bytes(arena, regions);
      for (char* const byte : before) {
        arena.Open(byte);
        *byte = 1;
      }
      arena.ProtectShared();
    }
    Arena arena;
    EXPECT_EQ(Bytes(arena, regions), before);
    for (const char* const byte : before) {
      arena.Open(byte);
      EXPECT_EQ(*byte, 0) << byte - arena.shared();
    }
    *arena.shared() = 1;  // not protected yet
  }
}

TEST(Arena, OpensOnceWhatIsClosed) {
  Arena arena;
  EXPECT_FALSE(arena.Open(arena.heap(2))) << "kept";
  EXPECT_TRUE(arena.Open(arena.heap(2) + 100'000));
  EXPECT_FALSE(arena.Open(arena.heap(2) + 200'000)) << "the same part";
  EXPECT_TRUE(arena.Open(arena.stack_top(2) - 200'000));
  EXPECT_FALSE(arena.Open(arena.stack_top(2) - Arena::kStackBytes - 1)) << "the guard page";
  EXPECT_FALSE(arena.Open(arena.stack_top(2))) << "the other one";
  int elsewhere = 0;
  EXPECT_FALSE(arena.Open(&elsewhere));
}

}  // namespace
}  // namespace doorway
