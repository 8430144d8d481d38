#include "harness/explore/jobs.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <set>
#include <stdexcept>
#include <thread>

namespace doorway {
namespace {

PartResult Done(std::uint32_t part) {
  PartResult result;
  result.part = part;
  result.done = true;
  result.tally.executions = part;
  return result;
}

std::vector<std::optional<PartResult>> Parts(std::size_t parts) {
  return std::vector<std::optional<PartResult>>(parts);
}

TEST(JobsTest, EveryPartOnce) {
  const Jobs::Results results =
      Jobs(3, nullptr, {}).Run(Parts(50), [](std::uint32_t part, const Jobs::Watch&) { return Done(part); });
  ASSERT_EQ(results.parts.size(), 50u);
  for (std::uint32_t i = 0; i < 50; ++i) {
    ASSERT_TRUE(results.parts[i].has_value());
    EXPECT_EQ(results.parts[i]->tally.executions, i);
  }
  EXPECT_TRUE(results.bounds.empty());
}

TEST(JobsTest, SeveralProcesses) {
  const Jobs::Results results = Jobs(2, nullptr, {}).Run(Parts(20), [](std::uint32_t part, const Jobs::Watch&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    PartResult result = Done(part);
    result.tally.native_runs = static_cast<std::uint64_t>(getpid());
    return result;
  });
  std::set<std::uint64_t> processes;
  for (const auto& part : results.parts) processes.insert(part->tally.native_runs);
  EXPECT_EQ(processes.size(), 2u);
  EXPECT_EQ(processes.count(static_cast<std::uint64_t>(getpid())), 0u);
}

TEST(JobsTest, PartsBehindOneThatStopsAreGivenUp) {
  const Jobs::Results results = Jobs(2, nullptr, {}).Run(Parts(1000), [](std::uint32_t part, const Jobs::Watch&) {
    if (part > 3) std::this_thread::sleep_for(std::chrono::seconds(600));
    PartResult result = Done(part);
    result.stops = part == 3;
    return result;
  });
  for (std::uint32_t i = 0; i < 4; ++i) EXPECT_TRUE(results.parts[i].has_value()) << i;
  EXPECT_FALSE(results.parts[999].has_value());
  EXPECT_TRUE(results.bounds.empty());
}

TEST(JobsTest, ADeadProcessIsABound) {
  const Jobs::Results results = Jobs(2, nullptr, {}).Run(Parts(4), [](std::uint32_t part, const Jobs::Watch&) {
    if (part == 1) raise(SIGKILL);
    return Done(part);
  });
  EXPECT_FALSE(results.parts[1].has_value());
  EXPECT_TRUE(results.parts[3].has_value());
  ASSERT_EQ(results.bounds.size(), 1u);
  EXPECT_EQ(results.bounds.front(), "a job was killed by signal 9 (not enough memory?)");
}

TEST(JobsTest, InterruptionReachesAll) {
  std::atomic<bool> interrupted{false};
  std::uint64_t seen = 0;
  const auto on_progress = [&](const Progress& progress) {
    seen = progress.executions;
    interrupted = true;
  };
  const Jobs::Results results =
      Jobs(2, &interrupted, on_progress).Run(Parts(2), [](std::uint32_t part, const Jobs::Watch& watch) {
        Progress progress;
        progress.executions = 7;
        watch.on_progress(progress);
        while (!watch.stop->load()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        PartResult result = Done(part);
        result.done = false;
        return result;
      });
  EXPECT_FALSE(results.parts[0]->done);
  EXPECT_FALSE(results.parts[1]->done);
  EXPECT_EQ(seen, 14u);
}

TEST(TallyTest, SurvivesTheWay) {
  PartResult result = Done(5);
  result.stops = true;
  result.claims = {"exclusion"};
  result.tally.blocked = 1;
  result.tally.stuck = 2;
  result.tally.race_checks = 3;
  result.tally.native_runs = ~std::uint64_t{0};
  result.tally.properties = {{4, 5, {{"max_bypass", 6}}}, {}};
  result.tally.bounds = {"timeout: 5 s"};
  const PartResult again = ReadPart(WritePart(result));
  EXPECT_EQ(WritePart(again), WritePart(result));
  EXPECT_EQ(again.tally.native_runs, ~std::uint64_t{0});
  EXPECT_EQ(again.tally.properties[0].measures[0].value, 6u);
}

TEST(TallyTest, NumbersAddUpAndMeasuresAreMaxima) {
  Tally sum;
  sum.executions = 10;
  sum.properties = {{1, 0, {{"max_bypass", 2}}}};
  sum.bounds = {"a"};
  const Tally before = sum;
  Tally other;
  other.executions = 5;
  other.properties = {{3, 1, {{"max_bypass", 1}, {"most", 9}}}};
  other.bounds = {"a", "b"};
  sum.Add(other);
  EXPECT_EQ(sum.executions, 15u);
  EXPECT_EQ(sum.properties[0].antecedents, 4u);
  EXPECT_EQ(sum.properties[0].measures[0].value, 2u);
  EXPECT_EQ(sum.properties[0].measures[1].value, 9u);
  EXPECT_EQ(sum.bounds, (std::vector<std::string>{"a", "b"}));
  const Tally since = sum.Since(before);
  EXPECT_EQ(since.executions, 5u);
  EXPECT_EQ(since.properties[0].antecedents, 3u);
  EXPECT_EQ(since.properties[0].measures[0].value, 2u);
}

}  // namespace
}  // namespace doorway
