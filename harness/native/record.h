#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "harness/graph/note_kind.h"
#include "harness/graph/order.h"
#include "harness/graph/property.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"

// What the threads of a run did, as each of them wrote it down: a log a thread, which nobody else touches while the run
// goes on, so that recording orders nothing between threads (and hides no data race from ThreadSanitizer). Logs lie in
// memory that the tool shares with the process that runs the model: they outlive a crash. All pointers in them are to
// literals.

namespace doorway::native {

// Nanoseconds of the clock that all threads share. Of two operations, the one that ended before the other began came
// first; where they overlap, the clock does not tell.
using Nanoseconds = std::uint64_t;
inline Nanoseconds Now() {
  return static_cast<Nanoseconds>(
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
          .count());
}

struct Record {
  enum class Kind : std::uint8_t {
    kConstruct,  // an object's life begins, with the value `written`
    kDestroy,    // ... and ends
    kRead,
    kWrite,
    kUpdate,
    kFence,
    kChoice,   // of 0 to `written` - 1 came `read`
    kNote,     // `subject`, `note`, and the argument in `read`
    kTag,      // likewise; sits on the operation before it
    kWaiting,  // gave up waiting here
    kFailed,   // what did not hold is said in `verb`
  };

  Kind kind = Kind::kRead;
  Order order = Order::kPlain;  // as it took effect
  std::uint8_t width = 8;       // bytes of the object
  bool is_signed = false;
  bool plain = false;        // the object is a Var
  bool initialised = true;   // of kConstruct
  bool spurious = false;     // a weak compare-exchange that failed though it need not have
  std::int32_t subject = 0;  // of notes; else the index in the object's name, or -1
  const void* object = nullptr;
  const char* name = nullptr;  // the object's
  const char* verb = "";
  const char* function = "";
  Site site{};
  Value read = 0;
  Value written = 0;
  Nanoseconds start = 0;
  Nanoseconds end = 0;
  NoteKind note{""};

  bool IsMark() const { return kind == Kind::kNote || kind == Kind::kTag; }
  bool IsOperation() const { return kind <= Kind::kChoice; }
};

struct Log {
  static constexpr std::uint32_t kCapacity = 4096;

  std::atomic<std::uint32_t> size{0};
  bool overflowed = false;  // something was not written down
  bool daemon = false;
  ThreadEnd end = ThreadEnd::kFinished;
  Record records[kCapacity];

  void Clear() {
    size.store(0, std::memory_order_relaxed);
    overflowed = false;
    end = ThreadEnd::kFinished;
  }
};

// The logs of one run. Lanes as a model counts its threads: its own, after() if there is one, those that are spawned;
// and before them all before(), in `setup`.
struct Logs {
  static constexpr int kMaxLanes = kMaxThreads + 1;

  int lanes = 0;
  Log setup;
  Log lane[kMaxLanes];
};

}  // namespace doorway::native
