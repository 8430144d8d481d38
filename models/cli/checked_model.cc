#include "models/cli/checked_model.h"

#include <fmt/format.h>

#include <cstdio>

#include "models/cli/requests.h"
#include "models/cli/selection.h"

namespace doorway {

RunRequest GraphRequestOf(const CheckOptions& options, const char* command) {
  if (options.engine.value_or(Engine::kGraph) != Engine::kGraph) {
    throw UsageError(fmt::format("{} explores with the graph engine; leave out --engine", command));
  }
  if (options.limits.random_walks > 0 || options.limits.shards > 0) {
    throw UsageError(fmt::format("{} needs every execution; leave out --random-walks and --shard", command));
  }
  return RequestsOf(options).front();
}

Checked CheckedOf(const RunRequest& request) {
  Checked checked;
  checked.subject = [request] { return request.model->subject(request.configuration); };
  checked.claims = [request] { return WantedClaims(request); };
  checked.options = ExploreOptionsOf(request);
  return checked;
}

std::function<bool(const SourceOperation&)> InFiles(const std::string& beginning) {
  return [beginning](const SourceOperation& operation) {
    return std::string_view(operation.where.site.file).substr(0, beginning.size()) == beginning;
  };
}

bool FailsUnchanged(const RunRequest& request, const Report& original) {
  if (Holds(original)) return false;
  const ClaimResult* const violated = FirstViolated(original);
  std::string why = violated != nullptr ? violated->name : fmt::format("{}", fmt::join(original.bounds_hit, ", "));
  if (why.empty()) why = "an exists claim has no witness";
  fmt::print(
      "{} as it is: {} ({}); what changes do to it would say nothing. Mend it first, choose claims that hold\n"
      "(--claim), or give it more time (--timeout)\n",
      NameOf(request), Name(original.verdict), why);
  return true;
}

std::string NothingToChange(const RunRequest& request, const std::string& beginning) {
  if (beginning.empty()) return fmt::format("{} has no atomic operation and no fence", request.model->name);
  return fmt::format("{} has no atomic operation and no fence in {}; `explain {}` names its source",
                     request.model->name, beginning, request.model->name);
}

}  // namespace doorway
