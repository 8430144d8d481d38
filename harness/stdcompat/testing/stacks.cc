// Functions whose objects lie on the same stack, one after the other.
#include <atomic>
#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace {

void WithAMutex() {
  std::mutex mutex;
  std::condition_variable changed;
  int data = 0;
  std::thread other([&] {
    std::lock_guard<std::mutex> lock(mutex);
    data = 1;
    changed.notify_one();
  });
  std::unique_lock<std::mutex> lock(mutex);
  changed.wait(lock, [&] { return data == 1; });
  lock.unlock();
  other.join();
}

void WithData() {
  int data[16] = {};
  std::thread other([&] {
    for (int i = 0; i < 16; ++i) data[i] = i;
  });
  other.join();
  for (int i = 0; i < 16; ++i) assert(data[i] == i);
}

void Racing() {
  int data[16] = {};
  std::thread other([&] { data[3] = 1; });
  data[3] = 2;
  other.join();
}

}  // namespace

int main(int argc, char**) {
  WithAMutex();
  WithData();
  if (argc > 1) Racing();
}
