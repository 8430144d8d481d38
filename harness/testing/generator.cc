#include "harness/testing/generator.h"

#include <algorithm>
#include <initializer_list>
#include <random>
#include <utility>
#include <vector>

// Each program first draws a taste (which orders, which instructions it prefers, how many locations), then its
// instructions. Uniform draws would rarely make programs of one kind, where most bugs are: all seq_cst but for one
// access, only updates of one location, several waiters for one value. Values are few, so that awaits and CASes meet
// what they want.
//
// Each draw is a statement of its own: compilers differ in the order in which they evaluate arguments.

namespace doorway::reference {

namespace {

constexpr int kMaxPerThread = 5;

enum class Palette { kRelaxed, kReleaseAcquire, kSeqCst, kSeqCstAndRelaxed, kAll };

class Generator {
 public:
  Generator(std::uint64_t seed, const GeneratorOptions& options) : options_(options), random_(seed) {}

  Program Generate() {
    DrawTaste();
    DrawLocations();
    const int threads = std::min(options_.max_threads, Draw({2, 2, 2, 3, 3, 4}));
    const int operations = std::max(threads, options_.max_operations - Draw({0, 0, 1, 1, 2, 3}));
    std::vector<int> sizes(threads, 1);
    for (int left = operations - threads; left > 0; --left) {
      int& size = sizes[Below(threads)];
      if (size < kMaxPerThread) ++size;
    }
    for (int size : sizes) DrawThread(size);
    if (options_.endless) DrawEndless();
    return std::move(program_);
  }

 private:
  int Below(int n) { return static_cast<int>(random_() % static_cast<std::uint64_t>(n)); }
  bool Percent(int chance) { return Below(100) < chance; }
  template <class T>
  T Draw(std::initializer_list<T> choices) {
    return choices.begin()[Below(static_cast<int>(choices.size()))];
  }

  // What constants are multiples of: few additions to a byte come back to where they began.
  Value unit() const { return options_.endless ? 64 : 1; }

  void DrawTaste() {
    palette_ = static_cast<Palette>(Below(5));
    update_weight_ = options_.rmws ? Draw({0, 20, 20, 60}) : 0;
    fence_weight_ = options_.fences ? Draw({0, 0, 10, 30}) : 0;
    wait_weight_ = options_.awaits || options_.spins ? Draw({0, 20, 40, 60}) : 0;
    if (options_.endless) wait_weight_ *= 2;
  }

  void DrawLocations() {
    const int count = std::min(options_.max_locations, Draw({1, 1, 2, 2, 2, 3}));
    for (int l = 0; l < count; ++l) {
      Location location;
      location.name = std::string(1, static_cast<char>('x' + l));
      if (Percent(10)) location.initial = unit();
      if (options_.narrow && Percent(options_.endless ? 60 : 15)) location.width = 1;
      program_.locations.push_back(location);
    }
    if (options_.plain && count >= 2 && Percent(15)) program_.locations.back().plain = true;
  }

  void DrawThread(int size) {
    program_.threads.emplace_back();
    for (int i = 0; i < size; ++i) {
      Add(DrawOperation());
      if (options_.tags) AddTags(i, size);
      if (options_.branches && i + 1 < size && Percent(15)) AddBranch();
      if (options_.checks && Percent(2)) AddCheck();
      if (options_.check_updates) CheckUpdate();
    }
  }

  // Around most waits, and here and there. An endless thread must not begin with a note.
  void AddTags(int position, int size) {
    const int threads = static_cast<int>(program_.threads.size());
    const int subject = Percent(10) ? Below(threads) : threads - 1;
    const bool floats = Percent(25);
    const auto make = [&](NoteKind kind) { return floats ? Note(kind, subject) : Tag(kind, subject); };
    const Instruction::Kind last = thread().back().kind;
    const bool waits = last == Instruction::kAwait || last == Instruction::kAwaitUpdate || last == Instruction::kSpin;
    if (waits && position > 0 && Percent(70)) {
      if (thread().size() + 2 > kMaxInstructions) return;
      thread().insert(thread().end() - 1, make(notes::kDoorway));
      Add(make(notes::kAdmit));
    } else if (position < size - 1 && Percent(20)) {
      Add(make(notes::kDoorway));
    } else if (position > 0 && Percent(40)) {
      Add(make(notes::kAdmit));
    }
  }

  // At least one thread.
  void DrawEndless() {
    const int threads = static_cast<int>(program_.threads.size());
    for (int t = 0; t < threads; ++t) program_.endless.push_back(Percent(50));
    program_.endless[Below(threads)] = true;
  }

  // Whether `location` may be added to.
  bool MayGrow(int location) const { return !options_.endless || program_.locations[location].width == 1; }

  std::vector<Instruction>& thread() { return program_.threads.back(); }
  void Add(Instruction instruction) {
    if (thread().size() < kMaxInstructions) thread().push_back(std::move(instruction));
  }

  // An instruction of this thread that has a register; -1: there is none.
  int DrawRegister() {
    std::vector<int> registers;
    for (std::size_t i = 0; i < thread().size(); ++i) {
      switch (thread()[i].kind) {
        case Instruction::kNothing:
        case Instruction::kStore:
        case Instruction::kFence:
        case Instruction::kSkipIf:
        case Instruction::kSkipIfDone:
        case Instruction::kCheck:
        case Instruction::kTag:
        case Instruction::kNote:
          break;
        default:
          registers.push_back(static_cast<int>(i));
      }
    }
    return registers.empty() ? -1 : registers[Below(static_cast<int>(registers.size()))];
  }

  Condition DrawCondition() {
    Condition condition;
    condition.kind = Draw({Condition::kEqual, Condition::kEqual, Condition::kNotEqual, Condition::kAtLeast});
    condition.against = Draw<Value>({0, 1, 1, 2}) * unit();
    return condition;
  }

  void AddBranch() {
    const int tested = DrawRegister();
    if (tested < 0) return;
    const int skip = Draw({1, 1, 2});
    if (thread()[tested].kind == Instruction::kCas && Percent(60)) {
      Add(SkipIfDone(tested, skip));
    } else {
      Add(SkipIf(tested, DrawCondition(), skip));
    }
  }

  void AddCheck() {
    const int tested = DrawRegister();
    if (tested >= 0) Add(Check(tested, DrawCondition()));
  }

  void CheckUpdate() {
    const Instruction::Kind last = thread().back().kind;
    const bool updates = last == Instruction::kFetchAdd || last == Instruction::kExchange ||
                         last == Instruction::kCas || last == Instruction::kAwaitUpdate;
    if (updates && Percent(30)) Add(Check(static_cast<int>(thread().size()) - 1, DrawCondition()));
  }

  Operand DrawOperand(int location) {
    if (Percent(20)) {
      const int from = DrawRegister();
      if (from >= 0) return Operand::Register(from, Draw<Value>({0, 1}) * (MayGrow(location) ? unit() : 0));
    }
    if (Percent(5)) return Draw<Value>({255, ~Value{0}});
    if (options_.endless) return Draw<Value>({0, 0, 1, 1, 2}) * unit();
    return Draw<Value>({0, 1, 1, 1, 2, 2});
  }

  Order DrawOrder(std::initializer_list<Order> weak, Order strong) {
    switch (palette_) {
      case Palette::kRelaxed:
        return Order::kRelaxed;
      case Palette::kReleaseAcquire:
        return strong;
      case Palette::kSeqCst:
        return Order::kSeqCst;
      case Palette::kSeqCstAndRelaxed:
        return Draw({Order::kSeqCst, Order::kRelaxed});
      case Palette::kAll:
        return Percent(35) ? Order::kSeqCst : Draw(weak);
    }
    return Order::kSeqCst;
  }
  Order LoadOrder() { return DrawOrder({Order::kRelaxed, Order::kAcquire}, Order::kAcquire); }
  Order StoreOrder() { return DrawOrder({Order::kRelaxed, Order::kRelease}, Order::kRelease); }
  Order UpdateOrder() {
    return DrawOrder({Order::kRelaxed, Order::kAcquire, Order::kRelease, Order::kAcqRel}, Order::kAcqRel);
  }
  Order FenceOrder() {
    if (palette_ == Palette::kReleaseAcquire) return Draw({Order::kAcquire, Order::kRelease, Order::kAcqRel});
    return Draw({Order::kSeqCst, Order::kSeqCst, Order::kAcquire, Order::kRelease, Order::kAcqRel});
  }

  int DrawAtomic() {
    for (;;) {
      const int location = Below(static_cast<int>(program_.locations.size()));
      if (!program_.locations[location].plain) return location;
    }
  }

  Instruction DrawOperation() {
    const int roll = Below(100 + update_weight_ + fence_weight_ + wait_weight_);
    if (roll < wait_weight_) return DrawWait();
    if (roll < wait_weight_ + fence_weight_) return Fence(FenceOrder());
    if (roll < wait_weight_ + fence_weight_ + update_weight_) return DrawUpdate();
    if (options_.choices && Percent(4)) return Choose(Draw({2, 2, 3}));
    const int location = Below(static_cast<int>(program_.locations.size()));
    const bool plain = program_.locations[location].plain;
    if (Percent(50)) return Load(location, plain ? Order::kPlain : LoadOrder());
    const Operand value = DrawOperand(location);
    return Store(location, value, plain ? Order::kPlain : StoreOrder());
  }

  Instruction DrawUpdate() {
    const int location = DrawAtomic();
    const Operand operand = DrawOperand(location);
    const Order order = UpdateOrder();
    switch (Below(4)) {
      case 0:
        return MayGrow(location) ? FetchAdd(location, operand, order) : Exchange(location, operand, order);
      case 1:
        return Exchange(location, operand, order);
      default: {
        const Value expected = Draw<Value>({0, 0, 1, 2}) * unit();
        const bool weak = options_.weak_cas && Percent(35);
        return Cas(location, expected, operand, order, LoadOrder(), weak);
      }
    }
  }

  Instruction DrawWait() {
    if (!options_.spins || (options_.awaits && Percent(50))) return DrawAwait();
    std::vector<Poll> polls;
    for (int reads = Draw({1, 2}); reads > 0; --reads) {
      Poll& poll = polls.emplace_back();
      poll.location = DrawAtomic();
      poll.order = LoadOrder();
      poll.want = Draw<Value>({0, 1, 1, 2}) * unit();
    }
    if (options_.spin_cas && Percent(40)) {
      polls.back().order = UpdateOrder();
      const Operand desired = DrawOperand(polls.back().location);
      const bool weak = options_.weak_cas && Percent(40);
      return SpinCas(polls, desired, LoadOrder(), weak);
    }
    return Spin(polls, Percent(70));
  }

  Instruction DrawAwait() {
    const int location = DrawAtomic();
    const Condition condition = DrawCondition();
    if (Percent(50)) return Await(location, condition, LoadOrder());
    const bool replaces = Percent(50);
    const Operand operand = DrawOperand(location);
    return AwaitUpdate(location, condition, replaces || !MayGrow(location), operand, UpdateOrder());
  }

  GeneratorOptions options_;
  std::mt19937_64 random_;
  Program program_;
  Palette palette_ = Palette::kAll;
  // Of 100 + the sum of these.
  int update_weight_ = 0;
  int fence_weight_ = 0;
  int wait_weight_ = 0;
};

}  // namespace

Program GenerateProgram(std::uint64_t seed, const GeneratorOptions& options) {
  return Generator(seed, options).Generate();
}

}  // namespace doorway::reference
