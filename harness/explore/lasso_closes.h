#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "harness/behaviour/subject.h"
#include "harness/graph/trace.h"

namespace doorway {

// Whether a lasso is an infinite run under SC: does `trace`'s steps one after another, and those from number `begins`
// on again and again, until some turn ends as an earlier one did: each thread at the same place of its code, knowing
// the same, and each location with the same content. If no step is from `begins` on, nobody must be able to take one
// there. Returns why it is none, in a line; nothing, if it is one. What a compiler leaves behind on the stack may take
// some turns to come to rest; after 100 the cycle counts as open. Costs those turns, natively. Errors: ModelError. One
// call at a time in a process: objects live at fixed addresses.
std::optional<std::string> WhyLassoIsOpen(Subject& subject, const Trace& trace, std::size_t begins,
                                          bool expand_updates = false);

}  // namespace doorway
