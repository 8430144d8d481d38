#include "models/cli/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <limits>

#include "models/cli/exit_code.h"
#include "models/registry/near_names.h"

namespace doorway {
namespace {

// All of `text` as a number, or false.
template <class T>
bool Parse(const std::string& text, T& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

int ParameterValue(const Model& model, const Parameter& parameter, const std::string& text) {
  int value = 0;
  if (!Parse(text, value)) {
    throw UsageError(fmt::format("--{}={} is no whole number; {} takes {} to {}", parameter.name, text, model.name,
                                 parameter.min, parameter.max));
  }
  if (value < parameter.min || value > parameter.max) {
    throw UsageError(fmt::format("--{}={} is out of range; {} takes {} to {}", parameter.name, text, model.name,
                                 parameter.min, parameter.max));
  }
  return value;
}

}  // namespace

std::string DidYouMean(const std::string& name, const std::vector<std::string>& known) {
  const std::vector<std::string> near = NearNames(name, known);
  if (near.empty()) return "";
  std::string names = near.front();
  for (std::size_t i = 1; i < near.size(); ++i) names += (i + 1 == near.size() ? " or " : ", ") + near[i];
  return fmt::format("; did you mean {}?", names);
}

const Model& ModelNamed(const std::string& name) {
  if (const Model* model = FindModel(name)) return *model;
  std::vector<std::string> known;
  for (const Model& model : Models()) known.push_back(model.name);
  const std::string near = DidYouMean(name, known);
  throw UsageError(fmt::format("there is no model {}{}", name, near.empty() ? "; `list` shows all models" : near));
}

std::string ParametersInWords(const Model& model) {
  if (model.parameters.empty()) return "no parameters";
  std::vector<std::string> words;
  for (const Parameter& parameter : model.parameters) {
    words.push_back(fmt::format("--{} ({} to {})", parameter.name, parameter.min, parameter.max));
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

Configuration ConfigurationOf(const Model& model, const GivenParameters& given) {
  std::vector<std::pair<std::string, int>> values = model.defaults().values();
  for (const auto& parameter : given) {
    const std::string& name = parameter.first;
    const auto at = std::find_if(model.parameters.begin(), model.parameters.end(),
                                 [&](const Parameter& known) { return known.name == name; });
    if (at == model.parameters.end()) {
      throw UsageError(fmt::format("{} has no parameter --{}; it has {}", model.name, name, ParametersInWords(model)));
    }
    values[static_cast<std::size_t>(at - model.parameters.begin())].second =
        ParameterValue(model, *at, parameter.second);
  }
  return Configuration(std::move(values));
}

std::uint64_t WholeNumber(const std::string& flag, const std::string& text, std::uint64_t least) {
  std::uint64_t number = 0;
  if (!Parse(text, number) || number < least) {
    throw UsageError(fmt::format("{}={} is no whole number of {} or more", flag, text, least));
  }
  return number;
}

double Seconds(const std::string& text) {
  char* end = nullptr;
  const double seconds = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !(seconds > 0) || seconds > 1e9) {
    throw UsageError(fmt::format("--timeout={} is no number of seconds above 0", text));
  }
  return seconds;
}

std::uint64_t Bytes(const std::string& flag, const std::string& text) {
  constexpr std::string_view kUnits = "KMGT";
  std::string digits = text;
  std::uint64_t unit = 1;
  if (const std::size_t at = text.empty() ? std::string_view::npos : kUnits.find(text.back());
      at != std::string_view::npos) {
    unit = std::uint64_t{1} << (10 * (at + 1));
    digits.pop_back();
  }
  std::uint64_t number = 0;
  if (!Parse(digits, number) || number == 0 || number > std::numeric_limits<std::uint64_t>::max() / unit) {
    throw UsageError(
        fmt::format("{}={} is no size; write a whole number above 0, with K, M, G or T: 512M, 4G", flag, text));
  }
  return number * unit;
}

MemoryModel MemoryNamed(const std::string& name) {
  for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kTso, MemoryModel::kRc11}) {
    if (name == Name(memory)) return memory;
  }
  throw UsageError(fmt::format("there is no memory model {}; --memory takes sc, tso or rc11", name));
}

std::vector<MemoryModel> MemoriesNamed(const std::string& names) {
  std::vector<MemoryModel> memories;
  for (std::size_t at = 0; at <= names.size();) {
    const std::size_t end = std::min(names.find(',', at), names.size());
    const MemoryModel memory = MemoryNamed(names.substr(at, end - at));
    if (std::find(memories.begin(), memories.end(), memory) == memories.end()) memories.push_back(memory);
    at = end + 1;
  }
  return memories;
}

Engine EngineNamed(const std::string& name) {
  for (const Engine engine : {Engine::kGraph, Engine::kState, Engine::kRelacy, Engine::kNative}) {
    if (name == Name(engine)) return engine;
  }
  throw UsageError(fmt::format("there is no engine {}; --engine takes graph, state, relacy or native", name));
}

NativeOptions::Affinity AffinityNamed(const std::string& name) {
  if (name == "none") return NativeOptions::Affinity::kNone;
  if (name == "spread") return NativeOptions::Affinity::kSpread;
  if (name == "random") return NativeOptions::Affinity::kRandom;
  throw UsageError(fmt::format("there is no affinity {}; --affinity takes none, spread or random", name));
}

Fairness FairnessNamed(const std::string& name) {
  for (const Fairness fairness : {Fairness::kWeak, Fairness::kStrong}) {
    if (name == Name(fairness)) return fairness;
  }
  throw UsageError(fmt::format("there is no fairness {}; --fairness takes weak or strong", name));
}

}  // namespace doorway
