#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "reports/run.h"

// Runs side by side: of one model under several memory models, of several models, or both.

namespace doorway {

struct ComparedRun {
  Run run;
  MemoryModel memory = MemoryModel::kSc;
  std::optional<Report> report{};  // none: the run did not take place, ...
  std::string why_not{};           // ... since it was interrupted before, or the model is bad
  std::string json{};              // the report as ReportJson has it
};

// A claim that one of a model's memory models breaks, and those before it do not. Weakest last: sc, tso, rc11.
struct FirstBroken {
  std::string model;
  std::string claim;
  MemoryModel memory = MemoryModel::kSc;
  std::vector<MemoryModel> holds{};    // the stronger ones that were compared, ...
  std::vector<MemoryModel> unknown{};  // ... and of these, where nobody knows
};

// Of every claim that is broken, model by model. REQUIRES: a model's runs are sorted by memory model, strongest first.
std::vector<FirstBroken> FirstBrokenOf(const std::vector<ComparedRun>& runs);

// A claim about which models differ under one memory model: some keep it, some break it.
struct Difference {
  std::string claim;
  MemoryModel memory = MemoryModel::kSc;
  std::vector<std::string> kept_by;
  std::vector<std::string> broken_by;
};
std::vector<Difference> DifferencesOf(const std::vector<ComparedRun>& runs);

// A table with a column a run, then who breaks what. REQUIRES: there are runs, all on one engine.
std::string RenderComparison(const std::vector<ComparedRun>& runs);

// The same for programs (reports/README.md).
std::string ComparisonJson(const std::vector<ComparedRun>& runs);

}  // namespace doorway
