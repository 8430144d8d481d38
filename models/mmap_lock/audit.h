#pragma once

#include "harness/graph/note_kind.h"
#include "harness/sync/operands.h"
#include "properties/outcomes.h"

// What is true of who holds what, kept beside the locks and not by them: inner locks that book each acquisition after
// it, and each release before it, on the thread for which the lock is held. What the watched locks say is compared with
// it.

namespace doorway::mmap_lock {

// On I/O by a thread that holds a lock: wrong, if it was not warned. By one that holds none: wrong, if it was.
inline constexpr NoteKind kIoUnderLock{"I/O under a lock"};
inline constexpr NoteKind kIoWithoutLock{"I/O without a lock"};
// On a step that may sleep: wrong, if its thread holds a spinlock.
inline constexpr NoteKind kMaySleep{"may sleep"};

inline constexpr int kMaxThreads = 6;

template <class Sync>
struct Books {
  using Book = typename Sync::template Var<int>;
  static constexpr const char* kHeldName = "really_held";
  Book held[kMaxThreads] = {Book(0, ObjectName(kHeldName, 0)), Book(0, ObjectName(kHeldName, 1)),
                            Book(0, ObjectName(kHeldName, 2)), Book(0, ObjectName(kHeldName, 3)),
                            Book(0, ObjectName(kHeldName, 4)), Book(0, ObjectName(kHeldName, 5))};
  Book spinning[kMaxThreads] = {Book(0), Book(0), Book(0), Book(0), Book(0), Book(0)};

  void Add(Book* books, int thread, int by) { books[thread].set(books[thread].get() + by); }

  // To be called right before an operation that may sleep.
  void MaySleep() {
    const bool right = spinning[Sync::self()].get() == 0;
    Sync::tag(kMaySleep, Sync::self(), RightOrWrong(right));
  }

  // I/O that the watch has `warned` of, or not.
  void Io(bool warned) {
    const bool is_held = held[Sync::self()].get() != 0;
    Sync::tag(is_held ? kIoUnderLock : kIoWithoutLock, Sync::self(), RightOrWrong(warned == is_held));
  }
};

}  // namespace doorway::mmap_lock
