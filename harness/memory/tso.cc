#include "harness/memory/tso.h"

namespace doorway::memory {

bool ConsistentTso(const Relations& g, const BufferUse& use, const std::vector<int>& thread) {
  const Relation po_loc = g.po.Where(
      [&](std::size_t a, std::size_t b) { return g.location[a] != kNoLocation && g.location[a] == g.location[b]; });
  if (!(po_loc | g.rf | g.mo | g.fr).Acyclic()) return false;
  const auto counts = [&](std::size_t e) { return g.location[e] != kNoLocation || use.drains.Has(e); };
  const auto drained_between = [&](std::size_t a, std::size_t b) {
    for (std::size_t c = 0; c < g.location.size(); ++c) {
      if (use.drains.Has(c) && g.po.Has(a, c) && g.po.Has(c, b)) return true;
    }
    return false;
  };
  const Relation ppo = g.po.Where([&](std::size_t a, std::size_t b) {
    if (!counts(a) || !counts(b)) return false;
    return !use.buffered.Has(a) || !use.loads.Has(b) || drained_between(a, b);
  });
  const Relation rfe = g.rf.Where([&](std::size_t a, std::size_t b) { return thread[a] != thread[b]; });
  return (ppo | rfe | g.mo | g.fr).Acyclic();
}

}  // namespace doorway::memory
