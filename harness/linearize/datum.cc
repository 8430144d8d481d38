#include "harness/linearize/datum.h"

namespace doorway::linearize {
namespace {

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n') {
      quoted += "\\n";
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

}  // namespace

std::string Show(const Datum& datum) {
  switch (datum.kind()) {
    case Datum::Kind::kNil:
      return "nil";
    case Datum::Kind::kTruth:
      return datum.truth() ? "true" : "false";
    case Datum::Kind::kNumber:
      return std::to_string(datum.number());
    case Datum::Kind::kText:
      return Quoted(datum.text());
    case Datum::Kind::kList:
      return std::string(datum.text());
  }
  return "?";
}

}  // namespace doorway::linearize
