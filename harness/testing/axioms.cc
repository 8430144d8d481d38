#include "harness/testing/axioms.h"

namespace doorway::reference {

namespace {

template <class Predicate>
Set EventsWith(const Candidate& g, Predicate predicate) {
  Set set = 0;
  for (int e = 0; e < g.size(); ++e) {
    if (predicate(e)) set |= Singleton(e);
  }
  return set;
}

// r|loc: what of r is between accesses of one location.
Relation SameLocation(const Candidate& g, const Relation& r) {
  Relation result;
  for (int a = 0; a < g.size(); ++a) {
    for (int b = 0; b < g.size(); ++b) {
      if (r.Has(a, b) && g.location[a] >= 0 && g.location[a] == g.location[b]) result.Add(a, b);
    }
  }
  return result;
}

// Extended coherence order.
Relation Eco(const Candidate& g) { return Plus(g.rf | g.mo | ReadsBefore(g)); }

// Synchronizes-with. Plain accesses take no part in it.
Relation SynchronizesWith(const Candidate& g) {
  const Set atomic = EventsWith(g, [&](int e) { return IsAtomic(g.order[e]); });
  const Set releases = EventsWith(g, [&](int e) { return IsRelease(g.order[e]); });
  const Set acquires = EventsWith(g, [&](int e) { return IsAcquire(g.order[e]); });
  const Set updates = g.reads & g.writes;
  const Relation rs = Id(g.writes & atomic) * Star(g.rf * Id(updates));  // release sequence
  return Id(releases) * Maybe(Id(g.fences) * g.po) * rs *                //
         g.rf * Id(g.reads & atomic) * Maybe(g.po * Id(g.fences)) * Id(acquires);
}

// Partial-SC-before.
Relation Psc(const Candidate& g, const Relation& hb) {
  const Set seq_cst = EventsWith(g, [&](int e) { return g.order[e] == Order::kSeqCst; });
  const Relation sc = Id(seq_cst);
  const Relation sc_fence = Id(seq_cst & g.fences);
  const Relation po_other = g.po - SameLocation(g, g.po);
  const Relation scb = g.po | po_other * hb * po_other | SameLocation(g, hb) | g.mo | ReadsBefore(g);
  const Relation psc_base = (sc | sc_fence * Maybe(hb)) * scb * (sc | Maybe(hb) * sc_fence);
  const Relation psc_fence = sc_fence * (hb | hb * Eco(g) * hb) * sc_fence;
  return psc_base | psc_fence;
}

bool Coherence(const Candidate& g, const Relation& hb) {
  return (hb * Maybe(Eco(g))).Irreflexive() && (g.mo * g.rf).Irreflexive();
}

}  // namespace

Relation ReadsBefore(const Candidate& g) { return Inverse(g.rf) * g.mo - Id(kAllEvents); }

bool Atomicity(const Candidate& g) {
  const Relation overtaken = ReadsBefore(g) * g.mo;
  return (overtaken & Id(g.reads & g.writes)).Empty();
}

bool NoThinAir(const Candidate& g) { return Acyclic(g.po | g.rf); }

bool SequentiallyConsistent(const Candidate& g) { return Acyclic(g.po | g.rf | g.mo | ReadsBefore(g)); }

bool ConsistentInTso(const Candidate& g) {
  const Relation rb = ReadsBefore(g);
  if (!Acyclic(SameLocation(g, g.po) | g.rf | g.mo | rb) || !Atomicity(g)) return false;
  const Relation in_memory = Id(g.reads | g.writes | g.draining);
  const Set stores = g.writes & static_cast<Set>(~g.draining);
  const Set loads = g.reads & static_cast<Set>(~g.draining);
  const Relation overtaking = Id(stores) * g.po * Id(loads);
  const Relation ppo = (in_memory * g.po * in_memory - overtaking) | g.po * Id(g.draining) * g.po;
  const Relation rfe = g.rf - g.po;
  return Acyclic(ppo | rfe | g.mo | rb);
}

Relation HappensBefore(const Candidate& g) { return Plus(g.po | SynchronizesWith(g)); }

bool Coherence(const Candidate& g) { return Coherence(g, HappensBefore(g)); }

bool SeqCstOrder(const Candidate& g) { return Acyclic(Psc(g, HappensBefore(g))); }

bool ConsistentInRc11(const Candidate& g) { return NoThinAir(g) && Atomicity(g) && Coherence(g) && SeqCstOrder(g); }

bool HasRace(const Candidate& g) {
  const Relation hb = HappensBefore(g);
  for (int a = 0; a < g.size(); ++a) {
    for (int b = 0; b < a; ++b) {
      const bool conflict =
          g.location[a] >= 0 && g.location[a] == g.location[b] && (Has(g.writes, a) || Has(g.writes, b));
      const bool plain = !IsAtomic(g.order[a]) || !IsAtomic(g.order[b]);
      if (conflict && plain && !hb.Has(a, b) && !hb.Has(b, a)) return true;
    }
  }
  return false;
}

}  // namespace doorway::reference
