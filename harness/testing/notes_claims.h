#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "harness/graph/property.h"

// Claims of safety about the tags of random programs, for comparing what the state explorer finds in different ways.
// They are claims about its interleavings: Check() says what their monitors have flagged.

namespace doorway::reference {

// At most one thread at a time is between its doorway and its admit.
class OneWaits final : public Property {
 public:
  std::string_view name() const override { return "one_waits"; }
  std::string_view description() const override { return "at most one thread waits"; }
  std::optional<Finding> Check(const Execution& /*execution*/) override {
    return Finding{"one_waits", "two", {}, false};
  }
  std::uint64_t antecedents() const override { return 1; }
  std::vector<std::unique_ptr<Monitor>> Monitors(int threads) const override;
};

// While a thread waits, others are admitted at most twice. Explored for one thread after another.
class FewAdmits final : public Property {
 public:
  static constexpr std::uint64_t kLimit = 2;

  std::string_view name() const override { return "few_admits"; }
  std::string_view description() const override { return "few are admitted meanwhile"; }
  std::optional<Finding> Check(const Execution& /*execution*/) override {
    return Finding{"few_admits", "many", {}, false};
  }
  std::uint64_t antecedents() const override { return 1; }
  std::vector<std::unique_ptr<Monitor>> Monitors(int threads) const override;
};

}  // namespace doorway::reference
