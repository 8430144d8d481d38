#pragma once

#include <vector>

#include "harness/graph/order.h"
#include "harness/testing/relation.h"

// Sequential consistency, x86-TSO and RC11, axiom by axiom; TSO after
//   Alglave, Maranget, Tautschnig: Herding Cats, TOPLAS 2014,
// RC11 in the notation of
//   Lahav, Vafeiadis, Kang, Hur, Dreyer: Repairing Sequential Consistency in C/C++11, PLDI 2017,
// with C++20's release sequences: a release write is continued by updates only, no longer by later plain or relaxed
// writes of its own thread.
//
// A successful update is one event here, both a read and a write. (In the paper it is two, the read po-before the
// write. All that is lost thereby is that this po edge must not go against eco: an update does not read from a write
// that is mo-after it. Coherence says so expressly.)

namespace doorway::reference {

// A candidate execution: events and the three relations that define it.
struct Candidate {
  Set reads = 0;   // updates among them
  Set writes = 0;  // updates and initial writes among them
  Set fences = 0;
  Set draining = 0;           // under TSO: wait until their thread's store buffer is empty; so do initial writes
  std::vector<Order> order;   // by event; kPlain for initial writes
  std::vector<int> location;  // by event; -1: has none
  Relation po;                // transitive; initial writes before everything else
  Relation rf;
  Relation mo;  // transitive; initial writes first

  int size() const { return static_cast<int>(order.size()); }
};

// Shared.
Relation ReadsBefore(const Candidate& g);  // rb = rf^-1 ; mo, but for the same event. Also called fr
bool Atomicity(const Candidate& g);        // no write comes between an update and what it reads
bool NoThinAir(const Candidate& g);        // po + rf is acyclic

// Sequential consistency: po + rf + mo + rb is acyclic.
bool SequentiallyConsistent(const Candidate& g);

// x86-TSO: each location by itself is sequentially consistent, and what memory sees has one order.
bool ConsistentInTso(const Candidate& g);

// RC11.
Relation HappensBefore(const Candidate& g);
bool Coherence(const Candidate& g);         // hb ; eco? and mo ; rf are irreflexive
bool SeqCstOrder(const Candidate& g);       // psc is acyclic
bool ConsistentInRc11(const Candidate& g);  // all of them

// Two accesses of a location, one a write and one plain, that hb does not order.
bool HasRace(const Candidate& g);

}  // namespace doorway::reference
