#include "harness/explore/state/transitions.h"

#include <algorithm>
#include <bit>
#include <string_view>

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
      monitors_(options_.monitors),
      operations_(threads_) {}

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
  bits[monitors_field()] = BitsFor(monitors_.size());
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
  std::fill_n(state, words(), Word{0});
  for (std::size_t field = 0; field < from.fields(); ++field) layout_.Set(state, field, from.Get(old, field));
}

// ---- What operations do ----

const Cell& Transitions::InMemory(const Word* state, LocationId location) const {
  const bool known = place_field(location) < layout_.fields();
  return places_[location][known ? static_cast<std::uint32_t>(layout_.Get(state, place_field(location))) : 0];
}

std::optional<std::uint32_t> Transitions::InBuffer(const Word* state, std::size_t thread, LocationId location) const {
  for (std::size_t entry = layout_.Get(state, pending_field(thread)); entry-- > 0;) {
    if (layout_.Get(state, entry_field(thread, entry)) == location) {
      return static_cast<std::uint32_t>(layout_.Get(state, entry_field(thread, entry) + 1));
    }
  }
  return std::nullopt;
}

const Cell& Transitions::Holds(const Word* state, int thread, LocationId location) const {
  return places_[location][CellFor(state, static_cast<std::size_t>(thread), location)];
}

const Transitions::Operation& Transitions::LookAt(int thread, LocalId local) {
  std::vector<Operation>& known = operations_[static_cast<std::size_t>(thread)];
  if (known.size() <= local) known.resize(std::max(locals_.count(thread), std::size_t{local} + 1));
  const LocalStates::Local& of = locals_.at(thread, local);
  const Label& label = of.node->label;
  Operation& operation = known[local];
  operation.form = EndsThread(label.op)      ? Operation::kEnds
                   : label.op == Op::kChoose ? Operation::kChooses
                                             : Operation::kOperates;
  operation.polls = of.in_spin;
  operation.may_fail = label.weak;
  operation.location = label.location;
  return operation;
}

// Enters a move into the table. What it refers to may move in memory.
Transitions::Move Transitions::Learn(int thread, LocalId local, std::uint32_t cell, bool spurious) {
  const Move move = Compute(thread, local, cell, spurious);
  if (narrow_) return move;  // refuted
  Operation& operation = operations_[static_cast<std::size_t>(thread)][local];
  if (cell >= operation.moves) {
    const std::uint32_t count = std::max(cell + 1, 2 * operation.moves);
    const auto enlarge = [&](std::uint32_t* first) {
      const auto to = static_cast<std::uint32_t>(moves_.size());
      moves_.resize(moves_.size() + count);
      std::copy_n(moves_.begin() + *first, operation.moves, moves_.begin() + to);
      *first = to;
    };
    enlarge(&operation.first);
    if (operation.may_fail) enlarge(&operation.first_failure);
    operation.moves = count;
  }
  moves_[(spurious ? operation.first_failure : operation.first) + cell] = move;
  return move;
}

Transitions::Move Transitions::Compute(int thread, LocalId local, std::uint32_t cell, bool spurious) {
  const NotesId departing = locals_.at(thread, local).departing;
  const Label& label = locals_.at(thread, local).node->label;
  const LocationId location = label.location;
  Move move;
  move.what = Move::kReads;
  Value value = label.op == Op::kChoose ? cell : 0;
  Cell written;
  if (location != kNoLocation) {
    const Cell& found = places_[location][cell];
    if (found.life == Cell::kDead && !label.construct) move.what = Move::kUsesDead;
    if (found.life == Cell::kUninitialised && Reads(label.op)) move.what = Move::kReadsNothing;
    if (move.what != Move::kReads) return move;
  }
  if (Reads(label.op)) {
    value = Truncate(places_[location][cell].value, label.width);
    const Outcome outcome = spurious ? Outcome{} : Apply(label, value);
    if (outcome.action == Action::kBlock) {
      move.what = Move::kBlocks;
      return move;
    }
    if (outcome.action == Action::kWrite) move.what = Move::kWrites;
    written.value = outcome.written;
  } else if (label.op == Op::kStore) {
    move.what = Move::kWrites;
    written.value = Truncate(label.operands[0], label.width);
    if (label.construct && label.operands[1] != 0) written = {0, Cell::kUninitialised};
    if (label.destroy) written = {0, Cell::kDead};
  }
  const LocalStates::Arrival arrival = locals_.After(thread, local, value, spurious);
  places_.Update();
  if (locals_.refuted()) {
    narrow_ = true;
    return move;
  }
  move.to = arrival.to;
  move.heard = locals_.Together(departing, arrival.notes);
  move.ends = locals_.at(thread, arrival.to).node->label.op;
  if (move.what == Move::kWrites) move.written = places_[location].IdOf(written);
  return move;
}

// ---- Steps ----

void Transitions::Hear(NotesId notes, Word* state, Step* step) {
  const auto from = static_cast<MonitorStates::Id>(layout_.Get(state, monitors_field()));
  const MonitorStates::Heard heard = monitors_.Hear(from, notes, locals_.notes(notes));
  step->flagged |= heard.flagged;
  step->antecedents |= heard.antecedents;
  step->counted += heard.counted;
  Put(state, monitors_field(), heard.to);
}

Transitions::Step Transitions::Initial(std::vector<Word>* state) {
  Step step;
  std::vector<LocalStates::Arrival> arrivals;
  MonitorStates::Id monitors = 0;
  for (std::size_t t = 0; t < threads_; ++t) {
    const LocalStates::Arrival& arrival = arrivals.emplace_back(locals_.Start(static_cast<int>(t)));
    const MonitorStates::Heard heard = monitors_.Hear(monitors, arrival.notes, locals_.notes(arrival.notes));
    monitors = heard.to;
    step.flagged |= heard.flagged;
    step.antecedents |= heard.antecedents;
    step.counted += heard.counted;
    const Label& label = locals_.at(static_cast<int>(t), arrival.to).node->label;
    if (label.op == Op::kFailed) step.trouble = Trouble::kFailedCheck;
    if (label.op == Op::kError) throw ModelError("thread " + std::to_string(t) + ": " + label.verb);
  }
  Widen();
  state->assign(static_cast<std::size_t>(words()), 0);
  for (std::size_t t = 0; t < threads_; ++t) layout_.Set(state->data(), t, arrivals[t].to);
  layout_.Set(state->data(), monitors_field(), monitors);
  return step;
}

bool Transitions::From(const Word* state, Steps* out) {
  out->Clear(words());
  narrow_ = false;
  for (std::size_t t = 0; t < threads_; ++t) {
    if (!FromThread(state, static_cast<int>(t), out)) return false;
    if (capacity_ != 0 && !Drain(state, static_cast<int>(t), out)) return false;
  }
  return true;
}

void Transitions::Prefetch(const Word* state) const {
  constexpr std::uint32_t kFew = 32;  // moves of an operation that are in the cache anyway
  for (std::size_t t = 0; t < threads_; ++t) {
    const auto local = static_cast<std::size_t>(layout_.Get(state, t));
    if (local >= operations_[t].size()) continue;
    const Operation& operation = operations_[t][local];
    if (operation.moves <= kFew || operation.location == kNoLocation) continue;
    __builtin_prefetch(&moves_[operation.first + CellFor(state, t, operation.location) % operation.moves]);
  }
}

bool Transitions::NeedsEmptyBuffer(const Label& label, const Move& move) const {
  if (capacity_ == 0) return false;
  const bool wrote = move.what == Move::kWrites;
  return IsLocked(label, wrote) || (label.op == Op::kStore && label.order == Order::kSeqCst) ||
         (label.op == Op::kFence && label.order == Order::kSeqCst);
}

bool Transitions::FromThread(const Word* state, int thread, Steps* out) {
  const auto local = static_cast<LocalId>(layout_.Get(state, thread_field(thread)));
  const Operation operation = OperationOf(thread, local);
  if (operation.form == Operation::kEnds) return true;
  Step step;
  step.thread = static_cast<std::uint8_t>(thread);
  step.polls = operation.polls;
  if (operation.form == Operation::kChooses) {
    const Value choices = locals_.at(thread, local).node->label.operands[0];
    for (Value choice = 0; choice < choices; ++choice) {
      step.choice = static_cast<std::uint16_t>(choice);
      const Move move = MoveOf(thread, local, OperationOf(thread, local), static_cast<std::uint32_t>(choice), false);
      if (narrow_ || !Add(state, thread, local, move, step, out)) return false;
    }
    return true;
  }
  step.location = operation.location;
  std::uint32_t cell = 0;
  if (operation.location != kNoLocation) cell = CellFor(state, static_cast<std::size_t>(thread), operation.location);
  const Move move = MoveOf(thread, local, operation, cell, false);
  if (narrow_) return false;
  if (move.what == Move::kBlocks) return true;
  const Label& label = locals_.at(thread, local).node->label;
  if (move.what >= Move::kUsesDead) return GetStuckIn(move, thread, label, step, out);
  if (CanDrain(state, thread) && NeedsEmptyBuffer(label, move)) return true;
  if (!Add(state, thread, local, move, step, out)) return false;
  if (operation.may_fail && move.what == Move::kWrites) {
    const Move fails = MoveOf(thread, local, OperationOf(thread, local), cell, true);
    step.kind = Kind::kSpurious;
    if (narrow_ || !Add(state, thread, local, fails, step, out)) return false;
  }
  return true;
}

// A step that leads nowhere: there is nothing to read.
bool Transitions::GetStuckIn(const Move& move, int thread, const Label& label, Step step, Steps* out) {
  step.trouble = Trouble::kUseAfterFree;
  if (move.what == Move::kReadsNothing) {
    step.trouble = Trouble::kModelError;
    model_error_ = "thread " + std::to_string(thread) + " reads '" +
                   locals_.program().locations()[label.location].name + "' before it has a value, at " +
                   label.site.file + ":" + std::to_string(label.site.line) +
                   "; give it an initial value, or order the read after the write";
  }
  step.leads_on = false;
  std::fill_n(out->Next(), words(), Word{0});
  out->steps.push_back(step);
  return true;
}

bool Transitions::Add(const Word* state, int thread, LocalId local, const Move& move, Step step, Steps* out) {
  const std::size_t before = out->steps.size();
  if (!AddOne(state, thread, local, move, step, out, false)) return false;
  // None, if the buffer is full.
  if (!options_.track_races || out->steps.size() == before || out->steps.back().trouble == Trouble::kRace) return true;
  const Label& label = locals_.at(thread, local).node->label;
  if (label.location == kNoLocation || RaceTracker::Follows(TrackerOf(state)) || !Followed(label.location)) return true;
  ++followed_accesses_;
  return AddOne(state, thread, local, move, step, out, true);
}

// Appends the step to `out`. `begin`: the race tracker follows its access from here on.
bool Transitions::AddOne(const Word* state, int thread, LocalId local, const Move& move, Step step, Steps* out,
                         bool begin) {
  Word* const next = out->Next();
  std::copy_n(state, words(), next);
  const bool wrote = move.what == Move::kWrites;
  const LocationId location = step.location;
  bool mark = false;
  if (options_.track_races) {
    mark = Track(state, next, thread, locals_.at(thread, local).node->label, wrote, begin, &step);
  }
  Put(next, thread_field(thread), move.to);
  if (wrote && capacity_ == 0) {
    if (Put(next, place_field(location), move.written) && options_.track_races)
      Put(next, place_field(location) + 1, mark);
  } else if (wrote && !Store(state, next, thread, locals_.at(thread, local).node->label, move.written, mark)) {
    return true;
  }
  if (move.heard != 0) Hear(move.heard, next, &step);
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

// A store under TSO: to memory, if it needs the buffer empty, else into it. False: the buffer is full.
bool Transitions::Store(const Word* state, Word* next, int thread, const Label& label, std::uint32_t written,
                        bool mark) {
  if (IsLocked(label, true) || label.order == Order::kSeqCst) {
    if (Put(next, place_field(label.location), written) && options_.track_races) {
      Put(next, place_field(label.location) + 1, mark);
    }
    return true;
  }
  const auto t = static_cast<std::size_t>(thread);
  const std::size_t entry = layout_.Get(state, pending_field(t));
  if (entry == capacity_) {  // it cannot store before it drains
    buffer_was_full_ = true;
    return false;
  }
  Put(next, entry_field(t, entry), label.location);
  Put(next, entry_field(t, entry) + 1, written);
  if (mark) Put(next, entry_field(t, entry) + 2, 1);
  Put(next, pending_field(t), entry + 1);
  return true;
}

RaceTracker::State Transitions::TrackerOf(const Word* state) const {
  const std::size_t f = tracker_field();
  return {layout_.Get(state, f), layout_.Get(state, f + 1), layout_.Get(state, f + 2), layout_.Get(state, f + 3),
          layout_.Get(state, f + 4)};
}

// What the race tracker remembers after the step. Returns the mark of what is written.
bool Transitions::Track(const Word* state, Word* next, int thread, const Label& label, bool wrote, bool begin,
                        Step* step) {
  RaceTracker::State tracker = TrackerOf(state);
  const bool accesses = label.location != kNoLocation;
  if (begin) {
    tracker = RaceTracker::Begin(thread, label, wrote);
    step->tracks = true;
  } else if (RaceTracker::Follows(tracker) && accesses) {
    const RaceTracker::Judgement judgement = RaceTracker::Judge(tracker, thread, label, wrote);
    if (judgement == RaceTracker::Judgement::kRace) step->trouble = Trouble::kRace;
    if (judgement == RaceTracker::Judgement::kUseAfterFree) step->trouble = Trouble::kUseAfterFree;
  }
  bool mark = false;
  if (RaceTracker::Follows(tracker)) {
    const bool marked = accesses && !begin && place_field(label.location) < layout_.fields() &&
                        layout_.Get(state, place_field(label.location) + 1) != 0;
    mark = RaceTracker::Do(&tracker, thread, label, wrote, marked);
  }
  PutTracker(next, tracker);
  return mark;
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
  Word* const next = out->Next();
  std::copy_n(state, words(), next);
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
