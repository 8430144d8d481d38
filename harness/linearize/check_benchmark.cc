#include <benchmark/benchmark.h>

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "harness/linearize/check.h"

// How fast histories are checked, by length and by how many operations overlap.

namespace doorway::linearize {
namespace {

// A register with compare-and-set.
struct Cas {
  using State = int;
  struct Operation {
    int kind;  // 0 read, 1 write, 2 cas that was done, 3 cas that was refused
    int a, b;
    friend bool operator==(const Operation&, const Operation&) = default;
    template <class H>
    friend H AbslHashValue(H hash, const Operation& operation) {
      return H::combine(std::move(hash), operation.kind, operation.a, operation.b);
    }
  };
  State Initial() const { return 0; }
  std::optional<State> Step(State state, const Operation& operation) const {
    switch (operation.kind) {
      case 1:
        return operation.a;
      case 2:
        return state == operation.a ? std::optional(operation.b) : std::nullopt;
      case 3:
        return state != operation.a ? std::optional(state) : std::nullopt;
      default:
        return state == operation.a ? std::optional(state) : std::nullopt;
    }
  }
  bool ReadOnly(const Operation& operation) const { return operation.kind == 0 || operation.kind == 3; }
  std::string Show(State state) const { return std::to_string(state); }
};

// What `processes` did to a register of five values; a tenth of the operations never responded. `wrong`: the last read
// returned what nobody wrote.
struct History {
  std::vector<Cas::Operation> operations;
  std::vector<Interval> intervals;

  History(int processes, int length, bool pending, bool wrong) {
    std::mt19937 random(1);
    struct Process {
      int phase = 0;
      std::size_t operation = 0;
    };
    std::vector<Process> all(processes);
    int state = 0;
    for (std::uint64_t now = 0; operations.size() < static_cast<std::size_t>(length); ++now) {
      Process& process = all[random() % all.size()];
      if (process.phase == 0) {
        process.operation = operations.size();
        operations.push_back(
            {static_cast<int>(random() % 3), static_cast<int>(random() % 5), static_cast<int>(random() % 5)});
        intervals.push_back({now, Interval::kPending});
      } else if (process.phase == 1) {
        Cas::Operation& operation = operations[process.operation];
        if (operation.kind == 0) operation.a = state;
        if (operation.kind == 2 && operation.a != state) operation.kind = 3;
        state = *Cas().Step(state, operation);
      } else if (!pending || random() % 10 != 0) {
        intervals[process.operation].response = now;
      }
      process.phase = (process.phase + 1) % 3;
    }
    if (!wrong) return;
    operations.push_back({0, 9, 0});
    intervals.push_back({intervals.back().invoke + 100, intervals.back().invoke + 101});
  }
};

void BM_Check(benchmark::State& state, bool pending, bool wrong) {
  const History history(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)), pending, wrong);
  Result result;
  for (auto _ : state) {
    result = Check(Cas(), std::span<const Cas::Operation>(history.operations), history.intervals);
    benchmark::DoNotOptimize(result);
  }
  if (result.answer != (wrong ? Answer::kNo : Answer::kYes)) state.SkipWithError("the answer is wrong");
  state.counters["configurations"] = static_cast<double>(result.configurations);
  state.counters["bytes"] = static_cast<double>(result.peak_bytes);
  state.SetItemsProcessed(state.iterations() * state.range(1));
}

void Sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"processes", "operations"});
  for (const int processes : {5, 10}) {
    for (const int operations : {100, 1000, 10000}) benchmark->Args({processes, operations});
  }
}

BENCHMARK_CAPTURE(BM_Check, linearizable, false, false)->Apply(Sizes);
BENCHMARK_CAPTURE(BM_Check, violated, false, true)->Apply(Sizes);
BENCHMARK_CAPTURE(BM_Check, some_pending, true, false)
    ->ArgNames({"processes", "operations"})
    ->Args({5, 100})
    ->Args({5, 200});

}  // namespace
}  // namespace doorway::linearize

BENCHMARK_MAIN();
