#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/explore/state/accesses.h"
#include "harness/explore/state/fields.h"
#include "harness/explore/state/known_waits.h"
#include "harness/explore/state/layout.h"
#include "harness/explore/state/local_states.h"
#include "harness/explore/state/monitor_states.h"
#include "harness/explore/state/permutation.h"
#include "harness/explore/state/places.h"
#include "harness/explore/state/race_tracker.h"
#include "harness/graph/monitor.h"
#include "harness/graph/verdict.h"

// The states of a program and the steps between them: for each thread its local state and, under TSO, its store buffer;
// for each location what it holds; the states of the monitors that follow the run, and of the race tracker.
//
// A step is one operation of one thread, or the oldest store of a buffer reaching memory. Under TSO a store goes into
// its thread's buffer, which has room for a given number of them (a thread whose buffer is full cannot store until it
// drains); a thread's reads see its own buffer first. Read-modify-writes, seq_cst stores (an xchg on x86), seq_cst
// fences, and a failed compare-exchange need the buffer empty. Sewell, Sarkar, Owens, Zappa Nardelli, Myreen: "x86-TSO:
// A Rigorous and Usable Programmer's Model" (CACM 2010).
//
// What an operation does is looked up in a table by local state and by what its location holds; the table is filled by
// running the thread's code, once for each. This is the inner loop of an exploration: a step is a copy of the state and
// two or three fields set.

namespace doorway {

class Transitions {
 public:
  using Word = Layout::Word;

  struct Options {
    bool tso = false;
    int buffer_capacity = 4;  // stores in a thread's buffer
    std::vector<const Monitor*> monitors;
    bool track_races = false;
    std::vector<bool> followed;    // by location: its accesses are followed, one at a time (race_tracker.h)
    bool keep_learnt = false;      // for TakeLearnt and TakeHeard
    Accesses* accesses = nullptr;  // is told of all operations, unless null
    bool reduce = false;           // for LocalFrom; REQUIRES: accesses
    std::vector<int> bits{};       // of fields, as far as is known: what an exploration before this one has needed
    int monitor_bits = 0;          // of what monitors remember; at least
  };

  // What goes wrong in a step by itself.
  enum class Trouble : std::uint8_t { kNone, kFailedCheck, kUseAfterFree, kRace, kModelError };

  enum class Kind : std::uint8_t { kOperation, kSpurious, kDrain };

  struct Step {
    std::uint64_t flagged = 0;          // a bit a monitor
    std::uint64_t antecedents = 0;      // likewise
    std::uint32_t counted = 0;          // by the counting monitor
    LocationId location = kNoLocation;  // of an access
    std::uint16_t choice = 0;           // of a choose
    std::uint8_t thread = 0;
    Kind kind = Kind::kOperation;
    Trouble trouble = Trouble::kNone;
    bool leads_on = true;              // false: trouble instead of a next state
    bool polls = false;                // an operation of a spin
    bool mute = true;                  // no monitor hears of it (worked out if steps are to be reduced)
    bool tracks = false;               // from here on the race tracker follows the access
    LocationId touched = kNoLocation;  // of a silent read: it is what the race tracker follows, or what is in trouble
  };

  // Which move: of a thread in a local state, where its operation's location holds that cell (of a choice: what is
  // chosen); or its spurious failure there.
  struct MoveKey {
    int thread = 0;
    LocalId local = 0;
    std::uint32_t cell = 0;
    bool spurious = false;
  };
  // What an operation then does.
  struct Move {
    enum What : std::uint8_t { kUnknown, kBlocks, kReads, kWrites, kUsesDead, kReadsNothing } what = kUnknown;
    Op ends = Op::kLoad;        // what the thread comes to: kFailed, kError, or anything else
    LocalId to = 0;             //
    NotesId heard = 0;          // with the step: at the latest, then tags, then at the earliest
    TouchedId touched = 0;      // silent reads that are done with the step
    std::uint32_t written = 0;  // cell of the location
  };

  // Steps of one state and the states that they lead to; reused from state to state.
  class Steps {
   public:
    std::vector<Step> steps;
    std::vector<Permutation> permutations;  // by step, where threads may have changed places; else empty
    bool alone = false;                     // those of one thread stand for all of the state
    const Word* To(std::size_t i) const { return &states_[i * words_]; }
    Word* To(std::size_t i) { return &states_[i * words_]; }

   private:
    friend class Transitions;
    void Clear(int words) {
      steps.clear();
      permutations.clear();
      alone = false;
      words_ = static_cast<std::size_t>(words);
    }
    // Room for the state that the next step leads to. Valid until the next call.
    Word* Next() {
      const std::size_t end = (steps.size() + 1) * words_;
      if (end > states_.size()) states_.resize(2 * end);
      return &states_[end - words_];
    }

    std::vector<Word> states_;  // of step i: words_ words from i * words_; longer than needed
    std::size_t words_ = 0;
  };

  Transitions(LocalStates& locals, Options options);
  // Another one for the same states, in another thread: it knows what `of` knows, and learns nothing. A step that needs
  // more is none of its: From is false. Not to be used while `of` learns.
  struct Reader {};
  Transitions(Transitions& of, Reader);
  // Takes over what `reader`, made of this, has found out, and gives it this layout.
  void Exchange(Transitions* reader);

  // The initial state; `flagged`, `antecedents` tell what the monitors said to notes before any operation.
  Step Initial(std::vector<Word>* state);

  // All steps from `state`. False: the local states are refuted (local_states.h); or else a field has become too
  // narrow: Widen, convert the states, and ask again.
  bool From(const Word* state, Steps* out);

  // The steps of one thread, or of its store buffer, that may be explored alone, as far as what others do in the
  // meantime goes: they commute with it, claims do not hear of them, and they can always be done (state_space.h).
  enum class Local : std::uint8_t { kSome, kNone, kNotKnown /* as when From is false */ };
  Local LocalFrom(const Word* state, int thread, Steps* out);
  // What has been assumed of operations and notes, so that steps may be explored alone, is not so: begin again.
  bool contradicted() const { return options_.reduce && (options_.accesses->contradicted() || spoken()); }
  bool spoken() const { return learnt_->monitors.spoken(); }  // ... of notes

  // The move, learnt now if need be; nothing, if the local states are refuted. REQUIRES: some run makes it
  std::optional<Move> MoveFor(const MoveKey& key);
  // Moves that have been learnt, and what monitors have heard for the first time, since the last call.
  std::vector<MoveKey> TakeLearnt() { return std::exchange(log_, {}); }
  std::vector<MonitorStates::Taken> TakeHeard() { return learnt_->monitors.TakeTaken(); }

  // Asks memory for what From(state) will look up.
  void Prefetch(const Word* state) const;

  const Layout& layout() const { return layout_; }
  int words() const { return layout_.words(); }
  std::vector<int> Needs() const;  // bits of each field, for all that has been seen
  bool HasRoomForAll() const;      // that has been seen
  // Makes a layout that has, and a converter of states in the one before.
  void Widen();
  void Convert(const Layout& from, const Word* old, Word* state) const;

  // Questions about a state.
  bool Ended(const Word* state, int thread) const;     // finished, failed, never spawned
  bool CanStep(const Word* state, int thread);         // an operation of it is enabled; a poll is
  bool CanDrain(const Word* state, int thread) const;  // its buffer is not empty
  bool Spinning(const Word* state, int thread) const;
  // Whether the thread waits, and, if it alone went on from `state`, its wait would end.
  Wait WaitOf(const Word* state, int thread);
  // Nobody can ever end a wait, and somebody waits who should not.
  bool IsStuck(const Word* state);

  bool Counting(const Word* state, std::size_t monitor) const {
    return learnt_->monitors.Counting(static_cast<MonitorStates::Id>(layout_.Get(state, fields_.monitors())), monitor);
  }
  LocalId LocalIdOf(const Word* state, int thread) const {
    return static_cast<LocalId>(layout_.Get(state, fields_.thread(thread)));
  }
  const LocalStates::Local& LocalOf(const Word* state, int thread) const {
    return locals_.at(thread, static_cast<LocalId>(layout_.Get(state, fields_.thread(thread))));
  }
  // What the location holds for the thread: with its own buffer, under TSO.
  const Cell& Holds(const Word* state, int thread, LocationId location) const;
  const Cell& InMemory(const Word* state, LocationId location) const;

  bool Followed(LocationId location) const {
    return location < options_.followed.size() && options_.followed[location];
  }
  const Fields& fields() const { return fields_; }
  MonitorStates& monitors() { return learnt_->monitors; }
  LocalStates& locals() { return locals_; }
  // What has come up in steps so far.
  struct Tally {
    bool buffer_was_full = false;
    std::uint64_t followed_accesses = 0;
  };
  const Tally& tally() const { return tally_; }
  void SetTally(const Tally& tally) { tally_ = tally; }
  const std::string& model_error() const { return model_error_; }
  const Options& options() const { return options_; }

 private:
  // A local state's operation at a glance.
  struct Operation {
    enum Form : std::uint8_t { kUnknown, kEnds, kChooses, kOperates } form = kUnknown;
    bool polls = false;
    bool local = false;                  // commutes with what other threads do
    bool may_fail = false;               // spuriously
    LocationId location = kNoLocation;   // of an access
    std::uint32_t first = 0, moves = 0;  // in moves_: one a cell
    std::uint32_t first_failure = 0;     // likewise, of spurious failures
  };

  bool Put(Word* state, std::size_t field, Word value) {
    if (field < layout_.fields() && layout_.Fits(field, value)) {
      layout_.Set(state, field, value);
      return true;
    }
    narrow_ = true;
    return false;
  }
  std::uint32_t CellFor(const Word* state, std::size_t thread, LocationId location) const {
    if (capacity_ != 0) {
      if (const std::optional<std::uint32_t> own = InBuffer(state, thread, location)) return *own;
    }
    if (fields_.place(location) >= layout_.fields()) return 0;  // made just now: the initial one
    return static_cast<std::uint32_t>(layout_.Get(state, fields_.place(location)));
  }
  std::optional<std::uint32_t> InBuffer(const Word* state, std::size_t thread, LocationId location) const;
  // What has been learnt.
  struct Learnt {
    Learnt(std::size_t threads, MonitorStates of) : monitors(std::move(of)), operations(threads) {}
    MonitorStates monitors;
    std::vector<std::vector<Operation>> operations;  // by thread and local state
    std::vector<Move> moves;
  };

  const Operation& OperationOf(int thread, LocalId local) {
    const std::vector<Operation>& known = learnt_->operations[static_cast<std::size_t>(thread)];
    if (local < known.size() && known[local].form != Operation::kUnknown) return known[local];
    return LookAt(thread, local);
  }
  const Operation& LookAt(int thread, LocalId local);
  Move MoveOf(int thread, LocalId local, const Operation& operation, std::uint32_t cell, bool spurious) {
    if (cell < operation.moves) {
      const Move& known = learnt_->moves[(spurious ? operation.first_failure : operation.first) + cell];
      if (known.what != Move::kUnknown) return known;
    }
    return Learn(thread, local, cell, spurious);
  }
  Move Learn(int thread, LocalId local, std::uint32_t cell, bool spurious);
  Move Compute(int thread, LocalId local, std::uint32_t cell, bool spurious);
  bool FromThread(const Word* state, int thread, Steps* out);
  bool IsMute(NotesId notes);
  void TellNothingToRead(int thread, const Label& label);
  bool GetStuckIn(const Move& move, int thread, const Label& label, Step step, Steps* out);
  bool Add(const Word* state, int thread, LocalId local, const Move& move, Step step, Steps* out);
  bool AddOne(const Word* state, int thread, LocalId local, const Move& move, Step step, Steps* out, bool begin);
  bool Touch(int thread, const Move& move, Step* step, Word* next);
  bool AddFollowed(int thread, const Move& move, Steps* out);
  bool Track(const Word* state, Word* next, int thread, const Label& label, bool wrote, bool begin, Step* step);
  bool Store(const Word* state, Word* next, int thread, const Label& label, std::uint32_t written, bool mark);
  RaceTracker::State TrackerOf(const Word* state) const;
  void PutTracker(Word* state, RaceTracker::State tracker);
  void Hear(NotesId notes, Word* state, Step* step);
  bool Drain(const Word* state, int thread, Steps* out);
  Wait FindOutWait(const Word* state, int thread, LocalId local, KnownWaits::Asked* asked);
  Wait WaitAt(const Word* state, int thread, const Node* at, KnownWaits::Asked* asked);
  bool NeedsEmptyBuffer(const Label& label, const Move& move) const;

  LocalStates& locals_;
  const Options options_;
  const Fields fields_;
  const std::size_t threads_;
  const std::size_t capacity_;  // 0 but under TSO
  Places& places_;
  const bool learns_;
  std::shared_ptr<Learnt> learnt_;
  std::vector<MoveKey> log_;
  KnownWaits waits_;
  Layout layout_;
  bool narrow_ = false;      // a field did not take its value, or something is not known
  bool constructs_ = false;  // some buffered store begins an object's life
  Tally tally_;
  std::string model_error_;
};

}  // namespace doorway
