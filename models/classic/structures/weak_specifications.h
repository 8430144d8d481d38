#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/linearize/call.h"
#include "properties/sequential/sequence.h"

// What some structures promise less of than the objects of properties/sequential: an attempt may be in vain because
// another one is under way. That is a part of their contracts, so these are objects of their own.

namespace doorway {

// A queue that may say that it is full, or empty, when it is not.
class RefusingQueue {
 public:
  enum Function : std::uint8_t { kTryEnqueue, kTryDequeue };
  using State = Queue::State;
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "queue that may refuse";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"try_enqueue", 1, linearize::Returns::kTruth, "value, to the back; false: it was refused"},
      {"try_dequeue", 0, linearize::Returns::kValue, "the front's value, which goes; nil: it was refused"},
  };
  static constexpr bool kAsksCaller = false;

  explicit RefusingQueue(std::size_t limit) : queue_(limit) {}

  State Initial() const { return queue_.Initial(); }
  std::vector<State> Step(const State& state, const Operation& call) const {
    std::vector<State> states;
    const linearize::Datum refused = call.function == kTryEnqueue ? linearize::Datum::Truth(false) : linearize::Datum();
    if (call.Fits(refused)) states.push_back(state);
    Operation done = call;  // if it is not refused
    done.function = call.function == kTryEnqueue ? Queue::kEnqueue : Queue::kTake;
    if (call.has_result && call.result == refused) return states;
    if (auto next = queue_.Step(state, done)) states.push_back(*std::move(next));
    return states;
  }
  // A nil is never enqueued.
  bool ReadOnly(const Operation& call) const {
    return call.refused() || (call.function == kTryDequeue && call.has_result && call.result.nil());
  }
  std::string Show(const State& state) const { return queue_.Show(state); }

 private:
  Queue queue_;
};

// A deque whose owner has one end. Thieves at the other may be told to try again.
class StealingDeque {
 public:
  enum Function : std::uint8_t { kPush, kPop, kSteal };
  using State = Deque::State;
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "work-stealing deque";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"push", 1, linearize::Returns::kNothing, "value, to the back"},
      {"pop", 0, linearize::Returns::kValue, "the back's value, which goes; nil if there is none"},
      {"steal", 0, linearize::Returns::kValue, "the front's value, which goes; nil if there is none; false: try again"},
  };
  static constexpr bool kAsksCaller = false;

  State Initial() const { return {}; }
  std::vector<State> Step(const State& state, const Operation& call) const {
    std::vector<State> states;
    if (call.function == kSteal && call.Fits(false)) states.push_back(state);
    Operation done = call;
    done.function = call.function == kPush  ? Deque::kPushBack
                    : call.function == kPop ? Deque::kPopBack
                                            : Deque::kPopFront;
    if (auto next = Deque().Step(state, done)) states.push_back(*std::move(next));
    return states;
  }
  bool ReadOnly(const Operation& call) const { return call.function == kSteal && call.refused(); }
  std::string Show(const State& state) const { return Deque().Show(state); }
};

}  // namespace doorway
