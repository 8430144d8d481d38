#pragma once

#include <string>
#include <utility>
#include <vector>

#include "harness/native/native_run.h"
#include "models/registry/engine.h"
#include "models/registry/model.h"

// From what the user typed to models and configurations; what does not fit is a UsageError that says what would.

namespace doorway {

// Errors: UsageError, with near names.
const Model& ModelNamed(const std::string& name);

using GivenParameters = std::vector<std::pair<std::string, std::string>>;  // as typed: {"reds", "2"}

// The model's parameters, with the given values where they are given. Errors: UsageError, if the model does not have a
// parameter, or a value is no number or out of the range.
Configuration ConfigurationOf(const Model& model, const GivenParameters& given);

// "--reds (1 to 3), --blacks (1 to 3)"; "no parameters".
std::string ParametersInWords(const Model& model);

// A whole number of at least `least`. Errors: UsageError, naming the flag.
std::uint64_t WholeNumber(const std::string& flag, const std::string& text, std::uint64_t least);

// What --timeout was given. Errors: UsageError.
double Seconds(const std::string& text);

// A number of bytes above 0: "4G", "512M", "1024". Errors: UsageError, naming the flag.
std::uint64_t Bytes(const std::string& flag, const std::string& text);

// Errors: UsageError.
MemoryModel MemoryNamed(const std::string& name);
std::vector<MemoryModel> MemoriesNamed(const std::string& names);  // "sc,tso,rc11", each once
Engine EngineNamed(const std::string& name);
Fairness FairnessNamed(const std::string& name);
NativeOptions::Affinity AffinityNamed(const std::string& name);

// "; did you mean a, b or c?"; empty if nothing is near.
std::string DidYouMean(const std::string& name, const std::vector<std::string>& known);

}  // namespace doorway
