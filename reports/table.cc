#include "reports/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/operation.h"

namespace doorway {
namespace {

constexpr std::size_t kLanesWidth = 110;
constexpr std::size_t kNarrowestLane = 12;

// A mark is shown right after the row of an event, or right before one.
struct MarkPlaces {
  std::vector<std::vector<const Mark*>> before, after;  // by event
  std::vector<const Mark*> at_start;                    // of threads without events
};

bool RunsInCycle(const Lasso* lasso, int thread) {
  return lasso != nullptr && std::find(lasso->running.begin(), lasso->running.end(), thread) != lasso->running.end();
}

bool OffersInterrupt(const Event& event) {
  return event.kind == EventKind::kChoice && event.label != nullptr &&
         event.label->verb == std::string_view("interrupt");
}

// An interrupt that could have come here, and did not: nothing to see.
bool DeclinesInterrupt(const Event& event) { return OffersInterrupt(event) && event.read == 0; }

MarkPlaces PlaceMarks(const Execution& execution, const Lasso* lasso) {
  MarkPlaces places;
  places.before.resize(execution.events.size());
  places.after.resize(execution.events.size());
  std::vector<const Mark*> marks;
  for (const Mark& mark : execution.marks) marks.push_back(&mark);
  std::sort(marks.begin(), marks.end(), [](const Mark* a, const Mark* b) {
    return std::pair(a->thread, a->sequence) < std::pair(b->thread, b->sequence);
  });
  const Mark* previous = nullptr;
  bool late = false;  // a mark of this gap that came before is shown late: so are those behind it
  for (const Mark* mark : marks) {
    const bool same_gap = previous != nullptr && previous->thread == mark->thread && !previous->is_tag &&
                          previous->before == mark->before && previous->after == mark->after;
    late = !mark->is_tag && ((late && same_gap) || mark->kind == notes::kLeave);
    previous = mark;
    // At the end of a cycle, a mark that is shown late is one of the next turn: it stands at the cycle's beginning.
    if (late && mark->after == kNoEvent && RunsInCycle(lasso, mark->thread)) continue;
    if (mark->before != kNoEvent && (!late || mark->after == kNoEvent)) {
      places.after[mark->before].push_back(mark);
    } else if (mark->after != kNoEvent) {
      places.before[mark->after].push_back(mark);
    } else {
      places.at_start.push_back(mark);
    }
  }
  return places;
}

class Builder {
 public:
  Builder(const Run& run, const Execution& execution, const Linearization& linearization, const Finding* finding,
          const Lasso* lasso)
      : run_(run), execution_(execution), linearization_(linearization), finding_(finding), lasso_(lasso) {
    step_of_.assign(execution.events.size(), 0);
    for (std::size_t i = 0; i < linearization.order.size(); ++i) {
      step_of_[linearization.order[i]] = static_cast<int>(i) + 1;
    }
    if (finding != nullptr) PlacePoints();
  }

  std::vector<TableRow> Build() {
    const MarkPlaces places = PlaceMarks(execution_, lasso_);
    for (const Mark* mark : places.at_start) AddMark(*mark, kNoEvent);
    for (EventId event : linearization_.order) {
      for (const Mark* mark : places.before[event]) AddMark(*mark, event);
      if (!DeclinesInterrupt(execution_.events[event])) AddEvent(event);
      for (const Mark* mark : places.after[event]) AddMark(*mark, event);
    }
    for (std::size_t t = 0; t < execution_.threads.size(); ++t) AddEnd(static_cast<int>(t));
    return std::move(rows_);
  }

 private:
  // A point that speaks of a note stands on the note's row, else on its event's.
  void PlacePoints() {
    for (std::size_t i = 0; i < finding_->points.size(); ++i) {
      const Point& point = finding_->points[i];
      const Mark* on = nullptr;
      for (const Mark& mark : execution_.marks) {
        const bool near = mark.after == point.event || (mark.after == kNoEvent && mark.before == point.event);
        const bool named = std::string_view(point.what).starts_with(mark.kind.name);
        if (point.event != kNoEvent && near && named && !mark.is_tag) on = &mark;
      }
      points_.push_back({point.event, on});
    }
  }

  std::string PointsAt(EventId event, const Mark* mark) const {
    std::string letters;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const bool here =
          mark != nullptr ? points_[i].second == mark : points_[i].second == nullptr && points_[i].first == event;
      if (here) letters += PointLetter(i);
    }
    return letters;
  }

  void AddEvent(EventId id) {
    const Event& event = execution_.events[id];
    TableRow row;
    row.step = step_of_[id];
    row.thread = event.thread;
    row.event = id;
    row.text = ShowEvent(event, id);
    row.in_words = row.text != ShowOperation(execution_, id);
    if (event.IsRead()) row.from = Source(event.reads_from);
    row.stale = linearization_.stale[id];
    if (!row.from.empty()) row.text += " ← " + row.from;
    if (row.stale) row.text += " STALE";
    if (event.label != nullptr) SetSite(row, event.label->site);
    row.points = PointsAt(id, nullptr);
    rows_.push_back(std::move(row));
  }

  static void SetSite(TableRow& row, const Site& site) {
    row.site = site;
    row.source = ShowSite(site);
  }

  // The engine joins threads for after() by flags of its own.
  std::string ShowEvent(const Event& event, EventId id) const {
    const std::string_view verb = event.label == nullptr ? "" : event.label->verb;
    if (run_.after_thread >= 0 && verb == "exit") return "ends";
    if (run_.after_thread >= 0 && verb == "join" && event.IsRead()) {
      return fmt::format("joins {}", ThreadName(run_, execution_.events[event.reads_from].thread));
    }
    if (OffersInterrupt(event)) return "is interrupted";
    return ShowOperation(execution_, id);
  }

  std::string Source(EventId write) const {
    if (write == kNoEvent || execution_.events[write].kind == EventKind::kInit) return "init";
    return fmt::format("{}:{}", ThreadName(run_, execution_.events[write].thread), step_of_[write]);
  }

  void AddMark(const Mark& mark, EventId beside) {
    TableRow row;
    row.kind = TableRow::Kind::kMark;
    row.thread = mark.thread;
    row.event = beside;
    row.text = fmt::format("· {}", mark.kind.name);
    if (mark.kind.show != nullptr) {
      row.text += " " + mark.kind.show(mark.argument);
    } else if (HasArguments(mark.kind)) {
      row.text += fmt::format("({})", mark.argument);
    }
    if (mark.subject != mark.thread) row.text += fmt::format(" of {}", ThreadName(run_, mark.subject));
    SetSite(row, mark.site);
    row.points = PointsAt(kNoEvent, &mark);
    rows_.push_back(std::move(row));
  }

  // A kind whose arguments are all 0 has no use for them.
  bool HasArguments(NoteKind kind) const {
    return std::any_of(execution_.marks.begin(), execution_.marks.end(),
                       [&](const Mark& mark) { return mark.kind == kind && mark.argument != 0; });
  }

  void AddEnd(int thread) {
    const ThreadState& state = execution_.threads[static_cast<std::size_t>(thread)];
    const std::string end = lasso_ != nullptr ? EndOfLasso(thread, state) : End(state);
    if (end.empty()) return;
    TableRow row;
    row.kind = TableRow::Kind::kEnd;
    row.thread = thread;
    row.text = end;
    if (state.pending != nullptr) SetSite(row, state.pending->site);
    rows_.push_back(std::move(row));
  }

  std::string End(const ThreadState& state) const {
    const Label* pending = state.pending;
    if (pending != nullptr && pending->op == Op::kFailed) return fmt::format("✗ check failed: {}", pending->verb);
    if (pending != nullptr && pending->op == Op::kError) return fmt::format("✗ error: {}", pending->verb);
    switch (state.end) {
      case ThreadEnd::kFinished:
        return "";
      case ThreadEnd::kBounded:
        return "… has run its rounds";
      case ThreadEnd::kRunning:
        return state.events.empty() ? "" : "… could go on";
      case ThreadEnd::kBlocked:
      case ThreadEnd::kStuck:
        break;
    }
    const char* how = state.end == ThreadEnd::kBlocked ? "waits" : state.daemon ? "rests" : "waits for ever";
    return Waits(pending, how) + (pending != nullptr && Reads(pending->op) ? NewestValue(*pending) : "");
  }

  // Whoever takes steps in the cycle goes on; the others wait, one of them for ever.
  std::string EndOfLasso(int thread, const ThreadState& state) const {
    if (thread == lasso_->starved) return Waits(state.pending, "waits for ever");
    if (RunsInCycle(lasso_, thread)) return "";
    if (state.end == ThreadEnd::kFinished || state.end == ThreadEnd::kBounded) return End(state);
    return Waits(state.pending, state.daemon ? "rests" : "waits");
  }

  std::string Waits(const Label* pending, const char* how) const {
    if (pending != nullptr && pending->op == Op::kBlocked) return fmt::format("⧖ spins: {}", how);
    if (pending == nullptr || !Reads(pending->op)) return fmt::format("⧖ {}", how);
    return fmt::format("⧖ {}: {}", ShowLabel(execution_, *pending, pending->order), how);
  }

  std::string NewestValue(const Label& label) const {
    if (label.location >= execution_.modification_order.size()) return "";
    const std::vector<EventId>& mo = execution_.modification_order[label.location];
    if (mo.empty()) return "";
    const Value value = execution_.events[mo.back()].written;
    return fmt::format(", value {} ← {}", ShowValue(execution_, label.location, value), Source(mo.back()));
  }

  const Run& run_;
  const Execution& execution_;
  const Linearization& linearization_;
  const Finding* finding_;
  const Lasso* lasso_;
  std::vector<int> step_of_;
  std::vector<std::pair<EventId, const Mark*>> points_;
  std::vector<TableRow> rows_;
};

// Characters, not bytes, of UTF-8.
std::size_t Width(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// Pads `line` to `column`, with a space at least.
void PadTo(std::string& line, std::size_t column) {
  const std::size_t width = Width(line);
  line.append(width < column ? column - width : 1, ' ');
}

// Where each thread's column starts.
std::vector<std::size_t> LaneStarts(std::vector<std::size_t> widths, std::size_t first) {
  const auto total = [&](std::size_t limit) {
    std::size_t sum = 0;
    for (std::size_t width : widths) sum += std::min(width, limit) + 2;
    return sum;
  };
  std::size_t limit = kLanesWidth;
  while (limit > kNarrowestLane && total(limit) > kLanesWidth) --limit;
  std::vector<std::size_t> starts;
  for (std::size_t width : widths) {
    starts.push_back(first);
    first += std::min(width, limit) + 2;
  }
  return starts;
}

}  // namespace

std::vector<TableRow> BuildRows(const Run& run, const Execution& execution, const Linearization& linearization,
                                const Finding* finding, const Lasso* lasso) {
  return Builder(run, execution, linearization, finding, lasso).Build();
}

std::string RenderRows(const Run& run, const Execution& execution, const std::vector<TableRow>& rows) {
  std::vector<std::string> heads;
  std::vector<std::size_t> widths;
  for (std::size_t t = 0; t < execution.threads.size(); ++t) {
    heads.push_back(ThreadName(run, static_cast<int>(t)) + (execution.threads[t].daemon ? " (daemon)" : ""));
    widths.push_back(Width(heads.back()));
  }
  std::size_t letters = 1, digits = 2;
  for (const TableRow& row : rows) {
    if (row.kind == TableRow::Kind::kAcross) continue;
    std::size_t& width = widths[static_cast<std::size_t>(row.thread)];
    width = std::max(width, Width(row.text));
    letters = std::max(letters, row.points.size());
    digits = std::max(digits, fmt::format("{}", row.step).size());
  }
  const std::vector<std::size_t> starts = LaneStarts(widths, letters + digits + 5);
  std::size_t source = 0;
  for (const TableRow& row : rows) {
    if (row.kind == TableRow::Kind::kAcross) continue;
    source = std::max(source, starts[static_cast<std::size_t>(row.thread)] + Width(row.text) + 2);
  }

  std::string head;
  for (std::size_t t = 0; t < heads.size(); ++t) {
    PadTo(head, starts[t]);
    head += heads[t];
  }
  PadTo(head, source);
  std::string table = head + "source\n";
  for (const TableRow& row : rows) {
    std::string line =
        fmt::format(" {:<{}} {:>{}}", row.points, letters, row.step > 0 ? fmt::format("{}", row.step) : "", digits);
    PadTo(line, starts[row.kind == TableRow::Kind::kAcross ? 0 : static_cast<std::size_t>(row.thread)]);
    line += row.text;
    if (!row.source.empty()) {
      PadTo(line, source);
      line += row.source;
    }
    table += line + "\n";
  }
  return table;
}

}  // namespace doorway
