#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>

#include "models/cli/exit_code.h"
#include "models/cli/identifiers.h"
#include "models/cli/made.h"
#include "reports/files.h"

// Copies the source files of a family's folder that have to do with one design: those that name it, or name no design
// (a family that composes its names); not those for upstream Relacy and for real threads. Of headers, those that these
// include. All of it is put into a namespace of its own within that of the original, which it sees, and does not clash
// with.

namespace doorway {
namespace {

namespace fs = std::filesystem;

// "group/two_state" of "group/two_state/no_wake".
std::string DesignOf(const std::string& model) { return model.substr(0, model.find('/', model.find('/') + 1)); }

bool OfOtherEngines(const std::string& file) {
  for (const char* end : {"native.cc", "relacy.cc", "_on.h", "_test.cc"}) {
    if (file.ends_with(end)) return true;
  }
  return false;
}

// Every source of the folder and of those below, without BUILD files, from the folder.
std::vector<MadeFile> SourcesIn(const fs::path& folder) {
  std::vector<MadeFile> files;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder, error)) {
    const std::string path = entry.path().lexically_relative(folder).string();
    if ((path.ends_with(".cc") || path.ends_with(".h")) && !OfOtherEngines(path)) {
      files.push_back({path, ReadFile(entry.path().string())});
    }
  }
  std::sort(files.begin(), files.end(), [](const MadeFile& a, const MadeFile& b) { return a.path < b.path; });
  return files;
}

bool Has(const MadeFile& file, const std::string& text) { return file.text.find(text) != std::string::npos; }

// Whether the file registers designs of the family, and only others: "vma/subtract", where "vma/two_bit" is wanted. One
// that composes names ("vma/" + design) may register any.
bool IsOfOthers(const MadeFile& file, const std::string& family, const std::string& design) {
  const bool composes = Has(file, '"' + family + "/\"");
  return Has(file, '"' + family + "/") && !composes && !Has(file, '"' + design);
}

// What the file includes of the folder.
std::vector<std::string> OwnIncludes(const MadeFile& file, const std::string& folder) {
  const std::string include = "#include \"" + folder + "/";
  std::vector<std::string> included;
  for (std::size_t at = file.text.find(include); at != std::string::npos; at = file.text.find(include, at + 1)) {
    const std::size_t begin = at + include.size();
    included.push_back(file.text.substr(begin, file.text.find('"', begin) - begin));
  }
  return included;
}

// Of all sources of the folder, those that the design needs.
std::vector<MadeFile> Needed(const std::vector<MadeFile>& all, const Model& like, const std::string& folder) {
  const std::string design = DesignOf(like.name);
  std::set<std::string> needed;
  for (const MadeFile& file : all) {
    if (file.path.ends_with(".cc") && !IsOfOthers(file, like.family(), design)) needed.insert(file.path);
  }
  for (std::size_t before = 0; before != needed.size();) {
    before = needed.size();
    for (const MadeFile& file : all) {
      if (!needed.contains(file.path)) continue;
      for (const std::string& header : OwnIncludes(file, folder)) needed.insert(header);
    }
  }
  std::vector<MadeFile> files;
  for (const MadeFile& file : all) {
    if (needed.contains(file.path)) files.push_back(file);
  }
  return files;
}

// "namespace doorway::vma {" becomes "namespace doorway::vma::my_protocol {", and so at its end.
std::string InOwnNamespace(const std::string& text, const std::string& name) {
  std::istringstream lines(text);
  std::string result;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("namespace doorway") && line.ends_with(" {")) line.insert(line.size() - 2, "::" + name);
    if (line.starts_with("}  // namespace doorway")) line += "::" + name;
    result += line + "\n";
  }
  return result;
}

std::string Renamed(const std::string& text, const std::string& family, const Naming& naming) {
  std::string renamed = WithText(text, "\"models/" + family + "/", '"' + naming.package + "/");
  renamed = WithText(renamed, '"' + family + "/", '"' + naming.name + "/");
  return InOwnNamespace(renamed, naming.name);
}

// "two_state_no_wake_state_sc_rounds_0" of what is expected of group/two_state/no_wake.
std::string RuleFor(const Model& model, const Expectation& expectation) {
  std::string rule = WithText(model.name.substr(model.family().size() + 1), "/", "_");
  if (expectation.engine == Engine::kState) rule += "_state";
  rule += fmt::format("_{}", Name(expectation.memory));
  for (const auto& [name, value] : expectation.parameters) rule += fmt::format("_{}_{}", name, value);
  return expectation.fairness == Fairness::kStrong ? rule + "_strong" : rule;
}

std::string Tests(const Model& like, const Naming& naming) {
  const std::string design = DesignOf(like.name);
  std::string rules;
  for (const Model& model : Models()) {
    if (model.name != design && !model.name.starts_with(design + "/")) continue;
    for (const Expectation& expectation : model.expectations) {
      const std::string name = naming.name + model.name.substr(model.family().size());
      rules += CheckedModel(RuleFor(model, expectation), name, model, expectation);
    }
  }
  return rules;
}

// A variant of the model that is expected to fail.
std::string BrokenOf(const Model& like, const Naming& naming) {
  for (const Model& model : Models()) {
    if (!model.name.starts_with(like.name + "/")) continue;
    const bool fails =
        std::any_of(model.expectations.begin(), model.expectations.end(), [](const Expectation& expected) {
          return expected.engine == Engine::kGraph && expected.memory == MemoryModel::kRc11 &&
                 expected.verdict == Verdict::kViolated;
        });
    if (fails) return naming.name + model.name.substr(like.family().size());
  }
  return "";
}

}  // namespace

Made MadeFromFamily(const Model& like, const Naming& naming, const std::string& workspace) {
  const std::string folder = "models/" + like.family();
  Made made;
  made.files = Needed(SourcesIn(fs::path(workspace) / folder), like, folder);
  if (made.files.empty()) {
    throw UsageError(fmt::format("--like={}: {} has no folder {}; choose a model of a family that has one", like.name,
                                 workspace, folder));
  }
  for (MadeFile& file : made.files) file.text = Renamed(file.text, like.family(), naming);
  made.model = naming.name + like.name.substr(like.family().size());
  made.broken = BrokenOf(like, naming);

  std::vector<std::string> sources;
  for (const MadeFile& file : made.files) sources.push_back(file.path);
  std::string build = fmt::format("# {}: begun as a copy of {} and its variants.\n", naming.name, like.name);
  build += "load(\"//models:model.bzl\", \"checked_model\", \"doorway_binary\")\n\n";
  build += CcLibrary(naming, sources, {}, LibrariesFor(made.files, naming.package, workspace));
  build += DoorwayBinary(naming);
  build +=
      "# What is expected. Executions and states are pinned where they were soon found: change them when you know why "
      "they\n# changed.\n";
  build += Tests(like, naming);
  build.pop_back();
  made.files.insert(made.files.begin(), {"BUILD", build});
  return made;
}

}  // namespace doorway
