#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "harness/behaviour/program.h"
#include "harness/graph/label.h"

// All threads of a program together, in the one memory that they share: an execution that was found really runs, with
// the values that it says were read. So plain data holds in the end what threads left there, which their runs alone
// cannot tell. For subjects that have plain state (subject.h).
//
// Somebody else says whose turn it is and what is read (an interleaving of an execution), and compares what threads do
// with what the execution says. Memory is as before() left it when a Rerun is made. One at a time; while it lives, the
// program is not asked for children.

namespace doorway {

class Rerun {
 public:
  // What the code of a test besides its threads ended with: kFinished, kFailed or kError, whose verb says why. `code`:
  // of runtime::Fail.
  struct Ended {
    Op op = Op::kFinished;
    std::string why;
    Value code = 0;
    Site site;
  };

  explicit Rerun(Program& program);
  ~Rerun();
  Rerun(const Rerun&) = delete;
  Rerun& operator=(const Rerun&) = delete;

  // Runs the thread's code up to its first operation. REQUIRES: it has not begun.
  void Begin(int thread);
  bool begun(int thread) const;
  // The operation at which the thread stands, or its end. REQUIRES: it has begun.
  const Label& standing(int thread) const;
  // Answers that operation, and runs the code up to the next one.
  void Step(int thread, Value read, bool spurious);

  // Runs `code` on a stack of its own, while all threads stand where they are. Its operations find the newest values,
  // in the order of steps so far; they may write only if `writes`.
  Ended RunAlone(const std::function<void()>& code, bool writes);

  // What a location's newest value is, where the order of the steps was not that of its modification order.
  void SetNewest(LocationId location, Value value);

  // How many blocks of memory are allocated now.
  std::size_t allocated() const;

  // Of all memory: what threads and RunAlone have left so far.
  std::uint64_t Fingerprint() const;

 private:
  Program::Machine& machine_;
};

}  // namespace doorway
