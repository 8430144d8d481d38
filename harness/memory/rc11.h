#pragma once

#include <vector>

#include "harness/graph/value.h"
#include "harness/memory/relation.h"

// RC11's axioms as relations (Lahav, Vafeiadis, Kang, Hur, Dreyer: "Repairing Sequential Consistency in C/C++11",
// PLDI 2017), with C++20's release sequences. One predicate an axiom; names as in the paper (fr is its rb).

namespace doorway::memory {

// The base relations of one execution graph. mo and fr are transitive; hb is given.
struct Relations {
  Relation po, rf, mo, fr, hb;
  EventSet sc_access, sc_fence;      // seq_cst accesses, seq_cst fences
  std::vector<LocationId> location;  // kNoLocation: a fence, a choice

  void Reset(std::size_t n) {
    for (Relation* relation : {&po, &rf, &mo, &fr, &hb}) relation->Reset(n);
    sc_access.Reset(n);
    sc_fence.Reset(n);
    location.assign(n, kNoLocation);
  }
};

// eco = (rf + mo + fr)+
Relation Eco(const Relations& g);

// hb ; eco? is irreflexive; and so is eco, which the paper gets from hb between the two events of an update, here one.
bool Coherent(const Relations& g);

// fr ; mo has no pair that an update closes: no write comes between an update and what it reads.
bool Atomic(const Relations& g);

// po + rf has no cycle (what sets RC11 apart from C11: no load buffering).
bool PorfAcyclic(const Relations& g);

// psc has no cycle: the seq_cst events and fences agree on one order.
bool PscAcyclic(const Relations& g);

inline bool ConsistentRc11(const Relations& g) { return Coherent(g) && Atomic(g) && PorfAcyclic(g) && PscAcyclic(g); }

}  // namespace doorway::memory
