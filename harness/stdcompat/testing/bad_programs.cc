// What programs do wrong, and what is said of it.
#include <atomic>
#include <cassert>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

std::atomic<int> step{0};
std::mutex first, second;
int* pointer = nullptr;
std::uint32_t mixed = 0;

void Deadlock() {
  std::thread other([] {
    std::lock_guard<std::mutex> a(second);
    std::lock_guard<std::mutex> b(first);
  });
  {
    std::lock_guard<std::mutex> a(first);
    std::lock_guard<std::mutex> b(second);
  }
  other.join();
}

void UnlockOfOthers() {
  first.lock();
  std::thread other([] { first.unlock(); });
  other.join();
}

void LockTwice() {
  std::thread other([] {});
  first.lock();
  first.lock();
}

void NullPointer() {
  std::thread other([] { step = 1; });
  if (step == 1) *pointer = 1;
  other.join();
}

void UseAfterFree() {
  int* const number = new int(1);
  std::thread other([=] { assert(*number == 1); });
  delete number;
  other.join();
}

void FreeTwice() {
  void* const memory = std::malloc(8);
  std::thread other([=] { std::free(memory); });
  std::free(memory);
  other.join();
}

void NotJoined() {
  std::thread other([] {});
}

void Exception() {
  std::thread other([] {
    if (step.exchange(1) == 0) throw std::runtime_error("nobody catches it");
  });
  step.exchange(1);
  other.join();
}

void Abort() {
  std::thread other([] { step = 1; });
  if (step == 1) std::abort();
  other.join();
}

void Exit() {
  std::thread other([] { step = 1; });
  if (step == 1) std::exit(3);
  other.join();
}

void Exit0() {
  std::thread other([] { step = 1; });
  if (step == 1) std::exit(0);
  other.join();
}

void Mixed() {
  std::thread other([] { __atomic_store_n(reinterpret_cast<std::uint16_t*>(&mixed), 1, __ATOMIC_RELAXED); });
  __atomic_store_n(&mixed, 2, __ATOMIC_RELAXED);
  other.join();
}

void Endless() {
  std::thread other([] {});
  for (;;) {
  }
}

void Polls() {
  std::thread other([] {
    while (step != 2) {
    }
  });
  step = 1;
  other.join();
}

// Too many executions for anybody's patience.
void CountsALot() {
  auto count = [] {
    for (int i = 0; i < 6; ++i) step.fetch_add(1);
  };
  std::thread a(count), b(count), c(count), d(count);
  a.join();
  b.join();
  c.join();
  d.join();
}

void StartsAThreadInAThread() {
  std::thread other([] { std::thread([] {}).join(); });
  other.join();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (what == "deadlock") Deadlock();
  if (what == "unlock_of_others") UnlockOfOthers();
  if (what == "lock_twice") LockTwice();
  if (what == "null_pointer") NullPointer();
  if (what == "use_after_free") UseAfterFree();
  if (what == "free_twice") FreeTwice();
  if (what == "not_joined") NotJoined();
  if (what == "exception") Exception();
  if (what == "abort") Abort();
  if (what == "exit") Exit();
  if (what == "exit_0") Exit0();
  if (what == "mixed") Mixed();
  if (what == "endless") Endless();
  if (what == "polls") Polls();
  if (what == "counts_a_lot") CountsALot();
  if (what == "thread_in_a_thread") StartsAThreadInAThread();
  return what.empty() ? 1 : 0;
}
