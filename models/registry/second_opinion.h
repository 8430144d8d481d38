#pragma once

#include <string>

#include "harness/relacy/relacy_run.h"
#include "models/registry/model.h"

// How a family registers its models with upstream Relacy, in a file of its own beside the other registrations:
//
//   const RelacyRegistration strict_fair("group/strict_fair", [](const Configuration& configuration) {
//     return OpinionOf(RunRelacy<GroupClients<RelacySync, StrictFairGroupLock>>(ClientsOf(configuration), threads));
//   });

namespace doorway {

// Errors: std::invalid_argument, if Relacy refused the configuration.
SecondOpinion OpinionOf(const RelacyResult& result);

}  // namespace doorway
