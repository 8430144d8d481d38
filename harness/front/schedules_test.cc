#include "harness/front/schedules.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>
#include <vector>

#include "harness/graph/execution.h"

namespace doorway::front {
namespace {

// Two threads that each write `writes` locations of their own; and if `reads`, thread 1 begins with a read of what
// thread 0 writes last.
struct Graph {
  Execution execution;

  explicit Graph(int writes, bool reads = false) {
    execution.threads.resize(2);
    const auto add = [this](Event event) {
      event.index = static_cast<std::uint16_t>(execution.threads[event.thread].events.size());
      execution.threads[event.thread].events.push_back(static_cast<EventId>(execution.events.size()));
      execution.events.push_back(event);
    };
    for (ThreadId t = 0; t < 2; ++t) {
      if (t == 1 && reads) {
        Event read;
        read.kind = EventKind::kRead;
        read.thread = 1;
        read.reads_from = static_cast<EventId>(writes - 1);
        add(read);
      }
      for (int i = 0; i < writes; ++i) {
        Event write;
        write.kind = EventKind::kWrite;
        write.thread = t;
        add(write);
      }
    }
  }
};

// Runs the schedule to its end: all orders, as the threads in turn, and all steps from cut to cut.
struct Seen {
  std::set<std::vector<int>> orders;
  std::set<std::pair<Interleavings::Cut, int>> steps;
  int runs = 0;

  Seen(const Execution& execution, Schedule& schedule) {
    const Interleavings interleavings(execution);
    do {
      ++runs;
      std::vector<int> order;
      Interleavings::Cut cut = interleavings.Beginning();
      for (std::uint32_t enabled = interleavings.Enabled(cut); enabled != 0; enabled = interleavings.Enabled(cut)) {
        const int t = schedule.Choose(cut, enabled);
        EXPECT_TRUE(interleavings.MayStep(cut, t));
        order.push_back(t);
        steps.insert({cut, t});
        ++cut[static_cast<std::size_t>(t)];
      }
      orders.insert(order);
    } while (schedule.Another());
  }
};

TEST(SchedulesTest, EveryOrderIsEachInterleavingOnce) {
  const Graph graph(2);  // three steps a thread
  EveryOrder schedule;
  const Seen seen(graph.execution, schedule);
  EXPECT_EQ(seen.runs, 20);
  EXPECT_EQ(seen.orders.size(), 20u);
}

TEST(SchedulesTest, AReadComesAfterItsWrite) {
  const Graph graph(1, true);
  EveryOrder schedule;
  // Thread 0: beginning, write. Thread 1: beginning, then after that write, read and write.
  EXPECT_EQ(Seen(graph.execution, schedule).orders.size(), 3u);
}

TEST(SchedulesTest, EveryCutComesToEveryCutByEachStep) {
  const Graph graph(4);
  EveryOrder all;
  const Seen every(graph.execution, all);
  EveryCut schedule;
  const Seen seen(graph.execution, schedule);
  EXPECT_EQ(seen.steps, every.steps);
  EXPECT_EQ(every.orders.size(), 252u);
  EXPECT_LT(seen.runs, 40);
}

TEST(SchedulesTest, ExtremesAreTwo) {
  const Graph graph(1);
  Extremes schedule;
  const std::set<std::vector<int>> both{{0, 0, 1, 1}, {1, 1, 0, 0}};
  EXPECT_EQ(Seen(graph.execution, schedule).orders, both);
}

}  // namespace
}  // namespace doorway::front
