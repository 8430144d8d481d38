#include "harness/sync/thread_index.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace doorway {

namespace {

std::atomic<bool> taken[kMaxThreadIndices];

class Claim {
 public:
  Claim() {
    for (int i = 0; i < kMaxThreadIndices; ++i) {
      if (taken[i].load(std::memory_order_relaxed) || taken[i].exchange(true, std::memory_order_acquire)) continue;
      index_ = i;
      return;
    }
    std::fprintf(stderr, "doorway: more than %d threads use locks that number their threads\n", kMaxThreadIndices);
    std::abort();
  }
  // Release: pairs with the acquire of who takes the number next, and with it the places that it stands for.
  ~Claim() { taken[index_].store(false, std::memory_order_release); }
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;

  int index() const { return index_; }

 private:
  int index_ = 0;
};

}  // namespace

int ThreadIndex() {
  static thread_local const Claim claim;
  return claim.index();
}

}  // namespace doorway
