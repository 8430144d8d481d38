#include "harness/explore/state/workers.h"

namespace doorway {

Workers::Workers(int number) : meet_(number) {
  for (int w = 1; w < number; ++w) {
    threads_.emplace_back([this, w] {
      for (;;) {
        meet_.arrive_and_wait();
        if (work_ == nullptr) return;
        (*work_)(w);
        meet_.arrive_and_wait();
      }
    });
  }
}

Workers::~Workers() {
  work_ = nullptr;
  meet_.arrive_and_wait();
  for (std::thread& thread : threads_) thread.join();
}

void Workers::Do(const std::function<void(int)>& work) {
  work_ = &work;
  meet_.arrive_and_wait();
  work(0);
  meet_.arrive_and_wait();
}

}  // namespace doorway
