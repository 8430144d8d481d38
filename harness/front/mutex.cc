#include "harness/front/mutex.h"

#include "harness/front/word.h"

namespace doorway::front {
namespace {

// The word: flags, the owner's number plus one, how often it has locked, and how often each thread has for reading.
struct MutexWord {
  explicit MutexWord(Value w) : word(w) {}

  bool initialised() const { return (word & 1) != 0; }
  bool recursive() const { return (word & 2) != 0; }
  bool shared_recursive() const { return (word & 4) != 0; }
  Value owner() const { return word >> 3 & 31; }
  Value depth() const { return word >> 8 & 255; }
  Value shared() const { return word >> 16; }
  // Threads beyond those that explorers have, such as before(), share the last place.
  static int place(Value self) { return 16 + 3 * static_cast<int>(self < 15 ? self : 15); }
  Value shared_by(Value self) const { return word >> place(self) & 7; }

  void Own(Value self, Value depth) {
    word = (word & ~Value{0xfff8}) | (depth == 0 ? 0 : (self + 1) << 3) | depth << 8;
  }
  void Share(Value self, int more) {
    word += more > 0 ? Value{1} << place(self) : Value{0} - (Value{1} << place(self));
  }

  Value word;
};

Value Bits(MutexKind kind) { return 1 | (kind.recursive ? 2 : 0) | (kind.shared_recursive ? 4 : 0); }

constexpr Value Code(MutexResult result) { return static_cast<Value>(result); }

// What a lock finds: kDone, if it may lock; kBusy, if it must wait; or misuse.
Value Found(Value word, const Operands& operands) {
  const MutexWord mutex(word);
  const Value self = operands[0];
  const bool shared = operands[1] != 0;
  if (!mutex.initialised()) return Code(MutexResult::kNotInitialised);
  if (mutex.owner() == self + 1) {
    if (shared) return Code(MutexResult::kWriteToRead);
    return Code(mutex.recursive() ? MutexResult::kDone : MutexResult::kRecursion);
  }
  if (mutex.shared_by(self) > 0) {
    if (!shared) return Code(MutexResult::kReadToWrite);
    return Code(mutex.shared_recursive() ? MutexResult::kDone : MutexResult::kRecursion);
  }
  const bool free = mutex.owner() == 0 && (shared || mutex.shared() == 0);
  return Code(free ? MutexResult::kDone : MutexResult::kBusy);
}

Value Locked(Value word, const Operands& operands) {
  MutexWord mutex(word);
  if (operands[1] != 0) {
    mutex.Share(operands[0], +1);
  } else {
    mutex.Own(operands[0], mutex.depth() + 1);
  }
  return mutex.word;
}

Outcome TryToLock(Value word, const Operands& operands) {
  if (Found(word, operands) != Code(MutexResult::kDone)) return {Action::kRead, 0};
  return {Action::kWrite, Locked(word, operands)};
}

Outcome WaitAndLock(Value word, const Operands& operands) {
  if (Found(word, operands) == Code(MutexResult::kBusy)) return {Action::kBlock, 0};
  return TryToLock(word, operands);
}

Value FoundToUnlock(Value word, const Operands& operands) {
  const MutexWord mutex(word);
  if (!mutex.initialised()) return Code(MutexResult::kNotInitialised);
  const bool owns = operands[1] != 0 ? mutex.shared_by(operands[0]) > 0 : mutex.owner() == operands[0] + 1;
  return Code(owns ? MutexResult::kDone : MutexResult::kNotOwner);
}

Outcome ToUnlock(Value word, const Operands& operands) {
  if (FoundToUnlock(word, operands) != Code(MutexResult::kDone)) return {Action::kRead, 0};
  MutexWord mutex(word);
  if (operands[1] != 0) {
    mutex.Share(operands[0], -1);
  } else {
    mutex.Own(operands[0], mutex.depth() - 1);
  }
  return {Action::kWrite, mutex.word};
}

Operands HowHeld(Value word, const Operands& operands) {
  return {operands[0], MutexWord(word).owner() == operands[0] + 1 ? Value{0} : Value{1}};
}
Value FoundToUnlockEither(Value word, const Operands& operands) { return FoundToUnlock(word, HowHeld(word, operands)); }
Outcome ToUnlockEither(Value word, const Operands& operands) { return ToUnlock(word, HowHeld(word, operands)); }

Value FoundToInit(Value word, const Operands& /*operands*/) {
  return Code(MutexWord(word).initialised() ? MutexResult::kInitialisedTwice : MutexResult::kDone);
}
Outcome ToInit(Value word, const Operands& operands) {
  if (MutexWord(word).initialised()) return {Action::kRead, 0};
  return {Action::kWrite, operands[0]};
}

Value FoundToDeinit(Value word, const Operands& /*operands*/) {
  const MutexWord mutex(word);
  if (!mutex.initialised()) return Code(MutexResult::kNotInitialised);
  return Code(mutex.owner() != 0 || mutex.shared() != 0 ? MutexResult::kStillOwned : MutexResult::kDone);
}
Outcome ToDeinit(Value word, const Operands& operands) {
  return {FoundToDeinit(word, operands) == Code(MutexResult::kDone) ? Action::kWrite : Action::kRead, 0};
}

constexpr WordStep kLock{"lock", &WaitAndLock, &Found, Order::kAcquire};
constexpr WordStep kTryLock{"try_lock", &TryToLock, &Found, Order::kAcquire};
constexpr WordStep kUnlock{"unlock", &ToUnlock, &FoundToUnlock, Order::kRelease};
constexpr WordStep kUnlockEither{"unlock", &ToUnlockEither, &FoundToUnlockEither, Order::kRelease};
constexpr WordStep kInitMutex{"init", &ToInit, &FoundToInit, Order::kRelease};
constexpr WordStep kDeinitMutex{"destroy", &ToDeinit, &FoundToDeinit, Order::kAcquire};

Operands SelfAnd(bool shared) { return {Self(), shared ? Value{1} : Value{0}}; }
MutexResult Result(Value view) { return static_cast<MutexResult>(view); }

}  // namespace

Value Mutex::Initialised(MutexKind kind) { return Bits(kind); }

MutexResult Mutex::Init(MutexKind kind, Site site) { return Result(Do(word_, kInitMutex, {Bits(kind)}, false, site)); }
MutexResult Mutex::Deinit(Site site) { return Result(Do(word_, kDeinitMutex, {}, false, site)); }

bool Mutex::IsInitialised(Site site) const { return MutexWord(Load(word_, Order::kRelaxed, site)).initialised(); }

MutexResult Mutex::Lock(bool shared, Site site) { return Result(Do(word_, kLock, SelfAnd(shared), true, site)); }

MutexResult Mutex::LockInTime(bool shared, Site site) {
  Value view = 0;
  const auto done = [](Value found) { return Result(found) != MutexResult::kBusy; };
  const bool in_time = DoInTime(word_, kTryLock, SelfAnd(shared), done, site, &view);
  return in_time ? Result(view) : MutexResult::kTimedOut;
}

MutexResult Mutex::TryLock(bool shared, bool may_fail, Site site) {
  Value view = 0;
  if (!may_fail) return Result(Do(word_, kTryLock, SelfAnd(shared), false, site));
  return TryToDo(word_, kTryLock, SelfAnd(shared), site, &view) ? Result(view) : MutexResult::kBusy;
}

MutexResult Mutex::Unlock(bool shared, Site site) { return Result(Do(word_, kUnlock, SelfAnd(shared), false, site)); }

MutexResult Mutex::UnlockEither(Site site) { return Result(Do(word_, kUnlockEither, SelfAnd(false), false, site)); }

}  // namespace doorway::front
