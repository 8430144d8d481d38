#include "harness/explore/state/transitions.h"

#include <bit>
#include <cstring>

#include "harness/behaviour/model_error.h"

namespace doorway {
namespace {

int BitsFor(std::size_t different) { return different <= 1 ? 0 : static_cast<int>(std::bit_width(different - 1)); }

// x86's compare-exchange is locked, whether it succeeds or not; an update that declines was only a load.
bool IsLocked(const Label& label, bool wrote) {
  return label.op == Op::kUpdate && (wrote || std::string_view(label.verb).starts_with("compare_exchange"));
}

}  // namespace

Transitions::Transitions(LocalStates& locals, Options options)
    : locals_(locals),
      options_(std::move(options)),
      threads_(static_cast<std::size_t>(locals.threads())),
      capacity_(options_.tso ? static_cast<std::size_t>(options_.buffer_capacity) : 0),
      places_(locals.places()),
      moves_(threads_) {}

// ---- Layout ----

std::vector<int> Transitions::Needs() const {
  std::vector<int> bits(place_field(static_cast<LocationId>(places_.size())), 0);
  const int mark = options_.track_races ? 1 : 0;
  std::size_t widest = 1;
  for (std::size_t l = 0; l < places_.size(); ++l) {
    widest = std::max(widest, places_[static_cast<LocationId>(l)].size());
  }
  for (std::size_t t = 0; t < threads_; ++t) {
    bits[t] = BitsFor(locals_.count(static_cast<int>(t)));
    if (capacity_ == 0) continue;
    bits[pending_field(t)] = BitsFor(capacity_ + 1);
    for (std::size_t entry = 0; entry < capacity_; ++entry) {
      bits[entry_field(t, entry)] = BitsFor(places_.size());
      bits[entry_field(t, entry) + 1] = BitsFor(widest);
      bits[entry_field(t, entry) + 2] = mark;
    }
  }
  for (std::size_t m = 0; m < options_.monitors.size(); ++m) bits[monitor_field(m)] = options_.monitors[m]->bits();
  if (options_.track_races) {
    const std::size_t tracker = tracker_field();
    bits[tracker] = BitsFor(places_.size() + 1);
    bits[tracker + 1] = 3;
    for (std::size_t i = 2; i < RaceTracker::kFields; ++i) bits[tracker + i] = static_cast<int>(threads_);
  }
  for (std::size_t l = 0; l < places_.size(); ++l) {
    bits[place_field(static_cast<LocationId>(l))] = BitsFor(places_[static_cast<LocationId>(l)].size());
    bits[place_field(static_cast<LocationId>(l)) + 1] = mark;
  }
  return bits;
}

void Transitions::Widen() {
  places_.Update();
  layout_ = Layout(Needs());
  narrow_ = false;
}

void Transitions::Convert(const Layout& from, const Word* old, Word* state) const {
  std::memset(state, 0, static_cast<std::size_t>(words()) * sizeof(Word));
  for (std::size_t field = 0; field < from.fields(); ++field) layout_.Set(state, field, from.Get(old, field));
}

bool Transitions::Put(Word* state, std::size_t field, Word value) {
  if (field >= layout_.fields() || !layout_.Fits(field, value)) {
    narrow_ = true;
    return false;
  }
  layout_.Set(state, field, value);
  return true;
}

// ---- What operations do ----

const Cell& Transitions::InMemory(const Word* state, LocationId location) const {
  const bool known = place_field(location) < layout_.fields();
  return places_[location][known ? static_cast<std::uint32_t>(layout_.Get(state, place_field(location))) : 0];
}

std::uint32_t Transitions::CellFor(const Word* state, std::size_t thread, LocationId location) const {
  if (capacity_ != 0) {
    for (std::size_t entry = layout_.Get(state, pending_field(thread)); entry-- > 0;) {
      if (layout_.Get(state, entry_field(thread, entry)) == location) {
        return static_cast<std::uint32_t>(layout_.Get(state, entry_field(thread, entry) + 1));
      }
    }
  }
  if (place_field(location) >= layout_.fields()) return 0;  // made just now: the initial one
  return static_cast<std::uint32_t>(layout_.Get(state, place_field(location)));
}

const Cell& Transitions::Holds(const Word* state, int thread, LocationId location) const {
  return places_[location][CellFor(state, static_cast<std::size_t>(thread), location)];
}

const Transitions::Move& Transitions::MoveOf(int thread, LocalId local, std::uint32_t cell, bool spurious) {
  std::vector<Moves>& of_thread = moves_[static_cast<std::size_t>(thread)];
  if (of_thread.size() <= local) of_thread.resize(local + 1);
  std::vector<Move>& known = spurious ? of_thread[local].spurious : of_thread[local].by_cell;
  if (known.size() <= cell) known.resize(cell + 1);
  if (known[cell].what == Move::kUnknown) {
    const Label& label = locals_.at(thread, local).node->label;
    const Cell read = Reads(label.op) ? places_[label.location][cell] : Cell{cell, Cell::kAlive};
    known[cell] = Compute(thread, local, read, spurious);
  }
  return known[cell];
}

Transitions::Move Transitions::Compute(int thread, LocalId local, const Cell& read, bool spurious) {
  const Label& label = locals_.at(thread, local).node->label;
  Move move;
  move.what = Move::kReads;
  Value value = read.value;
  Cell written;
  if (Reads(label.op)) {
    value = Truncate(value, label.width);
    const Outcome outcome = spurious ? Outcome{} : Apply(label, value);
    if (outcome.action == Action::kBlock) {
      move.what = Move::kBlocks;
      return move;
    }
    if (outcome.action == Action::kWrite) move.what = Move::kWrites;
    written.value = outcome.written;
  } else if (label.op == Op::kStore) {
    value = 0;
    move.what = Move::kWrites;
    written.value = Truncate(label.operands[0], label.width);
    if (label.construct && label.operands[1] != 0) written = {0, Cell::kUninitialised};
    if (label.destroy) written = {0, Cell::kDead};
  } else if (label.op == Op::kFence) {
    value = 0;
  }
  const LocationId location = label.location;
  const LocalStates::Arrival arrival = locals_.After(thread, local, value, spurious);
  places_.Update();
  if (locals_.refuted()) {
    narrow_ = true;
    return move;
  }
  move.to = arrival.to;
  move.notes = arrival.notes;
  move.ends = locals_.at(thread, arrival.to).node->label.op;
  if (move.what == Move::kWrites) move.written = places_[location].IdOf(written);
  return move;
}

// ---- Steps ----

void Transitions::Hear(NotesId notes, Word* state, Step* step) {
  if (notes == 0) return;
  for (std::size_t m = 0; m < options_.monitors.size(); ++m) {
    Word value = layout_.Get(state, monitor_field(m));
    for (const Monitor::Noted& noted : locals_.notes(notes)) {
      const Monitor::Answer answer = options_.monitors[m]->Hear(noted, &value);
      step->flagged |= std::uint64_t{answer.flagged} << m;
      step->antecedents |= std::uint64_t{answer.antecedent} << m;
      step->counted += answer.counted;
    }
    Put(state, monitor_field(m), value);
  }
}

Transitions::Step Transitions::Initial(std::vector<Word>* state) {
  std::vector<LocalStates::Arrival> arrivals;
  for (std::size_t t = 0; t < threads_; ++t) arrivals.push_back(locals_.Start(static_cast<int>(t)));
  Widen();
  state->assign(static_cast<std::size_t>(words()), 0);
  Step step;
  for (std::size_t m = 0; m < options_.monitors.size(); ++m) {
    layout_.Set(state->data(), monitor_field(m), options_.monitors[m]->initial());
  }
  for (std::size_t t = 0; t < threads_; ++t) {
    layout_.Set(state->data(), t, arrivals[t].to);
    Hear(arrivals[t].notes, state->data(), &step);
    const Label& label = locals_.at(static_cast<int>(t), arrivals[t].to).node->label;
    if (label.op == Op::kFailed) step.trouble = Trouble::kFailedCheck;
    if (label.op == Op::kError) throw ModelError("thread " + std::to_string(t) + ": " + label.verb);
  }
  return step;
}

bool Transitions::From(const Word* state, Steps* out) {
  out->steps.clear();
  out->states.clear();
  out->words = words();
  narrow_ = false;
  for (std::size_t t = 0; t < threads_; ++t) {
    if (!FromThread(state, static_cast<int>(t), out)) return false;
    if (capacity_ != 0 && !Drain(state, static_cast<int>(t), out)) return false;
  }
  return true;
}

bool Transitions::NeedsEmptyBuffer(const Label& label, const Move& move) const {
  if (capacity_ == 0) return false;
  const bool wrote = move.what == Move::kWrites;
  return IsLocked(label, wrote) || (label.op == Op::kStore && label.order == Order::kSeqCst) ||
         (label.op == Op::kFence && label.order == Order::kSeqCst);
}

bool Transitions::FromThread(const Word* state, int thread, Steps* out) {
  const auto local = static_cast<LocalId>(layout_.Get(state, thread_field(thread)));
  const Label& label = locals_.at(thread, local).node->label;
  Step step;
  step.thread = static_cast<std::uint8_t>(thread);
  if (EndsThread(label.op)) return true;
  if (label.op == Op::kChoose) {
    for (Value choice = 0; choice < label.operands[0]; ++choice) {
      step.choice = static_cast<std::uint16_t>(choice);
      const Move move = MoveOf(thread, local, static_cast<std::uint32_t>(choice), false);
      if (narrow_ || !Add(state, thread, local, move, step, out)) return false;
    }
    return true;
  }
  std::uint32_t cell = 0;
  if (label.location != kNoLocation) {
    cell = CellFor(state, static_cast<std::size_t>(thread), label.location);
    step.location = label.location;
    const Cell& found = places_[label.location][cell];
    if (found.life == Cell::kDead && !label.construct) {
      step.trouble = Trouble::kUseAfterFree;
      step.leads_on = false;
      out->steps.push_back(step);
      out->states.resize(out->states.size() + static_cast<std::size_t>(words()));
      return true;
    }
    if (found.life == Cell::kUninitialised && Reads(label.op)) {
      model_error_ = "thread " + std::to_string(thread) + " reads '" +
                     locals_.program().locations()[label.location].name + "' before it has a value, at " +
                     label.site.file + ":" + std::to_string(label.site.line) +
                     "; give it an initial value, or order the read after the write";
      step.trouble = Trouble::kModelError;
      step.leads_on = false;
      out->steps.push_back(step);
      out->states.resize(out->states.size() + static_cast<std::size_t>(words()));
      return true;
    }
  }
  const Move move = MoveOf(thread, local, Reads(label.op) ? cell : 0, false);
  if (narrow_) return false;
  if (move.what == Move::kBlocks) return true;
  const bool empty = capacity_ == 0 || layout_.Get(state, pending_field(static_cast<std::size_t>(thread))) == 0;
  if (!empty && NeedsEmptyBuffer(label, move)) return true;
  if (!Add(state, thread, local, move, step, out)) return false;
  if (label.weak && move.what == Move::kWrites) {
    const Move fails = MoveOf(thread, local, cell, true);
    step.kind = Kind::kSpurious;
    if (narrow_ || !Add(state, thread, local, fails, step, out)) return false;
  }
  return true;
}

bool Transitions::Add(const Word* state, int thread, LocalId local, const Move& move, Step step, Steps* out) {
  const std::size_t before = out->steps.size();
  if (!AddTracked(state, thread, local, move, step, out, false)) return false;
  // None, if the buffer is full.
  if (!options_.track_races || out->steps.size() == before || out->steps.back().trouble == Trouble::kRace) return true;
  const Label& label = locals_.at(thread, local).node->label;
  if (label.location == kNoLocation || RaceTracker::Follows(TrackerOf(state)) || !Followed(label.location)) return true;
  ++followed_accesses_;
  return AddTracked(state, thread, local, move, step, out, true);
}

RaceTracker::State Transitions::TrackerOf(const Word* state) const {
  const std::size_t f = tracker_field();
  return {layout_.Get(state, f), layout_.Get(state, f + 1), layout_.Get(state, f + 2), layout_.Get(state, f + 3),
          layout_.Get(state, f + 4)};
}

// Appends the step to `out`. `begin`: the race tracker follows its access from here on.
bool Transitions::AddTracked(const Word* state, int thread, LocalId local, const Move& move, Step step, Steps* out,
                             bool begin) {
  const auto t = static_cast<std::size_t>(thread);
  const LocalStates::Local& from = locals_.at(thread, local);
  const Label& label = from.node->label;
  const bool wrote = move.what == Move::kWrites;
  const std::size_t at = out->states.size();
  out->states.resize(at + static_cast<std::size_t>(words()));
  Word* const next = &out->states[at];
  std::memcpy(next, state, static_cast<std::size_t>(words()) * sizeof(Word));

  bool mark = false;
  if (options_.track_races) {
    RaceTracker::State tracker = TrackerOf(state);
    const bool accesses = label.location != kNoLocation;
    if (begin) {
      tracker = RaceTracker::Begin(thread, label, wrote);
      step.tracks = true;
    } else if (RaceTracker::Follows(tracker) && accesses) {
      const RaceTracker::Judgement judgement = RaceTracker::Judge(tracker, thread, label, wrote);
      if (judgement == RaceTracker::Judgement::kRace) step.trouble = Trouble::kRace;
      if (judgement == RaceTracker::Judgement::kUseAfterFree) step.trouble = Trouble::kUseAfterFree;
    }
    if (RaceTracker::Follows(tracker)) {
      const bool marked = accesses && !begin && place_field(label.location) < layout_.fields() &&
                          layout_.Get(state, place_field(label.location) + 1) != 0;
      mark = RaceTracker::Do(&tracker, thread, label, wrote, marked);
    }
    PutTracker(next, tracker);
  }

  Hear(from.departing, next, &step);
  Put(next, thread_field(thread), move.to);
  if (wrote) {
    const bool direct = capacity_ == 0 || IsLocked(label, true) || label.order == Order::kSeqCst;
    if (direct) {
      if (Put(next, place_field(label.location), move.written) && options_.track_races) {
        Put(next, place_field(label.location) + 1, mark);
      }
    } else {
      const std::size_t entry = layout_.Get(state, pending_field(t));
      if (entry == capacity_) {  // it cannot store before it drains
        buffer_was_full_ = true;
        out->states.resize(at);
        return true;
      }
      Put(next, entry_field(t, entry), label.location);
      Put(next, entry_field(t, entry) + 1, move.written);
      if (mark) Put(next, entry_field(t, entry) + 2, 1);
      Put(next, pending_field(t), entry + 1);
    }
  }
  Hear(move.notes, next, &step);
  if (move.ends == Op::kFailed) step.trouble = Trouble::kFailedCheck;
  if (move.ends == Op::kError) {
    model_error_ = "thread " + std::to_string(thread) + ": " + locals_.at(thread, move.to).node->label.verb;
    step.trouble = Trouble::kModelError;
    step.leads_on = false;
  }
  if (narrow_) return false;
  out->steps.push_back(step);
  return true;
}

// Nothing is followed once everybody knows: it has no consequences any more.
void Transitions::PutTracker(Word* state, RaceTracker::State tracker) {
  if (std::popcount(tracker.knows) == static_cast<int>(threads_)) {
    tracker = {};
    for (std::size_t l = 0; l < places_.size(); ++l) {
      if (place_field(static_cast<LocationId>(l)) < layout_.fields()) {
        layout_.Set(state, place_field(static_cast<LocationId>(l)) + 1, 0);
      }
    }
    for (std::size_t t = 0; t < threads_; ++t) {
      for (std::size_t e = 0; e < capacity_; ++e) layout_.Set(state, entry_field(t, e) + 2, 0);
    }
  }
  const std::size_t f = tracker_field();
  Put(state, f, tracker.place);
  Put(state, f + 1, tracker.what);
  Put(state, f + 2, tracker.knows);
  Put(state, f + 3, tracker.pending);
  Put(state, f + 4, tracker.fenced);
}

// The oldest store of the thread's buffer reaches memory.
bool Transitions::Drain(const Word* state, int thread, Steps* out) {
  const auto t = static_cast<std::size_t>(thread);
  const std::size_t pending = layout_.Get(state, pending_field(t));
  if (pending == 0) return true;
  Step step;
  step.thread = static_cast<std::uint8_t>(thread);
  step.kind = Kind::kDrain;
  step.location = static_cast<LocationId>(layout_.Get(state, entry_field(t, 0)));
  const std::size_t at = out->states.size();
  out->states.resize(at + static_cast<std::size_t>(words()));
  Word* const next = &out->states[at];
  std::memcpy(next, state, static_cast<std::size_t>(words()) * sizeof(Word));
  if (InMemory(state, step.location).life == Cell::kDead) {
    const Cell& cell = places_[step.location][static_cast<std::uint32_t>(layout_.Get(state, entry_field(t, 0) + 1))];
    if (cell.life == Cell::kAlive) step.trouble = Trouble::kUseAfterFree;
  }
  Put(next, place_field(step.location), layout_.Get(state, entry_field(t, 0) + 1));
  if (options_.track_races) Put(next, place_field(step.location) + 1, layout_.Get(state, entry_field(t, 0) + 2));
  for (std::size_t entry = 0; entry < capacity_; ++entry) {
    for (std::size_t part = 0; part < kEntryFields; ++part) {
      const bool last = entry + 1 >= pending;
      layout_.Set(next, entry_field(t, entry) + part, last ? 0 : layout_.Get(state, entry_field(t, entry + 1) + part));
    }
  }
  Put(next, pending_field(t), pending - 1);
  if (narrow_) return false;
  out->steps.push_back(step);
  return true;
}

}  // namespace doorway
