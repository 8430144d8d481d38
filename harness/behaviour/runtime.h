#pragma once

#include <cstddef>
#include <cstdint>

#include "harness/graph/label.h"
#include "harness/graph/note_kind.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"

// What the model's side of the seam (harness/sync/model_sync.h) calls: the run of the thread whose code is
// executing now. Each of these may end the run: the thread's code is then abandoned where it stands.

namespace doorway::runtime {

struct Reply {
  Value read = 0;
  bool spurious = false;
};

// What an Atomic or Var tells of itself when its life begins.
struct Object {
  const void* address = nullptr;
  std::uint8_t width = 0;
  bool plain = false;  // a Var
  bool initialised = true;
  bool is_signed = false;
  Value initial = 0;
  const char* name = nullptr;
  int index = -1;  // of an array element; -1: none
  Site site;
};

void Construct(const Object& object);
void Destroy(const void* address, std::uint8_t width, Site site);

// The operation `label` on the object at `address` (null for fences and choices): the value that it reads.
Reply Perform(Label label, const void* address);

// Whether an update is to be done as the loop that it is on hardware without such an instruction.
bool ExpandsUpdates(Site site);

// Sync::spin and Sync::forever. `iteration(closure)` runs the body once; Spin returns when it returned false.
void Spin(bool (*iteration)(void* closure), void* closure, Site site);
void Forever(void (*iteration)(void* closure), void* closure, Site site);

// Sync::spawn and Sync::join: a thread that runs code(operands); its index.
int Spawn(void (*code)(const Operands& operands), const Operands& operands, Site site);
void Join(int thread, Site site);

// Sync::interrupt: code(operands) may come upon the thread, once, to completion between two of its operations.
void Interrupt(int thread, void (*code)(const Operands& operands), const Operands& operands, Site site);

// Sync::check: ends the run if `holds` is false.
void Check(bool holds, const char* message, Site site);

// Ends the run as a failed check does; `code` tells fronts what kind of failure it is (Label::operands[0]).
[[noreturn]] void Fail(const char* message, Value code, Site site);

// Codes of what an operation finds wrong that is done by Rerun::RunAlone, and of memory that is freed twice.
inline constexpr Value kFoundFreed = ~Value{0};
inline constexpr Value kFoundUninitialised = ~Value{1};
inline constexpr Value kFoundNoEnd = ~Value{2};  // it would wait for ever
inline constexpr Value kFreedTwice = ~Value{3};

// There is an object at object.address, and has been since before(), whoever says so first: it has no construction and
// no end. Saying so again changes nothing.
void Declare(const Object& object);

// Zeros the stack below the caller's frame, as far as an operation's frames reach: what earlier calls have left there
// must not make a thread look different from what it was when it stood here before. For operations of fronts, whose
// loops nobody declares (Subject::has_plain_state).
void ClearStackBelow();

void Note(NoteKind kind, int subject, Value argument, Site site);  // floats
void Tag(NoteKind kind, int subject, Value argument, Site site);   // sits on the operation just done

// For code that is compiled to tell of its accesses (Subject::spawned_inherit).

// Whether a thread's code, or what comes before or after them, is running now, and no AsideFromModel lives.
bool InModelCode();

// While it lives, what runs is the harness's own, though on a thread's stack: allocations are not the thread's.
class AsideFromModel {
 public:
  AsideFromModel();
  ~AsideFromModel();
  AsideFromModel(const AsideFromModel&) = delete;
  AsideFromModel& operator=(const AsideFromModel&) = delete;

 private:
  bool was_;
};

enum class Memory : std::uint8_t { kOutside, kBefore, kStack, kHeap };
struct Owner {
  Memory memory = Memory::kOutside;
  int thread = -1;  // of stacks and heaps
};
Owner OwnerOf(const void* address);

// What thread 0 had at these addresses when it first spawned a thread: `bytes`. False: it has spawned none, or never
// wrote there.
bool AtFirstSpawn(const void* address, std::size_t size, char* bytes);

// The running thread is about to write memory that is kOutside: private to each thread from now on.
void WillWriteOutside(void* address, std::size_t size, bool thread_local_data);

int Self();  // index of the running thread; threads() for after()

}  // namespace doorway::runtime
