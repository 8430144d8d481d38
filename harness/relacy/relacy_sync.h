#pragma once

#include <atomic>

#include "harness/graph/note_kind.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"
#include "harness/relacy/cell.h"
#include "harness/relacy/execution.h"
#include "harness/sync/cell_sync.h"

// RelacySync: the seam over upstream Relacy. Member by member the same as ModelSync (harness/sync/model_sync.h,
// where they are described); here stands only what differs. An object lives within a simulation: run models
// through harness/relacy/relacy_run.h. No header of Relacy's comes with it.
//
// - An Atomic is an rl::atomic of the value's bits, a Var an rl::var. Relacy's histories print the bits as a number,
//   the verb, and the file and line of the call.
// - An update is one read-modify-write, whatever its function, and not a compare-exchange loop.
// - A try_update that declines and a compare-exchange that fails read the newest write (Relacy knows no other).
// - await parks the thread while no value that a load might see satisfies it.
// - There are no interrupts.
// - Notes and tags go to the model's monitor (harness/relacy/monitor.h).

namespace doorway {

namespace relacy_internal {

struct RelacyCells {
  using AtomicCell = relacy_internal::AtomicCell;
  using VarCell = relacy_internal::VarCell;
  static constexpr bool kHasInterrupts = false;

  static void Fence(std::memory_order order, Site site) { relacy_internal::Fence(order, site); }
  static int Choose(int n, Site /*site*/) { return relacy_internal::Choose(n); }
  static void Spin(bool (*body)(void* closure), void* closure, Site site) {
    for (int polls = 1; body(closure); ++polls) Execution::Current().Yield(polls, site);
  }
  static void Forever(void (*iteration)(void* closure), void* closure) {
    Execution::Current().Forever(iteration, closure);
  }
  static int Spawn(const CellCode& code, Site site) { return Execution::Current().Spawn(code, site); }
  static void Join(int thread, Site site) { Execution::Current().Join(thread, site); }
  static void Check(bool holds, const char* message, Site site) { Execution::Current().Check(holds, message, site); }
  static int Self() { return Execution::Current().Self(); }
  static void Note(NoteKind kind, int subject, Value argument, bool floats, Site site) {
    Execution::Current().Note(kind, subject, argument, floats, site);
  }
};

}  // namespace relacy_internal

using RelacySync = CellSync<relacy_internal::RelacyCells>;

}  // namespace doorway
