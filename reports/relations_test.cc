#include "reports/relations.h"

#include <gtest/gtest.h>

#include "reports/testing/execution_builder.h"

namespace doorway {
namespace {

using Pairs = std::vector<Arrow>;

TEST(RelationsTest, ArrowsThatOthersImplyAreLeftOut) {
  ExecutionBuilder b(3);
  const LocationId x = b.Location("x"), flag = b.Location("flag");
  const EventId first = b.Write(0, x, 1, Order::kRelaxed);
  const EventId second = b.Write(0, x, 2, Order::kRelaxed);
  const EventId up = b.Write(0, flag, 1, Order::kRelease);
  const EventId seen = b.Read(1, flag, up, Order::kAcquire);
  const EventId again = b.ReadAgain(1, seen);
  const EventId old = b.Read(2, x, first, Order::kRelaxed);
  const EventId initial = b.Read(2, flag, flag, Order::kRelaxed);
  const Evidence evidence = b.Finish();
  const Arrows arrows = ArrowsOf(evidence.execution);
  EXPECT_EQ(arrows.rf, (Pairs{{up, seen}, {up, again}, {first, old}}));
  EXPECT_EQ(arrows.mo, (Pairs{{first, second}}));
  EXPECT_EQ(arrows.fr, (Pairs{{old, second}, {initial, up}}));
  EXPECT_EQ(arrows.hb, (Pairs{{up, seen}}));  // not first -> seen, nor up -> what follows it
}

TEST(RelationsTest, AnUpdateDoesNotComeBeforeItself) {
  ExecutionBuilder b(2);
  const LocationId x = b.Location("x");
  const EventId one = b.Update(0, x, 1, Order::kRelaxed);
  const EventId two = b.Update(1, x, 2, Order::kRelaxed);
  const Evidence evidence = b.Finish();
  const Arrows arrows = ArrowsOf(evidence.execution);
  EXPECT_EQ(arrows.rf, (Pairs{{one, two}}));
  EXPECT_EQ(arrows.mo, (Pairs{{one, two}}));
  EXPECT_EQ(arrows.fr, Pairs{});
  EXPECT_EQ(arrows.hb, Pairs{});
  EXPECT_EQ(PlacesInMo(evidence.execution), (std::vector<std::int32_t>{0, 1, 2}));
}

// What synchronizes with what: by a release sequence, and by fences.
TEST(RelationsTest, AReadWithoutASourceLearnsNothing) {
  ExecutionBuilder b(2);
  const LocationId word = b.Location("word");
  const EventId write = b.Write(0, word, 1, Order::kRelease);
  const EventId read = b.Read(1, word, write, Order::kAcquire);
  const EventId update = b.Update(1, word, 2, Order::kAcqRel);
  Evidence evidence = b.Finish();
  EXPECT_EQ(ArrowsOf(evidence.execution).hb, std::vector<Arrow>({{write, read}}));
  evidence.execution.events[read].reads_from = evidence.execution.events[update].reads_from = kNoEvent;
  EXPECT_TRUE(ArrowsOf(evidence.execution).hb.empty());
}

TEST(RelationsTest, HappensBeforeThroughAnUpdateAndThroughFences) {
  ExecutionBuilder b(3);
  const LocationId x = b.Location("x"), y = b.Location("y");
  const EventId release = b.Write(0, x, 1, Order::kRelease);
  const EventId update = b.Update(1, x, 2, Order::kRelaxed);
  const EventId acquire = b.Read(2, x, update, Order::kAcquire);
  const EventId fence = b.Fence(1, Order::kRelease);
  const EventId relaxed = b.Write(1, y, 1, Order::kRelaxed);
  b.Read(2, y, relaxed, Order::kRelaxed);
  const EventId fenced = b.Fence(2, Order::kAcquire);
  const Evidence evidence = b.Finish();
  EXPECT_EQ(ArrowsOf(evidence.execution).hb, (Pairs{{release, acquire}, {fence, fenced}}));
}

TEST(RelationsTest, WhatThreadsLearn) {
  ExecutionBuilder b(2);
  const LocationId data = b.Location("data"), flag = b.Location("flag");
  const EventId write = b.Write(0, data, 1);
  const EventId up = b.Write(0, flag, 1, Order::kRelease);
  const EventId relaxed = b.Read(1, flag, up, Order::kRelaxed);
  const EventId acquire = b.Read(1, flag, up, Order::kAcquire);
  const Evidence evidence = b.Finish();
  const auto learned = Knowledge(evidence.execution);
  const auto shown = [&](EventId event) {
    std::string text;
    for (const Learned& fact : learned[event]) {
      text += std::to_string(fact.location) + ":" + std::to_string(fact.place) + " ";
    }
    return text;
  };
  EXPECT_EQ(shown(write), "0:1 ");
  EXPECT_EQ(shown(up), "1:1 ");
  EXPECT_EQ(shown(relaxed), "1:1 ");  // the flag, not what it stands for
  EXPECT_EQ(shown(acquire), "0:1 ");
  EXPECT_EQ(data, 0);
}

}  // namespace
}  // namespace doorway
