#pragma once

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

 private:
  std::uint64_t received_ = 0;
};

}  // namespace doorway
