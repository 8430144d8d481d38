#pragma once

#include "harness/sync/operands.h"
#include "models/classic/programs.h"
#include "models/group/clients.h"

// What the clients of a structure put into it and take out: numbered items, each put in once. Whoever takes one out
// marks it, as plain data: an item that two threads take is a data race, and one that a thread takes twice, or that
// nobody has put in, fails a check.

namespace doorway {

inline constexpr int kMaxItems = 8;

template <class Sync>
class Items {
 public:
  // `item` has come out; -1: nothing has, which is said to be impossible.
  void Take(int item) {
    Sync::check(item >= 0 && item < kMaxItems, "nothing came out, or nothing that was put in");
    if (item < 0 || item >= kMaxItems) return;
    Sync::check(!taken_[item].get(), "an item came out twice");
    taken_[item].set(true);
  }
  bool taken(int item) { return taken_[item].get(); }

 private:
  using Taken = typename Sync::template Var<bool>;
  struct Make {
    Taken operator()(int i) const { return Taken(false, ObjectName("taken", i)); }
  };
  Indexed<Taken, kMaxItems, Make> taken_;
};

}  // namespace doorway
