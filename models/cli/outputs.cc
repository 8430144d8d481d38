#include "models/cli/outputs.h"

#include "models/cli/paths.h"
#include "reports/counterexample.h"
#include "reports/files.h"
#include "reports/finding.h"

namespace doorway {

std::string RunInFileNames(const Report& report) {
  if (report.engine == "native") return report.engine;
  return (report.engine == "state" ? "state_" : "") + std::string(Name(report.memory));
}

std::vector<WrittenFinding> WriteFindings(const Run& run, const Report& report, Findings which,
                                          const std::string& directory) {
  std::vector<WrittenFinding> written;
  for (const ClaimResult& claim : report.claims) {
    if (!claim.evidence.has_value() || claim.evidence->execution.threads.empty()) continue;
    if (which == Findings::kViolations && claim.kind == Property::Kind::kExists) continue;
    MakeDirectories(directory);
    const std::string stem = directory + "/" + FileStem(run.model, RunInFileNames(report), claim.name);
    WrittenFinding finding{claim.name, stem + ".txt", ""};
    if (report.engine != "native") {  // what real threads did, nobody can replay
      finding.json_path = stem + ".json";
      WriteFile(finding.json_path, CounterexampleJson(run, report.memory, claim.kind, *claim.evidence));
    }
    WriteFile(finding.text_path, RenderSummary(run, report) + "\n" + RenderFinding(run, claim.kind, *claim.evidence));
    written.push_back(finding);
  }
  return written;
}

}  // namespace doorway
