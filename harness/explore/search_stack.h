#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "harness/explore/tally.h"

// The stack of a depth-first search through a tree, and where in the tree it stands.

namespace doorway {

template <class Item>
class SearchStack {
 public:
  bool empty() const { return items_.empty(); }
  const std::vector<Item>& items() const { return items_; }
  void Push(const Item& item) { items_.push_back(item); }
  // REQUIRES: not empty. What is pushed from now on are children of the item.
  Item Pop() {
    while (levels_.back() == items_.size()) levels_.pop_back();
    const Item item = Drop();
    levels_.push_back(items_.size());
    return item;
  }
  // Takes an item away without going through its children.
  Item Drop() {
    const Item item = items_.back();
    items_.pop_back();
    return item;
  }

  // Begins with the root, or with nothing.
  void Begin(const Item& root) {
    items_.assign(1, root);
    levels_.assign(1, 0);
  }
  void Clear() {
    items_.clear();
    levels_.assign(1, 0);
  }
  std::vector<Item> TakeAll() {
    levels_.assign(1, 0);
    return std::exchange(items_, {});
  }

  // How many items the deepest level has.
  std::size_t left() const { return items_.size() - levels_.back(); }
  // See Position.
  Position position() const {
    Position position;
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      const std::size_t end = i + 1 < levels_.size() ? levels_[i + 1] : items_.size();
      position.push_back(static_cast<std::uint32_t>(end - levels_[i]));
    }
    while (!position.empty() && position.back() == 0) position.pop_back();
    return position;
  }

 private:
  std::vector<Item> items_;
  std::vector<std::size_t> levels_ = {0};  // where each level begins, of the way to the item that was taken last
};

}  // namespace doorway
