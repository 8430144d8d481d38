#include "harness/testing/notes_claims.h"

#include <bit>

namespace doorway::reference {
namespace {

class WhoWaits final : public Monitor {
 public:
  int bits() const override { return kMaxThreads; }
  Answer Hear(const Noted& noted, Value* state) const override {
    Answer answer;
    if (noted.when == When::kLatest) return answer;
    const Value subject = Value{1} << noted.subject;
    if (noted.kind == notes::kAdmit) *state &= ~subject;
    if (noted.kind != notes::kDoorway) return answer;
    answer.antecedent = true;
    *state |= subject;
    answer.flagged = std::popcount(*state) > 1;
    return answer;
  }
};

class CountsAdmits final : public Monitor {
 public:
  explicit CountsAdmits(int waiter) : waiter_(waiter) {}
  int bits() const override { return 1; }
  Answer Hear(const Noted& noted, Value* state) const override {
    Answer answer;
    if (noted.when == When::kLatest) return answer;
    const bool own = noted.subject == waiter_;
    if (noted.kind == notes::kAdmit && *state != 0) answer.counted = own ? 0 : 1;
    if (own && noted.kind == notes::kAdmit) *state = 0;
    if (own && noted.kind == notes::kDoorway) *state = 1;
    answer.antecedent = own;
    return answer;
  }
  bool apart() const override { return true; }
  int follows() const override { return waiter_; }
  bool counts() const override { return true; }
  bool Counting(Value state) const override { return state != 0; }
  std::optional<std::uint64_t> limit() const override { return FewAdmits::kLimit; }
  std::string_view measure() const override { return "admits"; }

 private:
  const int waiter_;
};

}  // namespace

std::vector<std::unique_ptr<Monitor>> OneWaits::Monitors(int /*threads*/) const {
  std::vector<std::unique_ptr<Monitor>> monitors;
  monitors.push_back(std::make_unique<WhoWaits>());
  return monitors;
}

std::vector<std::unique_ptr<Monitor>> FewAdmits::Monitors(int threads) const {
  std::vector<std::unique_ptr<Monitor>> monitors;
  for (int t = 0; t < threads; ++t) monitors.push_back(std::make_unique<CountsAdmits>(t));
  return monitors;
}

}  // namespace doorway::reference
