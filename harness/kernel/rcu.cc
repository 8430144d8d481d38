// What linux/rcupdate.h calls.

#include "harness/front/rcu.h"

#include "harness/behaviour/runtime.h"
#include "harness/compiled/accesses.h"
#include "harness/compiled/blocking.h"
#include "harness/compiled/calls.h"
#include "harness/compiled/thread_state.h"

namespace doorway::compiled {
namespace {

const Value the_rcu = 0;  // its address

front::Rcu RcuOfAll(Site site) {
  runtime::Object rcu;
  rcu.address = &the_rcu;
  rcu.width = 8;
  rcu.initial = front::Rcu::Initialised();
  rcu.name = "rcu";
  rcu.site = site;
  runtime::Declare(rcu);
  return front::Rcu(rcu.address);
}

// `step` of the RCU by the running thread; misuse, if it cannot be done, ends the run.
template <class Step>
void OnRcu(const char* function, const void* from, const char* misuse, const Step& step) {
  ThreadState& thread = MustRun(function);
  const Busy busy(thread);
  Finish(thread);
  const Site site = SiteOf(thread, from);
  if (!step(RcuOfAll(site), site)) runtime::Fail(misuse, 0, site);
}

}  // namespace
}  // namespace doorway::compiled

using doorway::Site;
using doorway::compiled::OnRcu;
using doorway::front::Rcu;

extern "C" {

void doorway_rcu_read_lock() {
  OnRcu("rcu_read_lock", DOORWAY_CALLER, "RCU read-side sections nest more than three deep",
        [](Rcu rcu, Site site) { return rcu.Enter(site); });
}
void doorway_rcu_read_unlock() {
  OnRcu("rcu_read_unlock", DOORWAY_CALLER, "rcu_read_unlock() outside of a read-side section",
        [](Rcu rcu, Site site) { return rcu.Leave(site); });
}
void doorway_synchronize_rcu() {
  OnRcu("synchronize_rcu", DOORWAY_CALLER, "synchronize_rcu() in a read-side section waits for itself",
        [](Rcu rcu, Site site) { return rcu.Synchronize(site); });
}

}  // extern "C"
