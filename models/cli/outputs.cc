#include "models/cli/outputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/cli/paths.h"
#include "models/registry/model.h"
#include "reports/counterexample.h"
#include "reports/dot.h"
#include "reports/files.h"
#include "reports/finding.h"
#include "reports/html/page.h"
#include "reports/litmus.h"
#include "reports/source_files.h"

namespace doorway {

std::string RunInFileNames(const Run& run, const Report& report) {
  std::string name = report.engine == "native" || report.engine == "relacy" ? report.engine : Name(report.memory);
  if (report.engine == "state") name = "state_" + name;
  if (run.fairness == "strong") name += "_strong";
  if (run.expand_updates) name += ".expanded";
  if (run.shards > 0) name += fmt::format(".shard-{}-of-{}", run.shard, run.shards);
  const Model* model = FindModel(run.model);
  if (model == nullptr) return name;
  const auto defaults = model->defaults().values();
  for (const auto& parameter : run.configuration) {
    if (std::find(defaults.begin(), defaults.end(), parameter) != defaults.end()) continue;
    name += fmt::format(".{}-{}", parameter.first, parameter.second);
  }
  return name;
}

std::vector<WrittenFinding> WriteFindings(const Run& run, const Report& report, Findings which,
                                          const std::string& directory, const std::string& replay_command) {
  std::vector<WrittenFinding> written;
  SourceFiles sources(SourceRoots());
  for (const ClaimResult& claim : report.claims) {
    if (!claim.evidence.has_value() || claim.evidence->execution.threads.empty()) continue;
    if (which == Findings::kViolations && claim.kind == Property::Kind::kExists) continue;
    MakeDirectories(directory);
    const std::string stem = directory + "/" + FileStem(run.model, RunInFileNames(run, report), claim.name);
    const bool replayable = report.engine != "native";  // what real threads did, nobody can replay
    WrittenFinding finding{claim.name, stem + ".txt", "", stem + ".html", stem + ".dot"};
    if (replayable) {
      finding.json_path = stem + ".json";
      WriteFile(finding.json_path, CounterexampleJson(run, report.memory, claim.kind, *claim.evidence));
    }
    WriteFile(finding.text_path, RenderSummary(run, report) + "\n" + RenderFinding(run, claim.kind, *claim.evidence));
    PageOptions page;
    if (replayable) page.replay_command = replay_command + " " + finding.json_path;
    WriteFile(finding.html_path, FindingPage(run, report, claim, sources, page));
    WriteFile(finding.dot_path, RenderDot(run, claim.kind, *claim.evidence));
    if (report.engine == "graph" && report.memory == MemoryModel::kRc11) {  // the others know no orders
      finding.litmus_path = stem + ".litmus";
      WriteFile(finding.litmus_path, RenderLitmus(run, *claim.evidence));
    }
    written.push_back(finding);
  }
  return written;
}

void WriteReport(const Run& run, const Report& report, const std::vector<WrittenFinding>& written,
                 const std::optional<Judged>& judged, const std::string& directory) {
  MakeDirectories(directory);
  // (No claim's file has such a name: claims' names are identifiers.)
  std::string stem = directory + "/" + FileStem(run.model, RunInFileNames(run, report), "");
  if (stem.ends_with('.')) stem.pop_back();
  WriteFile(stem + kReportFile, ReportJson(run, report, written, judged));
}

}  // namespace doorway
