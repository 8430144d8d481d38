// The steps of a state: what operations do to it, and what comes of that.

#include <algorithm>
#include <bit>

#include "harness/explore/state/transitions.h"
#include "harness/memory/tso.h"

namespace doorway {

// The steps of a thread that have no room are left out, but not those of others: a run that is known (concrete_run.h)
// goes on by steps that have.
bool Transitions::From(const Word* state, Steps* out) {
  out->Clear(words());
  bool all = true;
  for (std::size_t t = 0; t < threads_; ++t) {
    const std::size_t before = out->steps.size();
    narrow_ = false;
    if (FromThread(state, static_cast<int>(t), out) && (capacity_ == 0 || Drain(state, static_cast<int>(t), out))) {
      continue;
    }
    if (!learns_ || locals_.refuted()) return false;
    out->steps.resize(before);
    all = false;
  }
  return all;
}

// What is polled is left out: a state in which all that is left is to poll is stuck, and must be reached as it is.
Transitions::Local Transitions::LocalFrom(const Word* state, int thread, Steps* out) {
  out->Clear(words());
  narrow_ = false;
  const Operation& operation = OperationOf(thread, LocalIdOf(state, thread));
  if (operation.form == Operation::kUnknown) return Local::kNotKnown;
  if (operation.local && !operation.polls && !FromThread(state, thread, out)) return Local::kNotKnown;
  if (out->steps.empty() && capacity_ != 0 && CanDrain(state, thread)) {
    const auto head = static_cast<LocationId>(layout_.Get(state, fields_.entry(static_cast<std::size_t>(thread), 0)));
    if (!options_.accesses->DrainIsLocal(thread, head)) return Local::kNone;
    if (!Drain(state, thread, out)) return Local::kNotKnown;
  }
  const auto alone = [](const Step& step) { return step.mute && step.leads_on && step.trouble == Trouble::kNone; };
  const bool all = !out->steps.empty() && std::all_of(out->steps.begin(), out->steps.end(), alone);
  return all ? Local::kSome : Local::kNone;
}

bool Transitions::IsMute(NotesId notes) {
  if (const std::optional<bool> known = learnt_->monitors.FindMute(notes)) return *known;
  narrow_ |= !learns_;
  return learns_ && learnt_->monitors.IsMute(notes, locals_.notes(notes));
}

void Transitions::Prefetch(const Word* state) const {
  constexpr std::uint32_t kFew = 32;  // moves of an operation that are in the cache anyway
  for (std::size_t t = 0; t < threads_; ++t) {
    const auto local = static_cast<std::size_t>(layout_.Get(state, t));
    if (local >= learnt_->operations[t].size()) continue;
    const Operation& operation = learnt_->operations[t][local];
    if (operation.moves <= kFew || operation.location == kNoLocation) continue;
    __builtin_prefetch(&learnt_->moves[operation.first + CellFor(state, t, operation.location) % operation.moves]);
  }
}

bool Transitions::NeedsEmptyBuffer(const Label& label, const Move& move) const {
  if (capacity_ == 0) return false;
  return memory::NeedsEmptyBuffer(label, move.what == Move::kWrites);
}

bool Transitions::FromThread(const Word* state, int thread, Steps* out) {
  const auto local = static_cast<LocalId>(layout_.Get(state, fields_.thread(thread)));
  const Operation operation = OperationOf(thread, local);
  if (operation.form == Operation::kUnknown) return false;
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

void Transitions::TellNothingToRead(int thread, const Label& label) {
  model_error_ = "thread " + std::to_string(thread) + " reads '" + locals_.program().locations()[label.location].name +
                 "' before it has a value, at " + label.site.file + ":" + std::to_string(label.site.line) +
                 "; give it an initial value, or order the read after the write";
}

// A step that leads nowhere: there is nothing to read.
bool Transitions::GetStuckIn(const Move& move, int thread, const Label& label, Step step, Steps* out) {
  step.trouble = Trouble::kUseAfterFree;
  if (move.what == Move::kReadsNothing) {
    if (!learns_) return false;  // whoever learns tells
    step.trouble = Trouble::kModelError;
    TellNothingToRead(thread, label);
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
  if (RaceTracker::Follows(TrackerOf(state))) return true;
  if (move.touched != 0 && out->steps.back().leads_on && !AddFollowed(thread, move, out)) return false;
  const Label& label = locals_.at(thread, local).node->label;
  if (label.location == kNoLocation || !Followed(label.location)) return true;
  ++tally_.followed_accesses;
  return AddOne(state, thread, local, move, step, out, true);
}

// After the step that comes last: it once more for each silent read that is done with it, which the race tracker
// follows from there on.
bool Transitions::AddFollowed(int thread, const Move& move, Steps* out) {
  const std::size_t base = out->steps.size() - 1;
  for (const Label* const label : locals_.touched(move.touched)) {
    if (!Followed(label->location)) continue;
    ++tally_.followed_accesses;
    Word* const next = out->Next();
    std::copy_n(out->To(base), words(), next);
    PutTracker(next, RaceTracker::Begin(thread, *label, false));
    if (narrow_) return false;
    Step step = out->steps[base];
    step.tracks = true;
    step.touched = label->location;
    out->steps.push_back(step);
  }
  return true;
}

// What goes wrong with the silent reads that are done with the step. False: nobody knows yet.
bool Transitions::Touch(int thread, const Move& move, Step* step, Word* next) {
  const RaceTracker::State tracker = TrackerOf(next);
  for (const Label* const label : locals_.touched(move.touched)) {
    Trouble trouble = Trouble::kNone;
    const Cell& cell = InMemory(next, label->location);
    if (cell.life == Cell::kDead) trouble = Trouble::kUseAfterFree;
    if (cell.life == Cell::kUninitialised) {
      if (!learns_) return false;
      TellNothingToRead(thread, *label);
      trouble = Trouble::kModelError;
      step->leads_on = false;
    }
    if (RaceTracker::Follows(tracker)) {
      const RaceTracker::Judgement judgement = RaceTracker::Judge(tracker, thread, *label, false);
      if (judgement == RaceTracker::Judgement::kRace) trouble = Trouble::kRace;
      if (judgement == RaceTracker::Judgement::kUseAfterFree) trouble = Trouble::kUseAfterFree;
    }
    if (trouble == Trouble::kNone || step->trouble != Trouble::kNone) continue;
    step->trouble = trouble;
    step->touched = label->location;
  }
  return true;
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
  Put(next, fields_.thread(thread), move.to);
  if (wrote && capacity_ == 0) {
    if (Put(next, fields_.place(location), move.written) && options_.track_races)
      Put(next, fields_.place(location) + 1, mark);
  } else if (wrote && !Store(state, next, thread, locals_.at(thread, local).node->label, move.written, mark)) {
    return true;
  }
  if (options_.track_races && move.touched != 0 && !Touch(thread, move, &step, next)) return false;
  if (move.heard != 0) Hear(move.heard, next, &step);
  if (move.heard != 0 && options_.reduce) step.mute = IsMute(move.heard);
  if (move.ends == Op::kFailed) step.trouble = Trouble::kFailedCheck;
  if (move.ends == Op::kError) {
    if (!learns_) return false;
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
  if (memory::NeedsEmptyBuffer(label, true)) {
    if (Put(next, fields_.place(label.location), written) && options_.track_races) {
      Put(next, fields_.place(label.location) + 1, mark);
    }
    return true;
  }
  const auto t = static_cast<std::size_t>(thread);
  const std::size_t entry = layout_.Get(state, fields_.pending(t));
  if (entry == capacity_) {  // it cannot store before it drains
    tally_.buffer_was_full = true;
    return false;
  }
  Put(next, fields_.entry(t, entry), label.location);
  Put(next, fields_.entry(t, entry) + 1, written);
  if (mark) Put(next, fields_.entry(t, entry) + 2, 1);
  constructs_ |= label.construct;
  if (label.construct) Put(next, fields_.entry(t, entry) + 3, 1);
  Put(next, fields_.pending(t), entry + 1);
  return true;
}

RaceTracker::State Transitions::TrackerOf(const Word* state) const {
  const std::size_t f = fields_.tracker();
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
    const bool marked = accesses && !begin && fields_.place(label.location) < layout_.fields() &&
                        layout_.Get(state, fields_.place(label.location) + 1) != 0;
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
      if (fields_.place(static_cast<LocationId>(l)) < layout_.fields()) {
        layout_.Set(state, fields_.place(static_cast<LocationId>(l)) + 1, 0);
      }
    }
    for (std::size_t t = 0; t < threads_; ++t) {
      for (std::size_t e = 0; e < capacity_; ++e) layout_.Set(state, fields_.entry(t, e) + 2, 0);
    }
  }
  const std::size_t f = fields_.tracker();
  Put(state, f, tracker.place);
  Put(state, f + 1, tracker.what);
  Put(state, f + 2, tracker.knows);
  Put(state, f + 3, tracker.pending);
  Put(state, f + 4, tracker.fenced);
}

// The oldest store of the thread's buffer reaches memory.
bool Transitions::Drain(const Word* state, int thread, Steps* out) {
  const auto t = static_cast<std::size_t>(thread);
  const std::size_t pending = layout_.Get(state, fields_.pending(t));
  if (pending == 0) return true;
  Step step;
  step.thread = static_cast<std::uint8_t>(thread);
  step.kind = Kind::kDrain;
  step.location = static_cast<LocationId>(layout_.Get(state, fields_.entry(t, 0)));
  Word* const next = out->Next();
  std::copy_n(state, words(), next);
  if (InMemory(state, step.location).life == Cell::kDead) {
    const Cell& cell = places_[step.location][static_cast<std::uint32_t>(layout_.Get(state, fields_.entry(t, 0) + 1))];
    const bool begins = layout_.Get(state, fields_.entry(t, 0) + 3) != 0;
    if (cell.life == Cell::kAlive && !begins) step.trouble = Trouble::kUseAfterFree;
  }
  Put(next, fields_.place(step.location), layout_.Get(state, fields_.entry(t, 0) + 1));
  if (options_.track_races) Put(next, fields_.place(step.location) + 1, layout_.Get(state, fields_.entry(t, 0) + 2));
  for (std::size_t entry = 0; entry < capacity_; ++entry) {
    for (std::size_t part = 0; part < Fields::kEntry; ++part) {
      const bool last = entry + 1 >= pending;
      layout_.Set(next, fields_.entry(t, entry) + part,
                  last ? 0 : layout_.Get(state, fields_.entry(t, entry + 1) + part));
    }
  }
  Put(next, fields_.pending(t), pending - 1);
  if (narrow_) return false;
  out->steps.push_back(step);
  return true;
}

}  // namespace doorway
