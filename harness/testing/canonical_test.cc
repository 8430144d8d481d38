#include "harness/testing/canonical.h"

#include <gtest/gtest.h>

#include <utility>

namespace doorway::reference {
namespace {

// T0: x.store(1); T1: x.fetch_add(1); T2: fence, choose, a CAS that fails spuriously. Events in either order of
// addition.
Execution Example(const std::vector<doorway::Location>& locations, bool other_way_round) {
  Execution execution;
  execution.locations = &locations;
  execution.threads.resize(3);
  execution.modification_order = {{0}, {1}};
  const auto add = [&](Event event) {
    const EventId id = static_cast<EventId>(execution.events.size());
    if (event.thread != kInitThread) {
      std::vector<EventId>& events = execution.threads[event.thread].events;
      event.index = static_cast<std::uint16_t>(events.size());
      events.push_back(id);
    }
    execution.events.push_back(event);
    return id;
  };
  for (LocationId l = 0; l < 2; ++l) {
    Event init;
    init.location = l;
    add(init);
  }
  Event write;
  write.kind = EventKind::kWrite;
  write.order = Order::kRelease;
  write.thread = 0;
  write.location = 1;
  write.written = 1;
  Event fence;
  fence.kind = EventKind::kFence;
  fence.order = Order::kSeqCst;
  fence.thread = 2;
  EventId written = 0;
  if (other_way_round) {
    add(fence);
    written = add(write);
  } else {
    written = add(write);
    add(fence);
  }
  Event update;
  update.kind = EventKind::kUpdate;
  update.order = Order::kRelaxed;
  update.thread = 1;
  update.location = 1;
  update.read = 1;
  update.written = 2;
  update.reads_from = written;
  const EventId updated = add(update);
  Event choice;
  choice.kind = EventKind::kChoice;
  choice.order = Order::kSeqCst;  // means nothing
  choice.thread = 2;
  choice.read = 1;
  add(choice);
  Event failure;
  failure.kind = EventKind::kRead;
  failure.order = Order::kAcquire;
  failure.spurious = true;
  failure.thread = 2;
  failure.location = 0;
  failure.reads_from = 0;
  add(failure);
  execution.modification_order[1] = {1, written, updated};
  return execution;
}

std::vector<doorway::Location> Locations() {
  std::vector<doorway::Location> locations(3);
  locations[0].name = "y";
  locations[1].name = "x";
  locations[2].name = "unused";
  return locations;
}

TEST(CanonicalTest, Prints) {
  const std::vector<doorway::Location> locations = Locations();
  EXPECT_EQ(ToString(Canonical(Example(locations, false))),
            "T0: W.rel x = 1\n"
            "T1: U.rlx x = 1 -> 2 <- T0.0\n"
            "T2: F.sc; choose 1; R.acq y = 0 <- init (spurious)\n"
            "x: init, T0.0, T1.0\n");
}

TEST(CanonicalTest, DoesNotDependOnTheOrderOfAddition) {
  const std::vector<doorway::Location> locations = Locations();
  const CanonicalGraph a = Canonical(Example(locations, false));
  const CanonicalGraph b = Canonical(Example(locations, true));
  EXPECT_EQ(a, b);
  EXPECT_EQ(Hash(a), Hash(b));
}

TEST(CanonicalTest, TellsGraphsApart) {
  const std::vector<doorway::Location> locations = Locations();
  const CanonicalGraph a = Canonical(Example(locations, false));
  Execution execution = Example(locations, false);
  execution.events.back().spurious = false;
  EXPECT_NE(a, Canonical(execution));
  execution = Example(locations, false);
  std::swap(execution.modification_order[1][1], execution.modification_order[1][2]);
  EXPECT_NE(a, Canonical(execution));
}

}  // namespace
}  // namespace doorway::reference
