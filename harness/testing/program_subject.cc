#include "harness/testing/program_subject.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <new>
#include <variant>

#include "harness/behaviour/guard.h"
#include "harness/graph/label.h"
#include "harness/sync/model_sync.h"
#include "harness/testing/liveness.h"

namespace doorway::reference {

namespace {

// A location of either width, atomic or plain.
using Cell = std::variant<std::monostate, ModelSync::Atomic<std::uint8_t>, ModelSync::Atomic<std::uint64_t>,
                          ModelSync::Var<std::uint8_t>, ModelSync::Var<std::uint64_t>>;

std::memory_order ToStd(Order order) {
  switch (order) {
    case Order::kPlain:
    case Order::kRelaxed:
      return std::memory_order_relaxed;
    case Order::kAcquire:
      return std::memory_order_acquire;
    case Order::kRelease:
      return std::memory_order_release;
    case Order::kAcqRel:
      return std::memory_order_acq_rel;
    case Order::kSeqCst:
      return std::memory_order_seq_cst;
  }
  return std::memory_order_seq_cst;
}

// The predicate and the function of awaits.
struct Satisfies {
  template <class T>
  bool operator()(T value, Condition::Kind kind, T against, bool /*replaces*/ = false, T /*operand*/ = 0) const {
    return Condition::Holds(kind, value, against);
  }
};
struct AddOrReplace {
  template <class T>
  T operator()(T value, Condition::Kind /*kind*/, T /*against*/, bool replaces, T operand) const {
    return replaces ? operand : static_cast<T>(value + operand);
  }
};

// The function and the view of fetch_adds that are spelt as updates.
struct Plus {
  template <class T>
  T operator()(T value, T by) const {
    return static_cast<T>(value + by);
  }
};
struct Old {
  template <class T>
  T operator()(T value, T /*by*/) const {
    return value;
  }
};

// The code of one thread, or of one iteration of an endless one. Operations carry (thread, instruction) as their line.
class Interpreter {
 public:
  Interpreter(const Program& program, const std::vector<Live>& live, Cell* cells, int thread)
      : program_(program), live_(live), cells_(cells), thread_(thread) {}

  void Run() {
    const std::vector<Instruction>& code = program_.threads[thread_];
    for (pc_ = 0; pc_ < code.size(); ++pc_) {
      Forget(live_[pc_]);
      Execute(code[pc_]);
    }
  }

 private:
  // What is not used any more must not tell two states of the thread apart.
  void Forget(const Live& live) {
    for (std::size_t r = 0; r < kMaxInstructions; ++r) {
      if (!live.registers[r]) registers_[r] = 0;
      if (!live.done[r]) done_[r] = false;
    }
  }

  // Whether what this instruction reads will be looked at. If not, a view does as well as the value.
  bool IsLive() const { return live_[pc_ + 1].registers[pc_]; }

  Site Here() const { return Site{"thread", thread_ * 100 + static_cast<int>(pc_)}; }

  Value Evaluate(const Operand& operand) const {
    return operand.constant + (operand.from < 0 ? 0 : registers_[operand.from]);
  }

  bool Satisfied(const Instruction& i) const {
    return Condition::Holds(i.condition.kind, registers_[i.tested], i.condition.against);
  }

  void Execute(const Instruction& i) {
    operated_ |= IsOperation(i);
    switch (i.kind) {
      case Instruction::kNothing:
        break;
      case Instruction::kFence:
        ModelSync::fence(ToStd(i.order), Here());
        break;
      case Instruction::kChoose:
        registers_[pc_] = static_cast<Value>(ModelSync::choose(static_cast<int>(Evaluate(i.operand)), Here()));
        break;
      case Instruction::kSkipIf:
        if (Satisfied(i)) pc_ += i.skip;
        break;
      case Instruction::kSkipIfDone:
        if (done_[i.tested]) pc_ += i.skip;
        break;
      case Instruction::kCheck:
        ModelSync::check(Satisfied(i), "check", Here());
        break;
      case Instruction::kTag:
        if (operated_) ModelSync::tag(i.note, i.subject, 0, Here());
        break;
      case Instruction::kNote:
        ModelSync::note(i.note, i.subject, 0, Here());
        break;
      case Instruction::kSpin:
        ModelSync::spin([&] { return !Iterate(i); }, Here());
        break;
      default:
        std::visit([&](auto& cell) { Access(cell, i); }, cells_[i.location]);
    }
  }

  void Access(std::monostate&, const Instruction&) {}

  template <class T>
  void Access(ModelSync::Var<T>& var, const Instruction& i) {
    if (i.kind == Instruction::kStore) {
      var.set(static_cast<T>(Evaluate(i.operand)), Here());
    } else {
      registers_[pc_] = var.get(Here());
    }
  }

  template <class T>
  void Access(ModelSync::Atomic<T>& atomic, const Instruction& i) {
    const std::memory_order order = ToStd(i.order);
    const T operand = static_cast<T>(Evaluate(i.operand));
    const T against = static_cast<T>(i.condition.against);
    switch (i.kind) {
      case Instruction::kLoad:
        registers_[pc_] = atomic.load(order, Here());
        break;
      case Instruction::kStore:
        atomic.store(operand, order, Here());
        break;
      case Instruction::kFetchAdd:
        if (pc_ % 2 == 0) {
          registers_[pc_] = atomic.fetch_add(operand, order, Here());
        } else if (IsLive()) {
          registers_[pc_] = atomic.update(Plus{}, Old{}, with(operand), order, Here());
        } else {
          atomic.update(Plus{}, unseen, with(operand), order, Here());
        }
        break;
      case Instruction::kExchange:
        registers_[pc_] = atomic.exchange(operand, order, Here());
        break;
      case Instruction::kCas:
        SetRegister(CompareExchange(atomic, i, Evaluate(i.expected), i.order));
        break;
      case Instruction::kAwait:
        if (IsLive()) {
          registers_[pc_] = atomic.await(Satisfies{}, with(i.condition.kind, against), order, Here());
        } else {
          atomic.await(Satisfies{}, unseen, with(i.condition.kind, against), order, Here());
        }
        break;
      case Instruction::kAwaitUpdate:
        registers_[pc_] = atomic.await_update(Satisfies{}, AddOrReplace{},
                                              with(i.condition.kind, against, i.replaces, operand), order, Here());
        break;
      default:
        break;
    }
  }

  struct Seen {
    Value value = 0;
    bool done = false;  // of a CAS
  };

  template <class T>
  Seen CompareExchange(ModelSync::Atomic<T>& atomic, const Instruction& i, Value from, Order success) const {
    T expected = static_cast<T>(from);
    const T desired = static_cast<T>(Evaluate(i.operand));
    const std::memory_order failure = ToStd(i.failure_order);
    const bool done = i.weak ? atomic.compare_exchange_weak(expected, desired, ToStd(success), failure, Here())
                             : atomic.compare_exchange_strong(expected, desired, ToStd(success), failure, Here());
    return {expected, done};
  }

  // One iteration of a spin: whether it saw all that it wants. Unless it did, it leaves nothing behind.
  bool Iterate(const Instruction& i) {
    bool all = true;
    for (std::size_t p = 0; p < i.polls.size(); ++p) {
      const Poll& poll = i.polls[p];
      const bool last = p + 1 == i.polls.size();
      const bool cas = i.last_is_cas && last;
      const Seen seen = std::visit([&](auto& cell) { return See(cell, i, poll, cas); }, cells_[poll.location]);
      all &= cas ? seen.done : seen.value == Truncate(poll.want, program_.locations[poll.location].width);
      if (!all && i.eager) return false;
      if (all && last) SetRegister(seen);
    }
    return all;
  }

  template <class T>
  Seen See(ModelSync::Atomic<T>& atomic, const Instruction& i, const Poll& poll, bool cas) const {
    if (cas) return CompareExchange(atomic, i, poll.want, poll.order);
    return {atomic.load(ToStd(poll.order), Here())};
  }

  template <class NotAtomic>
  Seen See(NotAtomic&, const Instruction&, const Poll&, bool) const {
    return {};
  }

  void SetRegister(const Seen& seen) {
    registers_[pc_] = seen.value;
    done_[pc_] = seen.done;
  }

  const Program& program_;
  const std::vector<Live>& live_;
  Cell* cells_;
  int thread_;
  std::size_t pc_ = 0;
  bool operated_ = false;
  std::array<Value, kMaxInstructions> registers_{};
  std::array<bool, kMaxInstructions> done_{};
};

void ReadNewest(const std::monostate&, Site) {}

template <class T>
void ReadNewest(const ModelSync::Var<T>& var, Site site) {
  var.get(site);
}

template <class T>
void ReadNewest(const ModelSync::Atomic<T>& atomic, Site site) {
  atomic.load(std::memory_order_relaxed, site);
}

}  // namespace

ProgramSubject::ProgramSubject(const Program& program, bool after) : program_(program), after_(after) {
  static const GuardSignals held;  // many thousand explorations will follow, of a few microseconds each
  for (const std::vector<Instruction>& thread : program.threads) live_.push_back(Liveness(thread));
}

std::size_t ProgramSubject::size() const { return program_.locations.size() * sizeof(Cell); }

void ProgramSubject::Construct(void* memory) {
  memory_ = memory;
  Cell* cells = static_cast<Cell*>(memory);
  for (std::size_t l = 0; l < program_.locations.size(); ++l) {
    const Location& location = program_.locations[l];
    Cell* cell = new (cells + l) Cell;
    const ObjectName name(location.name.c_str());
    const std::uint8_t narrow = static_cast<std::uint8_t>(location.initial);
    if (location.plain && location.width == 1) {
      cell->emplace<ModelSync::Var<std::uint8_t>>(narrow, name);
    } else if (location.plain) {
      cell->emplace<ModelSync::Var<std::uint64_t>>(location.initial, name);
    } else if (location.width == 1) {
      cell->emplace<ModelSync::Atomic<std::uint8_t>>(narrow, name);
    } else {
      cell->emplace<ModelSync::Atomic<std::uint64_t>>(location.initial, name);
    }
  }
}

void ProgramSubject::Thread(int thread) {
  Cell* const cells = static_cast<Cell*>(memory_);
  const std::vector<Live>& live = live_[thread];
  if (!program_.IsEndless(thread)) return Interpreter(program_, live, cells, thread).Run();
  // The interpreter is made anew each time: an iteration must leave nothing behind.
  ModelSync::forever([&] { Interpreter(program_, live, cells, thread).Run(); }, Site{"thread", thread * 100 + 99});
}

void ProgramSubject::After() {
  const Cell* const cells = static_cast<const Cell*>(memory_);
  for (std::size_t l = 0; l < program_.locations.size(); ++l) {
    std::visit([&](const auto& cell) { ReadNewest(cell, Site{"after", static_cast<int>(l)}); }, cells[l]);
  }
}

}  // namespace doorway::reference
