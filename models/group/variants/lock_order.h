#pragma once

#include "harness/sync/mutex.h"
#include "models/group/clients.h"

// Clients that use a group lock wrongly, or in ways that only some group locks allow.

namespace doorway {

// Thread 0, a red, enters as black while it is inside: direct I/O into a buffer that is mapped from the same file.
template <class Sync, template <class> class LockOf>
class NestOtherColour {
 public:
  explicit NestOtherColour(const GroupConfig& /*clients*/) {}
  void thread(int /*i*/) {
    lock_.enter(0);
    lock_.enter(1);
    lock_.exit(1);
    lock_.exit(0);
  }

 private:
  LockOf<Sync> lock_;
};

// Threads of group 0 enter a second time while they are inside.
template <class Sync, template <class> class LockOf>
class NestSameColour : public GroupClients<Sync, LockOf> {
 public:
  using GroupClients<Sync, LockOf>::GroupClients;
  void thread(int i) {
    if (this->GroupOf(i) == 1) return GroupClients<Sync, LockOf>::thread(i);
    this->lock_.enter(0);
    this->Visit(i, 0);
    this->lock_.exit(0);
  }
};

// The page cache's two lock orders: red (insertion) locks the folio and then enters, black (truncation) enters and then
// locks the folio.
template <class Sync, template <class> class LockOf>
class FolioLockOrder : public GroupClients<Sync, LockOf> {
 public:
  using GroupClients<Sync, LockOf>::GroupClients;
  void thread(int i) {
    if (this->GroupOf(i) == 0) {
      folio_.lock();
      this->Visit(i, 0);
      folio_.unlock();
    } else {
      this->lock_.enter(1);
      folio_.lock();
      this->Inside(i, 1);
      folio_.unlock();
      this->lock_.exit(1);
    }
  }

 private:
  Mutex<Sync> folio_{"folio"};
};

}  // namespace doorway
