#include "harness/explore/state/state_space.h"

#include <algorithm>
#include <atomic>

#include "harness/explore/clock_time.h"

namespace doorway {
namespace {

constexpr StateId kWorthwhile = 256;      // states of a layer for which workers are asked
constexpr std::size_t kAheadOfEach = 32;  // batches that each worker expands at a time

}  // namespace

bool StateBudget::Exhausted(const StateStore& store, std::uint64_t other_bytes) {
  if (!bound_.empty()) return true;
  if (options_.interrupted != nullptr && options_.interrupted->load(std::memory_order_relaxed)) bound_ = "interrupted";
  if (options_.max_states != 0 && store.size() > options_.max_states) {
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
    if (options_.max_bytes != 0 && store.bytes() + other_bytes > options_.max_bytes) {
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

StateSpace::StateSpace(LocalStates& locals, Transitions::Options options, Symmetry::Options symmetry,
                       StateBudget& budget)
    : transitions_(locals, std::move(options)), budget_(budget), store_(1, false) {
  if (Permutations(symmetry.classes) > 1) symmetry_.emplace(transitions_, std::move(symmetry));
}

bool StateSpace::Explore(Visitor& visitor, StateId most) {
  std::vector<Word> initial;
  const Step start = transitions_.Initial(&initial);
  if (symmetry_ && !symmetry_->Begin(initial.data())) {
    refusal_ = symmetry_->refusal();
    return false;
  }
  initial_.assign(initial.begin(), initial.end());
  store_ = StateStore(transitions_.layout().bytes(), budget_.options().hash_compaction);
  store_.Insert(initial.data(), store_.Hash(initial.data()), kNoState);
  if (!visitor.OnInitial(start)) return false;
  if (budget_.options().jobs > 1) {
    workers_ = std::make_unique<Workers>(budget_.options().jobs);
    for (int w = 0; w < workers_->number(); ++w) readers_.emplace_back(transitions_, Transitions::Reader());
  }
  StateId layer_end = 1;  // states of the depth at hand end here
  Batch own;
  std::size_t next_ahead = 0;  // of those that have been expanded ahead
  for (StateId id = 0; id < store_.size();) {
    if (id == layer_end) {
      ++depth_;
      layer_end = store_.size();
      store_.Forget(id);
    }
    if (workers_ && next_ahead == ahead_.size() && layer_end - id >= kWorthwhile) {
      ExpandAhead(id, layer_end);
      next_ahead = 0;
    }
    Batch& batch = next_ahead < ahead_.size() ? ahead_[next_ahead++] : own;
    if (&batch == &own) {
      own.first = id;
      own.states = std::min(std::size_t{layer_end - id}, kBatch);
      own.whole = false;
    }
    if (budget_.Exhausted(store_)) return false;
    if (most != 0 && store_.size() >= most) return false;
    budget_.Show({store_.size(), made_, depth_, store_.size() - id, store_.bytes(), 0});
    if (!batch.whole && !Expand(&batch)) return false;
    if (!Enter(batch, visitor)) return false;
    id += static_cast<StateId>(batch.states);
  }
  readers_.clear();
  workers_.reset();
  // Runs of the program itself go through states that none of these may be.
  if (symmetry_ && !transitions_.HasRoomForAll()) return Widen();
  return true;
}

// The steps from `state`, to states that stand for their orbits. False: the local states are refuted, or an exchange is
// refused, or a field has become too narrow.
bool StateSpace::Work(StateId id, const Word* state, Steps* out) {
  const bool done = StepsOf(transitions_, id, state, false, out);
  for (const LocalStates::FirstRead& read : transitions_.locals().TakeFirstReads()) first_reads_.push_back({id, read});
  return done && !transitions_.contradicted();
}

// The steps of a state that are explored: those of one thread, if they may be, else all.
bool StateSpace::StepsOf(Transitions& by, StateId id, const Word* state, bool permutations, Steps* out) {
  const auto ready = [&] { return !symmetry_ || ((&by != &transitions_ || Learnt()) && Canonise(out, permutations)); };
  for (int t = 0; by.options().reduce && t < by.locals().threads(); ++t) {
    const Transitions::Local local = by.LocalFrom(state, t, out);
    if (local == Transitions::Local::kNone) continue;
    if (local == Transitions::Local::kNotKnown || !ready()) return false;
    if (LeadsOn(id, out)) return true;
  }
  return by.From(state, out) && ready();
}

// Whether none of the steps leads back to a state that is explored already, or is being explored: then they may stand
// for all.
bool StateSpace::LeadsOn(StateId id, Steps* steps) const {
  for (std::size_t i = 0; i < steps->steps.size(); ++i) {
    const StateId to = store_.Find(steps->To(i));
    if (to != kNoState && to <= id) return false;
  }
  steps->alone = true;
  return true;
}

// Counterparts of what has been learnt are learnt, too. False: an exchange is refused, or the local states are refuted.
bool StateSpace::Learnt() {
  if (symmetry_->Close()) return true;
  refusal_ = symmetry_->refusal();
  return false;
}

bool StateSpace::Canonise(Steps* steps, bool permutations) const {
  if (permutations) steps->permutations.resize(steps->steps.size());
  for (std::size_t i = 0; i < steps->steps.size(); ++i) {
    if (!steps->steps[i].leads_on) continue;
    if (!symmetry_->Canonise(steps->To(i), permutations ? &steps->permutations[i] : nullptr)) return false;
  }
  return true;
}

void StateSpace::From(StateId id, Steps* out) { StepsOf(transitions_, id, (*this)[id].data(), true, out); }

StateId StateSpace::IdOf(const Word* state, Permutation* permutation) {
  if (permutation != nullptr) *permutation = kIdentity;
  if (!symmetry_) return store_.Find(state);
  State canonical(state, state + transitions_.words());
  symmetry_->Canonise(canonical.data(), permutation);
  return store_.Find(canonical.data());
}

void StateSpace::Read(Batch* batch) {
  for (std::size_t i = 0; i < batch->states; ++i) {
    batch->from[i] = (*this)[batch->first + static_cast<StateId>(i)];
    transitions_.Prefetch(batch->from[i].data());
  }
}

void StateSpace::Hash(Batch* batch) const {
  batch->hashes.clear();
  for (std::size_t i = 0; i < batch->states; ++i) {
    const Steps& steps = batch->steps[i];
    for (std::size_t s = 0; s < steps.steps.size(); ++s) {
      const std::uint64_t hash = store_.Hash(steps.To(s));
      store_.Prefetch(hash);
      batch->hashes.push_back(hash);
    }
  }
  for (const std::uint64_t hash : batch->hashes) store_.PrefetchState(hash);
}

// The steps of each state of the batch. False: begin again.
bool StateSpace::Expand(Batch* batch) {
  Read(batch);
  for (std::size_t i = 0; i < batch->states; ++i) {
    const auto id = batch->first + static_cast<StateId>(i);
    while (!Work(id, batch->from[i].data(), &batch->steps[i])) {
      if (transitions_.locals().refuted() || refusal_ || transitions_.contradicted()) return false;
      if (!Widen()) return false;
      for (Batch& ahead : ahead_) ahead.whole = false;  // in the old layout
      Read(batch);
      i = 0;  // so were those before
    }
  }
  Hash(batch);
  batch->known.clear();
  return true;
}

// Batches of states from `first` on, as many as are worthwhile at once.
void StateSpace::ExpandAhead(StateId first, StateId end) {
  const std::size_t most = kAheadOfEach * static_cast<std::size_t>(workers_->number());
  const std::size_t states = std::min(std::size_t{end - first}, most * kBatch);
  ahead_.resize((states + kBatch - 1) / kBatch);
  for (std::size_t b = 0; b < ahead_.size(); ++b) {
    ahead_[b].first = first + static_cast<StateId>(b * kBatch);
    ahead_[b].states = std::min(states - b * kBatch, kBatch);
  }
  for (Transitions& reader : readers_) transitions_.Exchange(&reader);
  std::atomic<std::size_t> next = 0;
  workers_->Do([&](int worker) {
    for (std::size_t b; (b = next.fetch_add(1, std::memory_order_relaxed)) < ahead_.size();) {
      ExpandBy(readers_[static_cast<std::size_t>(worker)], &ahead_[b]);
    }
  });
  for (Transitions& reader : readers_) transitions_.Exchange(&reader);
}

void StateSpace::ExpandBy(Transitions& reader, Batch* batch) {
  batch->whole = true;
  Read(batch);
  const Transitions::Tally before = reader.tally();
  for (std::size_t i = 0; i < batch->states && batch->whole; ++i) {
    const auto id = batch->first + static_cast<StateId>(i);
    batch->whole = StepsOf(reader, id, batch->from[i].data(), false, &batch->steps[i]);
  }
  if (!batch->whole) return reader.SetTally(before);
  Hash(batch);
  batch->known.clear();
  const std::uint64_t* hash = batch->hashes.data();
  for (std::size_t i = 0; i < batch->states; ++i) {
    const Steps& steps = batch->steps[i];
    for (std::size_t s = 0; s < steps.steps.size(); ++s, ++hash) {
      batch->known.push_back(steps.steps[s].leads_on && store_.Find(steps.To(s), *hash) != kNoState);
    }
  }
}

// Takes in what the steps lead to. False: the visitor has had enough, or the table is full.
bool StateSpace::Enter(const Batch& batch, Visitor& visitor) {
  std::size_t step_of_batch = 0;
  for (std::size_t i = 0; i < batch.states; ++i) {
    const StateId id = batch.first + static_cast<StateId>(i);
    const Steps& steps = batch.steps[i];
    made_ += steps.steps.size();
    reduced_ += steps.alone;
    bool polls_only = true;
    for (std::size_t s = 0; s < steps.steps.size(); ++s, ++step_of_batch) {
      const Step& step = steps.steps[s];
      if ((step.flagged | step.antecedents) != 0 || step.trouble != Transitions::Trouble::kNone) {
        if (!visitor.OnStep(id, step)) return false;
      }
      polls_only &= step.polls && step.kind != Transitions::Kind::kDrain;
      if (!step.leads_on || (!batch.known.empty() && batch.known[step_of_batch])) continue;
      if (store_.Insert(steps.To(s), batch.hashes[step_of_batch], id).id == kNoState) {
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

// A field has become too narrow: all states are converted. False: they are not there to be.
bool StateSpace::Widen() {
  outgrown_ = store_.compact();
  if (outgrown_) return false;
  const Layout before = transitions_.layout();
  transitions_.Widen();
  store_.Resize(transitions_.layout().bytes(),
                [&](const Word* narrow, Word* state) { transitions_.Convert(before, narrow, state); });
  return true;
}

StateSpace::State StateSpace::Revisited(StateId id) {
  State state = initial_;
  Steps steps;
  for (const StateId to : WayTo(id)) {
    if (to == 0) continue;
    StepsOf(transitions_, store_.parent(to), state.data(), false, &steps);
    std::size_t i = 0;
    while (i < steps.steps.size() && !(steps.steps[i].leads_on && store_.Find(steps.To(i)) == to)) ++i;
    if (i == steps.steps.size()) throw NotInterchangeable();
    state.assign(steps.To(i), steps.To(i) + state.size());
  }
  return state;
}

std::vector<StateId> StateSpace::WayTo(StateId id) const {
  std::vector<StateId> way;
  for (; id != kNoState; id = store_.parent(id)) way.push_back(id);
  std::reverse(way.begin(), way.end());
  return way;
}

}  // namespace doorway
