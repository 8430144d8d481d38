#pragma once

#include "models/group/clients.h"

// Clients of which the blacks come once, while the reds come all their rounds, or for ever: enough to count how often a
// black is overtaken, and far fewer executions.

namespace doorway {

template <class Sync, template <class> class LockOf>
class BlackOnce : public GroupClients<Sync, LockOf> {
 public:
  using GroupClients<Sync, LockOf>::GroupClients;

  void thread(int i) {
    if (this->GroupOf(i) == 1) return this->Visit(i, 1);
    GroupClients<Sync, LockOf>::thread(i);
  }
};

}  // namespace doorway
