#include "harness/testing/family.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "harness/testing/shorthand.h"

namespace doorway::reference {

namespace {

class Enumerator {
 public:
  Enumerator(const Family& family, const std::function<void(const Program&)>& visit) : family_(family), visit_(visit) {}

  void Enumerate() {
    program_.locations = family_.locations;
    choices_.resize(family_.lengths.size());
    ChooseThread(0);
  }

 private:
  void ChooseThread(std::size_t thread) {
    if (thread == choices_.size()) {
      Build();
      visit_(program_);
      return;
    }
    ChooseInstruction(thread, 0);
  }

  void ChooseInstruction(std::size_t thread, int position) {
    std::vector<std::size_t>& chosen = choices_[thread];
    if (position == family_.lengths[thread]) {
      const bool same_length = thread > 0 && family_.lengths[thread - 1] == family_.lengths[thread];
      if (same_length && chosen < choices_[thread - 1]) return;  // has been, the other way round
      ChooseThread(thread + 1);
      return;
    }
    for (std::size_t letter = 0; letter < family_.alphabet.size(); ++letter) {
      chosen.push_back(letter);
      ChooseInstruction(thread, position + 1);
      chosen.pop_back();
    }
  }

  void Build() {
    program_.threads.assign(choices_.size(), {});
    for (std::size_t t = 0; t < choices_.size(); ++t) {
      for (std::size_t i = 0; i < choices_[t].size(); ++i) {
        Instruction instruction = family_.alphabet[choices_[t][i]];
        if (family_.distinct_stores && instruction.kind == Instruction::kStore) instruction.operand = t * 4 + i + 1;
        program_.threads[t].push_back(instruction);
      }
    }
  }

  const Family& family_;
  const std::function<void(const Program&)>& visit_;
  std::vector<std::vector<std::size_t>> choices_;  // by thread: letters
  Program program_;
};

// Loads, stores and updates of x and y.
std::vector<Instruction> Accesses(Order load, Order store, Order update) {
  return {Load(kX, load),      Load(kY, load),          Store(kX, 1, store),
          Store(kY, 1, store), FetchAdd(kX, 4, update), FetchAdd(kY, 4, update)};
}

std::vector<Instruction> operator+(std::vector<Instruction> a, const std::vector<Instruction>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Family AccessFamily(std::string name, std::vector<int> lengths, std::vector<Instruction> alphabet) {
  Family family;
  family.name = std::move(name);
  family.lengths = std::move(lengths);
  family.alphabet = std::move(alphabet);
  family.locations = {Location{"x"}, Location{"y"}};
  family.distinct_stores = true;
  return family;
}

// Awaits and spins of every sort, and what may end them or not.
std::vector<Instruction> Waiting() {
  const Condition is_one{Condition::kEqual, 1};
  const Condition is_zero{Condition::kEqual, 0};
  return {
      Store(kX, 0, kRlx),
      Store(kX, 1, kRlx),
      Store(kY, 1, kRlx),
      FetchAdd(kX, 1, kRlx),
      Await(kX, is_one, kRlx),
      AwaitUpdate(kX, is_zero, false, 1, kRlx),
      Spin({{kX, kRlx, 1}}),
      Spin({{kX, kRlx, 1}, {kY, kRlx, 1}}),
      Spin({{kY, kRlx, 0}, {kX, kRlx, 0}}, false),
      SpinCas({{kX, kRlx, 0}}, 1, kRlx, true),
      SpinCas({{kY, kRlx, 1}, {kX, kRlx, 0}}, 1, kRlx, false),
  };
}

Family FamilyOfConstants(std::string name, std::vector<int> lengths, std::vector<Instruction> alphabet) {
  Family family = AccessFamily(std::move(name), std::move(lengths), std::move(alphabet));
  family.distinct_stores = false;
  return family;
}

// Of x, one byte wide: adding 128 twice is nothing.
constexpr Value kHalf = 128;

std::vector<Instruction> EndlessWaiting() {
  const Condition is_half{Condition::kEqual, kHalf};
  const Condition is_zero{Condition::kEqual, 0};
  return {
      Store(kX, 0, kRlx),
      Store(kX, kHalf, kRlx),
      Store(kY, 1, kSc),
      Load(kX, kRlx),
      FetchAdd(kX, kHalf, kRlx),
      Cas(kX, 0, kHalf, kRlx, kRlx, true),
      Await(kX, is_half, kRlx),
      AwaitUpdate(kX, is_zero, false, kHalf, kRlx),
      Spin({{kX, kRlx, kHalf}}),
      Spin({{kX, kRlx, kHalf}, {kX, kRlx, 0}}),
      Spin({{kY, kRlx, 0}, {kX, kRlx, 0}}, false),
      SpinCas({{kX, kRlx, 0}}, kHalf, kRlx, true),
  };
}

Family EndlessFamily(std::string name, std::vector<int> lengths, std::vector<Instruction> alphabet) {
  Family family;
  family.name = std::move(name);
  family.lengths = std::move(lengths);
  family.alphabet = std::move(alphabet);
  family.locations = {Location{"x", 0, 1}, Location{"y"}};
  return family;
}

// Updates of x of every sort.
std::vector<Instruction> Updates(Order order, Order failure) {
  return {Load(kX, failure),
          Store(kX, 1, kRlx),
          FetchAdd(kX, 1, order),
          Exchange(kX, 2, order),
          Cas(kX, 0, 1, order, failure),
          Cas(kX, 1, 2, order, failure, true)};
}

}  // namespace

bool Family::can_block() const {
  return std::any_of(alphabet.begin(), alphabet.end(), [](const Instruction& letter) {
    return letter.kind == Instruction::kAwait || letter.kind == Instruction::kAwaitUpdate ||
           letter.kind == Instruction::kSpin;
  });
}

void ForEachProgram(const Family& family, const std::function<void(const Program&)>& visit) {
  Enumerator(family, visit).Enumerate();
}

void ForEachEndlessVariant(const Program& program, const std::function<void(const Program&)>& visit) {
  for (const bool around : {true, false}) {
    Program tagged = program;
    for (int t = 0; t < static_cast<int>(program.threads.size()); ++t) {
      std::vector<Instruction>& thread = tagged.threads[t];
      if (around) thread.insert(thread.begin() + 1, Tag(notes::kDoorway, t));
      thread.push_back(Tag(notes::kAdmit, t));
      if (!around) thread.push_back(Tag(notes::kDoorway, t));
    }
    for (std::size_t endless = 0; endless < std::size_t{1} << program.threads.size(); ++endless) {
      tagged.endless.clear();
      for (std::size_t t = 0; t < program.threads.size(); ++t) tagged.endless.push_back((endless >> t & 1) != 0);
      visit(tagged);
    }
  }
}

std::vector<Family> StateFamilies() {
  const std::vector<Instruction> locking = {
      Store(kX, 0, kRlx), Store(kX, kHalf, kSc), AwaitUpdate(kX, {Condition::kEqual, 0}, true, kHalf, kRlx),
      SpinCas({{kX, kRlx, 0}}, kHalf, kRlx, false), Await(kX, {Condition::kEqual, kHalf}, kRlx)};
  return {EndlessFamily("endless waiting 2+1", {2, 1}, EndlessWaiting()),
          EndlessFamily("endless locking 2+2", {2, 2}, locking), EndlessFamily("endless locking 3+1", {3, 1}, locking),
          EndlessFamily("endless locking 2+1+1", {2, 1, 1}, locking)};
}

std::vector<Family> Families(MemoryModel memory) {
  const std::vector<Instruction> relaxed = Accesses(kRlx, kRlx, kRlx);
  std::vector<Family> families = {
      FamilyOfConstants("waiting 2+2", {2, 2}, Waiting()),
      FamilyOfConstants("waiting 1+1+1", {1, 1, 1}, Waiting()),
      FamilyOfConstants("updates 2+2", {2, 2}, Updates(kRlx, kRlx)),
      AccessFamily("accesses 2+1+1", {2, 1, 1}, relaxed),
  };
  if (memory == MemoryModel::kSc) {
    families.push_back(AccessFamily("accesses 2+2", {2, 2}, relaxed));
    families.push_back(AccessFamily("accesses 3+2", {3, 2}, relaxed));
    return families;
  }
  const std::vector<Instruction> plain_accesses = {Load(kX, kRlx), Load(kY, kRlx), Store(kX, 1, kRlx),
                                                   Store(kY, 1, kRlx)};
  const std::vector<Instruction> seq_cst_fence = {Fence(kSc)};
  families.push_back(AccessFamily("seq_cst fences 3+3", {3, 3}, plain_accesses + seq_cst_fence));
  if (memory == MemoryModel::kTso) {
    const std::vector<Instruction> draining = {Store(kX, 1, kSc), Store(kY, 1, kSc), FetchAdd(kX, 1, kRlx)};
    families.push_back(AccessFamily("stores that drain 3+2", {3, 2}, plain_accesses + draining));
  } else {
    const std::vector<Instruction> seq_cst = Accesses(kSc, kSc, kSc) + std::vector<Instruction>{Fence(kSc)};
    families.push_back(AccessFamily("seq_cst and relaxed 2+2", {2, 2}, relaxed + seq_cst));
    families.push_back(AccessFamily("release, acquire and relaxed 2+2", {2, 2}, relaxed + Accesses(kAcq, kRel, kAr)));
    const std::vector<Instruction> acq_rel_fence = {Fence(kAr)};
    families.push_back(AccessFamily("acq_rel fences 3+3", {3, 3}, plain_accesses + acq_rel_fence));
  }
  return families;
}

}  // namespace doorway::reference
