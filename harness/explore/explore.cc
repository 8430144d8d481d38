#include "harness/explore/explore.h"

#include <sys/resource.h>

#include <string>

#include "harness/behaviour/program.h"
#include "harness/explore/clock_time.h"
#include "harness/explore/coherence.h"
#include "harness/explore/estimate_executions.h"
#include "harness/explore/graph_explorer.h"
#include "harness/explore/judge.h"
#include "harness/explore/replay.h"
#include "harness/explore/retrace.h"

namespace doorway {

namespace {

// Hands a Judge and the Program of `subject` to `search`, which says whether it came to its end, and concludes.
template <class Search>
Report Conduct(Subject& subject, const std::vector<Property*>& properties, const ExploreOptions& options,
               Search search) {
  const double wall = WallSeconds();
  const double cpu = CpuSeconds();
  Judge judge(properties, options);
  Program program(subject, options.forever_rounds, options.expand_updates);
  const bool exhausted = search(program, judge);
  Report report = judge.Conclude(exhausted);
  report.native_runs = program.native_runs();
  report.seconds = WallSeconds() - wall;
  report.cpu_seconds = CpuSeconds() - cpu;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  report.peak_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  return report;
}

}  // namespace

Report Explore(Subject& subject, const std::vector<Property*>& properties, const ExploreOptions& options) {
  Estimate estimate;
  const auto search = [&](auto& explorer) {
    return options.random_walks > 0 ? explorer.RunWalks(&estimate) : explorer.Run();
  };
  Report report = Conduct(subject, properties, options, [&](Program& program, Judge& judge) {
    if (options.memory == MemoryModel::kSc) {
      GraphExplorer<ScCoherence> explorer(program, judge, options);
      return search(explorer);
    }
    GraphExplorer<Rc11Coherence> explorer(program, judge, options);
    return search(explorer);
  });
  if (estimate.walks() > 0) report.estimate = estimate;
  return report;
}

Estimate EstimateExecutions(Subject& subject, const ExploreOptions& options, double seconds) {
  Program program(subject, options.forever_rounds, options.expand_updates);
  return options.memory == MemoryModel::kSc ? EstimateExecutions<ScCoherence>(program, options, seconds)
                                            : EstimateExecutions<Rc11Coherence>(program, options, seconds);
}

Report ReplayTrace(Subject& subject, const std::vector<Property*>& properties, const Trace& trace,
                   const ExploreOptions& options) {
  return Conduct(subject, properties, options, [&](Program& program, Judge& judge) {
    WorkGraph g = Retrace(program, trace);
    const auto review = [&] {
      switch (options.memory) {
        case MemoryModel::kSc:
          return GraphExplorer<ScCoherence>(program, judge, options).Review(&g);
        case MemoryModel::kTso:
          return GraphExplorer<TsoReview>(program, judge, options).Review(&g);
        case MemoryModel::kRc11:
          break;
      }
      return GraphExplorer<Rc11Coherence>(program, judge, options).Review(&g);
    };
    const bool allowed = review();
    if (!allowed) throw ReplayMismatch(std::string("the execution is not one of memory model ") + Name(options.memory));
    judge.HitBound("one execution, replayed");
    return true;
  });
}

}  // namespace doorway
