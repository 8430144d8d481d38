#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "models/cli/exit_code.h"
#include "models/cli/run_model.h"
#include "models/cli/selection.h"
#include "models/registry/engine.h"

// What the command line can be asked to do. Each command prints its result to stdout, and errors to stderr as one line.
// Errors that end a command: UsageError, FileError.

namespace doorway {

struct CheckOptions {
  std::vector<std::string> models;
  bool all = false;                   // every run that an expectation is registered for; compare with it
  std::optional<Engine> engine;       // graph
  std::optional<MemoryModel> memory;  // graph: rc11; state: sc
  Fairness fairness = Fairness::kWeak;
  GivenParameters parameters;
  Limits limits;
  std::vector<std::string> engine_flags;  // those of --fairness, --max-states, ... that were typed
  std::string stop_at;
  std::vector<std::string> claims;  // to be judged; empty: all
  std::string json;                 // a path; empty: none
  std::string sarif;                // a path; empty: none
  std::string out;                  // a directory; empty: the user's cache
  std::string program;
};

struct CompareOptions {
  CheckOptions check;  // but for the memory model
  std::vector<MemoryModel>
      memories;  // empty: of one model, all that the engine knows; of several, the engine's default
};

// Values of a parameter, as typed: {"reds", "1..4"}.
using GivenRanges = GivenParameters;

struct SweepOptions {
  CheckOptions check;  // of one model, but for the parameters
  GivenRanges ranges;
  double budget_seconds = 0;  // for all configurations; 0: no limit
  std::string csv;            // a path; empty: none
};

struct NewOptions {
  std::string kind;  // "lock" or "protocol"
  std::string name;  // "my_lock"
  std::string like;  // a model to start from; empty: a template
  std::string into;  // a directory; empty: models/NAME of the workspace
  std::string program;
};

struct TestOptions {
  CheckOptions check;  // of one model
  std::string expect;
  std::optional<std::uint64_t> executions;  // of the graph engine
  std::optional<std::uint64_t> states;      // of the state engine
  std::string xml;                          // a path; empty: $XML_OUTPUT_FILE
  bool add_to_xml = false;                  // what another test wrote there stays
};

struct ReplayOptions {
  std::string file;   // a JSON, or a zip or a folder that has one
  std::string entry;  // which one, where there are several
  std::string html;   // a path for the page of what is replayed; empty: none
};

struct MutateOptions {
  CheckOptions check;                // of one model
  std::string in;                    // operations of files whose path begins so
  int show = 0;                      // the mutant whose counterexample is shown, from 1; 0: none
  std::optional<int> expect_killed;  // with these, the exit code says whether it is so
  std::optional<int> expect_survived;
};

struct OrdersOptions {
  CheckOptions check;                             // of one model; its parameters are `ranges`
  GivenParameters ranges;                         // each configuration counts
  std::string in;                                 // operations of files whose path begins so
  std::optional<int> expect_used, expect_needed;  // costs; with these, the exit code says whether it is so
};

struct MergeOptions {
  std::vector<std::string> files;
  std::string json;                         // a path; empty: none
  std::string expect;                       // as TestOptions; empty: nothing is expected
  std::optional<std::uint64_t> executions;  // likewise
  std::string xml;                          // likewise
};

struct ReportOptions {
  std::string folder;  // as typed
  std::string html;    // a path for the page; empty: index.html in the folder
};

// What is typed for linearize; what was not typed is empty.
struct LinearizeOptions {
  std::string file;  // "-": standard input
  std::string specification;
  std::optional<std::string> format, initial, limit, timeout, max_memory;
  std::string json;    // a path; empty: none
  bool whole = false;  // one search, without shortcuts
};

ExitCode List(bool json);
ExitCode Explain(const std::string& model);
ExitCode Check(const CheckOptions& options);
ExitCode CheckAll(const CheckOptions& options);
ExitCode EstimateModels(const CheckOptions& options);
ExitCode Compare(const CompareOptions& options);
ExitCode Sweep(const SweepOptions& options);
ExitCode New(const NewOptions& options);
ExitCode Mutate(const MutateOptions& options);
ExitCode Orders(const OrdersOptions& options);
ExitCode Test(const TestOptions& options);
ExitCode Merge(const MergeOptions& options);
ExitCode ReportFolder(const ReportOptions& options);
ExitCode ReplayFile(const ReplayOptions& options);
ExitCode LinearizeFile(const LinearizeOptions& options);

}  // namespace doorway
