#pragma once

#include <string>
#include <vector>

#include "models/mprotect/scenario.h"

// The models of demoted entries by name: scenario, claims, and which claim must be found violated. Plain data, so that
// every engine's registration can read it.

namespace doorway::mprotect {

enum Claim : unsigned {
  kNoLostWrite = 1,
  kNoWriteAfterReturn = 2,
  kDeadEnd = 4,
};

struct Case {
  std::string name;
  std::string summary;
  std::string about;
  Scenario scenario;
  unsigned claims = 0;       // besides those that every model makes
  std::string violated;      // the claim that must be found violated; empty: verified
  bool states_only = false;  // there are too many executions: only the state engine is asked
};

const std::vector<Case>& Cases();

}  // namespace doorway::mprotect
