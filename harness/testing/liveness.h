#pragma once

#include <bitset>
#include <vector>

#include "harness/testing/program.h"

// Which of a thread's registers may still be used in its iteration. What is not live can be forgotten: two threads that
// differ in nothing else will do the same.

namespace doorway::reference {

struct Live {
  std::bitset<kMaxInstructions> registers;
  std::bitset<kMaxInstructions> done;  // of CASes: whether it succeeded
};

// By position in `code`, its end included: what is live before that instruction.
std::vector<Live> Liveness(const std::vector<Instruction>& code);

}  // namespace doorway::reference
