#include "harness/relacy_front/results.h"

#include "harness/relacy_front/codes.h"

namespace rl {

char const* test_result_str(test_result_e result) {
  static char const* const names[] = {
      "SUCCESS",
      "UNTIL CONDITION HIT",
      "INCONSISTENT TEST SUITE",
      "USER ASSERT FAILED",
      "USER INVARIANT FAILED",
      "DATA RACE",
      "ACCESS TO FREED MEMORY",
      "DOUBLE FREE",
      "MEMORY LEAK",
      "RESOURCE LEAK",
      "ACCESS TO UNINITIALIZED VARIABLE",
      "DEADLOCK",
      "LIVELOCK",
      "RECURSION ON NON-RECURSIVE MUTEX",
      "UNLOCKING MUTEX W/O OWNERSHIP",
      "DESTROYING OWNED MUTEX",
      "DOUBLE INITIALIZATION OF MUTEX",
      "USAGE OF NON INITIALIZED MUTEX",
      "ATTEMPT TO UPGRADE EXCLUSIVE MUTEX OWNERSHIP TO SHARED",
      "ATTEMPT TO UPGRADE SHARED MUTEX OWNERSHIP TO EXCLUSIVE",
      "DOUBLE INITIALIZATION OF CONDITION VARIABLE",
      "USAGE OF NON INITIALIZED CONDITION VARIABLE",
      "DOUBLE INITIALIZATION OF SEMAPHORE",
      "USAGE OF NON INITIALIZED SEMAPHORE",
      "DOUBLE INITIALIZATION OF EVENT",
      "USAGE OF NON INITIALIZED EVENT",
      "SIGNALLING A THREAD",
  };
  return names[result];
}

namespace front {

std::optional<test_result_e> result_of(const doorway::front::Trouble& trouble) {
  using doorway::front::Fault;
  const bool checked = trouble.fault == Fault::kFailed || trouble.fault == Fault::kInvariant;
  if (checked && trouble.code == kUnsupported) return std::nullopt;
  switch (trouble.fault) {
    case Fault::kFailed:
      return trouble.code == 0 ? test_result_user_assert_failed : static_cast<test_result_e>(trouble.code);
    case Fault::kInvariant:
      if (trouble.code != test_result_user_assert_failed) return static_cast<test_result_e>(trouble.code);
      return test_result_user_invariant_failed;
    case Fault::kDataRace:
      return test_result_data_race;
    case Fault::kFreed:
      return test_result_access_to_freed_memory;
    case Fault::kUninitialised:
      return test_result_unitialized_access;
    case Fault::kDeadlock:
      return test_result_deadlock;
    case Fault::kLivelock:
      return test_result_livelock;
    case Fault::kMemoryLeak:
      return test_result_memory_leak;
    case Fault::kFreedTwice:
      return test_result_double_free;
  }
  return std::nullopt;
}

}  // namespace front

}  // namespace rl
