#include "harness/linearize/check_intervals.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <stdexcept>

namespace doorway::linearize {
namespace {

// Some of the operations, in the order of their invocations.
struct Sorted {
  std::vector<std::uint32_t> originals;
  std::vector<OperationClass> classes;
  std::vector<Interval> intervals;

  void Add(std::uint32_t original, OperationClass operation, const Interval& interval) {
    originals.push_back(original);
    classes.push_back(operation);
    intervals.push_back(interval);
  }
  void Reserve(std::size_t size) {
    originals.reserve(size);
    classes.reserve(size);
    intervals.reserve(size);
  }
  void ToOriginals(std::vector<std::uint32_t>& numbers) const {
    for (std::uint32_t& number : numbers) number = originals[number];
  }
};

Sorted SortByInvocation(std::span<const OperationClass> classes, std::span<const Interval> intervals) {
  std::vector<std::uint32_t> order(classes.size());
  std::iota(order.begin(), order.end(), 0);
  const auto earlier = [&](std::uint32_t a, std::uint32_t b) { return intervals[a].invoke < intervals[b].invoke; };
  if (!std::is_sorted(order.begin(), order.end(), earlier)) std::stable_sort(order.begin(), order.end(), earlier);
  Sorted sorted;
  sorted.Reserve(order.size());
  for (const std::uint32_t i : order) {
    if (intervals[i].response < intervals[i].invoke) {
      throw std::invalid_argument("an operation that responds before it is invoked");
    }
    sorted.Add(i, classes[i], intervals[i]);
  }
  return sorted;
}

// What had happened when the operation responded, itself left out. What had not responded is pending; what it was to
// respond stays part of it, since a search that knows it got so far.
Sorted Before(const Sorted& all, std::uint32_t misfit) {
  const std::uint64_t end = all.intervals[misfit].response;
  Sorted before;
  for (std::uint32_t i = 0; i < all.intervals.size() && all.intervals[i].invoke < end; ++i) {
    if (i == misfit) continue;
    Interval interval = all.intervals[i];
    if (interval.response > end) interval.response = Interval::kPending;
    before.Add(i, all.classes[i], interval);
  }
  return before;
}

}  // namespace

IntervalsResult CheckIntervals(TransitionSystem& system, std::span<const OperationClass> classes,
                               std::span<const Interval> intervals, const Limits& limits) {
  const auto begun = std::chrono::steady_clock::now();
  const Sorted all = SortByInvocation(classes, intervals);
  IntervalsResult result;
  result.search = Search(system, all.classes, all.intervals, limits);
  if (result.search.answer == Answer::kNo) {
    Limits rest = limits;
    rest.seconds -= std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    const Sorted before = Before(all, result.search.misfit);
    SearchResult prefix = Search(system, before.classes, before.intervals, rest);
    result.prefix_known = prefix.answer == Answer::kYes;
    if (result.prefix_known) {
      before.ToOriginals(prefix.sequence);
      result.prefix = std::move(prefix.sequence);
      all.ToOriginals(result.prefix);
    }
    result.search.misfit = all.originals[result.search.misfit];
  }
  all.ToOriginals(result.search.sequence);
  return result;
}

}  // namespace doorway::linearize
