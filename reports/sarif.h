#pragma once

#include <memory>
#include <string>

#include "harness/graph/verdict.h"
#include "reports/run.h"

// Findings for code hosts and editors, which show them at their lines: the Static Analysis Results Interchange Format
// (SARIF) 2.1.0, an OASIS standard.

namespace doorway {

// The findings of any number of runs, as one log.
class SarifLog {
 public:
  SarifLog();
  ~SarifLog();
  SarifLog(const SarifLog&) = delete;
  SarifLog& operator=(const SarifLog&) = delete;

  // Adds a result for each violated claim: the claim as its rule, the finding's points as its locations (of a thread
  // that waits for ever, where it waits), the steps of each thread as a thread flow. A long execution's flows have its
  // last steps only, and the result says how many are left out.
  void Add(const Run& run, const Report& report);

  // The log, with a newline at the end. Without results it is a log that says that nothing was found.
  std::string Text() const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace doorway
