#include "harness/explore/explore.h"

#include <sys/resource.h>

#include "harness/behaviour/program.h"
#include "harness/explore/clock_time.h"
#include "harness/explore/coherence.h"
#include "harness/explore/graph_explorer.h"
#include "harness/explore/judge.h"

namespace doorway {

Report Explore(Subject& subject, const std::vector<Property*>& properties, const ExploreOptions& options) {
  const double wall = WallSeconds();
  const double cpu = CpuSeconds();
  Judge judge(properties, options);
  Program program(subject, options.forever_rounds);
  const bool exhausted = options.memory == MemoryModel::kSc
                             ? GraphExplorer<ScCoherence>(program, judge, options).Run()
                             : GraphExplorer<Rc11Coherence>(program, judge, options).Run();
  Report report = judge.Conclude(exhausted);
  report.native_runs = program.native_runs();
  report.seconds = WallSeconds() - wall;
  report.cpu_seconds = CpuSeconds() - cpu;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  report.peak_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  return report;
}

}  // namespace doorway
