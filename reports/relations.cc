#include "reports/relations.h"

#include <algorithm>

#include "harness/graph/happens_before.h"

namespace doorway {
namespace {

void InOrder(std::vector<Arrow>& arrows) {
  std::sort(arrows.begin(), arrows.end(),
            [](const Arrow& a, const Arrow& b) { return std::pair(a.second, a.first) < std::pair(b.second, b.first); });
}

bool IsInit(const Execution& execution, EventId event) { return execution.events[event].kind == EventKind::kInit; }

// The events of other threads that `e` is the first of its thread to come after, without those that another one of them
// comes after, too.
void AddHappensBefore(const Execution& execution, const Execution::Clocks& clocks, EventId e, std::vector<Arrow>& hb) {
  const std::size_t width = execution.threads.size();
  const Event& event = execution.events[e];
  const std::uint16_t* mine = clocks.data() + e * width;
  const std::vector<EventId>& po = execution.threads[event.thread].events;
  std::vector<EventId> learned;
  for (std::size_t t = 0; t < width; ++t) {
    const std::uint16_t before = event.index == 0 ? 0 : clocks[po[event.index - 1u] * width + t];
    if (t != event.thread && mine[t] > before) learned.push_back(execution.threads[t].events[mine[t] - 1u]);
  }
  for (const EventId from : learned) {
    const Event& source = execution.events[from];
    const bool implied = std::any_of(learned.begin(), learned.end(), [&](EventId other) {
      return other != from && clocks[other * width + source.thread] > source.index;
    });
    if (!implied) hb.emplace_back(from, e);
  }
}

}  // namespace

Arrows ArrowsOf(const Execution& execution) {
  Arrows arrows;
  std::vector<EventId> next(execution.events.size(), kNoEvent);
  for (const std::vector<EventId>& mo : execution.modification_order) {
    for (std::size_t i = 0; i + 1 < mo.size(); ++i) {
      next[mo[i]] = mo[i + 1];
      if (!IsInit(execution, mo[i])) arrows.mo.emplace_back(mo[i], mo[i + 1]);
    }
  }
  const Execution::Clocks clocks = HappensBefore(execution);
  for (EventId e = 0; e < execution.events.size(); ++e) {
    const Event& event = execution.events[e];
    if (event.kind == EventKind::kInit) continue;
    if (event.IsRead() && event.reads_from != kNoEvent) {
      if (!IsInit(execution, event.reads_from)) arrows.rf.emplace_back(event.reads_from, e);
      const EventId overwriter = next[event.reads_from];
      if (overwriter != kNoEvent && overwriter != e) arrows.fr.emplace_back(e, overwriter);
    }
    AddHappensBefore(execution, clocks, e, arrows.hb);
  }
  for (std::vector<Arrow>* list : {&arrows.rf, &arrows.mo, &arrows.fr, &arrows.hb}) InOrder(*list);
  return arrows;
}

std::vector<std::int32_t> PlacesInMo(const Execution& execution) {
  std::vector<std::int32_t> places(execution.events.size(), -1);
  for (const std::vector<EventId>& mo : execution.modification_order) {
    for (std::size_t i = 0; i < mo.size(); ++i) places[mo[i]] = static_cast<std::int32_t>(i);
  }
  return places;
}

std::vector<std::vector<Learned>> Knowledge(const Execution& execution) {
  const std::size_t locations = execution.modification_order.size(), width = execution.threads.size();
  const std::vector<std::int32_t> places = PlacesInMo(execution);
  const Execution::Clocks clocks = HappensBefore(execution);
  std::vector<std::int32_t> known(execution.events.size() * locations, 0);
  std::vector<std::vector<Learned>> learned(execution.events.size());
  for (EventId e = 0; e < execution.events.size(); ++e) {
    const Event& event = execution.events[e];
    if (event.kind == EventKind::kInit) continue;
    std::int32_t* const mine = known.data() + e * locations;
    for (std::size_t t = 0; t < width; ++t) {
      // The last event of `t` before this one; of its own thread, the previous one.
      const int count = clocks[e * width + t] - (t == event.thread ? 1 : 0);
      if (count <= 0) continue;
      const std::int32_t* const theirs =
          known.data() + execution.threads[t].events[static_cast<std::size_t>(count - 1)] * locations;
      for (std::size_t l = 0; l < locations; ++l) mine[l] = std::max(mine[l], theirs[l]);
    }
    if (event.location != kNoLocation) {
      std::int32_t& here = mine[event.location];
      if (event.IsRead() && event.reads_from != kNoEvent) here = std::max(here, places[event.reads_from]);
      if (event.IsWrite()) here = std::max(here, places[e]);
    }
    const std::int32_t* const before =
        event.index == 0 ? nullptr
                         : known.data() + execution.threads[event.thread].events[event.index - 1u] * locations;
    for (std::size_t l = 0; l < locations; ++l) {
      if (mine[l] > (before == nullptr ? 0 : before[l])) {
        learned[e].push_back({static_cast<LocationId>(l), mine[l]});
      }
    }
  }
  return learned;
}

}  // namespace doorway
