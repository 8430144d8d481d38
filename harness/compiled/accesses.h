#pragma once

#include <cstddef>
#include <cstdint>

#include "harness/behaviour/runtime.h"
#include "harness/compiled/layout.h"
#include "harness/compiled/thread_state.h"
#include "harness/front/operations.h"
#include "harness/graph/label.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"

// What the code of a compiled program tells of its accesses, as operations: those of memory that threads share
// (layout.h). Other memory is the thread's own; the code just uses it.
//
// Memory ordering: plain accesses have none; the caller says that of atomic ones.

namespace doorway::compiled {

// How much of the program is known, for all explorations of it; and nothing is.
Layout& layout();
void ForgetLayout();

// Whether something has turned out that makes what was explored so far incomplete: the layout, or the number of
// threads.
bool MustBeginAnew();
void BeginAnew();

// Plain accesses of shared memory are relaxed atomic ones: as some people use them. There are no data races then.
void TakePlainForRelaxed(bool take);

// How many threads the program may spawn; grows.
int spawn_limit();

// The thread is about to read, or to write, plain data; `from`: the return address of the code's call.
void WillRead(ThreadState& thread, const void* address, std::size_t size, const void* from);
void WillWrite(ThreadState& thread, void* address, std::size_t size, const void* from);
// A plain write that was announced has been done, if there was one: before anything else that a thread does.
void Finish(ThreadState& thread);

// Whether the thread is the first, and no other has been spawned: its atomic operations are memory accesses, too.
inline bool IsAlone(const ThreadState& thread) { return runtime::Self() == 0 && thread.spawned == 0; }

// What is there; and what was there when the first thread was spawned.
Value BytesAt(const void* address, std::size_t size);
Value InitialAt(const void* address, std::size_t size);

// For an atomic operation to come.
front::Object AtomicAt(ThreadState& thread, const volatile void* address, std::size_t size, Site site);

// What is not memory to the program, but stands for an object at an address of it, as a mutex: a word of eight bytes,
// where no memory is. `initial`: before the first operation on it. `name`: where the object is no variable.
enum class WordKind : std::uint8_t { kMutex, kCondition, kSemaphore, kFutexQueue, kOnce };
front::Object WordAt(ThreadState& thread, const void* address, WordKind kind, Value initial, const char* name,
                     Site site);

// What the program does is not explored: no verdict. Ends the run.
[[noreturn]] void Unsupported(const char* what, Site site);
inline constexpr Value kUnsupported = ~Value{15};  // what such an end is told by (runtime::Fail)

// A block of memory is allocated, with room for a header of kHeader bytes before it; and given back: nobody may use it
// any more. Giving it back twice ends the run.
inline constexpr std::size_t kHeader = 16;
void Allocated(ThreadState& thread, void* block, std::size_t size);
void WillFree(ThreadState& thread, void* block);
std::size_t SizeOf(ThreadState& thread, void* block);

// Spawns a thread. `code` has a ThreadStateScope.
int Spawn(ThreadState& thread, void (*code)(const Operands& operands), const Operands& operands, Site site);

// Ends the run: what has turned out makes the search begin anew.
[[noreturn]] void EndAnew(Site site);

}  // namespace doorway::compiled
