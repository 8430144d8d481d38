#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/sync/model_sync.h"
#include "models/registry/model.h"
#include "models/vma/clients.h"

// How a per-VMA lock is registered with the clients of clients.h: the lock is a template parameter, the rest is what
// differs from model to model.
//
//   const Registration two_bit(ClientsModel<VmaTwoBitLock>({.name = "vma/two_bit", ..., .expectations = Verified()}));
//
// All claim what they can be asked: exclusion, readers in parallel, a right count, a writer that gets in at last.

namespace doorway::vma {

// What is expected under SC and RC11 alike; or under RC11 alone. Of both engines under SC.
std::vector<Expectation> Verified();
std::vector<Expectation> Violates(const std::string& claim);
std::vector<Expectation> ViolatesUnderRc11(const std::string& claim);

// What is expected of runs without end (--rounds=0). Where faults do not fall back but come again at once
// (--fall_back=0), it may be another matter that the writer gets in at last.
std::vector<Expectation> HoldsForEver();
std::vector<Expectation> HoldsForEver(Verdict without_fall_back);

// The claims of every model of this family, by name.
std::unique_ptr<Property> Excludes();     // "exclusion"
std::unique_ptr<Property> CountsRight();  // "count_stays_right"
Response WriterEnters();                  // "writer_enters"

struct ClientsText {
  std::string name{};
  std::string summary{};
  std::string about{};
  std::string source{};
  ClientConfig clients{};  // the default configuration
  bool has_width = false;  // one may choose the bits of the lock's word
  std::vector<Expectation> expectations{};
  std::vector<Expectation> endless{};  // some more: of runs without end
};

// All of the model but its subject. Adds what all models have in common to `about`.
Model ClientsModelWithoutSubject(const ClientsText& text);

// What the user chose; `defaults` where the model has no such parameter.
ClientConfig ClientsOf(const Configuration& configuration, const ClientConfig& defaults);

// The model of `Clients`, over any Sync, lock and mm.
template <class Clients>
Model ClientsModelOf(const ClientsText& text) {
  Model model = ClientsModelWithoutSubject(text);
  model.subject = [defaults = text.clients](const Configuration& configuration) -> std::unique_ptr<Subject> {
    const ClientConfig clients = ClientsOf(configuration, defaults);
    return std::make_unique<ModelSubject<Clients, ClientConfig>>(clients, clients.readers + 1);
  };
  return model;
}

template <template <class> class Lock>
Model ClientsModel(const ClientsText& text) {
  return ClientsModelOf<Clients<ModelSync, Lock>>(text);
}

}  // namespace doorway::vma
