#pragma once

#include <string>
#include <string_view>

#include "harness/behaviour/program.h"
#include "harness/explore/explore.h"
#include "harness/explore/extract.h"
#include "harness/explore/judge.h"
#include "harness/explore/work_graph.h"

// Looks at a graph as it grows, and when it is finished: failed checks, races, uses after free, stuck threads. Knows
// nothing of how graphs are found.

namespace doorway {

class Inspector {
 public:
  // `before`: the memory model's, says what every interleaving of an execution keeps (coherence.h).
  Inspector(Program& program, Judge& judge, const ExploreOptions& options, Extractor::Before before)
      : program_(program), judge_(judge), options_(options), before_(before) {}

  // Thread t stands at its next operation.
  void Arrived(const WorkGraph& g, ThreadId t);
  // The event e is in its place.
  void CheckAccesses(const WorkGraph& g, EventId e);
  // Nothing can be added any more.
  void Finished(const WorkGraph& g);

  // The model broke a rule, after a violation: the search must not go on.
  bool broken() const { return broken_; }

 private:
  void CheckValue(const WorkGraph& g, EventId e);  // that e reads what has a value
  void Extract(const WorkGraph& g);                // to execution_
  void Report(std::string_view claim, const WorkGraph& g, EventId a, EventId b, std::string sentence);

  Program& program_;
  Judge& judge_;
  const ExploreOptions& options_;
  const Extractor::Before before_;
  Extractor extractor_;
  Execution execution_;
  bool broken_ = false;
};

}  // namespace doorway
