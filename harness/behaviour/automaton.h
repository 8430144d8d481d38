#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "harness/graph/label.h"
#include "harness/graph/note_record.h"
#include "harness/graph/value.h"

// A thread's code as an automaton. A node is "the thread after these reads": it holds the next
// operation's label, and its children are keyed by the value that the operation reads. Nodes are made by native runs,
// once, and never change but for their children.
//
// Where loops are endless (Program::kEndless), the automaton is a graph instead of a tree. The end of an iteration
// tells where the thread goes on: at the first operation of an iteration. And a thread that stands at the same
// operation with the very same stack and heap as before stands at the same node, whatever it has read on its way: a
// value that it no longer knows makes no difference.

namespace doorway {

struct Node {
  struct Edge {
    Value read = 0;
    bool spurious = false;
    Node* child = nullptr;
  };

  Label label;
  std::vector<NoteRecord> notes;  // since the operation before; tags among them sit on it

  // The spin iteration that this operation is in: its first operation's position in po, and whether something in it so
  // far (a spurious failure, a choice) may turn out otherwise with the same values. kNotSpinning outside.
  static constexpr std::uint16_t kNotSpinning = 0xffff;
  std::uint16_t iteration_start = kNotSpinning;
  bool iteration_arbitrary = false;
  bool may_repeat =
      false;  // the thread may turn out to be in a loop that gets nowhere, though nobody said so (subject.h)

  // In endless loops: the first operation of an iteration. Of an iteration's end (kRepeat, kBlocked), of the one that
  // ends (null if it had no operation), and how many of the notes there were placed before the loop began, so belong to
  // no iteration. Of an operation in a spin, of the innermost spin's.
  const Node* again = nullptr;
  std::uint16_t again_notes = 0;

  std::uint16_t depth = 0;  // operations before this one
  Node* parent = nullptr;
  Edge from_parent;            // read and spurious of the edge that led here; what was read, as the code sees it
  std::vector<Edge> children;  // by `read`, ascending

  // `read`: as the code sees it (Seen).
  Node* Find(Value read, bool spurious) const {
    const auto end = children.end();
    auto edge = children.begin();
    if (children.size() > kFew) edge = LowerBound(read);
    for (; edge != end && edge->read <= read; ++edge) {
      if (edge->read == read && edge->spurious == spurious) return edge->child;
    }
    return nullptr;
  }
  void Add(const Edge& edge) { children.insert(LowerBound(edge.read), edge); }

 private:
  static constexpr std::size_t kFew = 8;  // children that are searched from the front
  std::vector<Edge>::const_iterator LowerBound(Value read) const {
    return std::lower_bound(children.begin(), children.end(), read,
                            [](const Edge& edge, Value value) { return edge.read < value; });
  }
};

// In endless loops: whether the operation is in an iteration of a spin.
inline bool InSpin(const Node& node) { return node.again != nullptr && !EndsThread(node.label.op); }

}  // namespace doorway
