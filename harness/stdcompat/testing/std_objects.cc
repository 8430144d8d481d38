// What the C++ library offers besides std::atomic and std::mutex, each in a program of a few threads.
#include <atomic>
#include <barrier>
#include <cassert>
#include <cstring>
#include <latch>
#include <memory>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace {

struct Once {
  std::once_flag flag;
  int runs = 0;
};

int Seven() { return 7; }

int& Local() {
  static int made = Seven();
  return made;
}

thread_local int mine = 1;

void CallOnce() {
  Once once;
  auto run = [&] { std::call_once(once.flag, [&] { ++once.runs; }); };
  std::thread other(run);
  run();
  assert(once.runs == 1);
  other.join();
}

void StaticLocal() {
  std::thread other([] { assert(Local() == 7); });
  assert(Local() == 7);
  other.join();
}

void ThreadLocal() {
  mine = 2;
  std::thread other([] {
    assert(mine == 1);
    mine = 3;
  });
  other.join();
  assert(mine == 2);
}

void SharedMutex() {
  std::shared_mutex mutex;
  int value = 0;
  std::thread other([&] {
    std::unique_lock<std::shared_mutex> lock(mutex);
    ++value;
  });
  {
    std::shared_lock<std::shared_mutex> lock(mutex);
    assert(value == 0 || value == 1);
  }
  other.join();
}

void SharedPointer() {
  auto shared = std::make_shared<std::string>("a text that is longer than what fits into the object itself");
  std::thread other([shared] { assert(shared->size() > 32); });
  shared.reset();
  other.join();
}

void Semaphore() {
  std::counting_semaphore<2> items(0);
  int data = 0;
  std::thread other([&] {
    data = 1;
    items.release();
  });
  items.acquire();
  assert(data == 1);
  other.join();
}

void Latch() {
  std::latch done(1);
  int data = 0;
  std::thread other([&] {
    data = 1;
    done.count_down();
  });
  done.wait();
  assert(data == 1);
  other.join();
}

void AtomicWait() {
  std::atomic<int> ready{0};
  int data = 0;
  std::thread other([&] {
    data = 1;
    ready = 1;
    ready.notify_one();
  });
  ready.wait(0);
  assert(data == 1);
  other.join();
}

void JThread() {
  int data = 0;
  {
    std::jthread other([&] { data = 1; });
  }
  assert(data == 1);
}

void AtomicFlag() {
  static std::atomic_flag flag = ATOMIC_FLAG_INIT;
  int data = 0;
  auto add = [&] {
    while (flag.test_and_set(std::memory_order_acquire)) {
    }
    ++data;
    flag.clear(std::memory_order_release);
  };
  std::thread other(add);
  add();
  other.join();
  assert(data == 2);
}

}  // namespace

int main(int argc, char** argv) {
  assert(argc == 2);
  const std::string what = argv[1];
  if (what == "call_once")
    CallOnce();
  else if (what == "static_local")
    StaticLocal();
  else if (what == "thread_local")
    ThreadLocal();
  else if (what == "shared_mutex")
    SharedMutex();
  else if (what == "shared_ptr")
    SharedPointer();
  else if (what == "semaphore")
    Semaphore();
  else if (what == "latch")
    Latch();
  else if (what == "atomic_wait")
    AtomicWait();
  else if (what == "jthread")
    JThread();
  else if (what == "atomic_flag")
    AtomicFlag();
  else
    return 1;
}
