#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/behaviour/asan.h"
#include "harness/explore/explore.h"
#include "harness/explore/replay.h"
#include "harness/graph/execution.h"
#include "harness/graph/trace.h"
#include "harness/testing/generator.h"
#include "harness/testing/litmus.h"
#include "harness/testing/program.h"
#include "harness/testing/program_subject.h"
#include "harness/testing/states.h"

// Replay tells executions of TSO from others by an axiom (harness/memory/tso.h); the reference has store buffers. Of
// all executions under RC11, among which are all of TSO, those that replay under TSO end as the reference's runs do:
// with the same contents of memory, into which each thread puts all that it has read. And they are as many as the graph
// engine finds under TSO.

namespace doorway::reference {
namespace {

bool ReadsValue(const Instruction& instruction) {
  switch (instruction.kind) {
    case Instruction::kLoad:
    case Instruction::kFetchAdd:
    case Instruction::kExchange:
    case Instruction::kCas:
      return true;
    default:
      return false;
  }
}

// Each thread's registers go to locations of their own in the end.
Program WithResults(Program program) {
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    std::vector<Instruction>& thread = program.threads[t];
    const std::size_t length = thread.size();
    for (std::size_t i = 0; i < length; ++i) {
      if (!ReadsValue(thread[i])) continue;
      program.locations.push_back(Location{"r" + std::to_string(t) + "_" + std::to_string(i)});
      thread.push_back(Store(static_cast<int>(program.locations.size()) - 1, Operand::Register(static_cast<int>(i)),
                             Order::kRelaxed));
    }
  }
  return program;
}

std::vector<Value> FinalMemory(const Program& program, const Execution& execution) {
  std::vector<Value> memory;
  for (const Location& location : program.locations) {
    Value value = location.initial;
    for (std::size_t l = 0; l < execution.modification_order.size(); ++l) {
      if (std::string_view((*execution.locations)[l].name) != location.name) continue;
      const std::vector<EventId>& order = execution.modification_order[l];
      if (!order.empty()) value = execution.events[order.back()].written;
    }
    memory.push_back(value);
  }
  return memory;
}

bool ReplaysUnder(MemoryModel memory, const Program& program, const Trace& trace) {
  ProgramSubject subject(program);
  ExploreOptions options;
  options.memory = memory;
  options.stop_at = "none";
  try {
    ReplayTrace(subject, {}, trace, options);
    return true;
  } catch (const ReplayMismatch&) {
    return false;
  }
}

struct Found {
  std::vector<Value> memory;
  Trace trace;
};

std::vector<Found> Executions(const Program& program, MemoryModel memory) {
  std::vector<Found> found;
  ProgramSubject subject(program);
  ExploreOptions options;
  options.memory = memory;
  options.stop_at = "none";
  options.on_execution = [&](const Execution& execution) {
    found.push_back({FinalMemory(program, execution), ToTrace(execution)});
  };
  Explore(subject, {}, options);
  return found;
}

struct Compared {
  std::size_t executions = 0;  // under RC11
  std::size_t under_tso = 0;
};

Compared ExpectSameEnds(const Program& original) {
  const Program program = WithResults(original);
  const std::vector<Found> found = Executions(program, MemoryModel::kRc11);
  Compared compared{found.size(), 0};
  std::set<std::vector<Value>> ends;
  for (const auto& [memory, trace] : found) {
    if (!ReplaysUnder(MemoryModel::kTso, program, trace)) continue;
    ends.insert(memory);
    ++compared.under_tso;
  }
  const StateSpace space = ExploreAllStates(program, MemoryModel::kTso);
  EXPECT_EQ(ends == space.final_memories, true)
      << ToString(program) << ends.size() << " ends, the reference has " << space.final_memories.size();
  EXPECT_EQ(Executions(program, MemoryModel::kTso).size(), compared.under_tso) << ToString(program);
  return compared;
}

bool HasPlainAwaitOrSpin(const Program& program) {
  for (const std::vector<Instruction>& thread : program.threads) {
    for (const Instruction& i : thread) {
      if (i.kind == Instruction::kAwait || i.kind == Instruction::kAwaitUpdate || i.kind == Instruction::kSpin)
        return true;
      if (i.order == Order::kPlain && (i.kind == Instruction::kLoad || i.kind == Instruction::kStore)) return true;
    }
  }
  return false;
}

TEST(TsoReplayTest, LitmusTests) {
  Compared all;
  for (const LitmusTest& test : AllLitmusTests()) {
    if (HasPlainAwaitOrSpin(test.program)) continue;
    SCOPED_TRACE(test.name);
    const Compared one = ExpectSameEnds(test.program);
    all.executions += one.executions;
    all.under_tso += one.under_tso;
  }
  EXPECT_GT(all.under_tso, 100u);
  EXPECT_GT(all.executions, all.under_tso);  // some are refused
}

TEST(TsoReplayTest, RandomPrograms) {
  constexpr std::uint64_t kPrograms = kAddressSanitizer ? 60 : 600;
  GeneratorOptions options;
  options.max_threads = 3;
  options.max_operations = 6;
  options.awaits = options.spins = options.checks = options.plain = options.choices = false;
  Compared all;
  for (std::uint64_t seed = 0; seed < kPrograms; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Compared one = ExpectSameEnds(GenerateProgram(seed, options));
    all.executions += one.executions;
    all.under_tso += one.under_tso;
  }
  EXPECT_GT(all.under_tso, kPrograms);
  EXPECT_GT(all.executions, all.under_tso);
}

}  // namespace
}  // namespace doorway::reference
