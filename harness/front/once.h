#pragma once

#include "harness/front/operations.h"

// Something that is done once, by whoever comes first; others wait until it has been done.

namespace doorway::front {

class Once {
 public:
  static Value NotDone() { return 0; }
  static Value Done() { return 2; }

  explicit Once(const void* address) : word_{address, 8} {}

  // Whether the caller is to do it, and then say so; else it has been done.
  // Memory ordering: acquire, of what was released by Finish.
  bool Begin(Site site);
  // It has been done; or it has not, and the next one is to do it.
  void Finish(bool done, Site site);

 private:
  Object word_;
};

}  // namespace doorway::front
