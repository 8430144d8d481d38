#include "reports/testing/json_schema.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace doorway {
namespace {

using Json = nlohmann::json;

class Checker {
 public:
  Checker(const Json& root, const Schemas& others) : root_(root), others_(others) {}

  std::vector<std::string> Check(const Json& schema, const Json& value, const std::string& at) {
    std::vector<std::string> wrong;
    const auto say = [&](const std::string& what) { wrong.push_back((at.empty() ? "/" : at) + ": " + what); };
    const auto also = [&](std::vector<std::string> more) { wrong.insert(wrong.end(), more.begin(), more.end()); };
    for (const auto& [keyword, argument] : schema.items()) {
      if (keyword == "$ref") {
        also(CheckReferred(argument.get<std::string>(), value, at));
      } else if (keyword == "anyOf") {
        const bool fits = std::any_of(argument.begin(), argument.end(),
                                      [&](const Json& one) { return Check(one, value, at).empty(); });
        if (!fits) say("fits none of anyOf");
      } else if (keyword == "type") {
        if (!IsOf(argument, value)) say("is no " + argument.dump() + " but " + value.dump());
      } else if (keyword == "const") {
        if (value != argument) say("is not " + argument.dump() + " but " + value.dump());
      } else if (keyword == "enum") {
        if (std::find(argument.begin(), argument.end(), value) == argument.end()) say("is none of " + argument.dump());
      } else if (keyword == "minimum") {
        if (value.is_number() && value < argument) say("is below " + argument.dump());
      } else if (keyword == "maximum") {
        if (value.is_number() && value > argument) say("is above " + argument.dump());
      } else if (keyword == "required") {
        for (const Json& name : argument) {
          if (value.is_object() && !value.contains(name)) say("has no " + name.dump());
        }
      } else if (keyword == "properties") {
        if (value.is_object()) also(CheckFields(schema, value, at));
      } else if (keyword == "additionalProperties") {
        if (value.is_object() && !schema.contains("properties")) also(CheckFields(schema, value, at));
      } else if (keyword == "items") {
        for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
          also(Check(argument, value[i], at + "/" + std::to_string(i)));
        }
      } else if (!kNotes.contains(keyword)) {
        say("the schema's " + keyword + " is not known here");
      }
    }
    return wrong;
  }

 private:
  std::vector<std::string> CheckReferred(const std::string& reference, const Json& value, const std::string& at) {
    const std::size_t hash = reference.find('#');
    const Json::json_pointer place(reference.substr(hash + 1));
    if (hash == 0) return Check(root_.at(place), value, at);
    const Json& other = others_.at(reference.substr(0, hash));
    return Checker(other, others_).Check(other.at(place), value, at);
  }

  std::vector<std::string> CheckFields(const Json& schema, const Json& value, const std::string& at) {
    std::vector<std::string> wrong;
    for (const auto& [name, field] : value.items()) {
      const std::string where = at + "/" + name;
      std::vector<std::string> more;
      if (schema.contains("properties") && schema["properties"].contains(name)) {
        more = Check(schema["properties"][name], field, where);
      } else if (schema.contains("additionalProperties")) {
        more = Check(schema["additionalProperties"], field, where);
      } else {
        more = {where + ": is not in the schema"};
      }
      wrong.insert(wrong.end(), more.begin(), more.end());
    }
    return wrong;
  }

  static bool IsOf(const Json& type, const Json& value) {
    if (type.is_array()) {
      return std::any_of(type.begin(), type.end(), [&](const Json& one) { return IsOf(one, value); });
    }
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string()) || (type == "boolean" && value.is_boolean()) ||
           (type == "null" && value.is_null()) || (type == "number" && value.is_number()) ||
           (type == "integer" && value.is_number_integer());
  }

  static inline const std::set<std::string> kNotes = {"$schema", "$defs", "title", "description"};

  const Json& root_;
  const Schemas& others_;
};

}  // namespace

std::vector<std::string> SchemaDifferences(const Json& schema, const Json& value) {
  return SchemaDifferences(schema, value, {});
}

std::vector<std::string> SchemaDifferences(const Json& schema, const Json& value, const Schemas& others) {
  return Checker(schema, others).Check(schema, value, "");
}

std::vector<std::string> ReferredFiles(const Json& schema) {
  std::set<std::string> names;
  const Json flat = schema.flatten();
  for (const auto& [place, value] : flat.items()) {
    if (!place.ends_with("/$ref") || !value.is_string()) continue;
    const std::string reference = value.get<std::string>();
    if (const std::size_t hash = reference.find('#'); hash > 0) names.insert(reference.substr(0, hash));
  }
  return {names.begin(), names.end()};
}

}  // namespace doorway
