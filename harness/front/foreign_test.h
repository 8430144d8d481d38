#pragma once

#include <cstddef>

// A test written for another tool, as a front shows it to the runner (run.h): the shape of a Relacy test suite.
//
// Threads share atomics and variables through a front's own types, whose operations are those of operations.h. Besides,
// they may write plain members, and After and Invariant may look at them; but no thread may do another operation
// because of plain data that another thread has written. Whoever breaks that gets a ModelError that names the line.

namespace doorway::front {

class ForeignTest {
 public:
  virtual ~ForeignTest() = default;
  virtual int threads() const = 0;
  virtual int dynamic_threads() const { return 0; }  // how many threads one thread may start

  virtual std::size_t size() const = 0;
  virtual void Construct(void* memory) = 0;  // the test, and what it does before its threads
  virtual void Thread(int thread) = 0;
  // Looks at what there is between any two operations; writes nothing.
  virtual bool has_invariant() const { return false; }
  virtual void Invariant() {}
  virtual void After() {}  // when all threads have ended; destroys the test, too
};

}  // namespace doorway::front
