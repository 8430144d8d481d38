#include "harness/explore/explore.h"

#include <sys/resource.h>

#include <algorithm>
#include <string>
#include <type_traits>

#include "harness/behaviour/program.h"
#include "harness/explore/clock_time.h"
#include "harness/explore/coherence.h"
#include "harness/explore/estimate_executions.h"
#include "harness/explore/graph_explorer.h"
#include "harness/explore/judge.h"
#include "harness/explore/parts.h"
#include "harness/explore/replay.h"
#include "harness/explore/retrace.h"

namespace doorway {

namespace {

// Calls `act` with the type of the memory model's policy.
template <class Act>
auto With(MemoryModel memory, Act act) {
  switch (memory) {
    case MemoryModel::kSc:
      return act(std::type_identity<ScCoherence>());
    case MemoryModel::kTso:
      return act(std::type_identity<TsoCoherence>());
    case MemoryModel::kRc11:
      break;
  }
  return act(std::type_identity<Rc11Coherence>());
}

rusage Usage(int whose) {
  rusage usage{};
  getrusage(whose, &usage);
  return usage;
}

double Seconds(const rusage& usage) {
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Hands a Judge and the Program of `subject` to `search`, which says whether it came to its end, and concludes.
template <class Search>
Report Conduct(Subject& subject, const std::vector<Property*>& properties, const ExploreOptions& options,
               Search search) {
  const double wall = WallSeconds();
  const double cpu = CpuSeconds();
  const double forked_before = Seconds(Usage(RUSAGE_CHILDREN));
  Judge judge(properties, options);
  Program program(subject, options.forever_rounds, options.expand_updates, Mutations(options.mutations));
  const bool exhausted = search(program, judge);
  const int after = subject.has_after() ? subject.threads() : -1;
  for (int t = 0; options.on_operation && t < program.threads(); ++t) {
    if (t != after) program.ForEachOperation(t, [&](const Label& label) { options.on_operation(t, label); });
  }
  Report report = judge.Conclude(exhausted);
  report.native_runs += program.native_runs();  // in the report: those of forked processes
  report.seconds = WallSeconds() - wall;
  const rusage forked = Usage(RUSAGE_CHILDREN);
  report.cpu_seconds = CpuSeconds() - cpu + Seconds(forked) - forked_before;
  report.peak_bytes = static_cast<std::uint64_t>(std::max(Usage(RUSAGE_SELF).ru_maxrss, forked.ru_maxrss)) * 1024;
  return report;
}

}  // namespace

Report Explore(Subject& subject, const std::vector<Property*>& properties, const ExploreOptions& options) {
  Estimate estimate;
  Report report = Conduct(subject, properties, options, [&](Program& program, Judge& judge) {
    return With(options.memory, [&]<class Coherence>(std::type_identity<Coherence>) {
      if (IsInParts(options)) return SearchInParts<Coherence>(program, judge, options);
      GraphExplorer<Coherence> explorer(program, judge, options);
      return options.random_walks > 0 ? explorer.RunWalks(&estimate) : explorer.Run();
    });
  });
  if (estimate.walks() > 0) report.estimate = estimate;
  return report;
}

Estimate EstimateExecutions(Subject& subject, const ExploreOptions& options, double seconds) {
  Program program(subject, options.forever_rounds, options.expand_updates, Mutations(options.mutations));
  return With(options.memory, [&]<class Coherence>(std::type_identity<Coherence>) {
    return EstimateExecutions<Coherence>(program, options, seconds);
  });
}

Report ReplayTrace(Subject& subject, const std::vector<Property*>& properties, const Trace& trace,
                   const ExploreOptions& options) {
  return Conduct(subject, properties, options, [&](Program& program, Judge& judge) {
    const bool allowed = With(options.memory, [&]<class Coherence>(std::type_identity<Coherence>) {
      WorkGraph g = Retrace(program, trace, Coherence::kOrderClocks);
      return GraphExplorer<Coherence>(program, judge, options).Review(&g);
    });
    if (!allowed) throw ReplayMismatch(std::string("the execution is not one of memory model ") + Name(options.memory));
    judge.HitBound("one execution, replayed");
    return true;
  });
}

}  // namespace doorway
