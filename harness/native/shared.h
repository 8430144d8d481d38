#pragma once

#include <atomic>
#include <cstdint>
#include <cstring>

#include "harness/native/record.h"

// What a process that runs a model, and the tool that waits for it, both see: memory that they share. Everything in it
// is valid in both, since the one is a fork of the other.

namespace doorway::native {

struct Shared {
  static constexpr int kMaxClaims = 48;  // the model's, then those of every model

  enum class End : int {
    kRunning,  // or crashed
    kDone,
    kUnstopped,   // a thread would not end
    kModelError,  // `message`
  };
  struct Tally {
    std::atomic<std::uint64_t> antecedents{0};  // runs in which the claim had something to say
    std::atomic<std::uint64_t> measure{0};
    std::atomic<std::uint64_t> not_judged{0};  // runs with too many interleavings
    std::atomic<bool> found{false};            // violated, or witnessed; the run is in Finding(claim)
  };

  std::atomic<End> end{End::kRunning};
  std::atomic<bool> stop{false};  // by the tool: another process has found what is looked for
  std::atomic<std::uint64_t> runs{0};
  std::atomic<std::uint64_t> blocked{0};     // of these, with a thread that waited at its end
  std::atomic<std::uint64_t> bounded{0};     // ... that ended at the bound of a Sync::forever loop
  std::atomic<std::uint64_t> unrecorded{0};  // ... too long for the logs, and not judged but for checks
  std::atomic<bool> race{false};             // ThreadSanitizer reported one
  std::atomic<bool> no_progress{false};      // what does not end is no deadlock: threads go on, to no end
  char message[400] = {};
  Tally tallies[kMaxClaims];

  Logs live;  // of the run that goes on

  Logs& Finding(int claim) { return reinterpret_cast<Logs*>(this + 1)[claim]; }
  static std::size_t Size(int claims) { return sizeof(Shared) + static_cast<std::size_t>(claims) * sizeof(Logs); }

  void Say(const char* text) {
    std::strncpy(message, text, sizeof(message) - 1);
    message[sizeof(message) - 1] = '\0';
  }
};

inline void CopyLog(const Log& from, Log* to) {
  const std::uint32_t size = from.size.load(std::memory_order_relaxed);
  std::memcpy(static_cast<void*>(to->records), from.records, size * sizeof(Record));
  to->size.store(size, std::memory_order_relaxed);
  to->overflowed = from.overflowed;
  to->daemon = from.daemon;
  to->end = from.end;
}

inline void CopyLogs(const Logs& from, Logs* to) {
  to->lanes = from.lanes;
  CopyLog(from.setup, &to->setup);
  for (int lane = 0; lane < from.lanes; ++lane) CopyLog(from.lane[lane], &to->lane[lane]);
}

}  // namespace doorway::native
