#include "harness/compiled/interpreter.h"

#include <array>
#include <atomic>
#include <thread>
#include <utility>

namespace doorway::compiled {
namespace {

using reference::Instruction;

constexpr int kLocations = 4;
std::atomic<std::uint64_t> wide[kLocations];
std::atomic<std::uint8_t> narrow[kLocations];
std::uint64_t wide_data[kLocations];
std::uint8_t narrow_data[kLocations];
const reference::Program* running = nullptr;

// Calls f with the order as a constant: the compiler takes others for seq_cst.
template <class F>
auto With(Order order, const F& f) {
  switch (order) {
    case Order::kAcquire:
      return f(std::integral_constant<std::memory_order, std::memory_order_acquire>());
    case Order::kRelease:
      return f(std::integral_constant<std::memory_order, std::memory_order_release>());
    case Order::kAcqRel:
      return f(std::integral_constant<std::memory_order, std::memory_order_acq_rel>());
    case Order::kSeqCst:
      return f(std::integral_constant<std::memory_order, std::memory_order_seq_cst>());
    default:
      return f(std::integral_constant<std::memory_order, std::memory_order_relaxed>());
  }
}

class Thread {
 public:
  explicit Thread(const std::vector<Instruction>& code) : code_(code) {}

  void Run() {
    for (pc_ = 0; pc_ < code_.size(); ++pc_) Execute(code_[pc_]);
  }

 private:
  Value Evaluate(const reference::Operand& operand) const {
    return operand.constant + (operand.from < 0 ? 0 : registers_[operand.from]);
  }
  static bool Holds(const reference::Condition& condition, Value value) {
    return reference::Condition::Holds(condition.kind, value, condition.against);
  }

  void Execute(const Instruction& i) {
    switch (i.kind) {
      case Instruction::kFence:
        With(i.order, [](auto order) { std::atomic_thread_fence(order()); });
        break;
      case Instruction::kSkipIf:
        if (Holds(i.condition, registers_[i.tested])) pc_ += i.skip;
        break;
      case Instruction::kSkipIfDone:
        if (done_[i.tested]) pc_ += i.skip;
        break;
      case Instruction::kNothing:
        break;
      default:
        Access(i);
    }
  }

  void Access(const Instruction& i) {
    const bool is_wide = running->locations[i.location].width == 8;
    if (running->locations[i.location].plain) {
      is_wide ? AccessData(&wide_data[i.location], i) : AccessData(&narrow_data[i.location], i);
    } else {
      is_wide ? AccessAtomic(&wide[i.location], i) : AccessAtomic(&narrow[i.location], i);
    }
  }

  template <class T>
  void AccessData(T* data, const Instruction& i) {
    if (i.kind == Instruction::kStore) {
      *data = static_cast<T>(Evaluate(i.operand));
    } else {
      registers_[pc_] = *data;
    }
  }

  template <class T>
  void AccessAtomic(std::atomic<T>* atomic, const Instruction& i) {
    const T operand = static_cast<T>(Evaluate(i.operand));
    With(i.order, [&](auto order) {
      switch (i.kind) {
        case Instruction::kLoad:
          registers_[pc_] = atomic->load(order());
          break;
        case Instruction::kStore:
          atomic->store(operand, order());
          break;
        case Instruction::kFetchAdd:
          registers_[pc_] = atomic->fetch_add(operand, order());
          break;
        case Instruction::kExchange:
          registers_[pc_] = atomic->exchange(operand, order());
          break;
        case Instruction::kCas: {
          T expected = static_cast<T>(Evaluate(i.expected));
          With(i.failure_order, [&](auto failure) {
            done_[pc_] = atomic->compare_exchange_strong(expected, operand, order(), failure());
          });
          registers_[pc_] = expected;
          break;
        }
        case Instruction::kAwait:
          while (!Holds(i.condition, atomic->load(order()))) {
          }
          registers_[pc_] = i.condition.against;
          break;
        default:
          break;
      }
    });
  }

  const std::vector<Instruction>& code_;
  std::size_t pc_ = 0;
  std::array<Value, reference::kMaxInstructions> registers_{};
  std::array<bool, reference::kMaxInstructions> done_{};
};

}  // namespace

void Interpret(const reference::Program* program) { running = program; }

int InterpretersMain(int /*argc*/, char** /*argv*/, char** /*environment*/) {
  for (std::size_t l = 0; l < running->locations.size(); ++l) {
    const Value initial = running->locations[l].initial;
    wide[l] = wide_data[l] = initial;
    narrow[l] = narrow_data[l] = static_cast<std::uint8_t>(initial);
  }
  std::array<std::thread, 4> threads;
  for (std::size_t t = 0; t < running->threads.size(); ++t) {
    threads[t] = std::thread([t] { Thread(running->threads[t]).Run(); });
  }
  for (std::thread& thread : threads) {
    if (thread.joinable()) thread.join();
  }
  return 0;
}

const void* AddressOf(std::size_t location) {
  const bool is_wide = running->locations[location].width == 8;
  if (running->locations[location].plain) {
    return is_wide ? static_cast<const void*>(&wide_data[location]) : &narrow_data[location];
  }
  return is_wide ? static_cast<const void*>(&wide[location]) : &narrow[location];
}

bool CanInterpret(const reference::Program& program) {
  for (const auto& code : program.threads) {
    for (const Instruction& i : code) {
      // What an await of several values has read last is known to the loop: another place than that of an await.
      const bool of_several = i.condition.kind != reference::Condition::kEqual;
      if (i.kind == Instruction::kAwaitUpdate || (i.kind == Instruction::kAwait && of_several)) return false;
    }
  }
  return program.threads.size() <= 4 && program.locations.size() <= kLocations;
}

}  // namespace doorway::compiled
