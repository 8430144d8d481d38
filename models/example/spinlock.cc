#include <memory>

#include "harness/behaviour/subject.h"
#include "harness/native/stress_sync.h"
#include "harness/native/subject.h"
#include "harness/sync/model_sync.h"
#include "models/registry/model.h"
#include "properties/exclusion.h"

// A test-and-set lock, its clients, and a variant without the release: how a lock is modelled. A lock that others may
// want to use would be a header in locks/.

namespace doorway {
namespace {

struct IsFree {
  bool operator()(bool held) const { return !held; }
};
struct Take {
  bool operator()(bool /*held*/) const { return true; }
};

template <class Sync, std::memory_order kUnlock>
class Spinlock {
 public:
  void lock() {
    held_.await_update(IsFree{}, Take{}, with(), std::memory_order_acquire);  // pairs with the unlock's release
  }
  void unlock() { held_.store(false, kUnlock); }

 private:
  typename Sync::template Atomic<bool> held_{false, "lock.held"};
};

// Each client takes the lock once and counts.
template <class Sync, std::memory_order kUnlock>
class Clients {
 public:
  explicit Clients(const Configuration& configuration) : threads_(configuration.at("threads")) {}

  void thread(int self) {
    lock_.lock();
    Sync::note(notes::kEnter, self);
    count_.set(count_.get() + 1);
    Sync::note(notes::kLeave, self);
    lock_.unlock();
  }

  void after() { Sync::check(count_.get() == threads_, "a count was lost"); }

 private:
  const int threads_;
  Spinlock<Sync, kUnlock> lock_;
  typename Sync::template Var<int> count_{0, "count"};
};

template <std::memory_order kUnlock>
std::unique_ptr<Subject> MakeSubject(const Configuration& configuration) {
  return std::make_unique<ModelSubject<Clients<ModelSync, kUnlock>, Configuration>>(configuration,
                                                                                    configuration.at("threads"));
}

template <std::memory_order kUnlock>
std::unique_ptr<NativeSubject> MakeNative(const Configuration& configuration) {
  return std::make_unique<NativeModel<Clients<StressSync, kUnlock>, Configuration>>(configuration,
                                                                                    configuration.at("threads"));
}

std::vector<std::unique_ptr<Property>> Claims(const Configuration&) {
  std::vector<std::unique_ptr<Property>> claims;
  claims.push_back(std::make_unique<Exclusion>(Exclusion::Excludes::kEverybody));
  return claims;
}

const std::vector<Parameter> kParameters = {{"threads", 2, 1, 4, "clients of the lock"}};

const Registration good{{
    .name = "example/spinlock",
    .summary = "a test-and-set lock",
    .about = "Clients take a test-and-set lock once each and count in plain data. Waiting is an await, so nothing is "
             "said about how long a client may have to wait.",
    .source = "models/example/spinlock.cc",
    .parameters = kParameters,
    .expectations = {{MemoryModel::kSc, Verdict::kVerified},
                     {MemoryModel::kRc11, Verdict::kVerified},
                     {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState}},
    .subject = MakeSubject<std::memory_order_release>,
    .claims = Claims,
}};

// The same on real threads.
const NativeRegistration good_native("example/spinlock", MakeNative<std::memory_order_release>);
const NativeRegistration relaxed_native("example/spinlock/relaxed_unlock", MakeNative<std::memory_order_relaxed>);

const Registration relaxed{{
    .name = "example/spinlock/relaxed_unlock",
    .summary = "the unlock is relaxed: critical sections are not ordered",
    .about = "The unlock hands nothing on: a client's section may overlap the one before it.",
    .source = "models/example/spinlock.cc",
    .parameters = kParameters,
    .expectations = {{MemoryModel::kRc11, Verdict::kViolated, "exclusion"},
                     {MemoryModel::kSc, Verdict::kViolated, "no_data_race", Engine::kState}},
    .subject = MakeSubject<std::memory_order_relaxed>,
    .claims = Claims,
}};

}  // namespace
}  // namespace doorway
