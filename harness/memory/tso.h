#pragma once

#include <string_view>

#include "harness/graph/label.h"
#include "harness/memory/rc11.h"

// x86-TSO (Sewell, Sarkar, Owens, Zappa Nardelli, Myreen: "x86-TSO: A Rigorous and Usable Programmer's Model", CACM
// 2010): which operations use the store buffer, and the model as an axiom (Alglave, Maranget, Tautschnig: "Herding
// Cats", TOPLAS 2014).

namespace doorway::memory {

// x86's compare-exchange is locked, whether it succeeds or not; an update that declines was only a load.
inline bool IsLocked(const Label& label, bool wrote) {
  return label.op == Op::kUpdate && (wrote || std::string_view(label.verb).starts_with("compare_exchange"));
}

// Whether the operation waits until its thread's store buffer is empty: a seq_cst store is an xchg, a seq_cst fence an
// mfence.
inline bool NeedsEmptyBuffer(const Label& label, bool wrote) {
  return IsLocked(label, wrote) ||
         ((label.op == Op::kStore || label.op == Op::kFence) && label.order == Order::kSeqCst);
}

// How events use the store buffer: those that go into it, those that wait until it is empty, and plain loads.
struct BufferUse {
  EventSet buffered, drains, loads;

  void Reset(std::size_t n) {
    for (EventSet* set : {&buffered, &drains, &loads}) set->Reset(n);
  }
};

// Each location by itself is sequentially consistent; and ppo + rfe + mo + fr has no cycle, where ppo is the po of
// accesses and of what drains, but for a load that overtakes a buffered store with nothing between that drains.
// `thread[e]`: whose event it is; any other number for initial writes.
bool ConsistentTso(const Relations& g, const BufferUse& use, const std::vector<int>& thread);

}  // namespace doorway::memory
