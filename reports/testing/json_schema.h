#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

// Whether JSON is as a JSON Schema (draft 2020-12) says: as much of it as our schemas use.

namespace doorway {

// What does not fit, a line each ("/claims/0/verdict: is none of ..."); empty if all does. Knows the keywords $ref
// (into $defs; of another file, too: "report-1.schema.json#/$defs/run"), anyOf, type, const, enum, minimum, maximum,
// required, properties, additionalProperties, items; another one is a difference, too, so that no check is left out
// unseen. Our schemas let later versions add fields; what this version writes must have none that its schema does not
// name, unless additionalProperties does.
std::vector<std::string> SchemaDifferences(const nlohmann::json& schema, const nlohmann::json& value);

// The same; `others` are the files that the schema refers to, by their names.
using Schemas = std::map<std::string, nlohmann::json>;
std::vector<std::string> SchemaDifferences(const nlohmann::json& schema, const nlohmann::json& value,
                                           const Schemas& others);

// Names of other files that the schema refers to. They are beside it.
std::vector<std::string> ReferredFiles(const nlohmann::json& schema);

}  // namespace doorway
