#include "models/cli/run_model.h"

#include <fmt/format.h>

#include "harness/explore/explore.h"
#include "models/cli/exit_code.h"
#include "models/cli/interrupt.h"
#include "models/cli/progress_line.h"

namespace doorway {

Run RunOf(const RunRequest& request) {
  Run run;
  run.model = request.model->name;
  run.configuration = request.configuration.values();
  run.forever_rounds = request.limits.forever_rounds;
  run.expand_updates = request.limits.expand_updates;
  const std::unique_ptr<Subject> subject = request.model->subject(request.configuration);
  if (subject->has_after()) run.after_thread = subject->threads();
  return run;
}

Report RunGraph(const RunRequest& request) {
  const std::unique_ptr<Subject> subject = request.model->subject(request.configuration);
  const std::vector<std::unique_ptr<Property>> claims = request.model->claims(request.configuration);
  std::vector<Property*> properties;
  for (const std::unique_ptr<Property>& claim : claims) properties.push_back(claim.get());

  ProgressLine line(fmt::format("{} {}", request.model->name, Name(request.memory)));
  ExploreOptions options;
  options.memory = request.memory;
  options.max_executions = request.limits.max_executions;
  options.timeout_seconds = request.limits.timeout_seconds;
  options.forever_rounds = request.limits.forever_rounds;
  options.expand_updates = request.limits.expand_updates;
  options.stop_at = request.stop_at;
  options.interrupted = &Interrupted();
  options.on_progress = [&](const Progress& progress) { line.Show(progress); };
  return Explore(*subject, properties, options);
}

Report RunRelacy(const RunRequest& request) {
  const RelacyRun* relacy = FindRelacyRun(request.model->name);
  if (relacy == nullptr) {
    throw UsageError(fmt::format("{} is not compiled for Relacy; use --engine=graph", request.model->name));
  }
  const SecondOpinion opinion = (*relacy)(request.configuration);
  Report report;
  report.engine = "relacy";
  report.memory = MemoryModel::kRc11;
  report.executions = opinion.iterations;
  report.seconds = report.cpu_seconds = opinion.seconds;
  report.exhausted = opinion.exhaustive;
  ClaimResult claim;
  claim.kind = Property::Kind::kUniversal;
  claim.antecedents = opinion.iterations;
  if (opinion.error_found) {
    claim.name = opinion.claim.empty() ? "no_relacy_error" : opinion.claim;
    claim.description = "what upstream Relacy checks";
    claim.verdict = Verdict::kViolated;
    claim.evidence = Evidence{Finding{claim.name, "upstream Relacy says: " + opinion.what, {}, false}, Execution{}, {}};
  } else {
    claim.name = "no_relacy_error";
    claim.description = "upstream Relacy finds no error";
    claim.verdict = Verdict::kVerifiedWithinBounds;
    if (!opinion.exhaustive) report.bounds_hit.push_back("relacy: " + opinion.bound);
    report.bounds_hit.push_back(
        "relacy is a weaker judge: its loads are at most one write stale, its modification order follows execution "
        "order, and it sees some of the claims only");
  }
  report.verdict = claim.verdict;
  report.claims.push_back(std::move(claim));
  return report;
}

}  // namespace doorway
