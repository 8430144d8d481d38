#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "harness/behaviour/asan.h"
#include "harness/testing/generator.h"
#include "harness/testing/program.h"
#include "harness/testing/shrink.h"
#include "harness/testing/state_cross_check.h"

// Exploring interchangeable threads in one order only changes no verdict: on random programs in which some threads are
// copies of one another, DOORWAY_RANDOM_PROGRAMS of them (400 if not set).

namespace doorway::reference {
namespace {

constexpr int kMismatchesShown = 3;
constexpr std::size_t kMaxStates = 1'500;
constexpr MemoryModel kMemoryModels[] = {MemoryModel::kSc, MemoryModel::kTso};

bool Speaks(const Instruction& instruction) {
  return instruction.kind == Instruction::kTag || instruction.kind == Instruction::kNote;
}

// `program` with `copies` more threads like its first. If `own`, its last location is each copy's own: the original has
// it, and each copy has another. If `mute`, only the last copy says
// anything.
Program WithCopies(Program program, int copies, bool own, bool mute) {
  const auto last = static_cast<int>(program.locations.size()) - 1;
  for (int copy = 0; copy < copies; ++copy) {
    const auto me = static_cast<int>(program.threads.size());
    std::vector<Instruction> thread = program.threads[0];
    const auto mine = static_cast<int>(program.locations.size());
    if (own) {
      Location location = program.locations[static_cast<std::size_t>(last)];
      location.name += std::to_string(copy);
      program.locations.push_back(location);
    }
    for (Instruction& instruction : thread) {
      if (Speaks(instruction) && instruction.subject == 0) instruction.subject = me;
      if (!own) continue;
      if (instruction.location == last) instruction.location = mine;
      for (Poll& poll : instruction.polls) poll.location = poll.location == last ? mine : poll.location;
    }
    program.threads.push_back(std::move(thread));
    if (!program.endless.empty()) program.endless.push_back(program.endless[0]);
  }
  for (std::size_t t = 0; mute && t + 1 < program.threads.size(); ++t) {
    for (Instruction& instruction : program.threads[t]) {
      if (Speaks(instruction)) instruction = Instruction{};
    }
  }
  return program;
}

int RandomPrograms() {
  if (const char* number = std::getenv("DOORWAY_RANDOM_PROGRAMS"); number != nullptr) return std::atoi(number);
  return kAddressSanitizer ? 40 : 400;
}

class SymmetryCrossCheckTest : public ::testing::TestWithParam<bool> {};

INSTANTIATE_TEST_SUITE_P(Endless, SymmetryCrossCheckTest, ::testing::Bool(),
                         [](const auto& param) { return param.param ? "Endless" : "Ending"; });

TEST_P(SymmetryCrossCheckTest, Agrees) {
  GeneratorOptions options;
  options.endless = GetParam();
  options.tags = true;
  options.plain = false;  // races
  options.max_threads = 2;
  options.max_operations = 6;
  options.max_locations = 2;
  int compared = 0, interchangeable = 0, mismatches = 0;
  for (int i = 0; i < RandomPrograms() / 4 && mismatches < kMismatchesShown; ++i) {
    const auto seed = static_cast<std::uint64_t>(i);
    const Program program = WithCopies(GenerateProgram(seed, options), 1 + i % 3 / 2, i % 2 == 0, i % 5 == 4);
    for (const MemoryModel memory : kMemoryModels) {
      const Program finite = memory == MemoryModel::kTso ? WithDrains(program) : program;
      const ExpectedStates expected = ReferenceStates(finite, memory, kMaxStates);
      if (expected.gave_up) continue;
      bool any = false;
      const std::string differences = CompareSymmetry(finite, memory, &any);
      ++compared;
      interchangeable += any;
      if (differences.empty()) continue;
      ++mismatches;
      const Program small = Shrink(finite, [&](const Program& smaller) {
        bool ignored = false;
        return !CompareSymmetry(smaller, memory, &ignored).empty();
      });
      bool ignored = false;
      ADD_FAILURE() << "seed " << seed << ", " << Name(memory) << "\n"
                    << ToString(finite) << "shrunk:\n"
                    << ToString(small) << CompareSymmetry(small, memory, &ignored);
    }
  }
  // Copies are interchangeable, unless another thread treats what is their own differently.
  EXPECT_GT(interchangeable * 2, compared);
  EXPECT_GT(compared * 4, RandomPrograms());
}

}  // namespace
}  // namespace doorway::reference
