#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "models/cli/claims.h"
#include "models/cli/commands.h"
#include "models/cli/expectation.h"

namespace doorway {
namespace {

using Json = nlohmann::ordered_json;

std::string ExpectedInWords(const Model& model) {
  std::vector<std::string> words;
  for (const Expectation& expectation : model.expectations) {
    words.push_back(ShowExpectation(expectation));
  }
  return words.empty() ? "nothing pinned" : fmt::format("{}", fmt::join(words, ", "));
}

Json JsonOf(const std::vector<Engine>& engines) {
  Json names = Json::array();
  for (const Engine engine : engines) names.push_back(Name(engine));
  return names;
}

Json ExpectationJson(const Expectation& expectation) {
  Json json = {{"engine", Name(expectation.engine)}, {"memory_model", Name(expectation.memory)}};
  if (expectation.engine == Engine::kState) json["fairness"] = Name(expectation.fairness);
  for (const auto& [name, value] : expectation.parameters) json["parameters"][name] = value;
  json["verdict"] = Name(expectation.verdict);
  if (!expectation.claim.empty()) json["claim"] = expectation.claim;
  return json;
}

Json ModelJson(const Model& model) {
  Json json;
  json["name"] = model.name;
  json["family"] = model.family();
  json["summary"] = model.summary;
  json["source"] = model.source;
  json["parameters"] = Json::array();
  for (const Parameter& parameter : model.parameters) {
    json["parameters"].push_back({{"name", parameter.name},
                                  {"default", parameter.value},
                                  {"min", parameter.min},
                                  {"max", parameter.max},
                                  {"meaning", parameter.meaning}});
  }
  json["claims"] = Json::array();
  for (const ClaimInfo& claim : ClaimsOf(model, model.defaults())) {
    json["claims"].push_back({{"name", claim.name},
                              {"kind", Name(claim.kind)},
                              {"description", claim.description},
                              {"engines", JsonOf(claim.engines)}});
  }
  json["expected"] = Json::array();
  for (const Expectation& expectation : model.expectations) json["expected"].push_back(ExpectationJson(expectation));
  json["engines"] = JsonOf(EnginesOf(model));
  return json;
}

}  // namespace

ExitCode List(bool as_json) {
  if (as_json) {
    Json models = Json::array();
    for (const Model& model : Models()) models.push_back(ModelJson(model));
    fmt::print("{}\n", models.dump(2, ' ', false, Json::error_handler_t::replace));
    return ExitCode::kOk;
  }
  std::size_t width = 0;
  for (const Model& model : Models()) width = std::max(width, model.name.size());
  std::string family;
  for (const Model& model : Models()) {
    if (model.family() != family) fmt::print("{}{}\n", family.empty() ? "" : "\n", model.family());
    family = model.family();
    fmt::print("  {:<{}}  {}\n", model.name, width, model.summary);
    std::vector<std::string> claims;
    for (const ClaimInfo& claim : ClaimsOf(model, model.defaults())) claims.push_back(claim.name);
    fmt::print("  {:<{}}  claims: {}; expected: {}\n", "", width, fmt::join(claims, ", "), ExpectedInWords(model));
  }
  return ExitCode::kOk;
}

}  // namespace doorway
