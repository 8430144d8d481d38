#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "harness/graph/monitor.h"
#include "harness/native/record.h"

// What a claim's monitor says to a native run.
//
// The clock says of two operations which came first only where one had ended when the other began. So a run is not one
// interleaving but all those that the clock allows, of which one was real. A violation is one only if the monitor flags
// each of them:
//
//   T0   ├─ lock ─┤ enter                 leave ├─ unlock ─┤
//   T1         ├─ lock ─┤ enter   leave ├─ unlock ─┤              both inside, whatever the order of the locks
//
// and a count is worth what the interleaving that counts least says. Never a false alarm, then; what is overlooked,
// since the clock is too coarse, the next run may show.
//
// Where exclusion is meant in happens-before, this is still sound: who acquires what another released began to do so
// after the other had ended.

namespace doorway::native {

// A run as monitors hear it.
class HeardRun {
 public:
  // Operations beside which there are notes. Replaces what was there.
  void Take(const Logs& logs);

  struct Answer {
    bool flagged = false;
    bool antecedent = false;
    std::uint64_t counted = 0;  // the most at a time
  };
  // To one of the interleavings: the operations by their ends.
  Answer OfOne(const Monitor& monitor) const;
  // To all: flagged if each is, counted as the least of them. Nothing, if there are too many.
  std::optional<Answer> OfAll(const Monitor& monitor) const;

 private:
  static constexpr int kLanes = Logs::kMaxLanes;

  struct Item {  // an operation, and the notes that are heard at it, in their order
    Nanoseconds start = 0;
    Nanoseconds end = 0;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  using Positions = std::array<std::uint16_t, kLanes>;
  struct Way {  // an interleaving so far, as far as what comes depends on it
    Positions at{};
    Value state = 0;
    std::uint64_t count = 0;
    std::uint64_t most = 0;
    friend auto operator<=>(const Way&, const Way&) = default;
  };

  void TakeLane(int lane, const Log& log);
  bool Enabled(const Positions& at, int lane) const;
  // Goes on with the next item of `lane`. Returns false if the monitor flags it.
  bool Advance(const Monitor& monitor, int lane, Way* way, bool* antecedent) const;

  std::array<std::vector<Item>, kLanes> items_;
  std::vector<Monitor::Noted> heard_;
  std::vector<Monitor::Noted> late_;
  int lanes_ = 0;
  mutable std::vector<Way> ways_, next_;
};

}  // namespace doorway::native
