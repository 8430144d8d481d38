#include "harness/explore/state/layout.h"

#include <algorithm>
#include <numeric>

namespace doorway {

// First fit, the widest fields first: states are as short as such a simple rule makes them.
Layout::Layout(const std::vector<int>& bits) : fields_(bits.size()) {
  std::vector<std::size_t> order(bits.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&bits](std::size_t a, std::size_t b) { return bits[a] > bits[b]; });
  std::vector<int> used(1, 0);
  for (const std::size_t field : order) {
    const int width = bits[field];
    std::size_t word = 0;
    while (word < used.size() && used[word] + width > 64) ++word;
    if (word == used.size()) used.push_back(0);
    const Word mask = width == 64 ? ~Word{0} : (Word{1} << width) - 1;
    // A field without bits is never shifted out of its word.
    const int shift = width == 0 ? 0 : used[word];
    fields_[field] = {mask, static_cast<std::uint16_t>(word), static_cast<std::uint8_t>(shift),
                      static_cast<std::uint8_t>(width)};
    used[word] += width;
  }
  words_ = static_cast<int>(used.size());
  bytes_ = 8 * (words_ - 1) + std::max(1, (used.back() + 7) / 8);
}

}  // namespace doorway
