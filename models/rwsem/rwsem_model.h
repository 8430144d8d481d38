#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/sync/model_sync.h"
#include "models/registry/model.h"
#include "models/rwsem/clients.h"

// How a reader-writer semaphore is registered with the clients of clients.h.
//
//   const Registration linux_rwsem(RwSemModel<LinuxRwSemAsItIs>({.name = "rwsem/linux", ..., .expectations = ...}));
//
// All claim that writers exclude, that readers run in parallel, a right count, and that who has come to the doorway
// enters at last.

namespace doorway::rwsem {

struct RwSemText {
  std::string name{};
  std::string summary{};
  std::string about{};
  std::string source{};
  ClientConfig clients{};               // the default configuration
  std::vector<std::uint64_t> bypass{};  // how many of the other kind may overtake a waiter; none: not claimed
  std::vector<Expectation> expectations{};
};

// What is expected under SC and RC11, of both engines; or of the state engine without end.
std::vector<Expectation> Holds();
std::vector<Expectation> Violates(const std::string& claim);
std::vector<Expectation> HoldsForEver();
std::vector<Expectation> StarvesForEver();  // even under strong fairness

// All of the model but its subject. Adds what all models have in common to `about`.
Model RwSemModelWithoutSubject(const RwSemText& text);
ClientConfig ClientsOf(const Configuration& configuration, const ClientConfig& defaults);

template <template <class> class Lock>
Model RwSemModel(const RwSemText& text) {
  Model model = RwSemModelWithoutSubject(text);
  model.subject = [defaults = text.clients](const Configuration& configuration) -> std::unique_ptr<Subject> {
    const ClientConfig clients = ClientsOf(configuration, defaults);
    return std::make_unique<ModelSubject<Clients<ModelSync, Lock>, ClientConfig>>(clients, clients.threads());
  };
  return model;
}

}  // namespace doorway::rwsem
