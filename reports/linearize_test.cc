#include "reports/linearize.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <tuple>

#include "reports/testing/execution_builder.h"

namespace doorway {
namespace {

// (misplaced writes, stale reads, the two as told, events between them, switches), computed from a finished order the
// slow way.
using SlowCost = std::tuple<int, int, int, int, int>;

SlowCost CostOf(const Execution& execution, const std::vector<EventId>& order, std::pair<EventId, EventId> together) {
  int misplaced = 0, stale = 0, as_told = 0, between = 0, switches = 0;
  const auto above = [&](EventId e, std::size_t at) {
    return std::find(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(at), e) !=
           order.begin() + static_cast<std::ptrdiff_t>(at);
  };
  const auto overwritten = [&](EventId write, EventId but, std::size_t at) {
    const std::vector<EventId>& mo = execution.modification_order[execution.events[write].location];
    for (auto later = std::find(mo.begin(), mo.end(), write) + 1; later != mo.end(); ++later) {
      if (*later != but && above(*later, at)) return true;
    }
    return false;
  };
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Event& event = execution.events[order[i]];
    if (event.IsWrite() && overwritten(order[i], order[i], i)) ++misplaced;
    if (event.IsRead() && overwritten(event.reads_from, order[i], i)) ++stale;
    if (order[i] == together.first && !above(together.second, i)) ++as_told;
    if (together.first != kNoEvent && order[i] != together.first && order[i] != together.second &&
        above(together.first, i) != above(together.second, i)) {
      ++between;
    }
    if (i > 0 && event.thread != execution.events[order[i - 1]].thread) ++switches;
  }
  return {misplaced, stale, as_told, between, switches};
}

bool KeepsPorf(const Execution& execution, const std::vector<EventId>& order) {
  const auto place = [&](EventId e) { return std::find(order.begin(), order.end(), e) - order.begin(); };
  std::size_t events = 0;
  for (const ThreadState& thread : execution.threads) {
    events += thread.events.size();
    for (std::size_t i = 1; i < thread.events.size(); ++i) {
      if (place(thread.events[i - 1]) > place(thread.events[i])) return false;
    }
  }
  for (EventId e : order) {
    const Event& event = execution.events[e];
    if (!event.IsRead() || execution.events[event.reads_from].kind == EventKind::kInit) continue;
    if (place(event.reads_from) > place(e)) return false;
  }
  return order.size() == events;
}

// The least cost over all orders that keep po and rf: all of them, one after another.
class AllOrders {
 public:
  AllOrders(const Execution& execution, std::pair<EventId, EventId> together)
      : execution_(execution), together_(together), at_(execution.threads.size(), 0) {}

  SlowCost Least() {
    Go();
    return least_;
  }

 private:
  void Go() {
    bool last = true;
    for (std::size_t t = 0; t < at_.size(); ++t) {
      if (at_[t] == execution_.threads[t].events.size()) continue;
      last = false;
      const EventId next = execution_.threads[t].events[at_[t]];
      const Event& event = execution_.events[next];
      if (event.IsRead() && execution_.events[event.reads_from].kind != EventKind::kInit &&
          std::find(order_.begin(), order_.end(), event.reads_from) == order_.end()) {
        continue;
      }
      ++at_[t];
      order_.push_back(next);
      Go();
      order_.pop_back();
      --at_[t];
    }
    if (last) least_ = std::min(least_, CostOf(execution_, order_, together_));
  }

  const Execution& execution_;
  const std::pair<EventId, EventId> together_;
  std::vector<std::size_t> at_;
  std::vector<EventId> order_;
  SlowCost least_{std::numeric_limits<int>::max(), 0, 0, 0, 0};
};

// Any graph will do, consistent or not: reads from any write that is there, writes at random places of mo.
Evidence RandomExecution(std::mt19937& random, int threads, int events) {
  ExecutionBuilder b(threads);
  const LocationId x = b.Location("x"), y = b.Location("y");
  std::vector<EventId> writes[2] = {{x}, {y}};
  for (int i = 0; i < events; ++i) {
    const int thread = static_cast<int>(random() % static_cast<unsigned>(threads));
    const unsigned which = random() % 2;
    const LocationId location = which == 0 ? x : y;
    if (random() % 2 == 0) {
      writes[which].push_back(b.Write(thread, location, static_cast<Value>(i), Order::kRelaxed));
    } else {
      b.Read(thread, location, writes[which][random() % writes[which].size()], Order::kRelaxed);
    }
  }
  Evidence evidence = b.Finish();
  for (std::vector<EventId>& mo : evidence.execution.modification_order) std::shuffle(mo.begin() + 1, mo.end(), random);
  return evidence;
}

TEST(LinearizeTest, AnEmptyExecutionHasAnEmptyOrder) {
  EXPECT_TRUE(Linearize(ExecutionBuilder(0).Finish().execution).order.empty());
  EXPECT_TRUE(Linearize(ExecutionBuilder(2).Finish().execution).order.empty());
}

TEST(LinearizeTest, StaysOnAThread) {
  ExecutionBuilder b(2);
  const LocationId x = b.Location("x"), y = b.Location("y");
  b.Write(0, x, 1);
  b.Write(1, y, 1);
  b.Write(0, x, 2);
  b.Write(1, y, 2);
  const Evidence evidence = b.Finish();
  const Linearization result = Linearize(evidence.execution);
  EXPECT_EQ(result.switches, 1);
  EXPECT_TRUE(KeepsPorf(evidence.execution, result.order));
}

TEST(LinearizeTest, AStaleReadIsMarked) {  // message passing without synchronization
  ExecutionBuilder b(2);
  const LocationId data = b.Location("data"), flag = b.Location("flag");
  b.Write(0, data, 1, Order::kRelaxed);
  const EventId up = b.Write(0, flag, 1, Order::kRelaxed);
  b.Read(1, flag, up, Order::kRelaxed);
  const EventId old = b.Read(1, data, data, Order::kRelaxed);
  const Linearization result = Linearize(b.Finish().execution);
  EXPECT_EQ(result.order, (std::vector<EventId>{2, 3, 4, 5}));
  EXPECT_TRUE(result.stale[old]);
  EXPECT_EQ(std::count(result.stale.begin(), result.stale.end(), true), 1);
}

TEST(LinearizeTest, ASequentiallyConsistentExecutionHasNoStaleRead) {  // at the cost of a switch
  ExecutionBuilder b(2);
  const LocationId x = b.Location("x");
  const EventId first = b.Read(1, x, x);
  const EventId write = b.Write(0, x, 1);
  b.Read(1, x, write);
  const Linearization result = Linearize(b.Finish().execution);
  EXPECT_EQ(std::count(result.stale.begin(), result.stale.end(), true), 0);
  EXPECT_EQ(result.order.front(), first);
}

TEST(LinearizeTest, UnorderedEventsStandTogether) {
  ExecutionBuilder b(2);
  const LocationId x = b.Location("x"), y = b.Location("y");
  b.Write(0, x, 1);
  const EventId mine = b.Write(0, x, 2);
  b.Write(0, x, 3);
  b.Write(1, y, 1);
  const EventId theirs = b.Write(1, y, 2);
  b.Write(1, y, 3);
  const Evidence evidence = b.Finish();
  LinearizeOptions options;
  options.together = {mine, theirs};
  for (const std::size_t max_states : {std::size_t{1} << 20, std::size_t{0}}) {  // exact, greedy
    options.max_states = max_states;
    const std::vector<EventId> order = Linearize(evidence.execution, options).order;
    const auto a = std::find(order.begin(), order.end(), mine), c = std::find(order.begin(), order.end(), theirs);
    EXPECT_EQ(a - c, 1);
    EXPECT_TRUE(KeepsPorf(evidence.execution, order));
  }
}

TEST(LinearizeTest, ExactSearchAgreesWithAllOrders) {
  std::mt19937 random(1);
  for (int i = 0; i < 300; ++i) {
    const Evidence evidence = RandomExecution(random, 2 + i % 2, 3 + i % 5);
    LinearizeOptions options;
    if (i % 3 == 0 && evidence.execution.events.size() > 4) options.together = {2, 4};
    const Linearization result = Linearize(evidence.execution, options);
    ASSERT_TRUE(KeepsPorf(evidence.execution, result.order)) << i;
    ASSERT_EQ(CostOf(evidence.execution, result.order, options.together),
              AllOrders(evidence.execution, options.together).Least())
        << i;
  }
}

TEST(LinearizeTest, GreedySearchKeepsPorf) {
  std::mt19937 random(2);
  LinearizeOptions greedy;
  greedy.max_states = 0;
  for (int i = 0; i < 300; ++i) {
    const Evidence evidence = RandomExecution(random, 3, 12);
    greedy.together = i % 2 == 0 ? std::pair<EventId, EventId>{3, 7} : std::pair<EventId, EventId>{kNoEvent, kNoEvent};
    ASSERT_TRUE(KeepsPorf(evidence.execution, Linearize(evidence.execution, greedy).order)) << i;
  }
}

TEST(LinearizeTest, GreedySearchOfALongSequentiallyConsistentExecutionHasNoStaleRead) {
  std::mt19937 random(3);
  ExecutionBuilder b(5);
  const LocationId x = b.Location("x");
  EventId newest = x;
  for (int i = 0; i < 400; ++i) {
    const int thread = static_cast<int>(random() % 5);
    if (random() % 3 == 0) {
      newest = b.Write(thread, x, static_cast<Value>(i), Order::kRelaxed);
    } else {
      b.Read(thread, x, newest, Order::kRelaxed);
    }
  }
  const Evidence evidence = b.Finish();
  ASSERT_TRUE(evidence.execution.sequentially_consistent());
  const Linearization result = Linearize(evidence.execution);
  EXPECT_TRUE(KeepsPorf(evidence.execution, result.order));
  EXPECT_EQ(std::count(result.stale.begin(), result.stale.end(), true), 0);
}

// Under TSO a thread may still read what the rows above have overwritten.
TEST(LinearizeTest, EventOrderIsKept) {
  ExecutionBuilder b(2);
  const LocationId x = b.Location("x"), y = b.Location("y");
  const EventId first = b.Write(0, x, 1, Order::kRelaxed);
  const EventId old = b.Read(1, x, x, Order::kRelaxed);
  const EventId other = b.Read(0, y, y, Order::kRelaxed);
  const EventId newest = b.Read(1, x, first, Order::kRelaxed);
  const Evidence evidence = b.Finish();
  const Linearization result = InEventOrder(evidence.execution);
  EXPECT_EQ(result.order, (std::vector<EventId>{first, old, other, newest}));
  EXPECT_EQ(result.switches, 3);
  EXPECT_TRUE(result.stale[old]);
  EXPECT_FALSE(result.stale[other]);
  EXPECT_FALSE(result.stale[newest]);
}

}  // namespace
}  // namespace doorway
