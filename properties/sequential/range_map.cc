#include "properties/sequential/range_map.h"

#include <algorithm>

namespace doorway {
namespace {

using linearize::Datum;
using Range = RangeMap::Range;
using State = RangeMap::State;

std::string ShowRange(const Range& range) {
  return '[' + std::to_string(range.start) + ' ' + std::to_string(range.end) + ']';
}

// The first range that ends above the address.
State::const_iterator FirstAbove(const State& state, std::int64_t address) {
  return std::upper_bound(state.begin(), state.end(), address,
                          [](std::int64_t wanted, const Range& range) { return wanted < range.end; });
}

// The first range that has an address of [start, end).
State::const_iterator FirstIn(const State& state, const Range& wanted) {
  if (wanted.start >= wanted.end) return state.end();
  const auto first = FirstAbove(state, wanted.start);
  return first != state.end() && first->start < wanted.end ? first : state.end();
}

State Without(const State& state, const Range& cut) {
  State next;
  for (const Range& range : state) {
    if (range.end <= cut.start || range.start >= cut.end) {
      next.push_back(range);
      continue;
    }
    if (range.start < cut.start) next.push_back({range.start, cut.start});
    if (range.end > cut.end) next.push_back({cut.end, range.end});
  }
  return next;
}

}  // namespace

std::optional<State> RangeMap::Step(const State& state, const Operation& call) const {
  const std::int64_t start = call.arguments[0].number();
  if (call.function == kSplit) {
    const auto range = FirstAbove(state, start);
    const bool inside = range != state.end() && range->start < start;
    if (!call.Fits(inside)) return std::nullopt;
    State next = state;
    if (inside) {
      const auto index = range - state.begin();
      next[index].end = start;
      next.insert(next.begin() + index + 1, {start, range->end});
    }
    return next;
  }
  const Range wanted{start, call.arguments[1].number()};
  const auto first = FirstIn(state, wanted);
  const bool there = first != state.end();
  switch (call.function) {
    case kInsert: {
      const bool room = !there && wanted.start < wanted.end;
      if (!call.Fits(room)) return std::nullopt;
      State next = state;
      if (room) next.insert(std::lower_bound(next.begin(), next.end(), wanted), wanted);
      return next;
    }
    case kErase:
      if (!call.Fits(there)) return std::nullopt;
      return there ? Without(state, wanted) : state;
    default: {
      const std::string found = there ? ShowRange(*first) : "";
      if (!call.Fits(there ? Datum::List(found) : Datum())) return std::nullopt;
      return state;
    }
  }
}

std::string RangeMap::Show(const State& state) const {
  std::string shown = "{";
  for (const Range& range : state) shown += (shown.size() > 1 ? " " : "") + ShowRange(range);
  return shown + '}';
}

}  // namespace doorway
