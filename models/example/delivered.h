#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "harness/graph/monitor.h"
#include "harness/graph/note_kind.h"
#include "harness/graph/property.h"

namespace doorway {

inline constexpr NoteKind kReceived{"received"};  // note: the receiver has seen the flag

// An exists claim: some execution delivers a message. Without it, a receiver that never sees the flag would do.
class Delivered final : public Property {
 public:
  std::string_view name() const override { return "delivered"; }
  Kind kind() const override { return Kind::kExists; }
  std::string_view description() const override { return "some execution delivers a message"; }

  std::optional<Finding> Check(const Execution& execution) override {
    for (const Mark& mark : execution.marks) {
      if (mark.kind != kReceived) continue;
      ++received_;
      return Finding{"delivered", "the receiver sees the flag", {{mark.after, "received"}}};
    }
    return std::nullopt;
  }
  std::uint64_t antecedents() const override { return received_; }

  std::vector<std::unique_ptr<Monitor>> Monitors(int /*threads*/) const override {
    std::vector<std::unique_ptr<Monitor>> monitors;
    monitors.push_back(std::make_unique<DeliveredMonitor>());
    return monitors;
  }

 private:
  // Needs no state: one note is a witness.
  class DeliveredMonitor final : public Monitor {
   public:
    int bits() const override { return 0; }
    Answer Hear(const Noted& noted, Value* /*state*/) const override {
      const bool received = noted.kind == kReceived;
      return {.flagged = received, .antecedent = received};
    }
  };

  std::uint64_t received_ = 0;
};

}  // namespace doorway
