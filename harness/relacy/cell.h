#pragma once

#include <atomic>
#include <cstddef>

#include "harness/graph/site.h"
#include "harness/graph/value.h"
#include "harness/sync/cell_sync.h"
#include "harness/sync/operands.h"

// What RelacySync's objects are made of: an rl::atomic or rl::var of a value's bits, behind a face without Relacy's
// headers. Models are compiled against this, so Relacy's macros, and its templates at every call, stay in cell.cc.
//
// Each operation of an AtomicCell is one step of Relacy: preemption is possible before it, and not within it. Cells
// live within a simulation (relacy_run.h).

namespace doorway::relacy_internal {

using Predicate = CellPredicate;
using Function = CellFunction;

class AtomicCell {
 public:
  AtomicCell(CellType /*type*/, Value initial, ObjectName name, Site site) : AtomicCell(initial, name, site) {}
  AtomicCell(Value initial, ObjectName name, Site site);
  AtomicCell(const AtomicCell&) = delete;
  AtomicCell& operator=(const AtomicCell&) = delete;
  ~AtomicCell();

  Value Load(std::memory_order order, Site site) const;
  void Store(Value value, std::memory_order order, Site site);
  bool CompareExchange(Value& expected, Value desired, std::memory_order success, std::memory_order failure, bool weak,
                       Site site);

  // Replaces the newest value by the function of it, or only reads it, if the function declines. Returns it.
  CellUpdated Update(Function function, std::memory_order order, std::memory_order failure, const char* verb,
                     Site site);

  // Waits for a value that satisfies the predicate, and reads it.
  Value Await(Predicate predicate, std::memory_order order, Site site) const;
  // Waits until the function accepts the newest value, and replaces it. Returns the old one.
  Value AwaitUpdate(Function function, std::memory_order order, Site site);

 private:
  struct Step;

  Value LoadWithin(const Step& step, std::memory_order order, const char* verb, Site site) const;
  void Replace(const Step& step, Value next, std::memory_order order, const char* verb, Site site);
  void ReadNewest(const Step& step, std::memory_order order, const char* verb, Site site);
  void Written(Value old, Value value, Site site);

  alignas(8) unsigned char upstream_[64];  // an rl::atomic
  Value previous_;                         // the write before the newest
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
  alignas(8) unsigned char upstream_[40];  // an rl::var
};

void Fence(std::memory_order order, Site site);
int Choose(int n);

}  // namespace doorway::relacy_internal
