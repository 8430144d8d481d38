#include "harness/native/native_execution.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace doorway::native {

namespace {

constexpr std::size_t kMostEvents = 50'000;

struct Kept {
  std::deque<Label> labels;
  std::vector<Location> locations;
};

class Builder {
 public:
  explicit Builder(const Logs& logs) : lanes_(static_cast<std::size_t>(logs.lanes)), at_(lanes_), clock_(lanes_, 0) {
    execution_.threads.resize(lanes_);
    execution_.locations = &kept_->locations;
  }

  // Declares the locations: those that before() made first, with the values that it left there, then those of the
  // threads. REQUIRES: before any event.
  void Declare(const Logs& logs, Nanoseconds until) {
    const Log& setup = logs.setup;
    for (std::uint32_t i = 0; i < setup.size.load(std::memory_order_relaxed); ++i) {
      const Record& record = setup.records[i];
      if (record.object == nullptr || !record.IsOperation() || record.kind == Record::Kind::kDestroy) continue;
      const LocationId location = LocationOf(record);
      if (record.kind != Record::Kind::kRead) kept_->locations[location].initial = record.written;
    }
    for (std::size_t t = 0; t < lanes_; ++t) {
      const Log& log = logs.lane[t];
      for (std::uint32_t i = 0; i < log.size.load(std::memory_order_relaxed); ++i) {
        const Record& record = log.records[i];
        if (record.object == nullptr || record.start > until) continue;
        if (record.IsOperation() || record.kind == Record::Kind::kWaiting) LocationOf(record);
      }
    }
    for (std::size_t l = 0; l < kept_->locations.size(); ++l) {
      Event& event = execution_.events.emplace_back();
      event.location = static_cast<LocationId>(l);
      event.written = kept_->locations[l].initial;
      execution_.modification_order.push_back({event.location});
    }
    clocks_.assign(execution_.events.size() * lanes_, 0);
  }

  // Whether `record` reads what its location holds now, or does not read.
  bool Explained(const Record& record) const {
    if (record.kind != Record::Kind::kRead && record.kind != Record::Kind::kUpdate) return true;
    const auto location = ids_.find(KeyOf(record));
    return execution_.events[execution_.modification_order[location->second].back()].written == record.read;
  }

  void Add(std::size_t t, const Record& record) {
    Event event;
    event.thread = static_cast<ThreadId>(t);
    event.index = static_cast<std::uint16_t>(execution_.threads[t].events.size());
    event.order = record.order;
    event.spurious = record.spurious;
    event.destroyed = record.kind == Record::Kind::kDestroy;
    event.kind = KindOf(record);
    if (record.object != nullptr) event.location = LocationOf(record);
    if (event.IsRead()) {
      event.read = record.read;
      event.reads_from = SourceOf(event);
    }
    if (event.kind == EventKind::kChoice) event.read = record.read;
    if (event.IsWrite()) event.written = record.written;
    event.label = LabelOf(record, event.location);
    const auto e = static_cast<EventId>(execution_.events.size());
    execution_.events.push_back(event);
    execution_.threads[t].events.push_back(e);
    if (event.IsWrite()) execution_.modification_order[event.location].push_back(e);
    for (Mark& mark : execution_.marks) {
      if (mark.thread == t && !mark.is_tag && mark.after == kNoEvent) mark.after = e;
    }
    at_[t] = e;
    ++clock_[t];
    clocks_.insert(clocks_.end(), clock_.begin(), clock_.end());
  }

  void AddMark(std::size_t t, const Record& record) {
    Mark& mark = execution_.marks.emplace_back();
    mark.kind = record.note;
    mark.is_tag = record.kind == Record::Kind::kTag;
    mark.thread = static_cast<ThreadId>(t);
    mark.sequence = sequence_++;
    mark.subject = record.subject;
    mark.argument = record.read;
    mark.before = clock_[t] > 0 ? at_[t] : kNoEvent;
    mark.after = mark.is_tag ? mark.before : kNoEvent;
    mark.site = record.site;
  }

  void AddEnd(std::size_t t, const Record& record) {
    Label label;
    label.op = record.kind == Record::Kind::kFailed ? Op::kFailed : record.object != nullptr ? Op::kLoad : Op::kBlocked;
    label.order = record.order;
    if (record.object != nullptr) label.location = LocationOf(record);
    label.verb = record.verb;
    label.function = record.function;
    label.site = record.site;
    kept_->labels.push_back(label);
    execution_.threads[t].pending = &kept_->labels.back();
  }

  Evidence Finish(const Logs& logs) {
    for (std::size_t t = 0; t < lanes_; ++t) {
      execution_.threads[t].end = logs.lane[t].end;
      execution_.threads[t].daemon = logs.lane[t].daemon;
    }
    execution_.SetOrder(std::move(clocks_));
    execution_.OrderIsCoherent();
    return Evidence{{}, std::move(execution_), std::move(kept_)};
  }

 private:
  using Key = std::tuple<const void*, const char*, int>;

  static Key KeyOf(const Record& record) { return {record.object, record.name, record.subject}; }

  static EventKind KindOf(const Record& record) {
    switch (record.kind) {
      case Record::Kind::kConstruct:
      case Record::Kind::kDestroy:
      case Record::Kind::kWrite:
        return EventKind::kWrite;
      case Record::Kind::kUpdate:
        return EventKind::kUpdate;
      case Record::Kind::kFence:
        return EventKind::kFence;
      case Record::Kind::kChoice:
        return EventKind::kChoice;
      default:
        return EventKind::kRead;
    }
  }

  LocationId LocationOf(const Record& record) {
    const auto [at, inserted] = ids_.emplace(KeyOf(record), static_cast<LocationId>(kept_->locations.size()));
    if (inserted) {
      Location& location = kept_->locations.emplace_back();
      location.name = record.name == nullptr ? "object" + std::to_string(kept_->locations.size()) : record.name;
      if (record.subject >= 0) location.name += "[" + std::to_string(record.subject) + "]";
      location.width = record.width;
      location.plain = record.plain;
      location.is_signed = record.is_signed;
      location.initialised = record.initialised;
      location.address = reinterpret_cast<Value>(record.object);
    }
    return at->second;
  }

  // The last write of the value, else none: then the report says that it is the initial one.
  EventId SourceOf(const Event& event) const {
    const std::vector<EventId>& mo = execution_.modification_order[event.location];
    const auto source = std::find_if(mo.rbegin(), mo.rend(),
                                     [&](EventId write) { return execution_.events[write].written == event.read; });
    return source == mo.rend() ? kNoEvent : *source;
  }

  const Label* LabelOf(const Record& record, LocationId location) {
    Label label;
    label.op = record.kind == Record::Kind::kFence    ? Op::kFence
               : record.kind == Record::Kind::kChoice ? Op::kChoose
               : record.kind == Record::Kind::kUpdate ? Op::kUpdate
               : record.kind == Record::Kind::kRead   ? Op::kLoad
                                                      : Op::kStore;
    label.order = record.order;
    label.failure_order = record.order;
    label.destroy = record.kind == Record::Kind::kDestroy;
    label.construct = record.kind == Record::Kind::kConstruct;
    label.width = record.width;
    label.location = location;
    label.operands = {record.written};
    label.site = record.site;
    label.verb = record.verb;
    label.function = record.function;
    kept_->labels.push_back(label);
    return &kept_->labels.back();
  }

  const std::size_t lanes_;
  std::shared_ptr<Kept> kept_ = std::make_shared<Kept>();
  Execution execution_;
  Execution::Clocks clocks_;
  std::vector<EventId> at_;           // by lane: its last event
  std::vector<std::uint16_t> clock_;  // by lane: its events so far
  std::map<Key, LocationId> ids_;
  std::uint16_t sequence_ = 0;
};

// A lane's records, as far as they are to be shown.
struct Head {
  const Log* log = nullptr;
  std::uint32_t next = 0;
  std::uint32_t size = 0;
};

// Passes marks and the like, up to the next operation; null at the end.
const Record* NextOperation(Builder& builder, std::size_t t, Head& head) {
  for (; head.next < head.size; ++head.next) {
    const Record& record = head.log->records[head.next];
    if (record.IsOperation()) return &record;
    if (record.IsMark()) {
      builder.AddMark(t, record);
    } else {
      builder.AddEnd(t, record);
    }
  }
  return nullptr;
}

}  // namespace

Evidence EvidenceOf(const Logs& logs, Nanoseconds until) {
  const auto lanes = static_cast<std::size_t>(logs.lanes);
  std::vector<Head> heads(lanes);
  std::size_t events = 0;
  bool whole = !logs.setup.overflowed;
  for (std::size_t t = 0; t < lanes; ++t) {
    const Log& log = logs.lane[t];
    whole = whole && !log.overflowed;
    heads[t] = {&log, 0, log.size.load(std::memory_order_relaxed)};
    while (heads[t].size > 0 && log.records[heads[t].size - 1].start > until) --heads[t].size;
    events += heads[t].size;
  }
  if (!whole || events > kMostEvents) return Evidence{};

  Builder builder(logs);
  builder.Declare(logs, until);
  for (;;) {
    std::vector<const Record*> next(lanes, nullptr);
    Nanoseconds soonest = ~Nanoseconds{0};
    for (std::size_t t = 0; t < lanes; ++t) {
      next[t] = NextOperation(builder, t, heads[t]);
      if (next[t] != nullptr) soonest = std::min(soonest, next[t]->end);
    }
    // Of those that may come next: a read of what is there, else an operation that is explained, else any.
    std::size_t best = lanes;
    int best_rank = 0;
    for (std::size_t t = 0; t < lanes; ++t) {
      if (next[t] == nullptr || next[t]->start > soonest) continue;
      const bool explained = builder.Explained(*next[t]);
      const int rank = !explained ? 2 : next[t]->kind == Record::Kind::kRead ? 0 : 1;
      if (best == lanes || rank < best_rank || (rank == best_rank && next[t]->end < next[best]->end)) {
        best = t;
        best_rank = rank;
      }
    }
    if (best == lanes) break;
    builder.Add(best, *next[best]);
    ++heads[best].next;
  }
  return builder.Finish(logs);
}

}  // namespace doorway::native
