#include <memory>

#include "harness/behaviour/subject.h"
#include "harness/sync/model_sync.h"
#include "models/registry/model.h"

// A claim about infinite runs: clients that never end, and what must always come at last. Judged by the state engine.

namespace doorway {
namespace {

struct IsFree {
  bool operator()(bool held) const { return !held; }
};
struct Take {
  bool operator()(bool /*held*/) const { return true; }
};

// A test-and-set lock: whoever sees it free first takes it, however long another has waited.
template <class Sync>
class TestAndSet {
 public:
  void lock() {
    const bool held = held_.exchange(true, std::memory_order_acquire);  // pairs with the unlock's release
    Sync::tag(notes::kDoorway, Sync::self());
    if (held) held_.await_update(IsFree{}, Take{}, with(), std::memory_order_acquire);  // likewise
  }
  void unlock() { held_.store(false, std::memory_order_release); }

 private:
  typename Sync::template Atomic<bool> held_{false, "lock.held"};
};

// Each client takes the lock again and again.
template <class Sync>
class EndlessClients {
 public:
  explicit EndlessClients(const Configuration&) {}

  void thread(int) {
    Sync::forever([this] {
      lock_.lock();
      Sync::note(notes::kEnter, Sync::self());
      last_.set(Sync::self());  // plain data: two sections at once are a data race
      Sync::note(notes::kLeave, Sync::self());
      lock_.unlock();
    });
  }

 private:
  TestAndSet<Sync> lock_;
  typename Sync::template Var<int> last_{0, "last"};
};

const Registration endless{{
    .name = "example/test_and_set",
    .summary = "a test-and-set lock that is taken again and again: who waits may wait for ever",
    .about =
        "Clients take a test-and-set lock in an endless loop. Each time it is free, another one may be faster: under "
        "weak fairness a client may starve. Under strong fairness a wait that could end again and again ends.",
    .source = "models/example/test_and_set.cc",
    .parameters = {{"threads", 2, 1, 4, "clients of the lock"}},
    .expectations = {{MemoryModel::kRc11, Verdict::kVerifiedWithinBounds},
                     {MemoryModel::kSc, Verdict::kViolated, "starvation_free", Engine::kState},
                     {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, {}, Fairness::kStrong},
                     {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, {{"threads", 1}}}},
    .subject = [](const Configuration& configuration) -> std::unique_ptr<Subject> {
      using Clients = EndlessClients<ModelSync>;
      return std::make_unique<ModelSubject<Clients, Configuration>>(configuration, configuration.at("threads"));
    },
    .claims = [](const Configuration&) { return std::vector<std::unique_ptr<Property>>(); },
    .responses = [](const Configuration&) -> std::vector<Response> {
      return {{"starvation_free", "who has crossed the doorway enters", notes::kDoorway, notes::kEnter}};
    },
}};

}  // namespace
}  // namespace doorway
