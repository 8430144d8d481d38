#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "models/cli/build_file.h"
#include "models/cli/exit_code.h"
#include "models/cli/expectation.h"
#include "models/cli/interrupt.h"
#include "models/cli/made.h"
#include "models/cli/run_model.h"

// BUILD rules of a new package.

namespace doorway {
namespace {

constexpr double kSecondsForACount = 5;

std::string List(const std::vector<std::string>& items) {
  if (items.size() == 1) return "[" + items.front() + "]";
  std::string list = "[\n";
  for (const std::string& item : items) list += "        " + item + ",\n";
  return list + "    ]";
}

std::vector<std::string> Quoted(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back('"' + name + '"');
  return quoted;
}

// What the run finds if it ends soon, and as expected; else nothing.
std::optional<std::uint64_t> CountOf(const Model& like, const Expectation& expectation) {
  if (expectation.verdict != Verdict::kVerified) return std::nullopt;
  RunRequest request;
  request.model = &like;
  request.configuration = like.ConfigurationOf(expectation);
  request.engine = expectation.engine;
  request.memory = expectation.memory;
  request.fairness = expectation.fairness;
  request.limits.timeout_seconds = kSecondsForACount;
  if (Interrupted()) return std::nullopt;
  const Report report = RunOn(request);
  if (!report.exhausted || report.verdict != Verdict::kVerified) return std::nullopt;
  return expectation.engine == Engine::kState ? report.states : report.executions;
}

}  // namespace

std::string CcLibrary(const Naming& naming, const std::vector<std::string>& sources,
                      const std::vector<std::string>& headers, std::vector<std::string> deps) {
  std::sort(deps.begin(), deps.end());
  return fmt::format(R"(cc_library(
    name = "{}",
    srcs = {},
{}    visibility = ["//models:__subpackages__"],
    alwayslink = True,
    deps = {},
)

)",
                     naming.name, List(Quoted(sources)),
                     headers.empty() ? "" : fmt::format("    hdrs = {},\n", List(Quoted(headers))), List(deps));
}

std::string DoorwayBinary(const Naming& naming) {
  return fmt::format(R"(# To have it in //:doorway, too, add "//{}" to _FAMILIES of models/cli/BUILD.
doorway_binary(
    name = "doorway",
    families = [":{}"],
)

)",
                     naming.package, naming.name);
}

std::string CheckedModel(const std::string& rule, const std::string& model, const Model& like,
                         const Expectation& expectation) {
  std::string text = fmt::format("checked_model(\n    name = \"{}\",\n", rule);
  const bool states = expectation.engine == Engine::kState;
  const std::optional<std::uint64_t> count = CountOf(like, expectation);
  if (states) text += "    engine = \"state\",\n";
  if (!states && count.has_value()) text += fmt::format("    executions = {},\n", *count);
  text += fmt::format("    expect = \"{}{}\",\n", Name(expectation.verdict),
                      expectation.claim.empty() ? "" : ":" + expectation.claim);
  if (expectation.fairness == Fairness::kStrong) text += "    fairness = \"strong\",\n";
  if (expectation.memory != (states ? MemoryModel::kSc : MemoryModel::kRc11)) {
    text += fmt::format("    memory = \"{}\",\n", Name(expectation.memory));
  }
  text += fmt::format("    model = \"{}\",\n", model);
  if (!expectation.parameters.empty()) {
    std::vector<std::string> values;
    for (const auto& [name, value] : expectation.parameters) values.push_back(fmt::format("\"{}\": {}", name, value));
    text += fmt::format("    params = {{{}}},\n", fmt::join(values, ", "));
  }
  if (states && count.has_value()) text += fmt::format("    states = {},\n", *count);
  return text + ")\n\n";
}

std::vector<std::string> LibrariesFor(const std::vector<MadeFile>& files, const std::string& package,
                                      const std::string& workspace) {
  constexpr std::string_view kInclude = "#include \"";
  std::set<std::string> labels;
  for (const MadeFile& file : files) {
    std::istringstream lines(file.text);
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with(kInclude)) continue;
      const std::string header = line.substr(kInclude.size(), line.find('"', kInclude.size()) - kInclude.size());
      if (header.starts_with(package + "/")) continue;
      const std::string label = LibraryOf(workspace, header);
      if (label.empty()) {
        throw UsageError(
            fmt::format("no cc_library of {} has {} among its hdrs; copy another model", workspace, header));
      }
      labels.insert('"' + label + '"');
    }
  }
  return {labels.begin(), labels.end()};
}

}  // namespace doorway
