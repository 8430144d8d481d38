#include "harness/explore/state/monitor_states.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace doorway {
namespace {

constexpr NoteKind kUp{"up"};

// Counts to a number, then flags and begins again.
class Counter final : public Monitor {
 public:
  explicit Counter(Value most) : most_(most) {}
  int bits() const override { return 8; }
  Value initial() const override { return 1; }
  Answer Hear(const Noted& noted, Value* state) const override {
    Answer answer;
    answer.antecedent = noted.argument == 1;
    answer.counted = static_cast<std::uint32_t>(noted.argument);
    *state += noted.argument;
    answer.flagged = *state > most_;
    if (answer.flagged) *state = 0;
    return answer;
  }

 private:
  const Value most_;
};

std::vector<Monitor::Noted> Notes(std::initializer_list<Value> arguments) {
  std::vector<Monitor::Noted> notes;
  for (const Value argument : arguments) notes.push_back({Monitor::When::kTag, kUp, 0, 0, argument});
  return notes;
}

// Against the monitors themselves, one by one, on random lists of notes; with enough combinations to leave the table
// that needs no hashing.
TEST(MonitorStates, AreTheMonitorsTogether) {
  const Counter small(2), large(90), larger(97);
  const std::vector<const Monitor*> monitors = {&small, &large, &larger};
  const std::vector<std::vector<Monitor::Noted>> lists = {{}, Notes({1}), Notes({2, 1}), Notes({0}), Notes({1, 1, 2})};
  MonitorStates states(monitors);
  std::vector<Value> expected(3, 1);
  MonitorStates::Id at = 0;
  std::mt19937 random(7);
  for (int i = 0; i < 100'000; ++i) {
    for (std::size_t m = 0; m < 3; ++m) ASSERT_EQ(states.state(at, m), expected[m]);
    const auto notes = static_cast<NotesId>(random() % lists.size());
    MonitorStates::Heard sum;
    for (std::size_t m = 0; m < 3; ++m) {
      for (const Monitor::Noted& note : lists[notes]) {
        const Monitor::Answer answer = monitors[m]->Hear(note, &expected[m]);
        sum.flagged |= std::uint64_t{answer.flagged} << m;
        sum.antecedents |= std::uint64_t{answer.antecedent} << m;
        sum.counted += answer.counted;
      }
    }
    const MonitorStates::Heard heard = states.Hear(at, notes, lists[notes]);
    ASSERT_EQ(heard.flagged, sum.flagged);
    ASSERT_EQ(heard.antecedents, sum.antecedents);
    ASSERT_EQ(heard.counted, sum.counted);
    at = heard.to;
  }
  EXPECT_GT(states.size(), 4096u);
}

TEST(MonitorStates, NoMonitorsAreOneState) {
  MonitorStates states({});
  EXPECT_EQ(states.Hear(0, 1, Notes({1})).to, 0u);
  EXPECT_EQ(states.size(), 1u);
}

}  // namespace
}  // namespace doorway
