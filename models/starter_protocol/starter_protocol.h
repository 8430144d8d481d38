#pragma once

#include <atomic>

#include "harness/graph/note_kind.h"
#include "harness/sync/notes.h"
#include "harness/sync/operands.h"
#include "properties/outcomes.h"

// A page that readers read while somebody unmaps it: a reader says that it reads and then asks whether the page is
// still there; who unmaps it says that it goes and then waits for the readers. Put your own protocol in its place, and
// say here what it is.

namespace doorway::starter_protocol {

inline constexpr int kMaxReaders = 3;
inline constexpr NoteKind kRead{"read"};  // note: a reader has read the page, right or wrong (properties/outcomes.h)

// Threads 0 to readers - 1 read, the last one unmaps. `kAnnounce`: the order of a reader's announcement; a variant has
// a weaker one (starter_protocol.cc).
template <class Sync, std::memory_order kAnnounce>
class StarterProtocol {
 public:
  explicit StarterProtocol(int readers) : readers_(readers) {}

  // The code of each thread; before() and after(), where a class has them, run alone, before and after all threads.
  void thread(int self) {
    if (self < readers_) {
      Read(self);
    } else {
      Unmap();
    }
  }

 private:
  // Memory ordering: seq_cst, the announcement and the look at the page: one side of a store-buffering pair, whose
  // other side is Unmap. At least one of the two sees the other. Release, the end: pairs with the acquire of Unmap's
  // wait.
  void Read(int self) {
    reading_[self].store(true, kAnnounce);
    if (mapped_.load(std::memory_order_seq_cst)) {
      const int content = page_.get();  // plain data: a race with Unmap is found, too
      Sync::tag(kRead, self, RightOrWrong(content == kContent));
    }
    reading_[self].store(false, std::memory_order_release);
  }

  // Memory ordering: seq_cst, the store and the looks at the readers: the other side of that pair. (A look is an
  // acquire, too.)
  void Unmap() {
    mapped_.store(false, std::memory_order_seq_cst);
    for (int reader = 0; reader < readers_; ++reader) {
      // Wait in awaits, not in loops: one step, taken when the value satisfies the predicate.
      reading_[reader].await(HasGone{}, with(), std::memory_order_seq_cst);
    }
    page_.set(kReused);
  }

  // Predicates are objects without members; what they need would come as operands: with(reader).
  struct HasGone {
    constexpr bool operator()(bool reading) const { return !reading; }
  };

  static constexpr int kContent = 1;
  static constexpr int kReused = 2;

  const int readers_;
  // All that threads share is an Atomic, or a Var if it is plain data, with its name for reports.
  typename Sync::template Atomic<bool> mapped_{true, "mapped"};
  typename Sync::template Atomic<bool> reading_[kMaxReaders] = {
      typename Sync::template Atomic<bool>(false, ObjectName("reading", 0)),
      typename Sync::template Atomic<bool>(false, ObjectName("reading", 1)),
      typename Sync::template Atomic<bool>(false, ObjectName("reading", 2))};
  typename Sync::template Var<int> page_{kContent, "page"};
};

}  // namespace doorway::starter_protocol
