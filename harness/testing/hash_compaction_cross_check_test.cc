#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "harness/behaviour/asan.h"
#include "harness/testing/generator.h"
#include "harness/testing/program.h"
#include "harness/testing/state_cross_check.h"

// Hash compaction loses no state of random programs: to lose one would take luck.

namespace doorway::reference {
namespace {

constexpr std::uint64_t kPrograms = kAddressSanitizer ? 20 : 200;

class HashCompactionCrossCheckTest : public ::testing::TestWithParam<SymmetryUse> {};

INSTANTIATE_TEST_SUITE_P(Symmetry, HashCompactionCrossCheckTest,
                         ::testing::Values(SymmetryUse::kOff, SymmetryUse::kAlways),
                         [](const auto& param) { return param.param == SymmetryUse::kOff ? "Off" : "Always"; });

TEST_P(HashCompactionCrossCheckTest, Agrees) {
  GeneratorOptions options;
  options.tags = true;
  options.max_threads = 3;
  options.max_operations = 9;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    options.endless = seed % 2 == 0;
    options.plain = seed % 3 == 0;
    const Program program = GenerateProgram(seed, options);
    for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kTso}) {
      const Program finite = memory == MemoryModel::kTso ? WithDrains(program) : program;
      ASSERT_EQ(CompareHashCompaction(finite, memory, GetParam()), "")
          << "seed " << seed << ", " << Name(memory) << "\n"
          << ToString(finite);
    }
  }
}

}  // namespace
}  // namespace doorway::reference
