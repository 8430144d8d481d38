#include "harness/explore/thread_order.h"

#include <algorithm>
#include <cstddef>

namespace doorway {
namespace {

bool MoBefore(const WorkGraph& g, EventId a, EventId b) {
  for (EventId w = g[a].mo_next; w != kNoEvent; w = g[w].mo_next) {
    if (w == b) return true;
  }
  return false;
}

// Whether x and y, at locations of their threads' own, read initial values, or what those threads have written at the
// same point; or do not read.
bool ReadTheirOwn(const WorkGraph& g, const WorkEvent& x, const WorkEvent& y) {
  if (x.Is(WorkEvent::kSpurious) != y.Is(WorkEvent::kSpurious)) return false;
  if (x.reads_from == kNoEvent || y.reads_from == kNoEvent) return x.reads_from == y.reads_from;
  const WorkEvent& of_x = g[x.reads_from];
  const WorkEvent& of_y = g[y.reads_from];
  if (of_x.Is(WorkEvent::kInit) || of_y.Is(WorkEvent::kInit))
    return of_x.Is(WorkEvent::kInit) && of_y.Is(WorkEvent::kInit);
  return of_x.thread == x.thread && of_y.thread == y.thread && of_x.index == of_y.index;
}

// Both threads load plain data at position i, and perhaps in what follows. Where they stop doing so, if it is the same
// to both: they read the same locations and values, or the same value all the time. Else i.
std::size_t EndOfPlainLoads(const WorkGraph& g, const std::vector<EventId>& a, const std::vector<EventId>& b,
                            std::size_t i) {
  bool same_places = true, same_value = true;
  const Value value = g[a[i]].read;
  std::size_t end = i;
  for (; end < std::min(a.size(), b.size()); ++end) {
    const WorkEvent& x = g[a[end]];
    const WorkEvent& y = g[b[end]];
    if (!x.IsPlainLoad() || !y.IsPlainLoad()) break;
    same_places = same_places && x.location == y.location && x.read == y.read;
    same_value = same_value && x.read == value && y.read == value;
  }
  return same_places || same_value ? end : i;
}

double Factorial(std::size_t n) {
  double product = 1;
  for (std::size_t i = 2; i <= n; ++i) product *= static_cast<double>(i);
  return product;
}

// In how many ways so many things can be put in order, each behind its predecessors (as bits).
double LinearExtensions(const std::vector<std::uint32_t>& predecessors) {
  const std::size_t n = predecessors.size();
  std::vector<double> ways(std::size_t{1} << n, 0);  // by set of things: to put them first
  ways[0] = 1;
  for (std::size_t set = 0; set < ways.size(); ++set) {
    if (ways[set] == 0) continue;
    for (std::size_t i = 0; i < n; ++i) {
      if ((set >> i & 1) == 0 && (predecessors[i] & ~set) == 0) ways[set | std::size_t{1} << i] += ways[set];
    }
  }
  return ways.back();
}

}  // namespace

void ThreadOrder::ListEvents(const WorkGraph& g) {
  events_.resize(g.threads.size());
  for (std::vector<EventId>& events : events_) events.clear();
  for (std::size_t e = 0; e < g.size(); ++e) {
    const WorkEvent& event = g.events[e];
    if (!event.Is(WorkEvent::kInit)) events_[event.thread].push_back(static_cast<EventId>(e));
  }
}

void ThreadOrder::FindPermanent(const WorkGraph& g) {
  permanent_.assign(g.threads.size(), 0);
  for (std::size_t e = 0; e < g.size(); ++e) {
    const WorkEvent& event = g.events[e];
    if (event.Is(WorkEvent::kInit) || (event.Is(WorkEvent::kNewest) && !event.Is(WorkEvent::kFixed))) continue;
    const std::uint16_t* prefix = g.clock(static_cast<EventId>(e), WorkGraph::kPorf);
    for (std::size_t t = 0; t < permanent_.size(); ++t) permanent_[t] = std::max(permanent_[t], prefix[t]);
  }
}

ThreadOrder::Difference ThreadOrder::Compare(const WorkGraph& g, int one, int other) const {
  const std::vector<EventId>& a = events_[static_cast<std::size_t>(one)];
  const std::vector<EventId>& b = events_[static_cast<std::size_t>(other)];
  const std::size_t n = std::min(a.size(), b.size());
  const auto differ = [](bool first, std::size_t index) {
    return Difference{first ? Order::kFirst : Order::kSecond, index};
  };
  for (std::size_t i = 0; i < n; ++i) {
    const WorkEvent& x = g[a[i]];
    const WorkEvent& y = g[b[i]];
    if (x.IsPlainLoad() && y.IsPlainLoad()) {
      const std::size_t end = EndOfPlainLoads(g, a, b, i);
      if (end == i) break;
      i = end - 1;
      continue;
    }
    if (x.location != y.location) {
      if (!ReadTheirOwn(g, x, y)) break;
      continue;
    }
    if (x.reads_from != y.reads_from) return differ(MoBefore(g, x.reads_from, y.reads_from), i);
    if (x.Is(WorkEvent::kSpurious) != y.Is(WorkEvent::kSpurious)) return differ(x.Is(WorkEvent::kSpurious), i);
    if (x.read != y.read) return differ(x.read < y.read, i);
    if (!x.Is(WorkEvent::kWrite)) continue;
    if (x.mo_prev == kNoEvent || y.mo_prev == kNoEvent) break;  // not in its place yet
    return differ(MoBefore(g, a[i], b[i]), i);
  }
  return {};
}

bool ThreadOrder::Refutes(const WorkGraph& g) {
  ListEvents(g);
  FindPermanent(g);
  for (const std::vector<int>& members : classes_) {
    for (std::size_t j = 1; j < members.size(); ++j) {
      for (std::size_t i = 0; i < j; ++i) {
        const Difference difference = Compare(g, members[i], members[j]);
        if (difference.first != Order::kSecond) continue;
        const auto is_permanent = [&](int t) { return difference.index < permanent_[static_cast<std::size_t>(t)]; };
        if (is_permanent(members[i]) && is_permanent(members[j])) return true;
      }
    }
  }
  return false;
}

double ThreadOrder::StandsFor(const WorkGraph& g) {
  bool total = true;
  return CountOrders(g, &total);
}

std::optional<double> ThreadOrder::WillStandFor(const WorkGraph& g) {
  bool total = true;
  const double stands_for = CountOrders(g, &total);
  if (stands_for == 0 || total) return stands_for;
  return std::nullopt;
}

// *total: no two threads of a class are the same.
double ThreadOrder::CountOrders(const WorkGraph& g, bool* total) {
  ListEvents(g);
  double stands_for = 1;
  for (const std::vector<int>& members : classes_) {
    std::vector<std::uint32_t> predecessors(members.size(), 0);
    std::size_t ordered = 0;
    for (std::size_t j = 1; j < members.size(); ++j) {
      for (std::size_t i = 0; i < j; ++i) {
        const Order first = Compare(g, members[i], members[j]).first;
        if (first == Order::kSecond) return 0;
        if (first == Order::kSame) continue;
        predecessors[j] |= 1U << i;
        ++ordered;
      }
    }
    const bool all = ordered == members.size() * (members.size() - 1) / 2;
    *total = *total && all;
    if (ordered == 0) continue;
    stands_for *= Factorial(members.size()) / (all ? 1 : LinearExtensions(predecessors));
  }
  return stands_for;
}

}  // namespace doorway
