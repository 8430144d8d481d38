#include "harness/linearize/call.h"

namespace doorway::linearize {

std::string Show(const Call& call, std::span<const FunctionInfo> functions) {
  std::string shown(functions[call.function].name);
  shown += '(';
  for (int i = 0; i < call.argument_count; ++i) {
    if (i > 0) shown += ", ";
    shown += Show(call.arguments[i]);
  }
  shown += ')';
  if (call.has_result) shown += " = " + Show(call.result);
  return shown;
}

}  // namespace doorway::linearize
