#include "harness/testing/states.h"

#include <algorithm>
#include <map>
#include <utility>

#include "harness/graph/label.h"
#include "harness/testing/liveness.h"

namespace doorway::reference {

namespace {

// What an agent's step comes to.
struct Move {
  State state;
  Step step;
};

class Explorer {
 public:
  Explorer(const Program& program, MemoryModel memory) : program_(program), tso_(memory == MemoryModel::kTso) {
    for (const std::vector<Instruction>& code : program.threads) live_.push_back(Liveness(code));
    space_.threads = static_cast<int>(program.threads.size());
  }

  StateSpace Explore(std::size_t max_states) {
    Number(Initial());
    for (std::size_t s = 0; s < space_.states.size(); ++s) {
      if (max_states != 0 && space_.states.size() > max_states) {
        space_.gave_up = true;
        break;
      }
      const State state = space_.states[s];
      std::set<int>& able = space_.able.emplace_back();
      std::set<int>& could_end_wait = space_.could_end_wait.emplace_back();
      if (std::ranges::any_of(state.threads, &ThreadAt::failed)) {
        space_.check_fails = true;
        continue;
      }
      for (Move& move : Moves(state)) {
        move.step.from = static_cast<int>(s);
        move.step.to = Number(std::move(move.state));
        able.insert(move.step.agent);
        space_.steps.push_back(std::move(move.step));
      }
      for (int t = 0; t < space_.threads; ++t) {
        if (CouldEndWait(state, t)) could_end_wait.insert(t);
        space_.longest_buffer = std::max(space_.longest_buffer, state.buffers[t].size());
      }
      Judge(state);
    }
    return std::move(space_);
  }

 private:
  const std::vector<Instruction>& code(int thread) const { return program_.threads[thread]; }
  bool Finished(const State& state, int thread) const {
    return state.threads[thread].pc == static_cast<int>(code(thread).size());
  }
  const Instruction& Next(const State& state, int thread) const { return code(thread)[state.threads[thread].pc]; }

  int Number(State state) {
    const auto [entry, is_new] = numbers_.emplace(std::move(state), static_cast<int>(space_.states.size()));
    if (is_new) space_.states.push_back(entry->first);
    return entry->second;
  }

  State Initial() {
    State state;
    for (const Location& location : program_.locations) {
      state.memory.push_back(Truncate(location.initial, location.width));
    }
    state.buffers.resize(program_.threads.size());
    for (int t = 0; t < space_.threads; ++t) {
      ThreadAt& thread = state.threads.emplace_back();
      Begin(t, &thread);
      Settle(t, &thread, false, &space_.heard_first);
    }
    return state;
  }

  // ---- Between operations ----

  void Begin(int t, ThreadAt* thread) const {
    *thread = ThreadAt{};
    thread->registers.resize(code(t).size());
    thread->done.resize(code(t).size());
  }

  // Goes on to the next operation, and forgets what is not needed any more. `operated`: this iteration has had an
  // operation, so that a tag has something to sit on.
  void Settle(int t, ThreadAt* thread, bool operated, std::vector<NoteHeard>* heard) const {
    std::vector<NoteHeard> notes;
    const int end = static_cast<int>(code(t).size());
    while (!thread->failed) {
      if (thread->pc >= end) {
        thread->pc = end;
        if (!program_.IsEndless(t)) break;
        Begin(t, thread);
        operated = false;
      }
      const Instruction& next = code(t)[thread->pc];
      if (IsOperation(next)) break;
      Pass(next, thread);
      if (next.kind == Instruction::kTag && operated) heard->push_back({next.note, next.subject});
      if (next.kind == Instruction::kNote) notes.push_back({next.note, next.subject});
      ++thread->pc;
    }
    heard->insert(heard->end(), notes.begin(), notes.end());
    const Live& live = live_[t][thread->pc];
    for (int r = 0; r < end; ++r) {
      if (!live.registers[r]) thread->registers[r] = 0;
      if (!live.done[r]) thread->done[r] = false;
    }
  }

  static void Pass(const Instruction& next, ThreadAt* thread) {
    const auto holds = [&] {
      return Condition::Holds(next.condition.kind, thread->registers[next.tested], next.condition.against);
    };
    switch (next.kind) {
      case Instruction::kSkipIf:
        if (holds()) thread->pc += next.skip;
        break;
      case Instruction::kSkipIfDone:
        if (thread->done[next.tested]) thread->pc += next.skip;
        break;
      case Instruction::kCheck:
        if (!holds()) thread->failed = true;
        break;
      default:
        break;
    }
  }

  // ---- Steps ----

  std::vector<Move> Moves(const State& state) const {
    std::vector<Move> moves;
    for (int t = 0; t < space_.threads; ++t) {
      if (!Finished(state, t) && !(NeedsEmptyBuffer(state, t) && !state.buffers[t].empty())) Operate(state, t, &moves);
      if (!state.buffers[t].empty()) moves.push_back(Drain(state, t));
    }
    return moves;
  }

  bool NeedsEmptyBuffer(const State& state, int t) const {
    const Instruction& next = Next(state, t);
    switch (next.kind) {
      case Instruction::kStore:
      case Instruction::kFence:
        return next.order == Order::kSeqCst;
      case Instruction::kFetchAdd:
      case Instruction::kExchange:
      case Instruction::kCas:
      case Instruction::kAwaitUpdate:
        return true;
      case Instruction::kSpin:
        return next.last_is_cas && IsLastPoll(state, t);
      default:
        return false;
    }
  }

  Move Drain(const State& state, int t) const {
    Move move{state, {}};
    move.step.agent = space_.threads + t;
    const BufferedStore oldest = state.buffers[t].front();
    move.state.memory[oldest.location] = oldest.value;
    move.state.buffers[t].erase(move.state.buffers[t].begin());
    return move;
  }

  // What thread `t` would read.
  Value Read(const State& state, int t, int location) const {
    const std::vector<BufferedStore>& buffer = state.buffers[t];
    for (auto store = buffer.rbegin(); store != buffer.rend(); ++store) {
      if (store->location == location) return store->value;
    }
    return state.memory[location];
  }

  static Value Evaluate(const State& state, int t, const Operand& operand) {
    return operand.constant + (operand.from < 0 ? 0 : state.threads[t].registers[operand.from]);
  }

  Value Narrow(Value value, int location) const { return Truncate(value, program_.locations[location].width); }

  static Move Stay(const State& state, int t) {
    Move move{state, {}};
    move.step.agent = t;
    return move;
  }

  // The operation is over: what it read is in its register.
  Move Done(const State& state, int t, Value read, bool cas_done = false) const {
    Move move = Stay(state, t);
    ThreadAt& thread = move.state.threads[t];
    thread.registers[thread.pc] = read;
    thread.done[thread.pc] = cas_done;
    ++thread.pc;
    thread.poll = 0;
    thread.doomed = false;
    Settle(t, &thread, true, &move.step.heard);
    return move;
  }

  // The same, and it wrote to memory.
  Move Wrote(const State& state, int t, Value read, int location, Value written, bool cas_done = false) const {
    Move move = Done(state, t, read, cas_done);
    move.state.memory[location] = Narrow(written, location);
    return move;
  }

  void Operate(const State& state, int t, std::vector<Move>* moves) const {
    const Instruction& next = Next(state, t);
    const int location = next.location;
    const Value read = location < 0 ? 0 : Read(state, t, location);
    const Value operand = Evaluate(state, t, next.operand);
    const bool holds = Condition::Holds(next.condition.kind, read, next.condition.against);
    switch (next.kind) {
      case Instruction::kLoad:
        moves->push_back(Done(state, t, read));
        break;
      case Instruction::kStore:
        if (tso_ && next.order != Order::kSeqCst) {
          moves->push_back(Done(state, t, 0));
          moves->back().state.buffers[t].push_back({location, Narrow(operand, location)});
        } else {
          moves->push_back(Wrote(state, t, 0, location, operand));
        }
        break;
      case Instruction::kFetchAdd:
        moves->push_back(Wrote(state, t, read, location, read + operand));
        break;
      case Instruction::kExchange:
        moves->push_back(Wrote(state, t, read, location, operand));
        break;
      case Instruction::kCas:
        CompareExchange(state, t, moves);
        break;
      case Instruction::kFence:
        moves->push_back(Done(state, t, 0));
        break;
      case Instruction::kAwait:
        if (holds) moves->push_back(Done(state, t, read));
        if (holds) moves->back().step.ends_wait = true;
        break;
      case Instruction::kAwaitUpdate:
        if (holds) moves->push_back(Wrote(state, t, read, location, next.replaces ? operand : read + operand));
        if (holds) moves->back().step.ends_wait = true;
        break;
      case Instruction::kSpin:
        PollOnce(state, t, moves);
        break;
      case Instruction::kChoose:
        for (Value choice = 0; choice < operand; ++choice) moves->push_back(Done(state, t, choice));
        break;
      default:
        break;  // no operation
    }
  }

  int WeakCas(const State& state, int t) const {
    return Next(state, t).weak ? t * kMaxInstructions + state.threads[t].pc : -1;
  }

  void CompareExchange(const State& state, int t, std::vector<Move>* moves) const {
    const Instruction& cas = Next(state, t);
    const Value read = Read(state, t, cas.location);
    if (read != Narrow(Evaluate(state, t, cas.expected), cas.location)) {
      moves->push_back(Done(state, t, read));
      return;
    }
    moves->push_back(Wrote(state, t, read, cas.location, Evaluate(state, t, cas.operand), true));
    moves->back().step.weak_cas = WeakCas(state, t);
    if (cas.weak) FailSpuriously(state, t, Done(state, t, read), moves);
  }

  void FailSpuriously(const State& state, int t, Move move, std::vector<Move>* moves) const {
    move.step.weak_cas = WeakCas(state, t);
    move.step.spurious = true;
    moves->push_back(std::move(move));
  }

  // ---- Waiting ----

  bool IsLastPoll(const State& state, int t) const {
    return state.threads[t].poll + 1 == static_cast<int>(Next(state, t).polls.size());
  }

  // The next read of a spin iteration.
  void PollOnce(const State& state, int t, std::vector<Move>* moves) const {
    const Instruction& spin = Next(state, t);
    const Poll& poll = spin.polls[state.threads[t].poll];
    const Value read = Read(state, t, poll.location);
    const bool disappoints = read != Narrow(poll.want, poll.location);
    const bool doomed = state.threads[t].doomed || disappoints;
    if (!IsLastPoll(state, t) && !(spin.eager && disappoints)) {
      Move move = Stay(state, t);
      ++move.state.threads[t].poll;
      move.state.threads[t].doomed = doomed;
      moves->push_back(std::move(move));
    } else if (doomed) {
      moves->push_back(StartOver(state, t));
    } else if (spin.last_is_cas) {
      moves->push_back(Wrote(state, t, read, poll.location, Evaluate(state, t, spin.operand), true));
      moves->back().step.weak_cas = WeakCas(state, t);
      moves->back().step.ends_wait = true;
      if (spin.weak) FailSpuriously(state, t, StartOver(state, t), moves);
    } else {
      moves->push_back(Done(state, t, read));
      moves->back().step.ends_wait = true;
    }
  }

  static Move StartOver(const State& state, int t) {
    Move move = Stay(state, t);
    move.state.threads[t].poll = 0;
    move.state.threads[t].doomed = false;
    return move;
  }

  bool IsAtWait(const State& state, int t) const {
    if (Finished(state, t)) return false;
    const Instruction::Kind kind = Next(state, t).kind;
    return kind == Instruction::kAwait || kind == Instruction::kAwaitUpdate || kind == Instruction::kSpin;
  }

  // Of a spin: whether an iteration, from its beginning, would succeed.
  bool CouldEndWait(const State& state, int t) const {
    if (!IsAtWait(state, t)) return false;
    const Instruction& wait = Next(state, t);
    if (wait.kind != Instruction::kSpin) {
      return Condition::Holds(wait.condition.kind, Read(state, t, wait.location), wait.condition.against);
    }
    return std::ranges::all_of(wait.polls, [&](const Poll& poll) {
      return Read(state, t, poll.location) == Narrow(poll.want, poll.location);
    });
  }

  // ---- Results ----

  void Judge(const State& state) {
    if (!std::ranges::all_of(state.buffers, &std::vector<BufferedStore>::empty)) return;
    bool all_finished = true;
    for (int t = 0; t < space_.threads; ++t) {
      if (Finished(state, t)) continue;
      all_finished = false;
      const bool rests = IsAtWait(state, t) && state.threads[t].poll == 0 && !CouldEndWait(state, t);
      if (!rests) return;
    }
    if (all_finished) {
      space_.final_memories.insert(state.memory);
    } else {
      space_.deadlocked.insert(state);
    }
  }

  const Program& program_;
  bool tso_;
  std::vector<std::vector<Live>> live_;  // by thread
  std::map<State, int> numbers_;
  StateSpace space_;
};

}  // namespace

StateSpace ExploreAllStates(const Program& program, MemoryModel memory, std::size_t max_states) {
  return Explorer(program, memory).Explore(max_states);
}

}  // namespace doorway::reference
