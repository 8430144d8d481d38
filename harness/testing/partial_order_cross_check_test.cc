#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "harness/behaviour/asan.h"
#include "harness/testing/generator.h"
#include "harness/testing/program.h"
#include "harness/testing/shrink.h"
#include "harness/testing/state_cross_check.h"

// Partial-order reduction changes no verdict and no count: on random programs, DOORWAY_RANDOM_PROGRAMS of them (400 if
// not set).

namespace doorway::reference {
namespace {

constexpr int kMismatchesShown = 3;
constexpr std::size_t kMaxStates = 1'500;
constexpr MemoryModel kMemoryModels[] = {MemoryModel::kSc, MemoryModel::kTso};

int RandomPrograms() {
  if (const char* number = std::getenv("DOORWAY_RANDOM_PROGRAMS"); number != nullptr) return std::atoi(number);
  return kAddressSanitizer ? 40 : 400;
}

class PartialOrderCrossCheckTest : public ::testing::TestWithParam<bool> {};

INSTANTIATE_TEST_SUITE_P(Endless, PartialOrderCrossCheckTest, ::testing::Bool(),
                         [](const auto& param) { return param.param ? "Endless" : "Ending"; });

TEST_P(PartialOrderCrossCheckTest, Agrees) {
  GeneratorOptions options;
  options.endless = GetParam();
  options.tags = true;
  options.plain = false;  // races
  options.max_threads = 3;
  options.max_operations = 9;
  int compared = 0, mismatches = 0, with_reduction = 0;
  for (int i = 0; i < RandomPrograms() / 4 && mismatches < kMismatchesShown; ++i) {
    const auto seed = static_cast<std::uint64_t>(i);
    options.max_locations = 3 + i % 3;
    const Program program = GenerateProgram(seed, options);
    for (const MemoryModel memory : kMemoryModels) {
      const Program finite = memory == MemoryModel::kTso ? WithDrains(program) : program;
      if (ReferenceStates(finite, memory, kMaxStates).gave_up) continue;
      std::uint64_t reduced = 0;
      const std::string differences = ComparePartialOrder(finite, memory, &reduced);
      ++compared;
      with_reduction += reduced > 0;
      if (differences.empty()) continue;
      ++mismatches;
      std::uint64_t ignored = 0;
      const Program small = Shrink(
          finite, [&](const Program& smaller) { return !ComparePartialOrder(smaller, memory, &ignored).empty(); });
      ADD_FAILURE() << "seed " << seed << ", " << Name(memory) << "\n"
                    << ToString(finite) << "shrunk:\n"
                    << ToString(small) << ComparePartialOrder(small, memory, &ignored);
    }
  }
  EXPECT_GT(with_reduction * 4, compared);
  EXPECT_GT(compared * 4, RandomPrograms());
}

}  // namespace
}  // namespace doorway::reference
