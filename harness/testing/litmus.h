#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/graph/value.h"
#include "harness/graph/verdict.h"
#include "harness/testing/graphs.h"
#include "harness/testing/program.h"

// The litmus tests of the literature: small programs, each with one interesting outcome of which it is published
// whether a memory model allows it.

namespace doorway::reference {

struct LitmusTest {
  struct Register {
    int thread = 0;
    int instruction = 0;
    Value value = 0;
  };
  struct Final {
    int location = 0;
    Value value = 0;
  };

  std::string name;  // "SB+rlx"
  Program program;
  // The outcome: what reads return, and what the mo-maximal writes wrote.
  std::vector<Register> registers;
  std::vector<Final> memory;
  bool allowed_in_sc = false;
  bool allowed_in_tso = false;
  bool allowed_in_rc11 = false;
  // Complete executions, where others have counted them.
  std::optional<std::size_t> executions_in_sc;
  std::optional<std::size_t> executions_in_rc11;

  bool allowed_in(MemoryModel memory_model) const {
    if (memory_model == MemoryModel::kTso) return allowed_in_tso;
    return memory_model == MemoryModel::kSc ? allowed_in_sc : allowed_in_rc11;
  }
  std::optional<std::size_t> executions_in(MemoryModel memory_model) const {
    if (memory_model == MemoryModel::kTso) return std::nullopt;
    return memory_model == MemoryModel::kSc ? executions_in_sc : executions_in_rc11;
  }
};

// Each shape (SB, MP, LB, IRIW, 2+2W, CoRR, CoWR, CoRW, CoWW, WRC, ISA2, R, S, Z6.3, RWC, W+RWC) with relaxed,
// release-acquire and seq_cst accesses, and relaxed ones with seq_cst or acq_rel fences between; then tests of single
// rules: the mixed-order examples of RC11, release sequences, failure orders, awaits.
std::vector<LitmusTest> AllLitmusTests();

// Whether `outcomes` has the test's outcome.
bool Shows(const LitmusTest& test, const std::set<Outcome>& outcomes);

}  // namespace doorway::reference
