#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "harness/behaviour/snapshot.h"

// Memory outside of the arena that the code of threads writes: global variables, and what was allocated before anything
// was explored. It is known by those who write it; code that is compiled to tell of its writes does. Each thread's runs
// alone then have contents of their own there (private_memory.h), and in the end all is as it was.

namespace doorway {

class OutsideMemory {
 public:
  using Image = std::vector<char>;  // shorter than now: the rest is as it was at first

  OutsideMemory() = default;
  ~OutsideMemory() { Fill({}); }
  OutsideMemory(const OutsideMemory&) = delete;
  OutsideMemory& operator=(const OutsideMemory&) = delete;

  // Bytes that are about to be written. `own`: thread-local, so nobody inherits them. REQUIRES: until now, nobody has
  // written any of them that have not been told of.
  void WillBeWritten(char* address, std::size_t size, bool own);

  void TakeInto(Image* image) const;
  bool Find(const Image& image, const char* address, std::size_t size, char* bytes) const;  // false: not told of
  bool Same(const Image& a, const Image& b) const;
  void Fill(const Image& image);
  void Inherit(const Image& image);  // as Fill, but what is each thread's own becomes as it was at first
  void AddTo(SnapshotOf* of) const;

 private:
  struct Range {
    char* address;
    std::size_t size;
    bool own;
  };

  void Fill(const Image& image, bool inherited);

  std::vector<Range> ranges_;                     // as they lie in images
  std::map<std::uintptr_t, std::size_t> by_end_;  // their sizes
  Image pristine_;
};

}  // namespace doorway
