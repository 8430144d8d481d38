#include "harness/memory/rc11.h"

namespace doorway::memory {

Relation Eco(const Relations& g) { return (g.rf | g.mo | g.fr).Transitive(); }

bool Coherent(const Relations& g) {
  const Relation eco = Eco(g);
  return eco.Irreflexive() && (g.hb * eco.Reflexive()).Irreflexive();
}

bool Atomic(const Relations& g) { return (g.fr * g.mo).Irreflexive(); }

bool PorfAcyclic(const Relations& g) { return (g.po | g.rf).Acyclic(); }

// psc_base = ([E_sc] + [F_sc]; hb?) ; scb ; ([E_sc] + hb?; [F_sc])
// psc_F    = [F_sc] ; (hb + hb; eco; hb) ; [F_sc]
// scb      = po + po|!=loc ; hb ; po|!=loc + hb|loc + mo + fr
// where E_sc are the seq_cst events, fences among them.
bool PscAcyclic(const Relations& g) {
  const auto same_location = [&g](std::size_t a, std::size_t b) {
    return g.location[a] != kNoLocation && g.location[a] == g.location[b];
  };
  const Relation po_other = g.po.Where([&](std::size_t a, std::size_t b) { return !same_location(a, b); });
  const Relation hb_same = g.hb.Where(same_location);

  const std::size_t n = g.po.size();
  const Relation hb_reflexive = g.hb.Reflexive();
  Relation left(n);   // [E_sc] + [F_sc]; hb?
  Relation right(n);  // [E_sc] + hb?; [F_sc]
  for (std::size_t a = 0; a < n; ++a) {
    if (g.sc_access.Has(a)) {
      left.Add(a, a);
      right.Add(a, a);
    }
    if (!g.sc_fence.Has(a)) continue;
    for (std::size_t b = 0; b < n; ++b) {
      if (hb_reflexive.Has(a, b)) left.Add(a, b);
      if (hb_reflexive.Has(b, a)) right.Add(b, a);
    }
  }
  // left ; scb ; right, with left multiplied in first: its rows are few.
  const Relation left_scb = left * (g.po | hb_same | g.mo | g.fr) | left * po_other * g.hb * po_other;
  const Relation psc_base = left_scb * right;
  if (g.sc_fence.Empty()) return psc_base.Acyclic();
  const Relation psc_fence = (g.hb | g.hb * Eco(g) * g.hb).Where([&g](std::size_t a, std::size_t b) {
    return g.sc_fence.Has(a) && g.sc_fence.Has(b);
  });
  return (psc_base | psc_fence).Acyclic();
}

}  // namespace doorway::memory
