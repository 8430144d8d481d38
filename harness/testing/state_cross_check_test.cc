#include "harness/testing/state_cross_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "harness/behaviour/asan.h"
#include "harness/testing/family.h"
#include "harness/testing/generator.h"
#include "harness/testing/shorthand.h"
#include "harness/testing/shrink.h"

// The state explorer finds what its reference finds: on families (every seventh program; all of them if DOORWAY_STRIDE
// is 1), and on random programs with endless threads, DOORWAY_RANDOM_PROGRAMS of them (800 if not set).

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
  if (!kAddressSanitizer) {
    wrong.states = 1;
    EXPECT_EQ(CompareStateExplorer(program, MemoryModel::kSc, wrong), "states: report 4, reference 1\n");
  }
  wrong = right;
  wrong.starves_weakly = false;
  wrong.starves_strongly = true;
  EXPECT_EQ(CompareStateExplorer(program, MemoryModel::kSc, wrong),
            "weak fairness:\nstarvation_free: report violated, reference verified\n"
            "strong fairness:\nstarvation_free: report verified, reference violated\n");
}

// ---- By hand: what a decision procedure may well get wrong ----

constexpr Condition kIsOne{Condition::kEqual, 1};
constexpr Condition kAny{Condition::kAtLeast, 0};

Program OverX(std::vector<std::vector<Instruction>> threads, std::vector<bool> endless, Value initial = 0) {
  return {{Location{"x", initial}}, std::move(threads), std::move(endless)};
}

std::vector<Instruction> Toggling() { return {Store(kX, 1, kRlx), Store(kX, 0, kRlx)}; }

// The thread crosses the doorway, waits, and is admitted.
std::vector<Instruction> Waiter(const Instruction& wait) {
  return {Load(kX, kRlx), Tag(notes::kDoorway, 0), wait, Tag(notes::kAdmit, 0)};
}

struct ByHand {
  const char* what;
  Program program;
  bool starves_weakly;
  bool starves_strongly;
};

std::vector<ByHand> AllByHand() {
  const Instruction cas = Cas(kX, 0, 0, kRlx, kRlx, true);
  const std::vector<Instruction> unlucky = {Load(kX, kRlx),     Tag(notes::kDoorway, 0), cas, SkipIfDone(2, 1),
                                            SkipIf(2, kAny, 1), Tag(notes::kAdmit, 0),   cas};
  return {
      {"an await that nobody ends", OverX({Waiter(Await(kX, kIsOne, kRlx))}, {}), true, true},
      {"a spin that nobody ends", OverX({Waiter(Spin({{kX, kRlx, 1}}))}, {}), true, true},
      {"an await that nobody ends, while another goes on",
       OverX({Waiter(Await(kX, kIsOne, kRlx)), {Load(kX, kRlx)}}, {false, true}), true, true},
      {"a thread that ends before its admit", OverX({{Load(kX, kRlx), Tag(notes::kDoorway, 0)}}, {}), true, true},
      {"... while another goes on", OverX({{Load(kX, kRlx), Tag(notes::kDoorway, 0)}, {Load(kX, kRlx)}}, {false, true}),
       true, true},
      {"one wait ends and the next begins in one step",
       OverX({{Load(kX, kRlx), Tag(notes::kAdmit, 0), Tag(notes::kDoorway, 0)}}, {true}), false, false},
      {"... with a fence between",
       OverX({{Load(kX, kRlx), Tag(notes::kAdmit, 0), Fence(Order::kAcquire), Note(notes::kDoorway, 0)}}, {true}),
       false, false},
      {"a note is heard after a tag", OverX({{Load(kX, kRlx), Note(notes::kAdmit, 0), Tag(notes::kDoorway, 0)}}, {}),
       false, false},
      {"a flag that comes and goes, awaited", OverX({Waiter(Await(kX, kIsOne, kRlx)), Toggling()}, {false, true}), true,
       false},
      {"... polled", OverX({Waiter(Spin({{kX, kRlx, 1}})), Toggling()}, {false, true}), true, false},
      {"... polled by a compare-exchange",
       OverX({Waiter(SpinCas({{kX, kRlx, 1}}, 1, kRlx, false)), Toggling()}, {false, true}), true, false},
      {"... polled by a weak one", OverX({Waiter(SpinCas({{kX, kRlx, 1}}, 1, kRlx, true)), Toggling()}, {false, true}),
       true, false},
      {"... polled twice", OverX({Waiter(Spin({{kX, kRlx, 1}, {kX, kRlx, 1}})), Toggling()}, {false, true}), true,
       false},
      {"a spin that follows itself",
       OverX({{Load(kX, kRlx), Tag(notes::kDoorway, 0)}, {Spin({{kX, kRlx, 1}, {kX, kRlx, 1}})}}, {false, true}, 1),
       true, true},
      {"a weak compare-exchange that might always fail", OverX({unlucky}, {true}), false, false},
      {"a thread that only fences", OverX({{Fence(Order::kAcquire)}, {Load(kX, kRlx)}}, {true, false}), false, false},
      {"... while another waits and is admitted",
       OverX({{Fence(Order::kAcquire)}, Waiter(Await(kX, kAny, kRlx))}, {true, false}), false, false},
  };
}

class ByHandStateCrossCheckTest : public ::testing::TestWithParam<ByHand> {};

INSTANTIATE_TEST_SUITE_P(Programs, ByHandStateCrossCheckTest, ::testing::ValuesIn(AllByHand()),
                         [](const auto& param) { return std::to_string(param.index); });

void PrintTo(const ByHand& one, std::ostream* out) { *out << one.what; }

TEST_P(ByHandStateCrossCheckTest, Agrees) {
  for (const MemoryModel memory : kMemoryModels) {
    const Program program = memory == MemoryModel::kTso ? WithDrains(GetParam().program) : GetParam().program;
    const ExpectedStates expected = ReferenceStates(program, memory, kMaxStates);
    ASSERT_FALSE(expected.gave_up);
    EXPECT_EQ(expected.starves_weakly, GetParam().starves_weakly) << GetParam().what;
    EXPECT_EQ(expected.starves_strongly, GetParam().starves_strongly) << GetParam().what;
    EXPECT_EQ(CompareStateExplorer(program, memory, expected), "") << ToString(program);
  }
}

// ---- Families ----

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

// One in so many programs of a family is looked at; DOORWAY_STRIDE=1 for every program.
int Stride() {
  if (const char* stride = std::getenv("DOORWAY_STRIDE"); stride != nullptr) return std::max(1, std::atoi(stride));
  return kAddressSanitizer ? 61 : 7;
}

TEST_P(FamilyStateCrossCheckTest, Agrees) {
  Comparison comparison;
  int number = 0;
  ForEachProgram(GetParam().family, [&](const Program& program) {
    ForEachEndlessVariant(program, [&](const Program& variant) {
      if (number++ % Stride() == 0) comparison.Compare(variant, GetParam().memory, GetParam().family.name);
    });
  });
  comparison.ExpectMostCompared();
  comparison.ExpectVariety();
}

// ---- Random programs ----

int RandomPrograms() {
  const char* number = std::getenv("DOORWAY_RANDOM_PROGRAMS");
  if (number != nullptr) return std::atoi(number);
  return kAddressSanitizer ? 160 : 800;
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
