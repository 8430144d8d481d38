#include "harness/native/cell.h"

#include "harness/native/lane.h"
#include "harness/native/record.h"
#include "harness/native/word.h"

#if defined(__SANITIZE_THREAD__)
#define DOORWAY_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define DOORWAY_TSAN 1
#endif
#endif

namespace doorway::native {

namespace {

// A weak compare-exchange fails spuriously once in so many.
constexpr std::uint64_t kSpuriousOneIn = 16;

Record& Describe(Record& record, const void* object, CellType type, const Identity& identity) {
  record.object = object;
  record.width = type.width;
  record.is_signed = type.is_signed;
  record.name = identity.name();
  record.subject = identity.index();
  return record;
}

void RecordLife(Record::Kind kind, const void* object, CellType type, const Identity& identity, Value initial,
                bool plain, bool initialised, Site site) {
  Lane* const lane = Lane::Current();
  if (lane == nullptr) return;
  lane->Restamp();
  Record& record = Describe(lane->Slot(), object, type, identity);
  record.kind = kind;
  record.plain = plain;
  record.initialised = initialised;
  record.written = initial;
  record.verb = kind == Record::Kind::kConstruct ? "construct" : "destroy";
  record.site = site;
  lane->Commit();
}

}  // namespace

AtomicCell::AtomicCell(CellType type, Value initial, ObjectName name, Site site) : type_(type), identity_(name) {
  StoreWord(word_, type_.width, initial, std::memory_order_relaxed);
  RecordLife(Record::Kind::kConstruct, this, type_, identity_, initial, false, true, site);
}

AtomicCell::~AtomicCell() { RecordLife(Record::Kind::kDestroy, this, type_, identity_, 0, false, true, Site{}); }

// The running thread's lane, ready for an operation; null outside of runs.
Lane* AtomicCell::Begin(Site site) const {
  Lane* const lane = Lane::Current();
  if (lane == nullptr) return nullptr;
  lane->Begin();
  if (!identity_.alive()) lane->UsedAfterFree(identity_.name(), identity_.index(), site);
  return lane;
}

Record& AtomicCell::Fill(Lane& lane, Order order, const char* verb, const char* function, Site site) const {
  Record& record = Describe(lane.Slot(), this, type_, identity_);
  record.order = order;
  record.verb = verb;
  record.function = function;
  record.site = site;
  return record;
}

// After the n-th poll in vain.
void AtomicCell::Wait(Lane* lane, unsigned n, std::memory_order order, const char* verb, const char* function,
                      Site site) const {
  if (lane == nullptr) return BackOff(n);
  Record waiting;
  Describe(waiting, this, type_, identity_);
  waiting.order = FromStd(order);
  waiting.verb = verb;
  waiting.function = function;
  waiting.site = site;
  lane->FailedPoll(n, waiting);
  if (!identity_.alive()) lane->UsedAfterFree(identity_.name(), identity_.index(), site);
}

void AtomicCell::Updated(Lane& lane, std::memory_order order, const char* verb, const char* function, Site site,
                         Value old, Value next) const {
  Record& record = Fill(lane, FromStd(order), verb, function, site);
  record.kind = Record::Kind::kUpdate;
  record.read = old;
  record.written = next;
  lane.Commit();
}

Value AtomicCell::Load(std::memory_order order, Site site) const {
  Lane* const lane = Begin(site);
  const Value value = LoadWord(word_, type_.width, order);
  if (lane == nullptr) return value;
  Fill(*lane, FromStd(order), "load", "", site).read = value;
  lane->Commit();
  return value;
}

void AtomicCell::Store(Value value, std::memory_order order, Site site) {
  Lane* const lane = Begin(site);
  StoreWord(word_, type_.width, value, order);
  if (lane == nullptr) return;
  Record& record = Fill(*lane, FromStd(order), "store", "", site);
  record.kind = Record::Kind::kWrite;
  record.written = value;
  lane->Commit();
}

bool AtomicCell::CompareExchange(Value& expected, Value desired, std::memory_order success, std::memory_order failure,
                                 bool weak, Site site) {
  Lane* const lane = Begin(site);
  const char* const verb = weak ? "compare_exchange_weak" : "compare_exchange_strong";
  const bool forsake = weak && lane != nullptr && lane->disturbed() && lane->random().Below(kSpuriousOneIn) == 0;
  const Value wanted = expected;
  bool done = false;
  if (forsake) {
    expected = LoadWord(word_, type_.width, failure);
  } else {
    done = ExchangeWord(word_, type_.width, expected, desired, success, failure);
  }
  if (lane == nullptr) return done;
  if (done) {
    Updated(*lane, success, verb, "", site, wanted, desired);
  } else {
    Record& record = Fill(*lane, FromStd(failure), verb, "", site);
    record.read = expected;
    record.spurious = forsake && expected == wanted;
    lane->Commit();
  }
  return done;
}

CellUpdated AtomicCell::Update(CellFunction function, std::memory_order order, std::memory_order failure,
                               const char* verb, Site site) {
  Lane* const lane = Begin(site);
  Value old = LoadWord(word_, type_.width, failure);
  for (;;) {
    Value next = 0;
    if (!function.apply(function.closure, old, next)) {
      if (lane == nullptr) return {old, false};
      Fill(*lane, FromStd(failure), verb, function.name, site).read = old;
      lane->Commit();
      return {old, false};
    }
    if (lane != nullptr) lane->Restamp();
    const Value read = old;
    if (ExchangeWord(word_, type_.width, old, next, order, failure)) {
      if (lane != nullptr) Updated(*lane, order, verb, function.name, site, read, next);
      return {read, true};
    }
  }
}

Value AtomicCell::Await(CellPredicate predicate, std::memory_order order, Site site) const {
  Lane* const lane = Begin(site);
  for (unsigned polls = 0;; ++polls) {
    if (lane != nullptr) lane->Restamp();
    const Value value = LoadWord(word_, type_.width, order);
    if (predicate.holds(predicate.closure, value)) {
      if (lane == nullptr) return value;
      Fill(*lane, FromStd(order), "await", predicate.name, site).read = value;
      lane->Commit();
      return value;
    }
    Wait(lane, polls, order, "await", predicate.name, site);
  }
}

Value AtomicCell::AwaitUpdate(CellFunction function, std::memory_order order, Site site) {
  Lane* const lane = Begin(site);
  for (unsigned polls = 0;; ++polls) {
    if (lane != nullptr) lane->Restamp();
    Value old = LoadWord(word_, type_.width, std::memory_order_relaxed);
    Value next = 0;
    bool accepted = function.apply(function.closure, old, next);
    while (accepted) {
      if (lane != nullptr) lane->Restamp();
      const Value read = old;
      if (ExchangeWord(word_, type_.width, old, next, order, std::memory_order_relaxed)) {
        if (lane != nullptr) Updated(*lane, order, "await_update", function.name, site, read, next);
        return read;
      }
      accepted = function.apply(function.closure, old, next);
    }
    Wait(lane, polls, order, "await_update", function.name, site);
  }
}

VarCell::VarCell(CellType type, ObjectName name, Site site) : VarCell(type, 0, false, name, site) {}
VarCell::VarCell(CellType type, Value initial, ObjectName name, Site site) : VarCell(type, initial, true, name, site) {}

VarCell::VarCell(CellType type, Value initial, bool initialised, ObjectName name, Site site)
    : value_(initial), type_(type), initialised_(initialised), identity_(name) {
  RecordLife(Record::Kind::kConstruct, this, type_, identity_, initial, true, initialised, site);
}

VarCell::~VarCell() { RecordLife(Record::Kind::kDestroy, this, type_, identity_, 0, true, true, Site{}); }

Value VarCell::Get(Site site) const {
  Lane* const lane = Lane::Current();
  if (lane == nullptr) return value_;
  lane->Begin();
  if (!identity_.alive()) lane->UsedAfterFree(identity_.name(), identity_.index(), site);
  if (!initialised_.load(std::memory_order_relaxed)) {
    lane->ModelError(std::string("a Var is read before it is written") +
                         (identity_.name() != nullptr ? std::string(": ") + identity_.name() : ""),
                     site);
  }
  const Value value = value_;
  Record& record = Describe(lane->Slot(), this, type_, identity_);
  record.plain = true;
  record.verb = "read";
  record.site = site;
  record.read = value;
  lane->Commit();
  return value;
}

void VarCell::Set(Value value, Site site) {
  Lane* const lane = Lane::Current();
  if (lane == nullptr) {
    value_ = value;
    initialised_.store(true, std::memory_order_relaxed);
    return;
  }
  lane->Begin();
  if (!identity_.alive()) lane->UsedAfterFree(identity_.name(), identity_.index(), site);
  value_ = value;
  initialised_.store(true, std::memory_order_relaxed);
  Record& record = Describe(lane->Slot(), this, type_, identity_);
  record.kind = Record::Kind::kWrite;
  record.plain = true;
  record.verb = "write";
  record.site = site;
  record.written = value;
  lane->Commit();
}

void Fence(std::memory_order order, Site site) {
  Lane* const lane = Lane::Current();
  if (lane != nullptr) lane->Begin();
#ifdef DOORWAY_TSAN
  static std::atomic<int> word{0};
  word.fetch_add(0, std::memory_order_acq_rel);
#endif
  switch (order) {
    case std::memory_order_relaxed:
      break;
    case std::memory_order_consume:
    case std::memory_order_acquire:
      std::atomic_thread_fence(std::memory_order_acquire);
      break;
    case std::memory_order_release:
      std::atomic_thread_fence(std::memory_order_release);
      break;
    case std::memory_order_acq_rel:
      std::atomic_thread_fence(std::memory_order_acq_rel);
      break;
    case std::memory_order_seq_cst:
      std::atomic_thread_fence(std::memory_order_seq_cst);
      break;
  }
  if (lane == nullptr) return;
  Record& record = lane->Slot();
  record.kind = Record::Kind::kFence;
  record.order = FromStd(order);
  record.verb = "fence";
  record.site = site;
  lane->Commit();
}

}  // namespace doorway::native
