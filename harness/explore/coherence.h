#pragma once

#include "harness/explore/rc11_coherence.h"
#include "harness/explore/sc_coherence.h"
#include "harness/explore/tso_coherence.h"

// The memory model as the explorer needs it, one policy a model:
//
//   kOrderClocks      how many clocks of its own it keeps (WorkGraph::kOrder, kCommitted)
//   View              what a thread has seen: of a type of its own, by value
//   ViewAfter(g, t, last, drains)  of thread t, whose last event is `last` (kNoEvent: none), for an operation that is a
//                     store or otherwise comes after all earlier stores (`drains`), or for a load, which need not
//   Drains(label, wrote)  which of these an operation is
//   Sees(g, view, w)  whether that rules out reading anything mo-older than w, and writing before w
//   MayReadFrom(g, t, label, value, w)  whether thread t's next operation, which reads `value` from w, is not ruled out
//                     by more than Sees has told of a view that is right if the operation only reads
//   Linked(g, e)      e was added, or got its place in rf or mo
//   Restricted(g, r)  events were taken out, and the read r, if there is one, from its place in rf
//   Order(g)          the graph is of another origin: nothing is known of it
//   Consistent(g)     the axioms that the above do not already ensure
//   NeedsCheck(g)     whether Consistent could say no to a graph of no more than these operations
//   Before(g, e, row) how many of each thread's first events every interleaving has at or before e
//   Allows(g)         all axioms, by their text in harness/memory: slow, for graphs of another origin
//
// Under SC and TSO, the choices that views leave are exactly the consistent ones. Under RC11 they are exactly the
// coherent ones, and psc remains to be checked.
