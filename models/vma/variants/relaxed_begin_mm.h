#pragma once

#include <atomic>

#include "locks/vma_mm.h"

// An mm whose writer begins with a relaxed store: who reads that number, instead of the one by which the section before
// ended, need not see what that section did.

namespace doorway::vma {

template <class Sync>
class RelaxedBeginMm : public VmaMm<Sync> {
 public:
  using VmaMm<Sync>::VmaMm;
  void begin_write() { this->step(std::memory_order_relaxed); }
};

}  // namespace doorway::vma
