#pragma once

#include <cstddef>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/testing/liveness.h"
#include "harness/testing/program.h"

// A tiny program as the explorer sees it: native code over ModelSync, that happens to be an interpreter.

namespace doorway::reference {

class ProgramSubject final : public Subject {
 public:
  // `program` must outlive it. With `after`, an after() reads each location when all have finished.
  explicit ProgramSubject(const Program& program, bool after = false);

  int threads() const override { return static_cast<int>(program_.threads.size()); }
  bool has_after() const override { return after_; }
  std::size_t size() const override;
  void Construct(void* memory) override;
  void Thread(int thread) override;
  void After() override;

 private:
  const Program& program_;
  const bool after_;
  std::vector<std::vector<Live>> live_;  // by thread
  void* memory_ = nullptr;
};

}  // namespace doorway::reference
