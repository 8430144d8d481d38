#pragma once

#include "harness/front/operations.h"

// Read-copy-update, idealised, in one word: a grace period waits for those sections that had begun before it.
//
// Sections nest up to three deep. Grace periods at the same time wait for what any of them waits for.

namespace doorway::front {

class Rcu {
 public:
  static Value Initialised() { return 0; }

  explicit Rcu(const void* address) : word_{address, 8} {}

  // False: the sections nest too deep; or there is none to leave.
  // Memory ordering: acquire; pairs with the begin of each grace period before.
  bool Enter(Site site);
  // Memory ordering: release; pairs with the end of the grace period that waits for it.
  bool Leave(Site site);
  // False: the thread is in a section, and would wait for itself.
  bool Synchronize(Site site);

 private:
  Object word_;
};

}  // namespace doorway::front
