#include "harness/explore/state/state_space.h"

#include <algorithm>
#include <cstring>

#include "harness/explore/clock_time.h"

namespace doorway {

bool StateBudget::Exhausted(const StateTable& table, std::uint64_t other_bytes) {
  if (!bound_.empty()) return true;
  if (options_.interrupted != nullptr && options_.interrupted->load(std::memory_order_relaxed)) bound_ = "interrupted";
  if (options_.max_states != 0 && table.size() > options_.max_states) {
    bound_ = "max-states: " + std::to_string(options_.max_states);
  }
  if (++calls_ % 1024 == 0) {
    const double now = WallSeconds() - started_;
    if (options_.timeout_seconds > 0 && now > options_.timeout_seconds) {
      std::string seconds = std::to_string(options_.timeout_seconds);
      seconds.erase(seconds.find_last_not_of('0') + 1);
      if (seconds.back() == '.') seconds.pop_back();
      bound_ = "timeout: " + seconds + " s";
    }
    if (options_.max_bytes != 0 && table.bytes() + other_bytes > options_.max_bytes) {
      bound_ = "max-memory: " + std::to_string(options_.max_bytes >> 20) + " MiB";
    }
  }
  return !bound_.empty();
}

void StateBudget::Show(const StateProgress& progress) {
  if (!options_.on_progress || calls_ % 1024 != 0) return;
  StateProgress now = progress;
  now.seconds = WallSeconds() - started_;
  if (now.seconds < next_progress_) return;
  next_progress_ = now.seconds + 0.25;
  options_.on_progress(now);
}

bool StateSpace::Explore(Visitor& visitor) {
  std::vector<Word> initial;
  const Step start = transitions_.Initial(&initial);
  table_ = StateTable(transitions_.words());
  table_.Insert(initial.data(), kNoState);
  if (!visitor.OnInitial(start)) return false;
  StateId layer_end = 1;  // states of the depth at hand end here
  Steps steps;
  std::vector<std::uint64_t> hashes;
  for (StateId id = 0; id < table_.size(); ++id) {
    if (id == layer_end) {
      ++depth_;
      layer_end = table_.size();
    }
    if (budget_.Exhausted(table_)) return false;
    budget_.Show({table_.size(), made_, depth_, table_.size() - id, table_.bytes(), 0});
    while (!transitions_.From(table_[id], &steps)) {
      if (transitions_.locals().refuted()) return false;
      Widen();
    }
    made_ += steps.steps.size();
    hashes.resize(steps.steps.size());
    for (std::size_t i = 0; i < steps.steps.size(); ++i) {
      hashes[i] = table_.Hash(steps.To(i));
      table_.Prefetch(hashes[i]);
    }
    bool polls_only = true;
    for (std::size_t i = 0; i < steps.steps.size(); ++i) {
      const Step& step = steps.steps[i];
      if ((step.flagged | step.antecedents) != 0 || step.trouble != Transitions::Trouble::kNone) {
        if (!visitor.OnStep(id, step)) return false;
      }
      if (step.kind == Transitions::Kind::kDrain || !transitions_.Spinning(table_[id], step.thread)) polls_only = false;
      if (!step.leads_on) continue;
      const StateTable::Inserted inserted = table_.Insert(steps.To(i), hashes[i], id);
      if (inserted.id == kNoState) {
        budget_.Full();
        return false;
      }
    }
    if (polls_only && transitions_.IsStuck(table_[id]) && !visitor.OnStuck(id)) return false;
  }
  return true;
}

// A field has become too narrow: all states are converted. They keep their numbers.
void StateSpace::Widen() {
  const Layout before = transitions_.layout();
  transitions_.Widen();
  StateTable wider(transitions_.words());
  std::vector<Word> state(static_cast<std::size_t>(transitions_.words()));
  for (StateId id = 0; id < table_.size(); ++id) {
    transitions_.Convert(before, table_[id], state.data());
    wider.Insert(state.data(), table_.parent(id));
  }
  table_ = std::move(wider);
}

std::vector<StateId> StateSpace::RunTo(StateId id) const {
  std::vector<StateId> run;
  for (; id != kNoState; id = table_.parent(id)) run.push_back(id);
  std::reverse(run.begin(), run.end());
  return run;
}

Transitions::Step StateSpace::StepBetween(StateId from, StateId to) {
  Steps steps;
  From(from, &steps);
  for (std::size_t i = 0; i < steps.steps.size(); ++i) {
    if (steps.steps[i].leads_on && Target(steps, i) == to) return steps.steps[i];
  }
  return {};
}

}  // namespace doorway
