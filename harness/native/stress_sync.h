#pragma once

#include <atomic>

#include "harness/graph/note_kind.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"
#include "harness/native/cell.h"
#include "harness/native/lane.h"
#include "harness/sync/cell_sync.h"

// StressSync: the seam over real threads that are disturbed and watched. Member by member the same as ModelSync
// (harness/sync/model_sync.h, where they are described); here stands only what differs. An object lives within a
// native run: harness/native/native_run.h. For locks that ship, and benchmarks, there is NativeSync
// (harness/sync/native_sync.h), which adds nothing to std::atomic.
//
// - Before an operation the thread may pause, yield or sleep, at random; after it, the operation is recorded
// (record.h).
// - forever ends after the run's number of rounds, and the thread with it: what it still owes to others is no deadlock.
// - choose draws at random. A weak compare-exchange fails spuriously now and then.
// - An interrupt comes between two operations of its thread, on that thread, at random or never: not between two
//   instructions, as a signal would. That is what the explorers explore.
// - spawn starts a thread of the system; join polls.
// - A Var that is read before it is written is an error of the model; a data race is ThreadSanitizer's to find.

namespace doorway {

namespace native {

struct StressCells {
  using AtomicCell = native::AtomicCell;
  using VarCell = native::VarCell;
  static constexpr bool kHasInterrupts = true;

  static void Fence(std::memory_order order, Site site) { native::Fence(order, site); }
  static int Choose(int n, Site site) { return Lane::Current()->Choose(n, site); }
  static void Spin(bool (*body)(void* closure), void* closure, Site site) {
    Lane::Current()->Spin(body, closure, site);
  }
  static void Forever(void (*iteration)(void* closure), void* closure) { Lane::Current()->Forever(iteration, closure); }
  static int Spawn(const CellCode& code, Site site) { return Lane::Current()->Spawn(code, site); }
  static void Join(int thread, Site site) { Lane::Current()->Join(thread, site); }
  static void Interrupt(int thread, const CellCode& code, Site site) { Lane::Current()->Interrupt(thread, code, site); }
  static void Check(bool holds, const char* message, Site site) { Lane::Current()->Check(holds, message, site); }
  static int Self() { return Lane::Current()->index(); }
  static void Note(NoteKind kind, int subject, Value argument, bool floats, Site site) {
    Lane::Current()->Mark(kind, subject, argument, floats, site);
  }
};

}  // namespace native

using StressSync = CellSync<native::StressCells>;

}  // namespace doorway
