#include "harness/native/judge.h"

#include <algorithm>

// The interleavings that the clock allows are walked all at once, in steps of one operation: after n steps, a way is
// told by how far each thread is and by what the monitor remembers. Where operations do not overlap there is one way;
// where a thread was preempted within an operation, one for each place that the operation may have had among the
// others.

namespace doorway::native {

namespace {

constexpr std::size_t kMostWays = 4096;  // at a time
constexpr Nanoseconds kEver = ~Nanoseconds{0};

Monitor::Noted NotedOf(const Record& record, int thread, Monitor::When when) {
  Monitor::Noted noted{};
  noted.when = when;
  noted.kind = record.note;
  noted.thread = thread;
  noted.subject = record.subject;
  noted.argument = record.read;
  return noted;
}

}  // namespace

void HeardRun::Take(const Logs& logs) {
  heard_.clear();
  lanes_ = logs.lanes;
  for (int lane = 0; lane < lanes_; ++lane) TakeLane(lane, logs.lane[lane]);
}

// A note is heard right after the operation before it, as kEarliest, and right before the one after it, as kLatest. A
// thread's beginning and its end are places, too.
void HeardRun::TakeLane(int lane, const Log& log) {
  std::vector<Item>& items = items_[static_cast<std::size_t>(lane)];
  items.clear();
  late_.clear();
  Item item;  // the operation before
  bool kept = false;
  const auto add = [&](const Monitor::Noted& noted) {
    if (!kept) {
      item.first = static_cast<std::uint32_t>(heard_.size());
      items.push_back(item);
      kept = true;
    }
    heard_.push_back(noted);
    items.back().last = static_cast<std::uint32_t>(heard_.size());
  };
  const auto next = [&](Nanoseconds start, Nanoseconds end) {
    item = Item{start, end, 0, 0};
    kept = false;
    for (const Monitor::Noted& noted : late_) add(noted);
    late_.clear();
  };
  const std::uint32_t size = log.size.load(std::memory_order_relaxed);
  for (std::uint32_t i = 0; i < size; ++i) {
    const Record& record = log.records[i];
    if (record.kind == Record::Kind::kTag) {
      add(NotedOf(record, lane, Monitor::When::kTag));
    } else if (record.kind == Record::Kind::kNote) {
      add(NotedOf(record, lane, Monitor::When::kEarliest));
      late_.push_back(NotedOf(record, lane, Monitor::When::kLatest));
    } else if (record.IsOperation()) {
      next(record.start, record.end);
    }
  }
  next(kEver, kEver);
}

// Whether no thread's next operation had certainly ended when the next one of `lane` began.
bool HeardRun::Enabled(const Positions& at, int lane) const {
  const auto self = static_cast<std::size_t>(lane);
  const Nanoseconds start = items_[self][at[self]].start;
  for (std::size_t other = 0; other < static_cast<std::size_t>(lanes_); ++other) {
    if (other != self && at[other] < items_[other].size() && items_[other][at[other]].end < start) return false;
  }
  return true;
}

bool HeardRun::Advance(const Monitor& monitor, int lane, Way* way, bool* antecedent) const {
  std::uint16_t& at = way->at[static_cast<std::size_t>(lane)];
  const Item& item = items_[static_cast<std::size_t>(lane)][at++];
  for (std::uint32_t i = item.first; i < item.last; ++i) {
    const Monitor::Answer answer = monitor.Hear(heard_[i], &way->state);
    *antecedent = *antecedent || answer.antecedent;
    if (answer.flagged) return false;
    if (!monitor.counts()) continue;
    way->count = monitor.Counting(way->state) ? way->count + answer.counted : 0;
    way->most = std::max(way->most, way->count);
    if (monitor.limit().has_value() && way->count > *monitor.limit()) return false;
  }
  return true;
}

HeardRun::Answer HeardRun::OfOne(const Monitor& monitor) const {
  Answer answer;
  Way way;
  way.state = monitor.initial();
  for (;;) {
    int first = -1;
    Nanoseconds soonest = kEver;
    for (int lane = 0; lane < lanes_; ++lane) {
      const auto self = static_cast<std::size_t>(lane);
      if (way.at[self] == items_[self].size()) continue;
      const Nanoseconds end = items_[self][way.at[self]].end;
      if (first < 0 || end < soonest) {
        first = lane;
        soonest = end;
      }
    }
    if (first < 0) break;
    if (!Advance(monitor, first, &way, &answer.antecedent)) {
      answer.flagged = true;
      break;
    }
  }
  answer.counted = way.most;
  return answer;
}

std::optional<HeardRun::Answer> HeardRun::OfAll(const Monitor& monitor) const {
  Answer answer;
  std::size_t steps = 0;
  for (int lane = 0; lane < lanes_; ++lane) steps += items_[static_cast<std::size_t>(lane)].size();
  ways_.assign(1, Way{});
  ways_.front().state = monitor.initial();
  for (std::size_t step = 0; step < steps; ++step) {
    next_.clear();
    for (const Way& way : ways_) {
      for (int lane = 0; lane < lanes_; ++lane) {
        const auto self = static_cast<std::size_t>(lane);
        if (way.at[self] == items_[self].size() || !Enabled(way.at, lane)) continue;
        Way longer = way;
        if (Advance(monitor, lane, &longer, &answer.antecedent)) next_.push_back(longer);
      }
    }
    std::sort(next_.begin(), next_.end());
    next_.erase(std::unique(next_.begin(), next_.end()), next_.end());
    if (next_.size() > kMostWays) return std::nullopt;
    ways_.swap(next_);
    if (ways_.empty()) {
      answer.flagged = true;
      return answer;
    }
  }
  answer.counted = ~std::uint64_t{0};
  for (const Way& way : ways_) answer.counted = std::min(answer.counted, way.most);
  return answer;
}

}  // namespace doorway::native
