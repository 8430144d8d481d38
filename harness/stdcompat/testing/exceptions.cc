// Operations in handlers: each thread has exceptions of its own.
#include <atomic>
#include <cassert>
#include <stdexcept>
#include <thread>

std::atomic<int> step{0};

void Throw(int number) {
  try {
    try {
      throw number;
    } catch (int) {
      step.fetch_add(1);
      throw;
    }
  } catch (int caught) {
    assert(caught == number);
    step.fetch_add(1);
    assert(std::uncaught_exceptions() == 0);
  }
}

int main() {
  std::thread one(Throw, 1);
  std::thread two(Throw, 2);
  one.join();
  two.join();
  assert(step == 4);
}
