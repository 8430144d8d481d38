#include "harness/testing/state_cross_check.h"

#include <gtest/gtest.h>

#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "harness/testing/family.h"
#include "harness/testing/generator.h"
#include "harness/testing/shrink.h"

// The state explorer finds what its reference finds: on families without exception, and on random programs with endless
// threads, DOORWAY_RANDOM_PROGRAMS of them (800 if not set).

namespace doorway::reference {
namespace {

constexpr int kChunks = 4;  // of the random programs
constexpr int kMismatchesShown = 3;
constexpr std::size_t kMaxStates = 2'000;  // of a random program
constexpr std::size_t kMaxBuffer = 4;      // the explorer's buffers hold so many stores
constexpr MemoryModel kMemoryModels[] = {MemoryModel::kSc, MemoryModel::kTso};

// Compares and counts; stops after a few mismatches.
class Comparison {
 public:
  void Compare(const Program& program, MemoryModel memory, const std::string& what, std::size_t max_states = 0) {
    if (mismatches_ >= kMismatchesShown) return;
    ++programs_;
    const Program finite = memory == MemoryModel::kTso ? WithDrains(program) : program;
    const ExpectedStates expected = ReferenceStates(finite, memory, max_states);
    if (expected.gave_up || expected.longest_buffer > kMaxBuffer) {
      ++given_up_;
      return;
    }
    stuck_ += expected.stuck;
    starves_weakly_ += expected.starves_weakly;
    starves_strongly_ += expected.starves_strongly;
    if (CompareStateExplorer(finite, memory, expected).empty()) return;
    ++mismatches_;
    const Program small =
        Shrink(finite, [&](const Program& smaller) { return !CrossCheckStates(smaller, memory, kMaxStates).empty(); });
    ADD_FAILURE() << what << ", " << Name(memory) << "\n"
                  << ToString(finite) << "shrunk:\n"
                  << ToString(small) << CrossCheckStates(small, memory);
  }

  void ExpectMostCompared() const {
    EXPECT_LE(given_up_ * 10, programs_);
    ::testing::Test::RecordProperty("programs", programs_);
  }

  // Every verdict came up in some programs, but not in all.
  void ExpectVariety() const {
    EXPECT_GT(stuck_, 0);
    EXPECT_LT(starves_weakly_, programs_);
    EXPECT_GT(starves_weakly_, starves_strongly_);
    EXPECT_GT(starves_strongly_, 0);
  }

 private:
  int programs_ = 0;
  int given_up_ = 0;
  int mismatches_ = 0;
  int stuck_ = 0;
  int starves_weakly_ = 0;
  int starves_strongly_ = 0;
};

// A comparison that cannot fail would prove nothing.
TEST(StateCrossCheckTest, MismatchesAreReported) {
  Program program = {{Location{"x"}},
                     {{Load(0, Order::kRelaxed), Tag(notes::kDoorway, 0),
                       Await(0, {Condition::kEqual, 1}, Order::kRelaxed), Tag(notes::kAdmit, 0)},
                      {Store(0, 1, Order::kRelaxed), Store(0, 0, Order::kRelaxed)}}};
  program.endless = {true, true};
  const ExpectedStates right = ReferenceStates(program, MemoryModel::kSc);
  EXPECT_EQ(right.states, 4u);
  EXPECT_EQ(CompareStateExplorer(program, MemoryModel::kSc, right), "");
  ExpectedStates wrong = right;
  wrong.states = 1;
  EXPECT_EQ(CompareStateExplorer(program, MemoryModel::kSc, wrong), "states: report 4, reference 1\n");
  wrong = right;
  wrong.starves_weakly = false;
  wrong.starves_strongly = true;
  EXPECT_EQ(CompareStateExplorer(program, MemoryModel::kSc, wrong),
            "weak fairness:\nstarvation_free: report violated, reference verified\n"
            "strong fairness:\nstarvation_free: report verified, reference violated\n");
}

struct Case {
  MemoryModel memory;
  Family family;
};

std::vector<Case> AllCases() {
  std::vector<Case> cases;
  for (const MemoryModel memory : kMemoryModels) {
    for (const Family& family : StateFamilies()) cases.push_back({memory, family});
  }
  return cases;
}

void PrintTo(const Case& one, std::ostream* out) { *out << one.family.name; }

class FamilyStateCrossCheckTest : public ::testing::TestWithParam<Case> {};

INSTANTIATE_TEST_SUITE_P(Families, FamilyStateCrossCheckTest, ::testing::ValuesIn(AllCases()), [](const auto& param) {
  std::string name = std::string(Name(param.param.memory)) + "_" + param.param.family.name;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
});

TEST_P(FamilyStateCrossCheckTest, EveryProgram) {
  Comparison comparison;
  ForEachProgram(GetParam().family, [&](const Program& program) {
    ForEachEndlessVariant(program, [&](const Program& variant) {
      comparison.Compare(variant, GetParam().memory, GetParam().family.name);
    });
  });
  comparison.ExpectMostCompared();
  comparison.ExpectVariety();
}

int RandomPrograms() {
  const char* number = std::getenv("DOORWAY_RANDOM_PROGRAMS");
  return number == nullptr ? 800 : std::atoi(number);
}

class RandomStateCrossCheckTest : public ::testing::TestWithParam<int> {};

INSTANTIATE_TEST_SUITE_P(Chunks, RandomStateCrossCheckTest, ::testing::Range(0, kChunks));

void CompareRandomPrograms(int chunk, const GeneratorOptions& options) {
  for (const MemoryModel memory : kMemoryModels) {
    Comparison comparison;
    const int each = RandomPrograms() / kChunks / 4;
    for (int i = 0; i < each; ++i) {
      const std::uint64_t seed = static_cast<std::uint64_t>(chunk) * 1'000'000 + static_cast<std::uint64_t>(i);
      comparison.Compare(GenerateProgram(seed, options), memory, "seed " + std::to_string(seed), kMaxStates);
    }
    comparison.ExpectMostCompared();
  }
}

GeneratorOptions WithTags(bool endless) {
  GeneratorOptions options;
  options.endless = endless;
  options.tags = true;
  options.plain = false;  // races
  options.max_threads = 3;
  options.max_operations = endless ? 9 : 7;
  if (endless) options.max_locations = 2;
  return options;
}

TEST_P(RandomStateCrossCheckTest, Endless) { CompareRandomPrograms(GetParam(), WithTags(true)); }

TEST_P(RandomStateCrossCheckTest, Ending) { CompareRandomPrograms(GetParam(), WithTags(false)); }

}  // namespace
}  // namespace doorway::reference
