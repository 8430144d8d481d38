#include "harness/explore/state/identities.h"

#include <numeric>

namespace doorway {

Identities::Identities(std::size_t threads) : threads_(threads), size_(threads), of_(threads) {
  std::iota(of_.begin(), of_.end(), 0);
}

Identities::Identities(std::size_t threads, const std::vector<StateId>& component, Region& region,
                       const Region::Excluded& excluded)
    : threads_(threads), size_(0), of_(component.size() * threads) {
  for (std::size_t i = 0; i < component.size(); ++i) rows_[component[i]] = i;
  std::iota(of_.begin(), of_.end(), 0);
  std::vector<Region::Edge> edges;
  for (const StateId id : component) {
    region.From(id, excluded, &edges);
    for (const Region::Edge& edge : edges) {
      for (std::size_t t = 0; t < threads; ++t) {
        const std::uint32_t from = Root(static_cast<std::uint32_t>(Row(id) + t));
        of_[from] = Root(static_cast<std::uint32_t>(Row(edge.to) + edge.permutation[t]));
      }
    }
  }
  // Roots first, then whoever leads to them.
  constexpr std::uint32_t kNone = ~std::uint32_t{0};
  std::vector<std::uint32_t> numbers(of_.size(), kNone);
  for (std::uint32_t i = 0; i < of_.size(); ++i) {
    if (of_[i] == i) numbers[i] = static_cast<std::uint32_t>(size_++);
  }
  for (std::uint32_t i = 0; i < of_.size(); ++i) {
    const std::uint32_t root = Root(i);
    if (root != i) numbers[i] = numbers[root];
  }
  of_ = std::move(numbers);
}

std::uint32_t Identities::Root(std::uint32_t at) {
  while (of_[at] != at) {
    of_[at] = of_[of_[at]];
    at = of_[at];
  }
  return at;
}

}  // namespace doorway
