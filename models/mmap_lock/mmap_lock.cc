#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/sync/model_sync.h"
#include "models/group/variants/weakened_sync.h"
#include "models/mmap_lock/clients.h"
#include "models/mmap_lock/variants.h"
#include "models/registry/model.h"
#include "properties/outcomes.h"

// mmap_lock and I/O: a watch that warns, what breaks it, and the deadlocks that it is for.

namespace doorway::mmap_lock {
namespace {

// Claims that a scenario puts to the test.
enum Claim : unsigned { kComplete = 1, kNoFalsePositive = 2, kNoSleep = 4 };

struct Text {
  std::string name;
  std::string summary;
  std::string about;
  Scenario scenario;
  unsigned claims = 0;
  std::vector<Expectation> expectations{};
};

std::vector<Expectation> Holds() {
  return {{MemoryModel::kSc, Verdict::kVerified},
          {MemoryModel::kRc11, Verdict::kVerified},
          {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState}};
}
std::vector<Expectation> HoldsAlsoForEver() {
  std::vector<Expectation> expectations = Holds();
  expectations.push_back({MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, {{"rounds", 0}}});
  return expectations;
}
std::vector<Expectation> Violates(const std::string& claim) {
  return {{MemoryModel::kSc, Verdict::kViolated, claim},
          {MemoryModel::kRc11, Verdict::kViolated, claim},
          {MemoryModel::kSc, Verdict::kViolated, claim, Engine::kState}};
}

Model Without(const Text& text) {
  Model model;
  model.name = text.name;
  model.summary = text.summary;
  model.about = text.about;
  model.source = "locks/watched_lock.h";
  model.parameters = {{"rounds", 1, 0, 1, "1: each thread once; 0: for ever"}};
  model.expectations = text.expectations;
  model.claims = [claims = text.claims](const Configuration& /*configuration*/) {
    std::vector<std::unique_ptr<Property>> properties;
    if (claims & kComplete) {
      properties.push_back(std::make_unique<Outcomes>("completeness", "who does I/O and holds a lock is warned",
                                                      kIoUnderLock, "does I/O under a lock, and is not warned"));
    }
    if (claims & kNoFalsePositive) {
      properties.push_back(std::make_unique<Outcomes>("no_false_positive", "who is warned of I/O holds a lock",
                                                      kIoWithoutLock, "is warned, and holds no lock"));
    }
    if (claims & kNoSleep) {
      properties.push_back(std::make_unique<Outcomes>("no_blocking_while_spinning",
                                                      "no step that may sleep is taken by who holds a spinlock",
                                                      kMaySleep, "may sleep, and holds a spinlock"));
    }
    return properties;
  };
  model.responses = [](const Configuration& configuration) {
    if (configuration.at("rounds") > 0) return std::vector<Response>();
    return std::vector<Response>{{"every_call_returns", "whoever is called returns", kCalled, kReturns}};
  };
  return model;
}

template <template <class> class Lock, class Sync = ModelSync>
Registration Of(const Text& text) {
  Model model = Without(text);
  model.subject = [scenario = text.scenario](const Configuration& configuration) -> std::unique_ptr<Subject> {
    Scenario configured = scenario;
    configured.endless = !configuration.values().empty() && configuration.at("rounds") == 0;
    return std::make_unique<ModelSubject<Clients<Sync, Lock>, Scenario>>(configured, configured.threads);
  };
  return Registration(std::move(model));
}

constexpr const char* kDeadlock =
    "Reads and writes of files take the lock of the file system, and then fault; a fault that does I/O under mmap_lock "
    "takes the lock of the file system after it. ";

const Registration watch[] = {
    Of<OverFair>({"mmap_lock/watched",
                  "a count for each thread and lock: who does I/O under mmap_lock is warned, and nobody else",
                  "A fault that needs I/O drops the lock and comes again; a careless one does not, and is warned.",
                  {3, {Role::kFault, Role::kCareless, Role::kMapper}},
                  kComplete | kNoFalsePositive,
                  HoldsAlsoForEver()}),
    Of<OverLinux>({"mmap_lock/watched/linux",
                   "the same over the rwsem of Linux",
                   "What mmap_lock is (locks/linux_rw_sem.h).",
                   {2, {Role::kFault, Role::kMapper}},
                   kNoFalsePositive,
                   HoldsAlsoForEver()}),
    Of<OverFair>({"mmap_lock/watched/two_mms",
                  "a thread holds the locks of two mms, and does I/O when it has released the inner one",
                  "Copies from another process.",
                  {2, {Role::kTwoMms, Role::kMapperOf1}},
                  kComplete | kNoFalsePositive,
                  Holds()}),
    Of<Flag>({"mmap_lock/flag",
              "a flag for each thread: the end of the inner section clears it, and I/O in the outer one goes unwarned",
              "One thread, two locks.",
              {1, {Role::kTwoMms}},
              kComplete | kNoFalsePositive,
              Violates("completeness")}),
    Of<RetryKeepsRecord>({"mmap_lock/retry_keeps_record",
                          "the way out of a fault that says RETRY drops the lock, and not the record of it",
                          "One thread. Every path that unlocks has to go through the watch.",
                          {1, {Role::kFault}},
                          kNoFalsePositive,
                          Violates("no_false_positive")}),
    Of<OverFair>({"mmap_lock/watched/hand_over",
                  "a lock is released by another thread than its taker, which says so",
                  "mmap_read_unlock_non_owner: the work that ends a stack trace is done in an interrupt's context.",
                  {2, {Role::kHandsOver, Role::kLetsGo}},
                  kNoFalsePositive,
                  Holds()}),
    Of<HandsOverSilently>({"mmap_lock/hands_over_silently",
                           "a lock is released by another thread than its taker, whose record stays for ever",
                           "Two threads.",
                           {2, {Role::kHandsOver, Role::kLetsGo}},
                           kNoFalsePositive,
                           Violates("no_false_positive")}),
    Of<OverFair>({"mmap_lock/watched/downgrade",
                  "a writer that becomes a reader still holds the lock",
                  "With a page fault beside it.",
                  {2, {Role::kDowngrade, Role::kFault}},
                  kComplete | kNoFalsePositive,
                  Holds()}),
    Of<DowngradeIsAnEnd>({"mmap_lock/downgrade_is_an_end",
                          "a downgrade is taken for an unlock: I/O of the reader goes unwarned",
                          "One thread.",
                          {1, {Role::kDowngrade}},
                          kComplete | kNoFalsePositive,
                          Violates("completeness")}),
    Of<OverFair, WeakenedSync<ModelSync, DropAcquire>>({"mmap_lock/no_acquire",
                                                        "all acquires relaxed: a fault does not see what mmap did",
                                                        "The watch gives no order; the lock inside has to.",
                                                        {2, {Role::kFault, Role::kMapper}},
                                                        0,
                                                        Violates("no_data_race")}),
    Of<OverFair, WeakenedSync<ModelSync, DropRelease>>({"mmap_lock/no_release",
                                                        "all releases relaxed: mmap does not show a fault what it did",
                                                        "The watch gives no order; the lock inside has to.",
                                                        {2, {Role::kFault, Role::kMapper}},
                                                        0,
                                                        Violates("no_data_race")}),
};

const Registration deadlocks[] = {
    Of<OverFair>({"mmap_lock/io_inside",
                  "I/O under mmap_lock: a fault, a read of a file and a waiting mmap deadlock",
                  std::string(kDeadlock) +
                      "Two readers do not exclude each other; the writer that waits between them does. "
                      "The watch warns in each execution, the deadlock comes in few.",
                  {3, {Role::kIoInside, Role::kFileRead, Role::kMapper}},
                  kComplete,
                  Violates("no_stuck_thread")}),
    Of<OverFair>({"mmap_lock/io_inside/no_writer",
                  "the same without the mmap: no deadlock, and all the same a warning",
                  kDeadlock,
                  {2, {Role::kIoInside, Role::kFileRead}},
                  kComplete,
                  Holds()}),
    Of<OverReadPreferring>({"mmap_lock/io_inside/read_preferring",
                            "the same over a rwsem that prefers readers: no deadlock",
                            std::string(kDeadlock) + "A waiting writer holds nobody up. It may starve.",
                            {3, {Role::kIoInside, Role::kFileRead, Role::kMapper}},
                            kComplete,
                            Holds()}),
    Of<OverLinux>({"mmap_lock/io_inside/linux",
                   "the same over the rwsem of Linux: deadlock",
                   std::string(kDeadlock) + "Its readers steal, but not beside other readers.",
                   {3, {Role::kIoInside, Role::kFileRead, Role::kMapper}},
                   kComplete,
                   Violates("no_stuck_thread")}),
    Of<OverFair>({"mmap_lock/io_outside",
                  "the fault drops mmap_lock for its I/O, and says RETRY: no deadlock",
                  "What io_inside is to be compared with.",
                  {3, {Role::kFault, Role::kFileRead, Role::kMapper}},
                  kNoFalsePositive,
                  HoldsAlsoForEver()}),
    Of<OverFair>({"mmap_lock/read_twice",
                  "a reader that takes the lock again waits behind a writer that waits for it",
                  "Two threads, one lock.",
                  {2, {Role::kReadTwice, Role::kMapper}},
                  0,
                  Violates("no_stuck_thread")}),
    Of<OverLinux>({"mmap_lock/read_twice/linux",
                   "the same over the rwsem of Linux",
                   "Its readers steal, but not beside other readers, also if that is themselves.",
                   {2, {Role::kReadTwice, Role::kMapper}},
                   0,
                   Violates("no_stuck_thread")}),
    Of<OverReadPreferring>({"mmap_lock/read_twice/read_preferring",
                            "the same over a rwsem that prefers readers: no harm",
                            "What a recursive read lock costs is the writers' fairness.",
                            {2, {Role::kReadTwice, Role::kMapper}},
                            0,
                            Holds()}),
    Of<OverFair>({"mmap_lock/two_processes",
                  "two processes copy from each other, each under its own lock, and a mapper waits in each: deadlock",
                  "The same across mms, where no thread takes one lock twice.",
                  {4, {Role::kOwnThenOther, Role::kOtherThenOwn, Role::kMapper, Role::kMapperOf1}},
                  0,
                  Violates("no_stuck_thread")}),
    Of<OverFair>({"mmap_lock/two_processes/dropped",
                  "the same, but the own lock is dropped before the other is taken: no deadlock",
                  "Linux copies with page faults disabled, and if that fails drops its lock and faults outside.",
                  {4, {Role::kOwnDroppedForIt, Role::kOtherDroppedForIt, Role::kMapper, Role::kMapperOf1}},
                  0,
                  Holds()}),
};

const Registration spinning[] = {
    Of<OverFair>({"mmap_lock/spinlock",
                  "a spinlock instead: a fault that needs I/O pins, unlocks, sleeps, and comes again",
                  "The other half of the discussion: nobody sleeps under a spinlock, so nobody has to be warned.",
                  {3, {Role::kSpinFault, Role::kDisk, Role::kSpinMapper}},
                  kNoFalsePositive | kNoSleep,
                  Holds()}),
    Of<OverFair>({"mmap_lock/spinlock/io_inside",
                  "I/O under the spinlock: it sleeps, and what ends the I/O spins for the lock",
                  "Warned, and stuck.",
                  {2, {Role::kSpinIo, Role::kDisk}},
                  kComplete | kNoSleep,
                  Violates("no_blocking_while_spinning")}),
    Of<OverFair>({"mmap_lock/spinlock/sleeping_lock_inside",
                  "a sleeping lock is taken under the spinlock",
                  "It sleeps only if somebody holds it; it may at any time.",
                  {1, {Role::kSpinSleeps}},
                  kNoSleep,
                  Violates("no_blocking_while_spinning")}),
    Of<OverFair>({"mmap_lock/spinlock/stuck",
                  "I/O under the spinlock, where nobody claims more than that all comes to an end",
                  "Whoever ends the I/O waits for the lock of who waits for it.",
                  {2, {Role::kSpinIo, Role::kDisk}},
                  kComplete,
                  Violates("no_stuck_thread")}),
};

}  // namespace
}  // namespace doorway::mmap_lock
