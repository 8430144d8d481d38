#include "harness/testing/cross_check.h"

#include <gtest/gtest.h>

#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "harness/behaviour/asan.h"
#include "harness/testing/canonical.h"
#include "harness/testing/family.h"
#include "harness/testing/generator.h"
#include "harness/testing/litmus.h"

// The explorer finds what the references find, on litmus tests, on families without exception, and on random programs:
// DOORWAY_RANDOM_PROGRAMS of them (1000 if not set). //harness/testing:fuzz goes on from there, and shrinks what it
// finds.

namespace doorway::reference {
namespace {

constexpr int kChunks = 8;  // of the random programs
constexpr int kMismatchesShown = 3;

// Compares and counts; the caller stops after a few mismatches.
class Comparison {
 public:
  // Under all modes of `memory`, or only in one of them if awaits make no difference.
  void Compare(const Program& program, MemoryModel memory, bool can_block, const std::string& what,
               std::size_t max_steps = 0) {
    if (mismatches_ >= kMismatchesShown) return;
    ++programs_;
    const Graphs expected = ReferenceGraphs(program, memory, max_steps);
    if (expected.gave_up) {
      ++given_up_;
      return;
    }
    graphs_ += expected.complete.size() + expected.stuck.size();
    for (const Mode& mode : AllModes()) {
      if (mode.memory != memory || (!can_block && !mode.in_place_awaits)) continue;
      const std::string differences = CompareExplorer(program, mode, expected);
      if (differences.empty()) continue;
      ++mismatches_;
      ADD_FAILURE() << what << ", " << Name(mode) << "\n" << ToString(program) << differences;
    }
  }

  int programs() const { return programs_; }
  int given_up() const { return given_up_; }
  std::size_t graphs() const { return graphs_; }

 private:
  int programs_ = 0;
  int given_up_ = 0;
  int mismatches_ = 0;
  std::size_t graphs_ = 0;
};

constexpr MemoryModel kMemoryModels[] = {MemoryModel::kSc, MemoryModel::kTso, MemoryModel::kRc11};

TEST(CrossCheckTest, LitmusTests) {
  Comparison comparison;
  for (const LitmusTest& test : AllLitmusTests()) {
    for (const MemoryModel memory : kMemoryModels) comparison.Compare(test.program, memory, true, test.name);
  }
  EXPECT_GT(comparison.graphs(), 1000u);
}

// A comparison that cannot fail would prove nothing.
TEST(CrossCheckTest, MismatchesAreReported) {
  const Program program = {{Location{"x"}}, {{Store(0, 1, Order::kRelaxed)}, {Load(0, Order::kRelaxed)}}};
  const Mode mode;
  const Graphs right = ReferenceGraphs(program, mode.memory);
  ASSERT_EQ(right.complete.size(), 2u);
  EXPECT_EQ(CompareExplorer(program, mode, right), "");
  Graphs wrong = right;
  wrong.complete.erase(wrong.complete.begin());
  EXPECT_EQ(CompareExplorer(program, mode, wrong),
            "complete graphs that only the explorer has: 1\n"
            "T0: W.rlx x = 1\nT1: R.rlx x = 0 <- init\nx: init, T0.0\n--\n"
            "executions: report 2, reference 1\n");
  wrong = right;
  wrong.stuck.insert(CanonicalGraph{});
  EXPECT_EQ(CompareExplorer(program, mode, wrong),
            "stuck graphs that the explorer misses: 1\n--\n"
            "no_stuck_thread: report verified, reference violated\n"
            "stuck executions: report 0, reference 1\n");
  wrong = right;
  wrong.races = true;
  EXPECT_EQ(CompareExplorer(program, mode, wrong), "no_data_race: report verified, reference violated\n");
}

struct NamedFamily {
  MemoryModel memory;
  Family family;
};

std::vector<NamedFamily> AllFamilies() {
  std::vector<NamedFamily> families;
  for (const MemoryModel memory : kMemoryModels) {
    for (const Family& family : Families(memory)) families.push_back({memory, family});
  }
  return families;
}

void PrintTo(const NamedFamily& family, std::ostream* out) { *out << family.family.name; }

class FamilyCrossCheckTest : public ::testing::TestWithParam<NamedFamily> {};

INSTANTIATE_TEST_SUITE_P(Families, FamilyCrossCheckTest, ::testing::ValuesIn(AllFamilies()), [](const auto& param) {
  std::string name = std::string(Name(param.param.memory)) + "_" + param.param.family.name;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
});

TEST_P(FamilyCrossCheckTest, EveryProgram) {
  Comparison comparison;
  const Family& family = GetParam().family;
  int number = 0;
  ForEachProgram(family, [&](const Program& program) {
    if (kAddressSanitizer && number++ % 41 != 0) return;
    comparison.Compare(program, GetParam().memory, family.can_block(), family.name);
  });
  EXPECT_EQ(comparison.given_up(), 0);
  ::testing::Test::RecordProperty("programs", comparison.programs());
}

int RandomPrograms() {
  const char* number = std::getenv("DOORWAY_RANDOM_PROGRAMS");
  if (number != nullptr) return std::atoi(number);
  return kAddressSanitizer ? 200 : 1000;
}

// Programs [first, last) of one sort. The reference gives up on few of them.
void CompareRandomPrograms(int chunk, MemoryModel memory, const GeneratorOptions& options, int share) {
  Comparison comparison;
  const int each = RandomPrograms() * share / 100 / kChunks;
  for (int i = 0; i < each; ++i) {
    const std::uint64_t seed = static_cast<std::uint64_t>(chunk) * 1'000'000 + static_cast<std::uint64_t>(i);
    comparison.Compare(GenerateProgram(seed, options), memory, true, "seed " + std::to_string(seed), 100'000);
  }
  EXPECT_LE(comparison.given_up() * 20, comparison.programs());
  ::testing::Test::RecordProperty("programs", comparison.programs());
}

class RandomCrossCheckTest : public ::testing::TestWithParam<int> {};

INSTANTIATE_TEST_SUITE_P(Chunks, RandomCrossCheckTest, ::testing::Range(0, kChunks));

TEST_P(RandomCrossCheckTest, Sc) { CompareRandomPrograms(GetParam(), MemoryModel::kSc, {}, 40); }

TEST_P(RandomCrossCheckTest, Tso) { CompareRandomPrograms(GetParam(), MemoryModel::kTso, {}, 40); }

TEST_P(RandomCrossCheckTest, Rc11) { CompareRandomPrograms(GetParam(), MemoryModel::kRc11, {}, 40); }

// An update may be in a graph only because another one was revisited; the check behind it fails there and nowhere else.
TEST_P(RandomCrossCheckTest, ChecksBehindUpdates) {
  GeneratorOptions options;
  options.check_updates = true;
  options.spins = false;
  for (const MemoryModel memory : kMemoryModels) CompareRandomPrograms(GetParam(), memory, options, 10);
}

// Interleavings are few enough for larger programs.
TEST_P(RandomCrossCheckTest, LargerSc) {
  GeneratorOptions options;
  options.max_operations = 10;
  options.plain = false;  // races need the candidates
  CompareRandomPrograms(GetParam(), MemoryModel::kSc, options, 20);
}

}  // namespace
}  // namespace doorway::reference
