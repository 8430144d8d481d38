#include "models/cli/mutants_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace doorway {
namespace {

using Json = nlohmann::ordered_json;

std::string ConfigurationInWords(const Run& run) {
  std::string words;
  for (const auto& [name, value] : run.configuration) words += fmt::format(" {}={}", name, value);
  return words;
}

}  // namespace

std::string RenderMutant(int number, const JudgedMutant& judged) {
  std::string why = judged.claim;
  if (why.empty() && judged.fate == Fate::kKilled) why = "the model breaks: " + judged.sentence;
  if (why.empty()) why = judged.sentence;
  const std::string line = fmt::format("{:>4}  {:<10}  {}  {}", number, Name(judged.fate),
                                       Show(judged.mutant.mutation.where), judged.mutant.what);
  return why.empty() ? line + "\n" : fmt::format("{}: {}\n", line, why);
}

std::string RenderMutationScore(const Run& run, const MutationResult& result) {
  const int killed = result.Count(Fate::kKilled), survived = result.Count(Fate::kSurvived);
  const int equivalent = result.Count(Fate::kEquivalent), undecided = result.Count(Fate::kUndecided);
  std::string text = fmt::format("{} mutants: {} killed, {} survived, {} equivalent, {} undecided\n",
                                 result.mutants.size(), killed, survived, equivalent, undecided);
  if (killed + survived > 0) {
    text += fmt::format("{} of the {} that behave differently are killed ({} %)\n", killed, killed + survived,
                        100 * killed / (killed + survived));
  }
  text += fmt::format("that holds for {} under {},{}\n", run.model, Name(result.original.memory),
                      ConfigurationInWords(run));
  for (const std::string& bound : result.original.bounds_hit) text += fmt::format("within a bound: {}\n", bound);
  if (result.interrupted) text += "interrupted: there are more mutants\n";
  return text;
}

std::string MutationJson(const Run& run, const MutationResult& result) {
  Json json;
  json["schema"] = "doorway.mutation/1";
  json["model"] = run.model;
  json["configuration"] = Json::object();
  for (const auto& [name, value] : run.configuration) json["configuration"][name] = value;
  json["memory_model"] = Name(result.original.memory);
  json["verdict"] = Name(result.original.verdict);
  json["bounds_hit"] = result.original.bounds_hit;
  json["interrupted"] = result.interrupted;
  for (const Fate fate : {Fate::kKilled, Fate::kSurvived, Fate::kEquivalent, Fate::kUndecided}) {
    json[Name(fate)] = result.Count(fate);
  }
  json["mutants"] = Json::array();
  for (const JudgedMutant& judged : result.mutants) {
    const OperationSite& where = judged.mutant.mutation.where;
    Json mutant;
    mutant["file"] = where.site.file;
    mutant["line"] = where.site.line;
    mutant["operation"] = where.verb;
    mutant["change"] = judged.mutant.what;
    mutant["fate"] = Name(judged.fate);
    mutant["claim"] = judged.claim.empty() ? Json(nullptr) : Json(judged.claim);
    mutant["sentence"] = judged.sentence.empty() ? Json(nullptr) : Json(judged.sentence);
    mutant["executions"] = judged.executions;
    mutant["seconds"] = judged.seconds;
    json["mutants"].push_back(std::move(mutant));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace doorway
