#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/explore/explore.h"
#include "harness/explore/explore_states.h"
#include "harness/graph/execution.h"
#include "harness/graph/happens_before.h"
#include "harness/linearize/testing/brute_force.h"
#include "harness/sync/model_sync.h"
#include "harness/sync/operands.h"
#include "properties/linearizable.h"
#include "properties/operation_notes.h"
#include "properties/recorded_operations.h"
#include "properties/sequential/counter.h"
#include "properties/sequential/register.h"
#include "properties/sequential/semaphore.h"
#include "properties/testing/tiny_object.h"

// The claim against the definition: every interleaving of a tiny program, by hand, with the time at which operations
// begin and end; each history judged by trying all sequences. Verdict by verdict, under SC and TSO, on both engines.
// And under RC11: every execution, by trying all sequences that keep happens-before.

namespace doorway {
namespace {

using linearize::Datum;
using tiny::Step;

struct IsNot0 {
  constexpr bool operator()(int value) const { return value != 0; }
};

// The program for the explorers. `kSynchronises`: what reads acquires, what writes releases; else all is relaxed.
template <class S, bool kSynchronises = false>
class Clients {
 public:
  using Sync = ModelSync;
  using Calls = OperationNotes<Sync, S>;

  explicit Clients(const tiny::Program* program) : program_(program) {}

  void thread(int me) {
    for (const tiny::Operation& operation : program_->threads[static_cast<std::size_t>(me)]) Do(operation);
  }

 private:
  void Do(const tiny::Operation& operation) {
    switch (operation.call.argument_count) {
      case 0:
        Calls::invoke(operation.call.function);
        break;
      case 1:
        Calls::invoke(operation.call.function, {operation.call.arguments[0]});
        break;
      default:
        Calls::invoke(operation.call.function, {operation.call.arguments[0], operation.call.arguments[1]});
    }
    std::array<int, tiny::kMostSteps> values{};
    for (std::size_t i = 0; i < operation.steps.size(); ++i) {
      values[i] = Take(operation.steps[i], i > 0 ? values[i - 1] : 0);
    }
    if (operation.result < 0) return Calls::respond();
    const int result = values[static_cast<std::size_t>(operation.result)];
    Calls::respond(operation.is_truth ? Datum::Truth(result != 0) : Datum::Number(result));
  }

  int Take(const Step& step, int before) {
    Sync::Atomic<int>& word = step.word == 0 ? x_ : y_;
    switch (step.kind) {
      case Step::kLoad:
        return word.load(kReads);
      case Step::kStore:
        word.store(step.value, kWrites);
        return 0;
      case Step::kStoreSum:
        word.store(step.value + before, kWrites);
        return 0;
      case Step::kFetchAdd:
        return word.fetch_add(step.value, kUpdates);
      case Step::kCas: {
        int expected = step.expected;
        return word.compare_exchange_strong(expected, step.value, kUpdates, kReads) ? 1 : 0;
      }
      case Step::kFence:
        Sync::fence(std::memory_order_seq_cst);
        return 0;
      case Step::kAwait:
        return word.await(IsNot0{}, with(), kReads);
    }
    return 0;
  }

  static constexpr auto kReads = kSynchronises ? std::memory_order_acquire : std::memory_order_relaxed;
  static constexpr auto kWrites = kSynchronises ? std::memory_order_release : std::memory_order_relaxed;
  static constexpr auto kUpdates = kSynchronises ? std::memory_order_acq_rel : std::memory_order_relaxed;

  const tiny::Program* program_;
  Sync::Atomic<int> x_{0, "x"};
  Sync::Atomic<int> y_{0, "y"};
};

struct Verdicts {
  bool violated = false;
  bool put_to_the_test = false;
};

template <class S>
Verdicts ByBruteForce(const S& object, const tiny::Program& program, MemoryModel memory) {
  Verdicts verdicts;
  for (const tiny::History& history : tiny::AllHistories(program, memory)) {
    for (const linearize::Interval& interval : history.intervals) verdicts.put_to_the_test |= !interval.pending();
    verdicts.violated =
        verdicts.violated || !linearize::LinearizableByBruteForce(
                                 object, std::span<const linearize::Call>(history.calls), history.intervals);
  }
  return verdicts;
}

Verdicts Of(const Report& report) {
  const ClaimResult* claim = report.Find("linearizable");
  if (claim == nullptr) ADD_FAILURE() << "no such claim";
  return claim == nullptr ? Verdicts{} : Verdicts{claim->verdict == Verdict::kViolated, claim->antecedents > 0};
}

template <class S>
Report ByGraphs(const S& object, const tiny::Program& program, MemoryModel memory) {
  ModelSubject<Clients<S>, const tiny::Program*> subject(&program, static_cast<int>(program.threads.size()));
  Linearizable<S> claim(object);
  ExploreOptions options;
  options.memory = memory;
  options.stop_at = "none";
  return Explore(subject, {&claim}, options);
}

template <class S>
Report ByStates(const S& object, const tiny::Program& program, MemoryModel memory) {
  ModelSubject<Clients<S>, const tiny::Program*> subject(&program, static_cast<int>(program.threads.size()));
  Linearizable<S> claim(object);
  StateOptions options;
  options.memory = memory;
  options.stop_at = "none";
  options.races = false;
  return ExploreStates(subject, {&claim}, {}, options);
}

// Under RC11: each execution by brute force, over happens-before as it follows from the execution alone.
template <class S>
bool ViolatedByHappensBefore(const S& object, const Execution& explored) {
  Execution execution = explored;
  execution.SetOrder(HappensBefore(explored));
  RecordedOperations operations;
  operations.Collect(execution, S::kFunctions, S::kAsksCaller);
  std::vector<linearize::Call> calls;
  std::vector<bool> required;
  for (const RecordedOperation& operation : operations) {
    calls.push_back(operation.call);
    required.push_back(operation.response != nullptr);
  }
  const auto before = [&](std::size_t a, std::size_t b) {
    return operations[a].response != nullptr && execution.Before(*operations[a].response, *operations[b].invoke);
  };
  return !linearize::BruteForce<S>(object, std::span<const linearize::Call>(calls), required, before).Linearizable();
}

template <bool kSynchronises, class S>
bool CompareUnderRc11(const S& object, const tiny::Program& program) {
  using Subject = ModelSubject<Clients<S, kSynchronises>, const tiny::Program*>;
  Subject subject(&program, static_cast<int>(program.threads.size()));
  Linearizable<S> claim(object);
  bool violated = false;
  ExploreOptions options;
  options.stop_at = "none";
  options.on_execution = [&](const Execution& execution) {
    violated = violated || ViolatedByHappensBefore(object, execution);
  };
  const Report report = Explore(subject, {&claim}, options);
  const ClaimResult* result = report.Find("hb_linearizable");
  EXPECT_TRUE(result != nullptr && (result->verdict == Verdict::kViolated) == violated)
      << ToString(program, S::kFunctions);
  return violated;
}

struct Count {
  int violated = 0;
  int programs = 0;
  int violated_rc11 = 0;  // of twice as many
};

template <class S>
void Compare(const S& object, const tiny::Program& program, Count& count) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kTso}) {
    const Verdicts expected = ByBruteForce(object, program, memory);
    const Verdicts graphs = Of(ByGraphs(object, program, memory)), states = Of(ByStates(object, program, memory));
    const std::string what = std::string(Name(memory)) + "\n" + ToString(program, S::kFunctions);
    ASSERT_EQ(graphs.violated, expected.violated) << what;
    ASSERT_EQ(states.violated, expected.violated) << what;
    ASSERT_EQ(graphs.put_to_the_test, expected.put_to_the_test) << what;
    ASSERT_EQ(states.put_to_the_test, expected.put_to_the_test) << what;
    count.violated += expected.violated;
    ++count.programs;
  }
  count.violated_rc11 += CompareUnderRc11<false>(object, program);
  count.violated_rc11 += CompareUnderRc11<true>(object, program);
}

void ExpectBoth(const Count& count) {
  EXPECT_GT(count.violated, count.programs / 10);
  EXPECT_LT(count.violated, count.programs * 9 / 10);
  EXPECT_GT(count.violated_rc11, count.programs / 20);
  EXPECT_LT(count.violated_rc11, count.programs * 9 / 10);
}

tiny::Operation Op(linearize::Call call, std::vector<Step> steps, int result = -1, bool is_truth = false) {
  return {call, std::move(steps), result, is_truth};
}

// Every way to write and to read a register in up to two steps, by two threads with up to two operations each.
TEST(LinearizableCrossCheckTest, EveryRegisterOfTwoWords) {
  const Register object(Datum::Number(0));
  std::vector<tiny::Operation> alphabet;
  const auto write = linearize::Call::Of(Register::kWrite, {Datum::Number(1)});
  const auto read = linearize::Call::Of(Register::kRead);
  for (int word = 0; word < tiny::kWords; ++word) {
    alphabet.push_back(Op(write, {{Step::kStore, word, 1, 0}}));
    alphabet.push_back(Op(read, {{Step::kLoad, word, 0, 0}}, 0));
  }
  alphabet.push_back(Op(write, {{Step::kStore, 0, 1, 0}, {Step::kStore, 1, 1, 0}}));
  alphabet.push_back(Op(write, {{Step::kStore, 0, 1, 0}, {Step::kFence, 0, 0, 0}}));
  alphabet.push_back(Op(read, {{Step::kLoad, 1, 0, 0}, {Step::kLoad, 0, 0, 0}}, 0));
  std::vector<std::vector<tiny::Operation>> threads;
  for (const tiny::Operation& first : alphabet) {
    threads.push_back({first});
    for (const tiny::Operation& second : alphabet) threads.push_back({first, second});
  }
  Count count;
  for (std::size_t a = 0; a < threads.size(); ++a) {
    for (std::size_t b = a; b < threads.size(); ++b) {
      ASSERT_NO_FATAL_FAILURE(Compare(object, {{threads[a], threads[b]}}, count));
    }
  }
  ExpectBoth(count);
}

class RandomPrograms {
 public:
  explicit RandomPrograms(std::uint32_t seed) : random_(seed) {}
  int Below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }

  std::vector<Step> Steps(bool waits) {
    std::vector<Step> steps;
    for (int n = 1 + Below(3); n > 0; --n) {
      Step step;
      step.word = Below(3) / 2;
      step.value = 1 + Below(2);
      step.expected = Below(2);
      step.kind = static_cast<Step::Kind>(Below(waits ? 7 : 6));
      steps.push_back(step);
    }
    if (steps[0].kind == Step::kFence) steps[0].kind = Step::kLoad;
    return steps;
  }
  template <class MakeOperation>
  tiny::Program Program(MakeOperation make) {
    tiny::Program program;
    program.threads.resize(static_cast<std::size_t>(2 + Below(3) / 2));
    for (int n = 2 + Below(3); n > 0; --n) {
      auto& thread = program.threads[static_cast<std::size_t>(Below(static_cast<int>(program.threads.size())))];
      thread.push_back(make());
    }
    return program;
  }

 private:
  std::mt19937 random_;
};

TEST(LinearizableCrossCheckTest, RandomRegisters) {
  Count count;
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    RandomPrograms random(seed);
    const auto make = [&] {
      std::vector<Step> steps = random.Steps(false);
      const int last = static_cast<int>(steps.size()) - 1;
      switch (random.Below(3)) {
        case 0:
          steps[0] = {Step::kStore, 0, 1 + random.Below(2), 0};
          return Op(linearize::Call::Of(CasRegister::kWrite, {Datum::Number(steps[0].value)}),
                    {steps[0], steps.back()});
        case 1:
          steps.back() = {Step::kLoad, 0, 0, 0};
          return Op(linearize::Call::Of(CasRegister::kRead), {steps.back()}, 0);
        default:
          steps.back() = {Step::kCas, 0, 1 + random.Below(2), random.Below(2)};
          return Op(linearize::Call::Of(CasRegister::kCas,
                                        {Datum::Number(steps.back().expected), Datum::Number(steps.back().value)}),
                    steps, last, true);
      }
    };
    ASSERT_NO_FATAL_FAILURE(Compare(CasRegister(Datum::Number(0)), random.Program(make), count)) << "seed " << seed;
  }
  ExpectBoth(count);
}

TEST(LinearizableCrossCheckTest, RandomCounters) {
  Count count;
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    RandomPrograms random(seed);
    const auto make = [&] {
      std::vector<Step> steps = {{Step::kFetchAdd, 0, 1, 0}};
      if (random.Below(3) == 0) steps = {{Step::kLoad, 0, 0, 0}, {Step::kStoreSum, 0, 1, 0}};
      if (random.Below(4) == 0) {
        for (const Step& step : random.Steps(false)) {
          if (step.word == 1 || step.kind == Step::kLoad) steps.push_back(step);
        }
        if (steps.size() > tiny::kMostSteps) steps.resize(tiny::kMostSteps);
      }
      if (random.Below(3) == 0) return Op(linearize::Call::Of(Counter::kRead), {{Step::kLoad, 0, 0, 0}}, 0);
      return Op(linearize::Call::Of(Counter::kFetchAdd, {Datum::Number(1)}), steps, 0);
    };
    ASSERT_NO_FATAL_FAILURE(Compare(Counter(), random.Program(make), count)) << "seed " << seed;
  }
  ExpectBoth(count);
}

// Operations that wait, some of them for ever.
TEST(LinearizableCrossCheckTest, RandomSemaphores) {
  Count count;
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    RandomPrograms random(seed);
    const auto make = [&] {
      if (random.Below(2) == 0) {
        std::vector<Step> steps = {{Step::kFetchAdd, 0, 1, 0}};
        if (random.Below(2) == 0) steps = {{Step::kStore, 0, 1, 0}};
        return Op(linearize::Call::Of(Semaphore::kRelease), steps);
      }
      std::vector<Step> steps = random.Steps(true);
      if (random.Below(2) == 0) {
        steps = {{Step::kCas, 0, 0, 1}};
        return Op(linearize::Call::Of(Semaphore::kTryAcquire), steps, 0, true);
      }
      steps.push_back({Step::kAwait, 0, 0, 0});
      if (random.Below(2) == 0) steps.back() = {Step::kFetchAdd, 0, -1, 0};
      return Op(linearize::Call::Of(Semaphore::kAcquire), steps);
    };
    ASSERT_NO_FATAL_FAILURE(Compare(Semaphore(0), random.Program(make), count)) << "seed " << seed;
  }
  ExpectBoth(count);
}

}  // namespace
}  // namespace doorway
