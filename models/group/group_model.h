#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/graph/response.h"
#include "harness/sync/model_sync.h"
#include "models/group/clients.h"
#include "models/registry/model.h"
#include "models/registry/template_name.h"

// How a group-lock model is registered: the lock is a template parameter, the rest is what differs from model to model.
//
//   const Registration strict_fair(GroupModel<StrictFairGroupLock>({
//       .name = "group/strict_fair", ..., .clients = {.reds = 2, .blacks = 2}, .claims = {Excludes(), Parallel()},
//       .expectations = Verified()}));
//
// Claims that the engine makes by itself (no stuck thread, no data race) need no mention.

namespace doorway {

// Null if the claim makes no sense for these clients.
using GroupClaim = std::function<std::unique_ptr<Property>(const GroupConfig&)>;

GroupClaim Excludes();               // "exclusion"
GroupClaim ExcludesEverybody();      // "exclusion", also of the own group
GroupClaim Parallel();               // "same_group_parallel": left out if no group has two members
GroupClaim RedsParallel();           // "red_parallel"
GroupClaim BlacksParallel();         // "black_parallel"
GroupClaim BypassMeasured();         // "bypass_measured"
GroupClaim BypassAtMost(int bound);  // "bypass_bound"
// Below 0: there is none for these clients, and it is only measured.
GroupClaim BypassAtMost(std::function<int(const GroupConfig&)> bound);

// About infinite runs: "starvation_free", counted from the doorway. Locks without a doorway do not claim it.
Response StarvationFree();

// What is expected under SC and RC11 alike; or under RC11 alone. Of both engines under SC.
std::vector<Expectation> Verified();
std::vector<Expectation> Violates(const std::string& claim);
std::vector<Expectation> ViolatesUnderRc11(const std::string& claim);
std::vector<Expectation> NoWitness(const std::string& claim);

// What is expected without end (--rounds=0), with the numbers of clients that differ from their defaults.
using ClientCounts = std::vector<std::pair<std::string, int>>;
std::vector<Expectation> HoldsForEver(ClientCounts clients = {});
std::vector<Expectation> FailsForEver(const std::string& claim, ClientCounts clients = {});
std::vector<Expectation> StarvesForEver(const ClientCounts& clients = {});    // even under strong fairness
std::vector<Expectation> OvertakesForEver(const ClientCounts& clients = {});  // "bypass_bound" fails; and so starves
// `claim` fails under weak fairness; under strong, all hold.
std::vector<Expectation> FailsUnlessStrong(const std::string& claim, const ClientCounts& clients = {});

struct GroupModelText {
  std::string name{};
  std::string summary{};
  std::string about{};
  std::string source{};
  GroupConfig clients{};       // the default configuration
  bool fixed_clients = false;  // and the only one
  std::vector<GroupClaim> claims{};
  std::vector<Response> responses{StarvationFree()};
  std::vector<Expectation> expectations{};
  std::vector<Expectation> endless{};  // some more: of runs without end
};

// All of the model but its subject. Adds what all models have in common to `about`.
Model GroupModelWithoutSubject(const GroupModelText& text);

// What the user chose, or the fixed clients.
GroupConfig ClientsOf(const Configuration& configuration, const GroupConfig& fixed);

// The model of `Clients`, a class like GroupClients.
template <class Clients>
Model GroupModelOf(const GroupModelText& text) {
  Model model = GroupModelWithoutSubject(text);
  model.subject = [fixed = text.clients](const Configuration& configuration) -> std::unique_ptr<Subject> {
    const GroupConfig clients = ClientsOf(configuration, fixed);
    return std::make_unique<ModelSubject<Clients, GroupConfig>>(clients, clients.reds + clients.blacks);
  };
  return model;
}

template <template <class> class Lock>
Model GroupModel(const GroupModelText& text) {
  Model model = GroupModelOf<GroupClients<ModelSync, Lock>>(text);
  model.lock = TemplateName<Lock>();
  return model;
}

}  // namespace doorway
