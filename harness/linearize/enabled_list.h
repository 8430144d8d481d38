#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

// The operations that may be placed next, in a doubly linked list by number. What is unlinked keeps its own links, so
// that the list can be restored exactly, in the reverse order (Knuth's dancing links).

namespace doorway::linearize {

class EnabledList {
 public:
  explicit EnabledList(std::size_t operations)
      : links_(operations + 1, Links{end(operations), end(operations)}), end_(end(operations)) {}

  std::uint32_t first() const { return links_[end_].next; }
  std::uint32_t next(std::uint32_t i) const { return links_[i].next; }
  std::uint32_t previous(std::uint32_t i) const { return links_[i].previous; }
  std::uint32_t end() const { return end_; }

  void Append(std::uint32_t i) {
    const std::uint32_t last = links_[end_].previous;
    links_[i] = {last, end_};
    links_[last].next = i;
    links_[end_].previous = i;
  }
  void Unlink(std::uint32_t i) {
    const Links& links = links_[i];
    links_[links.previous].next = links.next;
    links_[links.next].previous = links.previous;
  }
  void Relink(std::uint32_t i) {
    const Links& links = links_[i];
    links_[links.previous].next = i;
    links_[links.next].previous = i;
  }
  std::size_t bytes() const { return links_.capacity() * sizeof(Links); }

 private:
  struct Links {
    std::uint32_t previous, next;
  };
  static std::uint32_t end(std::size_t operations) { return static_cast<std::uint32_t>(operations); }

  std::vector<Links> links_;
  std::uint32_t end_;
};

}  // namespace doorway::linearize
