#include "harness/explore/state/state_space.h"

#include <algorithm>

#include "harness/explore/clock_time.h"

namespace doorway {

bool StateBudget::Exhausted(const StateTable& table, std::uint64_t other_bytes) {
  if (!bound_.empty()) return true;
  if (options_.interrupted != nullptr && options_.interrupted->load(std::memory_order_relaxed)) bound_ = "interrupted";
  if (options_.max_states != 0 && table.size() > options_.max_states) {
    bound_ = "max-states: " + std::to_string(options_.max_states);
  }
  if (++calls_ % kBetweenLooks == 0) {
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
  if (!options_.on_progress || calls_ % kBetweenLooks != 0) return;
  StateProgress now = progress;
  now.seconds = WallSeconds() - started_;
  if (now.seconds < next_progress_) return;
  next_progress_ = now.seconds + 0.25;
  options_.on_progress(now);
}

bool StateSpace::Explore(Visitor& visitor) {
  std::vector<Word> initial;
  const Step start = transitions_.Initial(&initial);
  table_ = StateTable(transitions_.layout().bytes());
  table_.Insert(initial.data(), kNoState);
  if (!visitor.OnInitial(start)) return false;
  StateId layer_end = 1;  // states of the depth at hand end here
  Batch batch;
  for (StateId id = 0; id < table_.size(); id += static_cast<StateId>(batch.states)) {
    if (id == layer_end) {
      ++depth_;
      layer_end = table_.size();
    }
    batch.states = std::min(std::size_t{layer_end - id}, kBatch);
    if (budget_.Exhausted(table_)) return false;
    budget_.Show({table_.size(), made_, depth_, table_.size() - id, table_.bytes(), 0});
    if (!Expand(id, &batch) || !Enter(id, batch, visitor)) return false;
  }
  return true;
}

// The steps of each state of the batch. False: the local states are refuted.
bool StateSpace::Expand(StateId first, Batch* batch) {
  const auto read = [&] {
    for (std::size_t i = 0; i < batch->states; ++i) {
      batch->from[i] = (*this)[first + static_cast<StateId>(i)];
      transitions_.Prefetch(batch->from[i].data());
    }
  };
  read();
  for (std::size_t i = 0; i < batch->states; ++i) {
    while (!transitions_.From(batch->from[i].data(), &batch->steps[i])) {
      if (transitions_.locals().refuted()) return false;
      Widen();
      read();
      i = 0;  // those before were in the old layout
    }
  }
  batch->hashes.clear();
  for (std::size_t i = 0; i < batch->states; ++i) {
    const Steps& steps = batch->steps[i];
    for (std::size_t s = 0; s < steps.steps.size(); ++s) {
      const std::uint64_t hash = table_.Hash(steps.To(s));
      table_.Prefetch(hash);
      batch->hashes.push_back(hash);
    }
  }
  for (const std::uint64_t hash : batch->hashes) table_.PrefetchState(hash);
  return true;
}

// Takes in what the steps lead to. False: the visitor has had enough, or the table is full.
bool StateSpace::Enter(StateId first, const Batch& batch, Visitor& visitor) {
  const std::uint64_t* hash = batch.hashes.data();
  for (std::size_t i = 0; i < batch.states; ++i) {
    const StateId id = first + static_cast<StateId>(i);
    const Steps& steps = batch.steps[i];
    made_ += steps.steps.size();
    bool polls_only = true;
    for (std::size_t s = 0; s < steps.steps.size(); ++s, ++hash) {
      const Step& step = steps.steps[s];
      if ((step.flagged | step.antecedents) != 0 || step.trouble != Transitions::Trouble::kNone) {
        if (!visitor.OnStep(id, step)) return false;
      }
      polls_only &= step.polls && step.kind != Transitions::Kind::kDrain;
      if (step.leads_on && table_.Insert(steps.To(s), *hash, id).id == kNoState) {
        budget_.Full();
        return false;
      }
    }
    const bool stuck = polls_only && transitions_.IsStuck(batch.from[i].data());
    if (transitions_.locals().refuted()) return false;
    if (stuck && !visitor.OnStuck(id)) return false;
  }
  return true;
}

// A field has become too narrow: all states are converted. They keep their numbers.
void StateSpace::Widen() {
  const Layout before = transitions_.layout();
  transitions_.Widen();
  StateTable wider(transitions_.layout().bytes());
  std::vector<Word> narrow(static_cast<std::size_t>(before.words()));
  std::vector<Word> state(static_cast<std::size_t>(transitions_.words()));
  for (StateId id = 0; id < table_.size(); ++id) {
    table_.Read(id, narrow.data());
    transitions_.Convert(before, narrow.data(), state.data());
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
