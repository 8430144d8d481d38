#include "locks/rcuwait.h"

#include "models/lock/lock_model.h"
#include "models/lock/rcuwait_clients.h"

// The wait for one thread, and what breaks it.

namespace doorway::lock {
namespace {

template <template <class> class Wait>
Model RcuWaitModel(const char* name, const char* summary, const char* about, std::vector<Expectation> expectations,
                   std::vector<Expectation> endless = {}) {
  Model model = LockModelOf<WaitClients<ModelSync, Wait>>({
      .name = name,
      .summary = summary,
      .about = about,
      .source = "locks/rcuwait.h",
      .clients = {.readers = 1, .writers = 1},
      .most = 1,
      .sections = Sections::kNone,
      .responses = {{"waiter_goes_on", "who waits for an item gets it", notes::kDoorway, notes::kEnter}},
      .expectations = std::move(expectations),
      .endless = std::move(endless),
  });
  model.about = std::string(about) + " One thread waits for an item, the other makes it, each --rounds times.";
  return model;
}

const Registration rcuwait_models[] = {
    Registration(RcuWaitModel<RcuWait>("lock/rcuwait", "a wait for one thread: a place, a state and two fences",
                                       "Publish oneself, fence, test; change, fence, look.", Verified(),
                                       HoldsForEverUnderTso(Verdict::kVerifiedWithinBounds))),
    Registration(
        RcuWaitModel<RcuWaitTestsFirst>("lock/rcuwait/tests_first", "tests before it is seen asleep: a wake-up is lost",
                                        "The order that every sleeper has to keep.", Violates("no_stuck_thread"))),
    Registration(RcuWaitModel<RcuWaitNoWakerFence>(
        "lock/rcuwait/no_waker_fence", "no barrier between the change and the look for a waiter",
        "Store buffering: right under SC alone.", ViolatesUnderRc11AndTso("no_stuck_thread"))),
    Registration(RcuWaitModel<RcuWaitNoWaiterFence>(
        "lock/rcuwait/no_waiter_fence", "no barrier between falling asleep and the test",
        "Store buffering: right under SC alone.", ViolatesUnderRc11AndTso("no_stuck_thread"))),
};

}  // namespace
}  // namespace doorway::lock
