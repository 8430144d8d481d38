#pragma once

#include <barrier>
#include <functional>
#include <thread>
#include <vector>

namespace doorway {

// Threads that do the same work together, again and again; the caller is one of them.
class Workers {
 public:
  // REQUIRES: number > 0
  explicit Workers(int number);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  int number() const { return static_cast<int>(threads_.size()) + 1; }

  // Calls work(w) for each w below number(), at once, and returns when all have returned. What the caller did before is
  // seen by them, and the other way round. REQUIRES: `work` throws nothing
  void Do(const std::function<void(int)>& work);

 private:
  std::barrier<> meet_;
  const std::function<void(int)>* work_ = nullptr;  // null: the end
  std::vector<std::thread> threads_;
};

}  // namespace doorway
