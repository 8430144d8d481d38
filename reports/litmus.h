#pragma once

#include <string>

#include "harness/graph/verdict.h"
#include "reports/run.h"

// An execution as a litmus test, for other tools and for discussions: in herd7's C format (Alglave, Maranget and
// Tautschnig, "Herding Cats", 2014), in which a test is a program and a question about its outcomes.
//
//   herd7 -model rc11.cat group.two_state.rc11.exclusion.litmus
//
// Each thread does what it did in the execution, in straight lines; the question is whether it can read what it read,
// and whether memory can end as it ended. An update that wrote is an exchange for what it wrote, one that did not a
// load. Where two writes of a location write the same value, the question does not say which of them was read.

namespace doorway {

// Values that an int does not hold (pointers) become 1000001, 1000002, ...; a comment says which. The claim and the
// sentence are in a comment, too.
std::string RenderLitmus(const Run& run, const Evidence& evidence);

}  // namespace doorway
