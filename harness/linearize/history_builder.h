#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/linearize/call.h"
#include "harness/linearize/history.h"

// Makes a history of events, whatever file they come from, and refuses what makes no sense.

namespace doorway::linearize {

enum class EventType : std::uint8_t {
  kInvoke,
  kOk,    // it took effect, and returned
  kFail,  // it did not happen; of an operation that returns a truth, without `error`: it was refused
  kInfo,  // nobody knows whether it took effect, or will; the process goes on with something else
};

struct Event {
  std::uint64_t line = 0;
  EventType type = EventType::kInvoke;
  std::string_view process;
  std::string_view function;           // may be empty in a response
  std::span<const Datum> arguments{};  // of an invocation
  std::optional<Datum> result{};       // of an ok
  bool error = false;                  // of a fail: something went wrong, beyond a refusal
  std::optional<std::int64_t> time{};  // in any unit; never less than before
};

class HistoryBuilder {
 public:
  explicit HistoryBuilder(const Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  const Vocabulary& vocabulary() const { return vocabulary_; }
  // A datum whose characters live as long as the history.
  Datum Keep(Datum::Kind kind, std::string_view text);
  // Errors: HistoryError.
  void Add(const Event& event);
  // The operation that the process has begun and not ended; null if there is none.
  const Call* Open(std::string_view process) const;
  // A line that tells of no operation.
  void Skip() { ++history_.other_lines; }
  // REQUIRES: called once, last. What has not ended is pending.
  History Finish();

 private:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  std::uint32_t ProcessNamed(std::string_view name);
  void Invoke(const Event& event, std::uint32_t process);
  void Respond(const Event& event, std::uint32_t process);
  // Whether the operation happened at all.
  bool Complete(const Event& event, Call& call) const;
  int FunctionOf(const Event& event) const;

  const Vocabulary vocabulary_;
  History history_;
  absl::flat_hash_map<Datum, std::uint32_t> process_places_;  // by name
  absl::flat_hash_set<Datum> kept_;                           // texts
  std::vector<std::uint32_t> open_;                           // of each process: its operation, or kNone
  std::vector<bool> never_happened_;                          // of each operation
  std::optional<std::int64_t> latest_;                        // time
};

}  // namespace doorway::linearize
