// Random programs, as models and as compiled code: as many executions must be found, with the same outcomes.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "harness/compiled/interpreter.h"
#include "harness/compiled/program.h"
#include "harness/explore/explore.h"
#include "harness/graph/execution.h"
#include "harness/graph/verdict.h"
#include "harness/testing/generator.h"
#include "harness/testing/program.h"
#include "harness/testing/program_subject.h"

namespace doorway::compiled {
namespace {

reference::GeneratorOptions Interpretable() {
  reference::GeneratorOptions options;
  options.weak_cas = options.spins = options.spin_cas = options.choices = options.checks = false;
  return options;
}

std::uint64_t HowMany() {
  const char* const wanted = std::getenv("DOORWAY_RANDOM_PROGRAMS");
  return wanted == nullptr ? 200 : std::strtoull(wanted, nullptr, 10);
}

bool HasAwaits(const reference::Program& program) {
  const auto has = [](const std::vector<reference::Instruction>& code) {
    return std::any_of(code.begin(), code.end(),
                       [](const reference::Instruction& i) { return i.kind == reference::Instruction::kAwait; });
  };
  return std::any_of(program.threads.begin(), program.threads.end(), has);
}

// What the program's atomic locations hold in the end, in each execution in which all threads finish.
using Outcomes = std::set<std::vector<Value>>;

// `known_as(l)`: the execution's number of the program's location l; too large: nobody has used it.
template <class KnownAs>
void AddOutcome(const reference::Program& program, const Execution& execution, const KnownAs& known_as,
                Outcomes* outcomes) {
  for (const ThreadState& thread : execution.threads) {
    if (thread.end != ThreadEnd::kFinished) return;
  }
  std::vector<Value> outcome;
  for (std::size_t l = 0; l < program.locations.size(); ++l) {
    if (program.locations[l].plain) continue;
    const std::size_t location = known_as(l);
    const auto& orders = execution.modification_order;
    outcome.push_back(location < orders.size() ? execution.events[orders[location].back()].written
                                               : program.locations[l].initial);
  }
  outcomes->insert(outcome);
}

std::size_t LocationAt(const Execution& execution, const void* address) {
  const auto& all = *execution.locations;
  const auto is_it = [=](const Location& location) { return location.address == ToValue(address); };
  return static_cast<std::size_t>(std::find_if(all.begin(), all.end(), is_it) - all.begin());
}

void Compare(const reference::Program& program, MemoryModel memory, std::uint64_t* executions) {
  CheckOptions options;
  options.memory = memory;
  options.stop_at = "none";

  options.max_executions = 3000;
  Outcomes expected_outcomes;
  options.on_execution = [&](const Execution& execution) {
    AddOutcome(
        program, execution, [](std::size_t l) { return l; }, &expected_outcomes);
  };
  reference::ProgramSubject model(program);
  const Report expected = Explore(model, {}, options);
  if (!expected.exhausted) return;

  options.max_executions = 0;
  Outcomes outcomes;
  options.on_search = [&] { outcomes.clear(); };
  options.on_execution = [&](const Execution& execution) {
    const auto known_as = [&](std::size_t l) { return LocationAt(execution, AddressOf(l)); };
    AddOutcome(program, execution, known_as, &outcomes);
  };
  Interpret(&program);
  const Report found = CheckProgram({&InterpretersMain, 0, nullptr, nullptr}, options).report;

  EXPECT_EQ(expected_outcomes, outcomes);
  for (const std::string_view claim : {kNoDataRace, kNoStuckThread}) {
    EXPECT_EQ(expected.Find(claim)->verdict, found.Find(claim)->verdict) << claim;
  }
  // What a loop has read may be left on its stack: another place than before, so it goes round once more.
  if (HasAwaits(program)) {
    EXPECT_LE(expected.executions, found.executions);
    EXPECT_LE(expected.stuck, found.stuck);
  } else {
    EXPECT_EQ(expected.executions, found.executions);
  }
  *executions += found.executions;
}

TEST(CompiledCrossCheckTest, TheExecutionsOfTheModel) {
  std::uint64_t executions = 0;
  for (std::uint64_t seed = 1; seed <= HowMany(); ++seed) {
    const reference::Program program = reference::GenerateProgram(seed, Interpretable());
    if (!CanInterpret(program)) continue;
    for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kTso, MemoryModel::kRc11}) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", " + Name(memory) + "\n" + reference::ToString(program));
      Compare(program, memory, &executions);
    }
  }
  EXPECT_GT(executions, 10 * HowMany());
}

}  // namespace
}  // namespace doorway::compiled
