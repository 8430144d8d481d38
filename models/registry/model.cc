#include "models/registry/model.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace doorway {
namespace {

std::vector<Model>& Registry() {
  static auto* models = new std::vector<Model>;  // never destroyed: registrations come and go with no other's
  return *models;
}

std::map<std::string, RelacyRun, std::less<>>& RelacyRegistry() {
  static auto* runs = new std::map<std::string, RelacyRun, std::less<>>;
  return *runs;
}

std::map<std::string, NativeSubjects, std::less<>>& NativeRegistry() {
  static auto* subjects = new std::map<std::string, NativeSubjects, std::less<>>;
  return *subjects;
}

// Registration runs before main, where nobody can catch: a bad one is a bug of the program.
[[noreturn]] void Refuse(const std::string& name, const char* why) {
  std::fprintf(stderr, "doorway: CHECK failed: model %s %s\n", name.c_str(), why);
  std::abort();
}

const Parameter* ParameterNamed(const Model& model, std::string_view name) {
  for (const Parameter& parameter : model.parameters) {
    if (parameter.name == name) return &parameter;
  }
  return nullptr;
}

void CheckExpectation(const Model& model, const Expectation& expectation) {
  for (const auto& [name, value] : expectation.parameters) {
    const Parameter* parameter = ParameterNamed(model, name);
    if (parameter == nullptr || value < parameter->min || value > parameter->max) {
      Refuse(model.name, "expects something of a configuration that it cannot have");
    }
  }
  const bool explores = expectation.engine == Engine::kGraph || expectation.engine == Engine::kState;
  const bool foreign = expectation.engine == Engine::kState && expectation.memory == MemoryModel::kRc11;
  if (!explores || foreign) {
    Refuse(model.name, "expects something of an engine that does not know the memory model");
  }
}

bool ByName(const Model& model, std::string_view name) { return model.name < name; }

}  // namespace

Configuration Model::ConfigurationOf(const Expectation& expectation) const {
  std::vector<std::pair<std::string, int>> values = defaults().values();
  for (auto& value : values) {
    for (const auto& given : expectation.parameters) {
      if (given.first == value.first) value = given;
    }
  }
  return Configuration(std::move(values));
}

const std::vector<Model>& Models() { return Registry(); }

const Model* FindModel(std::string_view name) {
  const std::vector<Model>& models = Registry();
  const auto at = std::lower_bound(models.begin(), models.end(), name, ByName);
  return at != models.end() && at->name == name ? &*at : nullptr;
}

const RelacyRun* FindRelacyRun(std::string_view name) {
  const auto at = RelacyRegistry().find(name);
  return at != RelacyRegistry().end() ? &at->second : nullptr;
}

const NativeSubjects* FindNativeSubjects(std::string_view name) {
  const auto at = NativeRegistry().find(name);
  return at != NativeRegistry().end() ? &at->second : nullptr;
}

Registration::Registration(Model model) {
  if (model.name.find('/') == std::string::npos) Refuse(model.name, "is not named family/design");
  if (!model.subject || !model.claims) Refuse(model.name, "has no subject or no claims");
  for (const Parameter& parameter : model.parameters) {
    if (parameter.value < parameter.min || parameter.value > parameter.max) {
      Refuse(model.name, "has a parameter whose default is out of its range");
    }
  }
  for (const Expectation& expectation : model.expectations) CheckExpectation(model, expectation);
  std::vector<Model>& models = Registry();
  const auto at = std::lower_bound(models.begin(), models.end(), model.name, ByName);
  if (at != models.end() && at->name == model.name) Refuse(model.name, "is registered twice");
  models.insert(at, std::move(model));
}

RelacyRegistration::RelacyRegistration(std::string name, RelacyRun run) {
  const auto [at, inserted] = RelacyRegistry().emplace(std::move(name), std::move(run));
  if (!inserted) Refuse(at->first, "is registered twice with Relacy");
}

NativeRegistration::NativeRegistration(std::string name, NativeSubjects subjects) {
  const auto [at, inserted] = NativeRegistry().emplace(std::move(name), std::move(subjects));
  if (!inserted) Refuse(at->first, "is registered twice for real threads");
}

}  // namespace doorway
