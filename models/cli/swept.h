#pragma once

#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "models/registry/model.h"
#include "reports/run.h"

// One model in many configurations, a row each: as text, CSV and JSON.

namespace doorway {

struct SweptRow {
  Run run;
  Report report;
  std::string json{};  // the report as ReportJson has it; empty if nobody wants it
};

struct Swept {
  std::string model;
  std::vector<std::string> parameters;  // those that were swept over, in the order of their columns
  std::vector<SweptRow> rows;
  std::vector<Configuration> left_out;  // not run, ...
  std::string why_left_out;             // "the budget of 60 s was spent"
};

// The lines of the table, so that each can be printed when its run has ended. Counts are states and transitions of the
// state engine, executions and blocked ones of the others.
std::string SweepHeading(const Swept& swept, const std::string& engine);
std::string SweepLine(const Swept& swept, const SweptRow& row);

// "left out, since the budget of 60 s was spent: 3 of 16 configurations: reds=3 blacks=4, ...". Empty if nothing was.
std::string LeftOutInWords(const Swept& swept);

// A line a row, with a heading; columns for all measures that some row has. Configurations left out have lines, too.
std::string SweepCsv(const Swept& swept);
std::string SweepJson(const Swept& swept);

}  // namespace doorway
