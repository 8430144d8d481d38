#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "harness/graph/note_kind.h"
#include "harness/sync/completion.h"
#include "harness/sync/mutex.h"
#include "harness/sync/operands.h"
#include "locks/watched_lock.h"
#include "models/mmap_lock/audit.h"

// Users of mmap_lock: page faults, which may need I/O; mmap and munmap; system calls that fault inside; and what goes
// wrong. Two mms, each with its lock and its data; a lock of the file system; a spinlock in mmap_lock's place.
//
// Where a role sleeps, "io" is I/O that is told to the watch; a role that must not do it there is careless, and has to
// be warned.

namespace doorway::mmap_lock {

enum class Role : std::uint8_t {
  kFault,      // read { look; pin }; io; read { look }: the fault says RETRY
  kCareless,   // read { io }; io
  kTwoMms,     // read mm 0 { read mm 1 {}; io }; io
  kMapper,     // write { change }
  kMapperOf1,  // ... of mm 1
  kDowngrade,  // write { change; downgrade; io }; io
  kHandsOver,  // read, and leaves the rest to the next; then io
  kLetsGo,     // what the thread before has read-locked is released here; then io

  kIoInside,           // read { lock of the file system {} }: a fault that reads a page while it holds mmap_lock
  kFileRead,           // lock of the file system { read {} }: a read() into memory that faults
  kReadTwice,          // read { read {} }
  kOwnThenOther,       // read mm 0 { read mm 1 {} }: copies from one process to another, and faults
  kOtherThenOwn,       // read mm 1 { read mm 0 {} }
  kOwnDroppedForIt,    // read mm 0 {}; read mm 1 {}: copies with faults disabled, and faults outside
  kOtherDroppedForIt,  // read mm 1 {}; read mm 0 {}

  kSpinFault,   // spin { look; pin }; io; spin { look }
  kSpinIo,      // spin { io }
  kSpinSleeps,  // spin { read {} }
  kDisk,        // ends the I/O of one of these: in its interrupt it needs the spinlock
  kSpinMapper,  // spin { change }
};

struct Scenario {
  int threads = 0;
  std::array<Role, kMaxThreads> roles{};
  bool endless = false;
};

// Between operations, for claims about runs without end: the subject begins what its role says, and is done.
inline constexpr NoteKind kCalled{"called"};
inline constexpr NoteKind kReturns{"returns"};

template <class Sync, template <class> class LockOf>
class Clients {
 public:
  explicit Clients(const Scenario& scenario) : scenario_(scenario) {}

  void thread(int i) {
    const Role role = scenario_.roles[static_cast<std::size_t>(i)];
    if (scenario_.endless) Sync::forever([this, role] { Call(role); });
    Call(role);
  }

 private:
  using Lock = LockOf<Sync>;
  using Held = typename Lock::HeldBy;

  void Call(Role role) {
    if (scenario_.endless) Sync::note(kCalled, Sync::self());
    Play(role);
    if (scenario_.endless) Sync::note(kReturns, Sync::self());
  }

  void Play(Role role) {
    switch (role) {
      case Role::kFault:
        Read(0);
        Drop(0);
        Io();
        Read(0);
        EndRead(0);
        return;
      case Role::kCareless:
        Read(0);
        Io();
        EndRead(0);
        Io();
        return;
      case Role::kTwoMms:
        Read(0);
        Read(1);
        EndRead(1);
        Io();
        EndRead(0);
        Io();
        return;
      case Role::kMapper:
        return Map(0);
      case Role::kMapperOf1:
        return Map(1);
      case Role::kDowngrade:
        Write(0);
        locks_[0].downgrade();
        Io();
        EndRead(0);
        Io();
        return;
      case Role::kHandsOver:
        Read(0);
        locks_[0].hand_over();
        handed_over_.complete();
        is_released_.wait();
        Io();
        return;
      case Role::kLetsGo:
        handed_over_.wait();
        books_.Add(books_.held, Sync::self() - 1, -1);
        locks_[0].up_read_non_owner();
        is_released_.complete();
        Io();
        return;
      case Role::kIoInside:
        Read(0);
        Io();
        UseFile();
        EndRead(0);
        return;
      case Role::kFileRead:
        books_.MaySleep();
        file_system_.lock();
        Read(0);
        EndRead(0);
        file_system_.unlock();
        return;
      case Role::kReadTwice:
        return ReadBoth(0, 0);
      case Role::kOwnThenOther:
        return ReadBoth(0, 1);
      case Role::kOtherThenOwn:
        return ReadBoth(1, 0);
      case Role::kOwnDroppedForIt:
        return ReadInTurn(0, 1);
      case Role::kOtherDroppedForIt:
        return ReadInTurn(1, 0);
      case Role::kSpinFault:
        Spin(false);
        Unspin();
        Io();
        io_done_.wait();
        Spin(false);
        Unspin();
        return;
      case Role::kSpinIo:
        Spin(false);
        Io();
        io_done_.wait();
        Unspin();
        return;
      case Role::kSpinSleeps:
        Spin(false);
        Read(0);
        EndRead(0);
        Unspin();
        return;
      case Role::kDisk:
        Spin(false);
        Unspin();
        io_done_.complete();
        return;
      case Role::kSpinMapper:
        Spin(true);
        Unspin();
        return;
    }
  }

  void Read(int mm) {
    books_.MaySleep();
    locks_[mm].down_read();
    books_.Add(books_.held, Sync::self(), 1);
    data_[mm].get(unseen);
  }
  void EndRead(int mm) {
    books_.Add(books_.held, Sync::self(), -1);
    locks_[mm].up_read();
  }
  // The way out of a fault that says RETRY; a lock may have one of its own.
  void Drop(int mm) {
    books_.Add(books_.held, Sync::self(), -1);
    if constexpr (requires { locks_[mm].drop_for_retry(); }) {
      locks_[mm].drop_for_retry();
    } else {
      locks_[mm].up_read();
    }
  }
  void Write(int mm) {
    books_.MaySleep();
    locks_[mm].down_write();
    books_.Add(books_.held, Sync::self(), 1);
    data_[mm].set(1);
  }
  void Map(int mm) {
    Write(mm);
    books_.Add(books_.held, Sync::self(), -1);
    locks_[mm].up_write();
  }
  void ReadBoth(int first, int second) {
    Read(first);
    Read(second);
    EndRead(second);
    EndRead(first);
  }
  void ReadInTurn(int first, int second) {
    Read(first);
    EndRead(first);
    Read(second);
    EndRead(second);
  }
  void Spin(bool changes) {
    spinlock_.lock();
    books_.Add(books_.held, Sync::self(), 1);
    books_.Add(books_.spinning, Sync::self(), 1);
    changes ? data_[0].set(1) : data_[0].get(unseen);
  }
  void Unspin() {
    books_.Add(books_.spinning, Sync::self(), -1);
    books_.Add(books_.held, Sync::self(), -1);
    spinlock_.unlock();
  }

  void Io() {
    books_.MaySleep();
    books_.Io(held_.forbids_io());
  }
  void UseFile() {
    books_.MaySleep();
    file_system_.lock();
    file_system_.unlock();
  }

  const Scenario scenario_;
  Held held_;
  Lock locks_[2] = {Lock(held_, 0), Lock(held_, 1)};
  WatchedSpinLock<Sync, Mutex<Sync>, Held> spinlock_{held_, 0};
  Mutex<Sync> file_system_{"file_system"};
  Completion<Sync> handed_over_{"handed_over"};
  Completion<Sync> is_released_{"is_released"};
  Completion<Sync> io_done_{"io_done"};
  typename Sync::template Var<int> data_[2] = {typename Sync::template Var<int>(0, ObjectName("mm.data", 0)),
                                               typename Sync::template Var<int>(0, ObjectName("mm.data", 1))};
  Books<Sync> books_;
};

}  // namespace doorway::mmap_lock
