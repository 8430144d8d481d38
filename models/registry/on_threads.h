#pragma once

#include <memory>
#include <string>
#include <utility>

#include "harness/native/stress_sync.h"
#include "harness/native/subject.h"
#include "models/registry/model.h"

// How a family registers its models for real threads, in a file of its own: what it lists for upstream Relacy
// (models/registry/second_opinion.h), with OnThreads for OnRelacy.

namespace doorway {

struct OnThreads {
  using Sync = StressSync;
  using Registered = NativeRegistration;

  // `ask` is a function of a Configuration: what Clients are made from, and how many threads there are. The monitor is
  // not used: the model's own claims are judged.
  template <class Clients, class /*Monitor*/, class Ask>
  static Registered Register(const std::string& name, Ask ask) {
    return {name, [ask](const Configuration& configuration) -> std::unique_ptr<NativeSubject> {
              auto [config, threads] = ask(configuration);
              return std::make_unique<NativeModel<Clients, decltype(config)>>(std::move(config), threads);
            }};
  }
};

}  // namespace doorway
