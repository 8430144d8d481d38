#pragma once

#include "harness/explore/state/state_claims.h"
#include "harness/graph/monitor.h"
#include "harness/graph/response.h"

namespace doorway {

// A response as a monitor of one thread: one bit, whether it waits. Flags the end of a wait.
class Waits final : public Monitor {
 public:
  Waits(StateClaims::Index claim, const Response& response, int subject)
      : claim_(claim), response_(response), subject_(subject) {}
  StateClaims::Index claim() const { return claim_; }
  int subject() const { return subject_; }
  int bits() const override { return 1; }
  bool Counting(Value state) const override { return state != 0; }
  Answer Hear(const Noted& noted, Value* state) const override {
    Answer answer;
    if (noted.when == When::kLatest || noted.subject != subject_) return answer;
    if (noted.kind == response_.begins) {
      answer.antecedent = true;
      *state = 1;
    }
    if (noted.kind == response_.ends) {
      answer.flagged = *state != 0;
      *state = 0;
    }
    return answer;
  }

 private:
  const StateClaims::Index claim_;
  const Response& response_;
  const int subject_;
};

}  // namespace doorway
