#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/linearize/call.h"

// A reader-writer lock with owners. A caller may read several times over; a reader that wants to write upgrades, which
// waits until it is the only one; a writer that downgrades lets readers in and stays one. No fairness: what could be
// admitted may be.

namespace doorway {

class RwLock {
 public:
  enum Function : std::uint8_t {
    kReadLock,
    kReadUnlock,
    kWriteLock,
    kWriteUnlock,
    kUpgrade,
    kDowngrade,
    kTryReadLock,
    kTryWriteLock,
    kTryUpgrade
  };
  struct State {
    std::uint32_t writer = 0;                                        // 0: none
    std::vector<std::pair<std::uint32_t, std::uint32_t>> readers{};  // who, and how many times; ascending
    friend bool operator==(const State&, const State&) = default;
    template <class H>
    friend H AbslHashValue(H hash, const State& state) {
      return H::combine(std::move(hash), state.writer, state.readers);
    }
  };
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "rw_lock";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"read_lock", 0, linearize::Returns::kNothing, "waits until nobody writes"},
      {"read_unlock", 0, linearize::Returns::kNothing, "the caller reads"},
      {"write_lock", 0, linearize::Returns::kNothing, "waits until it is free"},
      {"write_unlock", 0, linearize::Returns::kNothing, "the caller writes"},
      {"upgrade", 0, linearize::Returns::kNothing, "the caller reads, once; waits until nobody else does, and writes"},
      {"downgrade", 0, linearize::Returns::kNothing, "the caller writes, and now reads"},
      {"try_read_lock", 0, linearize::Returns::kTruth, "whether nobody wrote"},
      {"try_write_lock", 0, linearize::Returns::kTruth, "whether it was free"},
      {"try_upgrade", 0, linearize::Returns::kTruth, "the caller reads, once; whether nobody else did"},
  };
  static constexpr bool kAsksCaller = true;

  State Initial() const { return {}; }
  std::optional<State> Step(const State& state, const Operation& call) const;
  bool ReadOnly(const Operation& call) const { return call.refused(); }
  std::string Show(const State& state) const;
};

}  // namespace doorway
