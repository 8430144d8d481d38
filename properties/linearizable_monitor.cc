#include "properties/linearizable_monitor.h"

#include <absl/container/flat_hash_map.h>

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "harness/linearize/history_automaton.h"
#include "properties/operation_notes.h"

namespace doorway {
namespace {

using linearize::Call;
using linearize::HistoryAutomaton;

class LinearizableMonitor final : public Monitor {
 public:
  LinearizableMonitor(ObjectKind kind, int threads)
      : kind_(std::move(kind)), states_(kind_.make_states()), automaton_(states_->system()) {
    Number(Words(1 + static_cast<std::size_t>(threads)));  // nothing has been invoked, nobody is about to
  }

  int bits() const override { return 32; }

  // A pure function but for which numbers states get.
  Answer Hear(const Noted& noted, Value* state) const override {
    const bool invokes = noted.kind == notes::kInvoke;
    if (!invokes && !(noted.kind == notes::kResponse)) return {};
    const std::lock_guard<std::mutex> lock(mutex_);
    Words words = words_[static_cast<std::size_t>(*state)];
    if (words[0] == HistoryAutomaton::kNone) return {};  // said already
    const auto caller = static_cast<std::uint32_t>(noted.thread);
    const bool busy = automaton_.HasOperation(words[0], caller);
    Answer answer;
    if (noted.when == When::kEarliest && invokes) {
      if (UnpackCall(noted.argument).function >= kind_.functions.size()) return Misuse();
      words[1 + caller] = 1 + ClassOf(caller, noted.argument);
    } else if (words[1 + caller] != kNobody) {  // an invocation at its latest; or a response without a step before it
      if (busy) return Misuse();
      Begin(caller, words);
    } else if (noted.when == When::kEarliest && !busy) {
      return Misuse();
    }
    if (noted.when == When::kEarliest && !invokes) {
      answer.antecedent = true;
      answer.flagged = !End(caller, noted.argument, words);
    }
    *state = Number(std::move(words));
    return answer;
  }

 private:
  // The automaton's state; by thread, the class of the operation that it is about to begin, plus one.
  using Words = std::vector<std::uint32_t>;
  static constexpr std::uint32_t kNobody = 0;

  // Notes that do not pair: whoever looks at the run (LinearizableObject::Check) says what is wrong with them. Lists of
  // notes are also tried on states in which no run hears them.
  static Answer Misuse() { return {.flagged = true}; }

  linearize::OperationClass ClassOf(std::uint32_t caller, Value invocation) const {
    const Call call = UnpackCall(invocation);
    return states_->ClassOf(kind_.asks_caller ? call.By(caller + 1) : call);
  }

  void Begin(std::uint32_t caller, Words& words) const {
    words[0] = automaton_.Invoke(words[0], caller, std::exchange(words[1 + caller], kNobody) - 1, false);
  }

  // Returns whether that is linearizable.
  bool End(std::uint32_t caller, Value response, Words& words) const {
    Call call = states_->CallOf(automaton_.OperationOf(words[0], caller));
    if (const auto result = UnpackResult(response)) call = call.Returning(*result);
    words[0] = automaton_.Respond(words[0], caller, states_->ClassOf(call));
    return words[0] != HistoryAutomaton::kNone;
  }

  Value Number(Words words) const {
    const auto [place, added] = numbers_.try_emplace(std::move(words), words_.size());
    if (added) words_.push_back(place->first);
    return place->second;
  }

  const ObjectKind kind_;
  mutable std::mutex mutex_;  // states are explored by several threads
  const std::unique_ptr<ObjectStates> states_;
  mutable HistoryAutomaton automaton_;
  mutable std::vector<Words> words_;  // by number
  mutable absl::flat_hash_map<Words, Value> numbers_;
};

}  // namespace

std::unique_ptr<Monitor> MakeLinearizableMonitor(const ObjectKind& kind, int threads) {
  return std::make_unique<LinearizableMonitor>(kind, threads);
}

}  // namespace doorway
