#include "harness/explore/explore.h"

#include <sys/resource.h>

#include <algorithm>
#include <memory>
#include <string>
#include <type_traits>

#include "harness/behaviour/model_error.h"
#include "harness/behaviour/program.h"
#include "harness/explore/clock_time.h"
#include "harness/explore/coherence.h"
#include "harness/explore/estimate_executions.h"
#include "harness/explore/graph_explorer.h"
#include "harness/explore/interchangeable.h"
#include "harness/explore/judge.h"
#include "harness/explore/parts.h"
#include "harness/explore/replay.h"
#include "harness/explore/retrace.h"
#include "harness/explore/twins.h"

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
  const double forked_before = options.jobs > 1 ? Seconds(Usage(RUSAGE_CHILDREN)) : 0;
  Judge judge(properties, options);
  Program program(subject, options.forever_rounds, options.expand_updates, Mutations(options.mutations));
  if (options.on_program) options.on_program(program);
  const bool exhausted = search(program, judge);
  const int after = subject.has_after() ? subject.threads() : -1;
  for (int t = 0; options.on_operation && t < program.threads(); ++t) {
    if (t != after) program.ForEachOperation(t, [&](const Label& label) { options.on_operation(t, label); });
  }
  Report report = judge.Conclude(exhausted);
  report.native_runs += program.native_runs();  // in the report: those of forked processes
  report.seconds = WallSeconds() - wall;
  const rusage forked = options.jobs > 1 ? Usage(RUSAGE_CHILDREN) : rusage{};
  report.cpu_seconds = CpuSeconds() - cpu + Seconds(forked) - forked_before;
  report.peak_bytes = static_cast<std::uint64_t>(std::max(Usage(RUSAGE_SELF).ru_maxrss, forked.ru_maxrss)) * 1024;
  return report;
}

bool TakeThreadsAlike(const std::vector<Property*>& properties) {
  return std::all_of(properties.begin(), properties.end(),
                     [](const Property* property) { return property->TakesThreadsAlike(); });
}

// A few walks, the same ones everywhere, in which threads that differ may show it. What else is met is left to the
// search to find.
void LookForTwins(Program& program, const ExploreOptions& options) {
  constexpr std::uint64_t kWalks = 64;
  try {
    With(options.memory, [&]<class Coherence>(std::type_identity<Coherence>) {
      return EstimateExecutions<Coherence>(program, options, 0, kWalks);
    });
  } catch (const ModelError&) {
  }
}

// Searches with threads taken to be interchangeable that are not known to differ; after a contradiction again, knowing
// better. A search that others know, too, must not begin again: they would not.
template <class Search>
bool WithSymmetry(Program& program, Judge& judge, Subject& subject, ExploreOptions* options, Search search) {
  const int after = subject.has_after() ? subject.threads() : -1;
  Interchangeable interchangeable(program.threads(), true);
  for (int t = 0; after >= 0 && t < program.threads(); ++t) {
    if (t != after) interchangeable.Refuse(std::min(t, after), std::max(t, after));
  }
  if (options->exchanges == nullptr) options->exchanges = std::make_shared<Exchanges>();
  const bool known_elsewhere = options->shards > 1 || options->on_checkpoint || options->resume != nullptr;
  bool looking = true;
  const auto begin_again = [&](const std::string& why) {
    if (!looking && known_elsewhere) throw ModelError(why + "; search without symmetry");
    if (!looking) judge.BeginAgain();
    for (auto& [threads, exchange] : *options->exchanges) exchange.fixed.clear();
  };
  for (;;) {
    options->interchangeable = interchangeable.Classes();
    try {
      if (looking) LookForTwins(program, *options);
      looking = false;
      return search();
    } catch (const ThreadsDiffer& differ) {
      begin_again("threads " + std::to_string(differ.one) + " and " + std::to_string(differ.other) +
                  " seemed to be interchangeable, and are not");
      interchangeable.Refuse(differ.one, differ.other);
    } catch (const LocationMoves&) {
      begin_again("threads turn out late to have locations of their own");
    }
  }
}

}  // namespace

Report Explore(Subject& subject, const std::vector<Property*>& properties, const ExploreOptions& options) {
  Estimate estimate;
  ExploreOptions using_symmetry = options;
  Report report = Conduct(subject, properties, using_symmetry, [&](Program& program, Judge& judge) {
    const auto search = [&] {
      return With(options.memory, [&]<class Coherence>(std::type_identity<Coherence>) {
        if (IsInParts(using_symmetry)) return SearchInParts<Coherence>(program, judge, using_symmetry);
        GraphExplorer<Coherence> explorer(program, judge, using_symmetry);
        if (options.random_walks == 0) return explorer.Run();
        return options.priority_depth > 0 ? explorer.RunPriorityWalks() : explorer.RunWalks(&estimate);
      });
    };
    if (!options.symmetry || !TakeThreadsAlike(properties)) return search();
    return WithSymmetry(program, judge, subject, &using_symmetry, search);
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
