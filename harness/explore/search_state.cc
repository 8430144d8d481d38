#include "harness/explore/search_state.h"

#include <nlohmann/json.hpp>

namespace doorway {

using Json = nlohmann::json;

std::string WriteSearchState(const SearchState& state) {
  Json parts = Json::array();
  for (const std::optional<PartResult>& part : state.parts) {
    parts.push_back(part.has_value() ? Json::parse(WritePart(*part)) : Json());
  }
  return Json({{"sub_trees", state.sub_trees}, {"parts", parts}}).dump();
}

SearchState ReadSearchState(const std::string& text) try {
  const Json json = Json::parse(text);
  SearchState state;
  state.sub_trees = json.at("sub_trees");
  for (const Json& part : json.at("parts")) {
    state.parts.push_back(part.is_null() ? std::optional<PartResult>() : ReadPart(part.dump()));
  }
  return state;
} catch (const Json::exception& error) {
  throw std::runtime_error(std::string("this is no state of a search: ") + error.what());
}

}  // namespace doorway
