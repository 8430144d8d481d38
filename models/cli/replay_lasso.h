#pragma once

#include <memory>

#include "harness/graph/property.h"
#include "harness/graph/verdict.h"
#include "reports/counterexample.h"
#include "reports/run.h"

// Replaying an infinite run: its prefix and one turn of its cycle are run as the finite execution that they are.
// Whether the cycle closes is another question (harness/explore/lasso_closes.h), which is asked under SC; under TSO,
// where the file does not say when stores reach memory, it is what the file says.

namespace doorway {

// A claim that every execution goes against, with the finding of the file: so that replaying keeps the execution.
std::unique_ptr<Property> AsProperty(const Counterexample& counterexample);

// The replayed execution as the infinite run of the file: its events in the order of the file's steps, its points and
// its cycle where the file has them. REQUIRES: counterexample.lasso; `replayed` is what replaying its trace has shown.
Evidence AsLasso(const Run& run, const Counterexample& counterexample, Evidence replayed);

}  // namespace doorway
