#include "reports/lasso.h"

#include <fmt/format.h>

#include <algorithm>

// Polls are folded where a thread does the same reads with the same values over again, at least twice more, and writes,
// chooses and notes nothing between them:
//
//   3  a.load() = 0     4  b.load() = 1     5  a.load() = 0     6  b.load() = 1     7 ... 8 ...
//
// keeps the rows 3 and 4, and says that two more rounds are the same. What others do meanwhile stays where it is. A
// fold does not reach over the beginning of the cycle: what happens in the cycle is seen there.

namespace doorway {
namespace {

constexpr std::size_t kLongestPoll = 8;   // reads of one iteration
constexpr std::size_t kWorthFolding = 2;  // rows that it takes away

const Lasso& LassoOf(const Evidence& evidence) { return *evidence.lasso; }

std::size_t InitialWrites(const Execution& execution) {
  return static_cast<std::size_t>(std::count_if(execution.events.begin(), execution.events.end(),
                                                [](const Event& event) { return event.kind == EventKind::kInit; }));
}

// "T0", "T0 and T1", "T0, T1 and T2".
std::string Together(const Run& run, const std::vector<int>& threads) {
  std::string names;
  for (std::size_t i = 0; i < threads.size(); ++i) {
    if (i > 0) names += i + 1 == threads.size() ? " and " : ", ";
    names += ThreadName(run, threads[i]);
  }
  return names;
}

std::string FairnessInWords(const std::string& fairness) {
  const char* strong = fairness == "strong" ? ", and a wait that could end again and again ends" : "";
  return fmt::format("The run is fair: a thread that can take a step for ever takes one{} ({} fairness).", strong,
                     fairness);
}

// Finds the polls that need not be shown.
class Folder {
 public:
  // Rounds that are hidden behind an event, and the last of their events.
  struct Fold {
    std::size_t rounds = 0;
    EventId last = kNoEvent;
  };

  Folder(const Evidence& evidence, const Linearization& linearization)
      : evidence_(evidence), execution_(evidence.execution), linearization_(linearization) {
    hidden_.assign(execution_.events.size(), false);
    folds_after_.assign(execution_.events.size(), Fold{});
    for (const ThreadState& thread : execution_.threads) {
      const auto cycle = std::lower_bound(thread.events.begin(), thread.events.end(), LassoOf(evidence).cycle_begins);
      FoldPolls({thread.events.begin(), cycle});
      FoldPolls({cycle, thread.events.end()});
    }
  }

  bool hidden(EventId event) const { return hidden_[event]; }
  // What is hidden that is like the round that ends with `event`.
  const Fold& fold_after(EventId event) const { return folds_after_[event]; }

 private:
  void FoldPolls(const std::vector<EventId>& events) {
    for (std::size_t at = 0; at < events.size();) {
      std::size_t next = at + 1;
      for (std::size_t length = 1; length <= kLongestPoll && next == at + 1; ++length) {
        const std::size_t rounds = Rounds(events, at, length);
        if (rounds * length < kWorthFolding) continue;
        next = at + length * (1 + rounds);
        folds_after_[events[at + length - 1]] = {rounds, events[next - 1]};
        for (std::size_t i = at + length; i < next; ++i) hidden_[events[i]] = true;
      }
      at = next;
    }
  }

  // How often the `length` events from `at` on are repeated right behind.
  std::size_t Rounds(const std::vector<EventId>& events, std::size_t at, std::size_t length) const {
    std::size_t end = at;
    while (end < events.size() && IsPoll(events[end]) && (end == at || !NotedBetween(events[end - 1], events[end])) &&
           (end < at + length || Same(events[end - length], events[end]))) {
      ++end;
    }
    return end < at + length ? 0 : (end - at) / length - 1;
  }

  // A read that tells nothing but its value.
  bool IsPoll(EventId id) const {
    const Event& event = execution_.events[id];
    const std::vector<Point>& points = evidence_.finding.points;
    return event.kind == EventKind::kRead && event.label != nullptr && !NotedBetween(id, id) &&
           std::none_of(points.begin(), points.end(), [id](const Point& point) { return point.event == id; });
  }

  bool NotedBetween(EventId before, EventId after) const {
    return std::any_of(execution_.marks.begin(), execution_.marks.end(),
                       [&](const Mark& mark) { return mark.before == before && mark.after == after; });
  }

  bool Same(EventId a, EventId b) const {
    const Event &one = execution_.events[a], &other = execution_.events[b];
    return one.read == other.read && one.spurious == other.spurious && SameOperation(*one.label, *other.label) &&
           linearization_.stale[a] == linearization_.stale[b];
  }

  const Evidence& evidence_;
  const Execution& execution_;
  const Linearization& linearization_;
  std::vector<bool> hidden_;
  std::vector<Fold> folds_after_;
};

TableRow Across(const std::string& text) {
  TableRow row;
  row.text = fmt::format("─── {} ───", text);
  row.kind = TableRow::Kind::kAcross;
  return row;
}

TableRow Folded(int thread, const Folder::Fold& fold, int up_to) {
  TableRow row;
  row.kind = TableRow::Kind::kFolded;
  row.thread = thread;
  row.text = fmt::format("↻ {} more time{}, the same, up to step {}", fold.rounds, fold.rounds == 1 ? "" : "s", up_to);
  return row;
}

int StepOf(const Evidence& evidence, EventId event) {
  return static_cast<int>(event) - static_cast<int>(InitialWrites(evidence.execution)) + 1;
}

}  // namespace

int CycleBeginsAtStep(const Evidence& evidence) { return StepOf(evidence, LassoOf(evidence).cycle_begins); }

std::vector<std::string> ExplainLasso(const Run& run, const Evidence& evidence) {
  const Lasso& lasso = LassoOf(evidence);
  const int first = CycleBeginsAtStep(evidence);
  const int last = static_cast<int>(evidence.execution.events.size() - InitialWrites(evidence.execution));
  const std::string steps = first == last ? fmt::format("step {}", first) : fmt::format("steps {} to {}", first, last);
  if (lasso.starved < 0) {
    return {fmt::format("{} can go on without end: each turn of {} adds to what the claim counts.",
                        Together(run, lasso.running), steps)};
  }
  const std::string starved = ThreadName(run, lasso.starved);
  std::vector<int> others = lasso.running;
  std::erase(others, lasso.starved);
  const char* tries = others.size() < lasso.running.size() ? "tries again and again, and " : "";
  std::string text;
  if (first > last) {
    text = fmt::format("{} waits for ever: nobody takes a step any more.", starved);
  } else if (others.empty()) {
    text = fmt::format("{} {}waits for ever: {} can be repeated without end, and nobody else takes a step.", starved,
                       tries, steps);
  } else {
    text = fmt::format("{} {}waits for ever, while {} {} on: {} can be repeated without end.", starved, tries,
                       Together(run, others), others.size() == 1 ? "goes" : "go", steps);
  }
  std::vector<std::string> lines = {text};
  if (!run.fairness.empty()) lines.push_back(FairnessInWords(run.fairness));
  return lines;
}

std::vector<TableRow> WithCycle(const Evidence& evidence, const Linearization& linearization,
                                const std::vector<TableRow>& rows) {
  const EventId begins = LassoOf(evidence).cycle_begins;
  const Folder folder(evidence, linearization);
  std::vector<TableRow> result;
  bool in_cycle = false;
  std::size_t ends = rows.size();  // the rows of the threads' ends come last
  while (ends > 0 && rows[ends - 1].kind == TableRow::Kind::kEnd) --ends;
  for (std::size_t i = 0; i < ends; ++i) {
    const TableRow& row = rows[i];
    if (!in_cycle && row.event != kNoEvent && row.event >= begins) {
      in_cycle = true;
      result.push_back(Across("from here on, for ever:"));
    }
    if (row.step > 0 && folder.hidden(row.event)) continue;
    result.push_back(row);
    if (row.step == 0) continue;
    const Folder::Fold& fold = folder.fold_after(row.event);
    if (fold.rounds > 0) result.push_back(Folded(row.thread, fold, StepOf(evidence, fold.last)));
  }
  result.push_back(Across(in_cycle ? fmt::format("back to step {}", CycleBeginsAtStep(evidence))
                                   : "from here on, for ever: nobody takes a step"));
  result.insert(result.end(), rows.begin() + static_cast<std::ptrdiff_t>(ends), rows.end());
  return result;
}

}  // namespace doorway
