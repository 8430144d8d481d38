#pragma once

#include "harness/memory/rc11.h"

namespace doorway::memory {

// Sequential consistency: po + rf + mo + fr has no cycle (Shasha and Snir; Alglave, Maranget, Tautschnig: "Herding
// Cats").
inline bool ConsistentSc(const Relations& g) { return (g.po | g.rf | g.mo | g.fr).Acyclic(); }

}  // namespace doorway::memory
