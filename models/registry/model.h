#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/graph/property.h"
#include "harness/graph/response.h"
#include "harness/graph/verdict.h"
#include "harness/native/subject.h"
#include "models/registry/engine.h"

// A model as the command line knows it: a lock or protocol with its clients, the claims about it, what is
// expected of each, and the parameters that a user may set. Families register theirs at start-up:
//
//   const Registration strict_fair{{.name = "group/strict_fair", ...}};

namespace doorway {

// A parameter that a user may set on the command line: --threads, --reds, --blacks, --rounds, ...
struct Parameter {
  std::string name;
  int value = 0;  // default
  int min = 0;
  int max = 0;
  std::string meaning{};
};

// The values of a model's parameters, by name.
class Configuration {
 public:
  Configuration() = default;
  explicit Configuration(std::vector<std::pair<std::string, int>> values) : values_(std::move(values)) {}

  int at(std::string_view name) const {  // REQUIRES: the model has the parameter
    for (const auto& [key, value] : values_) {
      if (key == name) return value;
    }
    return 0;
  }
  const std::vector<std::pair<std::string, int>>& values() const { return values_; }

 private:
  std::vector<std::pair<std::string, int>> values_;
};

// What is expected of a model: in its default configuration on the graph engine, unless it says otherwise.
//
//   {MemoryModel::kSc, Verdict::kViolated, "starvation_free", Engine::kState, {{"rounds", 0}}}
struct Expectation {
  MemoryModel memory = MemoryModel::kSc;
  Verdict verdict = Verdict::kVerified;
  std::string claim{};  // kViolated: the claim that must be the one violated; kUnknown: the one without an answer
  Engine engine = Engine::kGraph;
  std::vector<std::pair<std::string, int>> parameters{};  // those that differ from their defaults
  Fairness fairness = Fairness::kWeak;                    // of the state engine
};

// What upstream Relacy said of a model (harness/relacy).
struct SecondOpinion {
  bool error_found = false;
  std::string what;   // Relacy's own words for the error
  std::string claim;  // the claim that it bears on, as this project names it
  std::uint64_t iterations = 0;
  double seconds = 0;
  bool exhaustive = false;  // full search that came to its end
  std::string bound;        // else: "context bound 2", ...
};

struct Model {
  // Initialised here one by one, so that a registration may leave out what it does not need.
  std::string name{};     // "family/design" or "family/design/variant"
  std::string summary{};  // one line
  std::string about{};    // what is modelled, what is left out, why; a paragraph
  std::string source{};   // the header of the lock or protocol, from the workspace's root
  std::string lock{};     // the class template of the lock, if the model is one with its family's clients; else empty
  std::vector<Parameter> parameters{};
  std::vector<Expectation> expectations{};  // each is a run of `check --all`
  std::function<std::unique_ptr<Subject>(const Configuration&)> subject{};
  std::function<std::vector<std::unique_ptr<Property>>(const Configuration&)> claims{};
  // Claims about infinite runs, which the state explorer judges. None, if empty.
  std::function<std::vector<Response>(const Configuration&)> responses{};

  std::string family() const { return name.substr(0, name.find('/')); }
  Configuration defaults() const {
    std::vector<std::pair<std::string, int>> values;
    for (const Parameter& parameter : parameters) values.emplace_back(parameter.name, parameter.value);
    return Configuration(std::move(values));
  }
  // The defaults, but for the values of `expectation`.
  Configuration ConfigurationOf(const Expectation& expectation) const;
};

// All registered models, by name.
const std::vector<Model>& Models();
const Model* FindModel(std::string_view name);

// Runs under upstream Relacy, registered apart so that whoever has no use for it need not link it.
using RelacyRun = std::function<SecondOpinion(const Configuration&)>;
const RelacyRun* FindRelacyRun(std::string_view name);

// Subjects for real threads, registered apart likewise.
using NativeSubjects = std::function<std::unique_ptr<NativeSubject>(const Configuration&)>;
const NativeSubjects* FindNativeSubjects(std::string_view name);

struct Registration {
  explicit Registration(Model model);
};
struct RelacyRegistration {
  RelacyRegistration(std::string name, RelacyRun run);
};
struct NativeRegistration {
  NativeRegistration(std::string name, NativeSubjects subjects);
};

}  // namespace doorway
