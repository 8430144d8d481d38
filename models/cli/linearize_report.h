#pragma once

#include <string>

#include "harness/linearize/call.h"
#include "harness/linearize/check.h"
#include "harness/linearize/history.h"

// What `linearize` found, for people and for programs.

namespace doorway {

struct LinearizeReport {
  const std::string& file;
  const linearize::Vocabulary& vocabulary;
  const linearize::History& history;
  const linearize::Result& result;
  double seconds = 0;  // that the check took, reading left out
};

// Several lines. The same for the same history, but for the time that it took.
std::string ShowLinearizeReport(const LinearizeReport& report);

// Schema "doorway.linearize/1", an object:
//   verdict         verified, violated or unknown; if unknown, `limit`: time, memory or interrupted
//   specification, operations, pending, processes, parts (as many as there are keys, or 1), fast_parts (registers of
//                   distinct writes, which need no search), configurations, states,
//   seconds, bytes  what the search kept
//   counterexample  if violated: `misfit`, an operation; `prefix`, operations that were before its response, in an
//                   order in which they can have taken effect (null if limits ran out before one was found);
//                   `states`, texts, those that the object can be in once all that responded before has taken
//                   effect; `more_states`, whether there are more
// An operation has `process`, `operation` ("cas(1, 2) = true"), `invoke_line`, and `response_line`, or null.
std::string LinearizeReportJson(const LinearizeReport& report);

}  // namespace doorway
