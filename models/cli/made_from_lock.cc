#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "models/cli/claims.h"
#include "models/cli/exit_code.h"
#include "models/cli/identifiers.h"
#include "models/cli/made.h"
#include "reports/files.h"

// A lock that can be copied is a class template in a header of its own, in locks/, over the clients of group locks or
// of the family `lock`, and it holds. The copy is in a namespace of its own, so that what else the header declares does
// not clash with the original.

namespace doorway {
namespace {

bool HasClaim(const Model& model, const std::string& name) {
  for (const ClaimInfo& claim : ClaimsOf(model, model.defaults())) {
    if (claim.name == name) return true;
  }
  return false;
}

bool Holds(const Model& model) {
  return std::all_of(model.expectations.begin(), model.expectations.end(), [](const Expectation& expectation) {
    return expectation.engine != Engine::kGraph || expectation.verdict == Verdict::kVerified;
  });
}

bool CanBeCopied(const Model& model) {
  const bool family = model.family() == "group" || model.family() == "lock";
  return family && !model.lock.empty() && model.source.starts_with("locks/") && Holds(model) &&
         HasClaim(model, "exclusion");
}

// The header's text, if it declares the lock.
std::string SourceOf(const Model& model, const std::string& workspace) {
  const std::string text = ReadFile(workspace + "/" + model.source);
  const bool declares = text.find("class " + model.lock + " ") != std::string::npos ||
                        text.find("using " + model.lock + " = ") != std::string::npos;
  return declares ? text : "";
}

// Errors: UsageError.
void Refuse(const Model& like, const std::string& workspace) {
  std::vector<std::string> others;
  for (const Model& model : Models()) {
    if (CanBeCopied(model) && !SourceOf(model, workspace).empty()) others.push_back(model.name);
  }
  throw UsageError(fmt::format("--like={}: its lock is not in a header of its own that could be copied{}", like.name,
                               others.empty() ? "; this program has none that is: use the one of all models, //:doorway"
                                              : fmt::format("; choose one of {}", fmt::join(others, ", "))));
}

// Other aliases of what the header declares: the copy needs its own only.
std::string WithoutAliases(const std::string& text, const std::string& but) {
  constexpr std::string_view kTemplate = "template <class Sync>\nusing ";
  std::string result = text;
  for (std::size_t at = result.find(kTemplate); at != std::string::npos; at = result.find(kTemplate, at)) {
    const std::size_t name = at + kTemplate.size();
    if (result.compare(name, but.size() + 3, but + " = ") == 0) {
      at = name;
    } else {
      result.erase(at, result.find(";\n", at) + 2 - at);
    }
  }
  return result;
}

std::string HeaderOf(const Model& like, const Naming& naming, std::string text) {
  text = WithoutAliases(text, like.lock);
  text = WithIdentifier(text, like.lock, ClassNameOf(naming.name));
  text = WithText(text, "namespace doorway {\n", fmt::format("namespace doorway::{} {{\n", naming.name));
  text = WithText(text, "}  // namespace doorway\n", fmt::format("}}  // namespace doorway::{}\n", naming.name));
  const std::string pragma = "#pragma once\n";
  return WithText(text, pragma,
                  fmt::format("{}\n// Begun as a copy of {}, {}.\n// Change it, and what it says of itself; of each "
                              "order weaker than seq_cst, say which access it pairs with.\n",
                              pragma, like.name, like.source));
}

int DefaultOf(const Model& model, const std::string& parameter) { return model.defaults().at(parameter); }

std::string GroupClaims(const Model& like) {
  std::vector<std::string> claims = {"Excludes()"};
  if (HasClaim(like, "same_group_parallel")) claims.emplace_back("Parallel()");
  if (HasClaim(like, "red_parallel")) claims.emplace_back("RedsParallel()");
  if (HasClaim(like, "black_parallel")) claims.emplace_back("BlacksParallel()");
  if (HasClaim(like, "bypass_measured") || HasClaim(like, "bypass_bound")) claims.emplace_back("BypassMeasured()");
  return fmt::format(
      "    // BypassAtMost(0) would claim that nobody overtakes; without a bound, overtakes are counted.\n"
      "    .claims = {{{}}},\n",
      fmt::join(claims, ", "));
}

// What is claimed of infinite runs, where it is not what the family claims by itself.
std::string Responses(const Model& like) {
  std::vector<std::string> responses;
  for (const Response& response : ResponsesOf(like, like.defaults())) {
    if (response.name == "starvation_free") responses.emplace_back("StarvationFree()");
    if (response.name == "every_call_enters" && like.family() == "lock") responses.emplace_back("EveryCallEnters()");
  }
  if (responses.size() == 1 && responses.front() == "StarvationFree()") return "";
  return fmt::format("    .responses = {{{}}},\n", fmt::join(responses, ", "));
}

// What stands between .source and .expectations, of the copy and of its variant.
struct Setting {
  std::string design;
  std::string broken;
};

Setting SettingOf(const Model& like) {
  if (like.family() == "group") {
    return {fmt::format("    .clients = {{.reds = {}, .blacks = {}, .rounds = {}}},\n{}", DefaultOf(like, "reds"),
                        DefaultOf(like, "blacks"), DefaultOf(like, "rounds"), GroupClaims(like)) +
                Responses(like),
            "    .clients = {.reds = 1, .blacks = 1, .rounds = 1},\n    .claims = {Excludes()},\n"};
  }
  const bool readers = DefaultOf(like, "readers") > 0;
  const bool width = DefaultOf(like, "width") > 0;
  const bool overtakes = HasClaim(like, "bypass_measured") || HasClaim(like, "bypass_bound");
  const std::string more = std::string(width ? "    .has_width = true,\n" : "") +
                           (overtakes ? "" : "    .sections = Sections::kExclusion,\n") + Responses(like);
  const std::string clients =
      fmt::format("{}.writers = {}, .rounds = {}{}",
                  readers ? fmt::format(".readers = {}, ", DefaultOf(like, "readers")) : "", DefaultOf(like, "writers"),
                  DefaultOf(like, "rounds"), width ? fmt::format(", .width = {}", DefaultOf(like, "width")) : "");
  return {fmt::format("    .clients = {{{}}},\n{}", clients, more),
          fmt::format("    .clients = {{{}}},\n{}", readers ? ".readers = 1, .writers = 1" : ".writers = 2", more)};
}

// {0}: the name; {1}: the class; {2}: the package; {3}: like; {4}: "group" or "lock"; {5}: its "Model" function; {6},
// {7}: the settings; {8}: a using; {9}: includes.
constexpr const char* kModelText = R"(#include "{2}/{0}.h"

{9}
// The lock with the clients of its kind (models/{4}/clients.h), and a variant that must fail.

namespace doorway::{0} {{
namespace {{
{8}
const Registration design({5}<{1}>({{
    .name = "{0}/lock",
    .summary = "a copy of {3}",
    .about = "Say here what is modelled, what is left out, and why.",
    .source = "{2}/{0}.h",
{6}    .expectations = Verified(),  // what you expect; the rules in BUILD compare it with what is found
}}));

// A claim that no variant breaks has not been tested. To do one step wrong, derive from the lock and
// do it otherwise; models/{4}/variants has many.
const Registration no_release({5}<Weakened<{1}>::NoRelease>({{
    .name = "{0}/lock/no_release",
    .summary = "all releases relaxed: whoever comes next need not see what was done inside",
    .about = "In time the sections exclude each other, in happens-before they do not.",
    .source = "{2}/{0}.h",
{7}    .expectations = Violates("no_data_race"),
}}));

}}  // namespace
}}  // namespace doorway::{0}
)";

std::string ModelOf(const Model& like, const Naming& naming) {
  const bool group = like.family() == "group";
  const Setting setting = SettingOf(like);
  return fmt::format(kModelText, naming.name, ClassNameOf(naming.name), naming.package, like.name, like.family(),
                     group ? "GroupModel" : "LockModel", setting.design, setting.broken,
                     group ? "" : "\nusing namespace lock;\n",
                     group ? "#include \"models/group/group_model.h\"\n"
                             "#include \"models/group/variants/weakened_sync.h\"\n"
                           : "#include \"models/group/variants/weakened_sync.h\"\n"
                             "#include \"models/lock/lock_model.h\"\n");
}

}  // namespace

Made MadeFromLock(const Model& like, const Naming& naming, const std::string& workspace) {
  if (!CanBeCopied(like)) Refuse(like, workspace);
  const std::string source = SourceOf(like, workspace);
  if (source.empty()) Refuse(like, workspace);
  Made made;
  made.model = naming.name + "/lock";
  made.broken = made.model + "/no_release";
  made.files = {{naming.name + ".h", HeaderOf(like, naming, source)}, {naming.name + ".cc", ModelOf(like, naming)}};

  std::string build = fmt::format("# {}: begun as a copy of {}.\n", naming.name, like.name);
  build += "load(\"//models:model.bzl\", \"checked_model\", \"doorway_binary\")\n\n";
  build += CcLibrary(naming, {naming.name + ".cc"}, {naming.name + ".h"},
                     LibrariesFor(made.files, naming.package, workspace));
  build += DoorwayBinary(naming);
  build +=
      "# One test a model, engine and memory model. Executions and states are pinned: change them when you know why "
      "they changed.\n";
  build += CheckedModel("lock_sc", made.model, like, {MemoryModel::kSc, Verdict::kVerified});
  build += CheckedModel("lock_rc11", made.model, like, {MemoryModel::kRc11, Verdict::kVerified});
  build += CheckedModel("lock_state_sc", made.model, like, {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState});
  build +=
      CheckedModel("lock_no_release_rc11", made.broken, like, {MemoryModel::kRc11, Verdict::kViolated, "no_data_race"});
  build.pop_back();
  made.files.insert(made.files.begin(), {"BUILD", build});
  return made;
}

}  // namespace doorway
