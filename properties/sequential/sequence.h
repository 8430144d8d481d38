#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/linearize/call.h"

// Queue, stack and deque: a sequence of values, front first. What takes returns nil from an empty one; what waits does
// not happen there. With a limit: what adds to a full one waits, and what tries to is refused.

namespace doorway {

using SequenceState = std::vector<linearize::Datum>;

// Values are enqueued at the back and dequeued at the front.
class Queue {
 public:
  enum Function : std::uint8_t { kEnqueue, kDequeue, kTake, kPeek, kTryEnqueue };
  using State = SequenceState;
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "queue";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"enqueue", 1, linearize::Returns::kNothing, "value, to the back", "put"},
      {"dequeue", 0, linearize::Returns::kValue, "the front's value, which goes; nil if there is none"},
      {"take", 0, linearize::Returns::kValue, "waits until there is a value; the front's, which goes"},
      {"peek", 0, linearize::Returns::kValue, "the front's value, which stays; nil if there is none"},
      {"try_enqueue", 1, linearize::Returns::kTruth, "value; whether there was room"},
  };
  static constexpr bool kAsksCaller = false;

  explicit Queue(std::size_t limit = 0) : limit_(limit) {}

  State Initial() const { return {}; }
  std::optional<State> Step(const State& state, const Operation& call) const;
  bool ReadOnly(const Operation& call) const;
  std::string Show(const State& state) const;

 private:
  std::size_t limit_;
};

// Values are pushed to and popped from the front.
class Stack {
 public:
  enum Function : std::uint8_t { kPush, kPop, kTake, kTop, kTryPush };
  using State = SequenceState;
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "stack";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"push", 1, linearize::Returns::kNothing, "value"},
      {"pop", 0, linearize::Returns::kValue, "the latest value, which goes; nil if there is none"},
      {"take", 0, linearize::Returns::kValue, "waits until there is a value; the latest, which goes"},
      {"top", 0, linearize::Returns::kValue, "the latest value, which stays; nil if there is none", "peek"},
      {"try_push", 1, linearize::Returns::kTruth, "value; whether there was room"},
  };
  static constexpr bool kAsksCaller = false;

  explicit Stack(std::size_t limit = 0) : limit_(limit) {}

  State Initial() const { return {}; }
  std::optional<State> Step(const State& state, const Operation& call) const;
  bool ReadOnly(const Operation& call) const;
  std::string Show(const State& state) const;

 private:
  std::size_t limit_;
};

// Both ends, as the work-stealing deques have.
class Deque {
 public:
  enum Function : std::uint8_t { kPushFront, kPushBack, kPopFront, kPopBack };
  using State = SequenceState;
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "deque";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"push_front", 1, linearize::Returns::kNothing, "value"},
      {"push_back", 1, linearize::Returns::kNothing, "value"},
      {"pop_front", 0, linearize::Returns::kValue, "the front's value, which goes; nil if there is none"},
      {"pop_back", 0, linearize::Returns::kValue, "the back's value, which goes; nil if there is none"},
  };
  static constexpr bool kAsksCaller = false;

  explicit Deque(std::size_t limit = 0) : limit_(limit) {}

  State Initial() const { return {}; }
  std::optional<State> Step(const State& state, const Operation& call) const;
  bool ReadOnly(const Operation& call) const;
  std::string Show(const State& state) const;

 private:
  std::size_t limit_;
};

}  // namespace doorway
