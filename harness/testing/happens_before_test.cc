#include "harness/graph/happens_before.h"

#include <gtest/gtest.h>

#include <string>

#include "harness/explore/explore.h"
#include "harness/testing/litmus.h"
#include "harness/testing/program.h"
#include "harness/testing/program_subject.h"

// Happens-before of a finished graph, computed anew, is the one that the explorer of RC11 kept while the graph grew: on
// every execution of every litmus test, those of fences and release sequences among them.

namespace doorway::reference {
namespace {

// The first two events of which only one of the two says that they are ordered; empty if there are none.
std::string Difference(const Execution& execution) {
  const Execution::Clocks clocks = HappensBefore(execution);
  const std::size_t width = execution.threads.size();
  for (EventId a = 0; a < execution.events.size(); ++a) {
    const Event& event = execution.events[a];
    if (event.kind == EventKind::kInit) continue;
    for (EventId b = 0; b < execution.events.size(); ++b) {
      const bool before = a != b && clocks[b * width + event.thread] > event.index;
      if (execution.Before(a, b) != before) return std::to_string(a) + " and " + std::to_string(b);
    }
  }
  return "";
}

TEST(HappensBeforeTest, AsTheExplorerHasIt) {
  int executions = 0, between_threads = 0;
  for (const LitmusTest& test : AllLitmusTests()) {
    SCOPED_TRACE(test.name + "\n" + ToString(test.program));
    ProgramSubject subject(test.program);
    ExploreOptions options;
    options.memory = MemoryModel::kRc11;
    options.stop_at = "none";
    options.on_execution = [&](const Execution& execution) {
      ++executions;
      EXPECT_EQ(Difference(execution), "");
      for (const Event& event : execution.events) {
        const auto id = static_cast<EventId>(&event - execution.events.data());
        const bool reads_other = event.IsRead() && execution.events[event.reads_from].thread != event.thread &&
                                 execution.events[event.reads_from].kind != EventKind::kInit;
        if (reads_other && execution.Before(event.reads_from, id)) ++between_threads;
      }
    };
    EXPECT_TRUE(Explore(subject, {}, options).exhausted);
  }
  EXPECT_GT(executions, 100);
  EXPECT_GT(between_threads, 50);  // and it was put to the test
}

}  // namespace
}  // namespace doorway::reference
