#include "harness/explore/interchangeable.h"

#include <algorithm>
#include <cstddef>

namespace doorway {

double Permutations(const ThreadClasses& classes) {
  double all = 1;
  for (const std::vector<int>& members : classes) {
    for (std::size_t i = 2; i <= members.size(); ++i) all *= static_cast<double>(i);
  }
  return all;
}

ThreadClasses Interchangeable::Classes() const {
  ThreadClasses classes;
  for (int t = 0; t < threads_; ++t) {
    const auto takes = [&](const std::vector<int>& members) {
      return any_ && std::none_of(members.begin(), members.end(), [&](int m) { return refused_.contains({m, t}); });
    };
    const auto found = std::find_if(classes.begin(), classes.end(), takes);
    if (found != classes.end()) {
      found->push_back(t);
    } else {
      classes.push_back({t});
    }
  }
  return classes;
}

}  // namespace doorway
