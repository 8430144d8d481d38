#include "properties/sequential/value_set.h"

#include <algorithm>

namespace doorway {

std::optional<ValueSet::State> ValueSet::Step(const State& state, const Operation& call) const {
  const linearize::Datum& value = call.arguments[0];
  const auto place = std::lower_bound(state.begin(), state.end(), value);
  const bool in = place != state.end() && *place == value;
  if (!call.Fits(call.function == kAdd ? !in : in)) return std::nullopt;
  if (call.function == kContains || in == (call.function == kAdd)) return state;
  State next = state;
  const auto index = place - state.begin();
  if (call.function == kAdd) {
    next.insert(next.begin() + index, value);
  } else {
    next.erase(next.begin() + index);
  }
  return next;
}

std::string ValueSet::Show(const State& state) const {
  std::string shown = "{";
  for (const linearize::Datum& value : state) shown += (shown.size() > 1 ? " " : "") + linearize::Show(value);
  return shown + '}';
}

}  // namespace doorway
