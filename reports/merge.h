#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "reports/run.h"

// The reports of all shards of a search (`check --shard=1/8 --json=FILE`, and so on to 8/8), as one report of all of
// it. Numbers add up; of measures the largest counts, of times the longest, but of CPU time the sum; a bound that one
// shard has hit is one; a violation or a witness in one of them is one, with the sentence and the file that the shard
// has.

namespace doorway {

// One line: which file, what is wrong, what to do.
class MergeError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct ReportFile {
  std::string name;
  std::string text;
};

// A finding that a shard has written to a file, and the report that says so.
struct FoundByShard {
  std::string claim;
  std::string json_path;  // as the report has it; the folder may have moved since
  std::string report;
};

struct Merged {
  Run run;
  Report report;  // its evidence has sentences only, no executions
  std::vector<FoundByShard> found;
};

// Errors: MergeError: a file is no report of a shard, they are of different searches, one is missing or there twice.
Merged MergeReports(const std::vector<ReportFile>& files);

}  // namespace doorway
