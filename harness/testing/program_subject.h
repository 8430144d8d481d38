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
  // `program` must outlive it.
  explicit ProgramSubject(const Program& program);

  int threads() const override { return static_cast<int>(program_.threads.size()); }
  std::size_t size() const override;
  void Construct(void* memory) override;
  void Thread(int thread) override;

 private:
  const Program& program_;
  std::vector<std::vector<Live>> live_;  // by thread
  void* memory_ = nullptr;
};

}  // namespace doorway::reference
