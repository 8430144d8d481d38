#pragma once

#include <string>
#include <vector>

#include "reports/results/result.h"

// Who may wait for ever, and how many overtake a waiter: a row a design, from what the state engine found.

namespace doorway::results {

// What a cell says, and how sure it is of it.
struct FairnessCell {
  std::string text;  // "yes", "no", "2", "none", "at least 3"; empty: it was not judged
  std::string
      verdict;      // "verified", "verified_within_bounds", "violated", "unknown"; of a number, how its claim is known
  std::string why;  // what is behind a text that needs it: "weak fairness suffices"; else empty
};

enum class Clients {
  kEndless,  // --rounds=0, by the models' convention
  kEnd,      // after some rounds: numbers are of so many
  kOther,    // the model has no rounds, and is one or the other
};

// One design in one configuration. The columns of weak and strong fairness are two runs.
struct FairnessRow {
  std::string model, memory;
  std::string configuration;  // "reds=2 blacks=1 rounds=0"
  Clients clients = Clients::kOther;
  FairnessCell exclusion, bypass, weak, strong;
};

// Rows for all runs of the state engine that judged a claim about infinite runs, or counted overtakes ("max_bypass").
// Starvation-free is a design for which each claim about infinite runs holds. What holds under weak fairness holds
// under strong, under which fewer runs are fair; what fails under strong, fails under weak. A design that was
// explored with clients without end has no rows of clients that end.
std::vector<FairnessRow> FairnessOf(const std::vector<RunResult>& runs);

}  // namespace doorway::results
