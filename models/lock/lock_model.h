#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/graph/response.h"
#include "harness/sync/model_sync.h"
#include "models/lock/clients.h"
#include "models/registry/model.h"
#include "models/registry/template_name.h"

// How a lock of this family is registered with the clients of clients.h: the lock is a template parameter, the rest is
// what differs from model to model.
//
//   const Registration clh(LockModel<ClhLock>({.name = "lock/clh", ..., .clients = {.writers = 3}, .bypass = 0,
//                                              .expectations = Verified()}));
//
// A mutex has no readers. A lock with readers excludes everybody while a writer is inside, and claims that readers run
// in parallel.

namespace doorway::lock {

// What is expected under SC, TSO and RC11 alike; or under RC11 alone. The graph engine judges SC and RC11, the state
// engine SC and TSO.
std::vector<Expectation> Verified();
std::vector<Expectation> Violates(const std::string& claim);
std::vector<Expectation> ViolatesUnderRc11(const std::string& claim);
std::vector<Expectation> ViolatesUnderRc11AndTso(const std::string& claim);

// What is expected without end (--rounds=0), under weak fairness: that all holds, under SC, or also under TSO with
// other clients and perhaps within the bound of its store buffers; or that `claim` fails, even under strong fairness,
// or under weak fairness alone.
using Values = std::vector<std::pair<std::string, int>>;
std::vector<Expectation> HoldsForEver(const Values& clients = {});
std::vector<Expectation> HoldsForEverUnderTso(Verdict verdict, const Values& clients = {});
std::vector<Expectation> FailsForEver(const std::string& claim, const Values& clients = {});
std::vector<Expectation> FailsUnlessStrong(const std::string& claim, const Values& clients = {});

using Claim = std::function<std::unique_ptr<Property>()>;

Response StarvationFree();   // "starvation_free": who has crossed the doorway enters
Response EveryCallEnters();  // "every_call_enters": for locks that tag no doorway

// What is claimed of sections: nothing; that they exclude each other, and that readers overlap; also who overtakes.
enum class Sections { kNone, kExclusion, kOvertakes };

struct LockText {
  std::string name{};
  std::string summary{};
  std::string about{};
  std::string source{};
  ClientConfig clients{};       // the default configuration
  int most = kMaxThreads;       // threads of each kind
  bool has_width = false;       // one may choose the bits of what the lock counts
  std::optional<int> bypass{};  // by the other group, of a mutex by anybody; not set: only measured
  Sections sections = Sections::kOvertakes;
  std::vector<Claim> claims{};  // some more
  std::vector<Response> responses{StarvationFree()};
  std::vector<Expectation> expectations{};
  std::vector<Expectation> endless{};  // some more: of runs without end
};

// All of the model but its subject. Adds what all models have in common to `about`.
Model LockModelWithoutSubject(const LockText& text);

// What the user chose; `defaults` where the model has no such parameter.
ClientConfig ClientsOf(const Configuration& configuration, const ClientConfig& defaults);

// The model of `AnyClients`, a class like Clients.
template <class AnyClients>
Model LockModelOf(const LockText& text) {
  Model model = LockModelWithoutSubject(text);
  model.subject = [defaults = text.clients](const Configuration& configuration) -> std::unique_ptr<Subject> {
    const ClientConfig clients = ClientsOf(configuration, defaults);
    return std::make_unique<ModelSubject<AnyClients, ClientConfig>>(clients, clients.readers + clients.writers);
  };
  return model;
}

template <template <class> class Lock>
Model LockModel(const LockText& text) {
  Model model = LockModelOf<Clients<ModelSync, Lock>>(text);
  model.lock = TemplateName<Lock>();
  return model;
}

}  // namespace doorway::lock
