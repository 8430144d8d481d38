#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/order.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"
#include "harness/sync/cell_sync.h"
#include "harness/sync/operands.h"

// What StressSync's objects are made of: a word of the value's own width, on which std::atomic's operations are done,
// with what a record of the operation needs: the object's name, and whether it is alive.
//
// - Memory orders are those that are asked for, whatever the compiler makes of an order that it does not know.
// - A read-modify-write of whatever kind is a compare-exchange loop; an await polls, and backs off.
// - A Var is plain data: an access is a load or store of the machine, and a race is one to ThreadSanitizer.
// - Under ThreadSanitizer, which does not know fences, a fence is an update of one word of all: no false reports, but
//   a race that such a fence hides by chance is not seen.

namespace doorway::native {

class Lane;
struct Record;

// The name of an object, and its life. Atomics, since a pointer to an object that is gone may still be followed.
class Identity {
 public:
  explicit Identity(ObjectName name) : name_(name.text), index_(name.index), life_(kAlive) {}
  ~Identity() { life_.store(kDead, std::memory_order_relaxed); }
  Identity(const Identity&) = delete;
  Identity& operator=(const Identity&) = delete;

  bool alive() const { return life_.load(std::memory_order_relaxed) == kAlive; }
  const char* name() const { return name_.load(std::memory_order_relaxed); }
  int index() const { return index_.load(std::memory_order_relaxed); }

 private:
  static constexpr std::uint32_t kAlive = 0xa11fe;
  static constexpr std::uint32_t kDead = 0xdead;

  std::atomic<const char*> name_;
  std::atomic<std::int32_t> index_;
  std::atomic<std::uint32_t> life_;
};

class AtomicCell {
 public:
  AtomicCell(CellType type, Value initial, ObjectName name, Site site);
  AtomicCell(const AtomicCell&) = delete;
  AtomicCell& operator=(const AtomicCell&) = delete;
  ~AtomicCell();

  Value Load(std::memory_order order, Site site) const;
  void Store(Value value, std::memory_order order, Site site);
  bool CompareExchange(Value& expected, Value desired, std::memory_order success, std::memory_order failure, bool weak,
                       Site site);
  CellUpdated Update(CellFunction function, std::memory_order order, std::memory_order failure, const char* verb,
                     Site site);
  Value Await(CellPredicate predicate, std::memory_order order, Site site) const;
  Value AwaitUpdate(CellFunction function, std::memory_order order, Site site);

 private:
  Lane* Begin(Site site) const;
  Record& Fill(Lane& lane, Order order, const char* verb, const char* function, Site site) const;
  void Wait(Lane* lane, unsigned n, std::memory_order order, const char* verb, const char* function, Site site) const;
  void Updated(Lane& lane, std::memory_order order, const char* verb, const char* function, Site site, Value old,
               Value next) const;

  alignas(8) mutable unsigned char word_[8] = {};
  CellType type_;
  Identity identity_;
};

class VarCell {
 public:
  VarCell(CellType type, ObjectName name, Site site);  // uninitialised
  VarCell(CellType type, Value initial, ObjectName name, Site site);
  VarCell(const VarCell&) = delete;
  VarCell& operator=(const VarCell&) = delete;
  ~VarCell();

  Value Get(Site site) const;
  void Set(Value value, Site site);

 private:
  VarCell(CellType type, Value initial, bool initialised, ObjectName name, Site site);

  Value value_;
  CellType type_;
  mutable std::atomic<bool> initialised_;
  Identity identity_;
};

void Fence(std::memory_order order, Site site);

}  // namespace doorway::native
