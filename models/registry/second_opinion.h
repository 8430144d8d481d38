#pragma once

#include <string>

#include "harness/relacy/relacy_run.h"
#include "harness/relacy/relacy_sync.h"
#include "models/registry/model.h"

// How a family registers its models with upstream Relacy, in a file of its own beside the other registrations:
//
//   [[maybe_unused]] const auto registrations = GroupOn<OnRelacy>::All();
//
// where GroupOn is a template over the engine, so that the family lists its models once for Relacy and for real threads
// (models/registry/on_threads.h):
//
//   Engine::template Register<GroupClients<typename Engine::Sync, StrictFairGroupLock>, ExclusionMonitor>(
//       "group/strict_fair", [](const Configuration& configuration) { return std::pair(clients, threads); })

namespace doorway {

// Errors: std::invalid_argument, if Relacy refused the configuration.
SecondOpinion OpinionOf(const RelacyResult& result);

struct OnRelacy {
  using Sync = RelacySync;
  using Registered = RelacyRegistration;

  // `ask` is a function of a Configuration: what Clients are made from, and how many threads there are.
  template <class Clients, class Monitor, class Ask>
  static Registered Register(const std::string& name, Ask ask) {
    return {name, [ask](const Configuration& configuration) {
              const auto [config, threads] = ask(configuration);
              return OpinionOf(RunRelacy<Clients, Monitor>(config, threads));
            }};
  }
};

}  // namespace doorway
