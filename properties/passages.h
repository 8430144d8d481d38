#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/graph/property.h"

// What the claims about locks read from an execution: each pass of a thread through the lock, from its doorway to its
// leave, by the marks of harness/graph/note_kind.h.

namespace doorway {

// One pass of a thread through the lock. Marks that the execution has not come to are null.
struct Passage {
  int subject = 0;
  Value group = 0;  // the argument of its doorway or enter
  const Mark* doorway = nullptr;
  const Mark* admit = nullptr;
  const Mark* enter = nullptr;
  const Mark* leave = nullptr;
};

// The passages of one execution at a time, thread by thread, each thread's in program order.
class Passages {
 public:
  // Replaces the passages by those of `execution`, whose marks they point to: the k-th enter of a thread with its k-th
  // leave. Doorways and admissions are left null.
  void CollectSections(const Execution& execution);

  // The same, with the k-th doorway and the k-th admission of each thread. Others may tag its admissions; the coherent
  // order tells which is the k-th. REQUIRES: execution.PrepareCoherentOrder() returned true.
  void CollectWithDoorways(const Execution& execution);

  std::size_t size() const { return passages_.size(); }
  const Passage& operator[](std::size_t i) const { return passages_[i]; }
  auto begin() const { return passages_.begin(); }
  auto end() const { return passages_.end(); }

 private:
  enum class Step : std::uint8_t { kDoorway, kAdmit, kEnter, kLeave };
  struct Entry {
    int subject;
    Step step;
    const Mark* mark;
  };

  void Insert(const Execution& execution, Entry entry);
  void Pair();

  std::vector<Entry> entries_;  // by subject, then step, then time
  std::vector<Passage> passages_;
};

// "red", "black", for a group; its number where there is no name.
std::string GroupName(std::span<const std::string_view> names, Value group);
// "thread 0 (red)"; without names, "thread 0".
std::string Describe(const Passage& passage, std::span<const std::string_view> names);
// The mark as a place in a finding; "enter (red)".
Point PointAt(const Mark& mark, const Passage& passage, std::span<const std::string_view> names);

inline constexpr std::string_view kColours[] = {"red", "black"};  // of groups 0 and 1
inline constexpr std::span<const std::string_view> kNoGroups{};   // of a mutex

}  // namespace doorway
