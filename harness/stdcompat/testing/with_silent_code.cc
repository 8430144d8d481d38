#include <atomic>
#include <cassert>
#include <thread>

#include "harness/stdcompat/testing/silent.h"

std::atomic<int> ready{0};

int main() {
  int* const data = new int(0);
  std::thread other([=] {
    SilentlyWrite(data, 1);
    ready.store(1, std::memory_order_release);
  });
  if (ready.load(std::memory_order_acquire) == 1) assert(*data == 1);
  other.join();
}
