#include "properties/operation_notes.h"

namespace doorway {
namespace {

using linearize::Call;
using linearize::Datum;

Datum UnpackDatum(Value bits) {
  const auto number = static_cast<std::int16_t>(bits >> 2 & 0xffff);
  switch (static_cast<Datum::Kind>(bits & 3)) {
    case Datum::Kind::kTruth:
      return Datum::Truth(number != 0);
    case Datum::Kind::kNumber:
      return Datum::Number(number);
    default:
      return Datum();
  }
}

std::uint8_t Count(Value argument) { return static_cast<std::uint8_t>(argument >> 8 & 3); }

}  // namespace

Call UnpackCall(Value argument) {
  Call call;
  call.function = static_cast<std::uint8_t>(argument & 0xff);
  call.argument_count = Count(argument);
  for (std::uint8_t i = 0; i < call.argument_count; ++i) call.arguments[i] = UnpackDatum(argument >> (10 + 18 * i));
  return call;
}

std::optional<Datum> UnpackResult(Value argument) {
  if (Count(argument) == 0) return std::nullopt;
  return UnpackDatum(argument >> 10);
}

std::string ShowInvocation(Value argument, std::span<const linearize::FunctionInfo> functions) {
  const Call call = UnpackCall(argument);
  if (call.function >= functions.size()) return "function " + std::to_string(call.function);
  return Show(call, functions);
}

std::string ShowResponse(Value argument) {
  const std::optional<Datum> result = UnpackResult(argument);
  return result ? Show(*result) : "";
}

}  // namespace doorway
