#include "harness/linearize/history_automaton.h"

#include <algorithm>
#include <utility>

// When must an operation take effect? Not before some response, its own or another's, needs it to have: so nothing
// happens at an invocation, and at a response whatever must still take effect does, in every order that ends with the
// operation that responds. Example, of a register that begins as 0; T0's write(1) and T1's write(2) have been invoked:
//
//   at first             {0: neither}
//   T2 reads 1           {1: write(1)}  {1: both}       write(2) before write(1), or not yet
//   T1's write responds  {2: write(1)}  {1: write(1)}   write(2) is not spoken of any more
//
// Which response an operation will have need not be known when it is invoked. Then a possibility remembers what it did,
// as a change from one state to another, and the response says whether that was right.

namespace doorway::linearize {

HistoryAutomaton::HistoryAutomaton(TransitionSystem& system) : system_(system) {
  Number(Words{0, 0});  // no operations; one possibility: the initial state
}

HistoryAutomaton::Id HistoryAutomaton::Number(Words words) {
  const auto [place, added] = numbers_.try_emplace(std::move(words), static_cast<Id>(states_.size()));
  if (added) states_.push_back(place->first);
  return place->second;
}

HistoryAutomaton::Rows HistoryAutomaton::RowsOf(Id at) const {
  const Words& words = states_[at];
  Rows rows;
  const std::size_t width = 1 + words[0];
  for (std::size_t i = 1 + 2 * std::size_t{words[0]}; i < words.size(); i += width) {
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(i);
    rows.emplace(begin, begin + static_cast<std::ptrdiff_t>(width));
  }
  return rows;
}

HistoryAutomaton::Words HistoryAutomaton::WithRows(Words operations, const Rows& rows) const {
  for (const Words& row : rows) operations.insert(operations.end(), row.begin(), row.end());
  return operations;
}

namespace {

// Where the slot's operation is, or would be, among those of a state.
std::size_t PlaceOf(const std::vector<std::uint32_t>& words, std::uint32_t slot) {
  std::size_t place = 0;
  while (place < words[0] && words[1 + 2 * place] < slot) ++place;
  return place;
}

}  // namespace

bool HistoryAutomaton::HasOperation(Id at, std::uint32_t slot) const {
  const Words& words = states_[at];
  const std::size_t place = PlaceOf(words, slot);
  return place < words[0] && words[1 + 2 * place] == slot;
}

OperationClass HistoryAutomaton::OperationOf(Id at, std::uint32_t slot) const {
  const Words& words = states_[at];
  return words[2 + 2 * PlaceOf(words, slot)] >> 1;
}

HistoryAutomaton::Id HistoryAutomaton::Invoke(Id from, std::uint32_t slot, OperationClass operation, bool foreseen) {
  const Step step{from, slot, operation, static_cast<std::uint8_t>(foreseen ? 1 : 0)};
  if (const auto known = steps_.find(step); known != steps_.end()) return known->second;
  const Words& words = states_[from];
  const std::size_t place = PlaceOf(words, slot);
  Words operations(words.begin(), words.begin() + 1 + 2 * static_cast<std::ptrdiff_t>(words[0]));
  ++operations[0];
  const std::uint32_t entry[] = {slot, operation << 1 | (foreseen ? 1U : 0U)};
  operations.insert(operations.begin() + 1 + 2 * static_cast<std::ptrdiff_t>(place), std::begin(entry),
                    std::end(entry));
  Rows rows;
  for (Words row : RowsOf(from)) {
    row.insert(row.begin() + 1 + static_cast<std::ptrdiff_t>(place), kOpen);
    rows.insert(std::move(row));
  }
  const Id to = Number(WithRows(std::move(operations), rows));
  steps_.emplace(step, to);
  return to;
}

HistoryAutomaton::Id HistoryAutomaton::Respond(Id from, std::uint32_t slot, OperationClass operation) {
  constexpr std::uint8_t kResponse = 2;
  const Step step{from, slot, operation, kResponse};
  if (const auto known = steps_.find(step); known != steps_.end()) return known->second;
  const Words& words = states_[from];
  const std::size_t place = PlaceOf(words, slot);
  Words operations(words.begin(), words.begin() + 1 + 2 * static_cast<std::ptrdiff_t>(words[0]));
  Rows seen, placed, rows;
  for (const Words& row : RowsOf(from)) Place(operations, row, place, operation, seen, placed);
  for (Words row : placed) {
    row.erase(row.begin() + 1 + static_cast<std::ptrdiff_t>(place));
    rows.insert(std::move(row));
  }
  --operations[0];
  const auto entry = operations.begin() + 1 + 2 * static_cast<std::ptrdiff_t>(place);
  operations.erase(entry, entry + 2);
  const Id to = rows.empty() ? kNone : Number(WithRows(std::move(operations), rows));
  steps_.emplace(step, to);
  return to;
}

void HistoryAutomaton::Place(const Words& operations, const Words& row, std::size_t place, OperationClass operation,
                             Rows& seen, Rows& result) {
  if (!seen.insert(row).second) return;
  const std::uint32_t how = row[1 + place];
  if (how != kOpen) {
    bool right = true;
    if (how >= kFirstChange) {
      const auto [before, after] = changes_[how - kFirstChange];
      const std::vector<StateId> allowed = Successors(before, operation);
      right = std::find(allowed.begin(), allowed.end(), after) != allowed.end();
    }
    if (right) result.insert(row);
    return;
  }
  for (std::size_t i = 0; i < operations[0]; ++i) {
    if (row[1 + i] != kOpen) continue;
    const std::uint32_t entry = operations[2 + 2 * i];
    const bool foreseen = (entry & 1) != 0 || i == place;
    for (const StateId after : Successors(row[0], i == place ? operation : entry >> 1)) {
      Words next = row;
      next[0] = after;
      next[1 + i] = foreseen ? kDone : kFirstChange + NumberOfChange(row[0], after);
      if (i == place) {
        result.insert(std::move(next));
      } else {
        Place(operations, next, place, operation, seen, result);
      }
    }
  }
}

std::vector<StateId> HistoryAutomaton::Successors(StateId state, OperationClass operation) {
  std::vector<StateId> successors;
  system_.AppendSuccessors(state, operation, successors);
  return successors;
}

std::uint32_t HistoryAutomaton::NumberOfChange(StateId before, StateId after) {
  const auto [place, added] = change_numbers_.try_emplace({before, after}, static_cast<std::uint32_t>(changes_.size()));
  if (added) changes_.emplace_back(before, after);
  return place->second;
}

}  // namespace doorway::linearize
