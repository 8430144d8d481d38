// The functions that a compiler's -fsanitize=thread has the code call: before each plain access, when a function is
// entered and left, and instead of each atomic operation. ThreadSanitizer's own run-time library is not linked; these
// are what it documents in its interface (sanitizer/tsan_interface_atomic.h), and what gcc and clang call besides.

#include <cstddef>
#include <cstdint>

#include "harness/behaviour/runtime.h"
#include "harness/compiled/accesses.h"
#include "harness/compiled/calls.h"
#include "harness/compiled/thread_state.h"
#include "harness/front/operations.h"

namespace doorway::compiled {
namespace {

// memory_order_* as compilers number them; consume is acquire.
Order OrderOf(int order) {
  constexpr Order kOrders[] = {Order::kRelaxed, Order::kAcquire, Order::kAcquire,
                               Order::kRelease, Order::kAcqRel,  Order::kSeqCst};
  return order >= 0 && order < 6 ? kOrders[order] : Order::kSeqCst;
}

// The thread in whose code an atomic operation is to be explored; null: it just happens, since no thread's code is
// running, or nobody else is there to see it.
ThreadState* Explored() {
  ThreadState* const thread = Running();
  return thread == nullptr || IsAlone(*thread) ? nullptr : thread;
}

// Before an atomic operation that just happens.
template <class T>
void JustWrites(volatile T* object, const void* from) {
  Writes(const_cast<T*>(object), sizeof(T), from);
}

template <class T>
T AtomicLoad(const volatile T* object, int order, const void* from) {
  ThreadState* const thread = Explored();
  if (thread == nullptr) return __atomic_load_n(object, __ATOMIC_SEQ_CST);
  const Busy busy(*thread);
  const Site site = SiteOf(*thread, from);
  return static_cast<T>(front::Load(AtomicAt(*thread, object, sizeof(T), site), OrderOf(order), site));
}

template <class T>
void AtomicStore(volatile T* object, T value, int order, const void* from) {
  ThreadState* const thread = Explored();
  if (thread == nullptr) {
    JustWrites(object, from);
    __atomic_store_n(object, value, __ATOMIC_SEQ_CST);
    return;
  }
  const Busy busy(*thread);
  const Site site = SiteOf(*thread, from);
  front::Store(AtomicAt(*thread, object, sizeof(T), site), static_cast<Value>(value), OrderOf(order), site);
}

template <class T, class JustDo>
T AtomicUpdate(volatile T* object, front::Rmw rmw, T operand, int order, const void* from, const JustDo& just_do) {
  ThreadState* const thread = Explored();
  if (thread == nullptr) {
    JustWrites(object, from);
    return just_do(object, operand);
  }
  const Busy busy(*thread);
  const Site site = SiteOf(*thread, from);
  const front::Object at = AtomicAt(*thread, object, sizeof(T), site);
  return static_cast<T>(front::Update(at, rmw, static_cast<Value>(operand), OrderOf(order), site));
}

template <class T>
bool AtomicCompareExchange(volatile T* object, T* expected, T desired, int success, int failure, bool weak,
                           const void* from) {
  ThreadState* const thread = Explored();
  if (thread == nullptr) {
    JustWrites(object, from);
    return __atomic_compare_exchange_n(object, expected, desired, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  }
  const Busy busy(*thread);
  const Site site = SiteOf(*thread, from);
  WillRead(*thread, expected, sizeof(T), from);
  Value seen = static_cast<Value>(*expected);
  const bool done = front::CompareExchange(AtomicAt(*thread, object, sizeof(T), site), &seen,
                                           static_cast<Value>(desired), OrderOf(success), OrderOf(failure), weak, site);
  if (done) return true;
  WillWrite(*thread, expected, sizeof(T), from);
  *expected = static_cast<T>(seen);
  return false;
}

void ThreadFence(int order, const void* from) {
  ThreadState* const thread = Explored();
  if (thread == nullptr || OrderOf(order) == Order::kRelaxed) return;
  const Busy busy(*thread);
  Finish(*thread);
  front::Fence(OrderOf(order), SiteOf(*thread, from));
}

int instrumented_parts = 0;

}  // namespace

int InstrumentedParts() { return instrumented_parts; }

}  // namespace doorway::compiled

using doorway::compiled::AtomicCompareExchange;
using doorway::compiled::AtomicLoad;
using doorway::compiled::AtomicStore;
using doorway::compiled::AtomicUpdate;
using doorway::compiled::Reads;
using doorway::compiled::Writes;
using doorway::front::Rmw;

extern "C" {

void __tsan_init() { ++doorway::compiled::instrumented_parts; }

void __tsan_func_entry(void* call) {
  if (auto* thread = doorway::compiled::Running(); thread != nullptr) {
    if (thread->depth < thread->kCalls) thread->calls[thread->depth] = call;
    ++thread->depth;
  }
}

void __tsan_func_exit() {
  if (auto* thread = doorway::compiled::Running(); thread != nullptr && thread->depth > 0) {
    --thread->depth;
    if (thread->depth < thread->kCalls) thread->calls[thread->depth] = nullptr;
  }
}

#define DOORWAY_PLAIN(size)                                                                \
  void __tsan_read##size(void* p) { Reads(p, size, DOORWAY_CALLER); }                      \
  void __tsan_write##size(void* p) { Writes(p, size, DOORWAY_CALLER); }                    \
  void __tsan_unaligned_read##size(void* p) { Reads(p, size, DOORWAY_CALLER); }            \
  void __tsan_unaligned_write##size(void* p) { Writes(p, size, DOORWAY_CALLER); }          \
  void __tsan_volatile_read##size(void* p) { Reads(p, size, DOORWAY_CALLER); }             \
  void __tsan_volatile_write##size(void* p) { Writes(p, size, DOORWAY_CALLER); }           \
  void __tsan_unaligned_volatile_read##size(void* p) { Reads(p, size, DOORWAY_CALLER); }   \
  void __tsan_unaligned_volatile_write##size(void* p) { Writes(p, size, DOORWAY_CALLER); } \
  void __tsan_read_write##size(void* p) {                                                  \
    Reads(p, size, DOORWAY_CALLER);                                                        \
    Writes(p, size, DOORWAY_CALLER);                                                       \
  }

DOORWAY_PLAIN(1)
DOORWAY_PLAIN(2)
DOORWAY_PLAIN(4)
DOORWAY_PLAIN(8)
DOORWAY_PLAIN(16)

void __tsan_read_range(void* p, std::size_t size) { Reads(p, size, DOORWAY_CALLER); }
void __tsan_write_range(void* p, std::size_t size) { Writes(p, size, DOORWAY_CALLER); }

// Tables of virtual functions: pointers to them are data like any other.
void __tsan_vptr_read(void** p) { Reads(p, sizeof(void*), DOORWAY_CALLER); }
void __tsan_vptr_update(void** p, void* /*new_value*/) { Writes(p, sizeof(void*), DOORWAY_CALLER); }

#define DOORWAY_UPDATE(bits, T, name, rmw, builtin)                                                                \
  T __tsan_atomic##bits##_##name(volatile T* a, T v, int order) {                                                  \
    return AtomicUpdate(a, rmw, v, order, DOORWAY_CALLER,                                                          \
                        [](volatile T* object, T operand) { return builtin(object, operand, __ATOMIC_SEQ_CST); }); \
  }

#define DOORWAY_ATOMIC(bits, T)                                                                                 \
  T __tsan_atomic##bits##_load(const volatile T* a, int order) { return AtomicLoad(a, order, DOORWAY_CALLER); } \
  void __tsan_atomic##bits##_store(volatile T* a, T v, int order) { AtomicStore(a, v, order, DOORWAY_CALLER); } \
  DOORWAY_UPDATE(bits, T, exchange, Rmw::kExchange, __atomic_exchange_n)                                        \
  DOORWAY_UPDATE(bits, T, fetch_add, Rmw::kAdd, __atomic_fetch_add)                                             \
  DOORWAY_UPDATE(bits, T, fetch_sub, Rmw::kSub, __atomic_fetch_sub)                                             \
  DOORWAY_UPDATE(bits, T, fetch_and, Rmw::kAnd, __atomic_fetch_and)                                             \
  DOORWAY_UPDATE(bits, T, fetch_or, Rmw::kOr, __atomic_fetch_or)                                                \
  DOORWAY_UPDATE(bits, T, fetch_xor, Rmw::kXor, __atomic_fetch_xor)                                             \
  int __tsan_atomic##bits##_compare_exchange_strong(volatile T* a, T* c, T v, int order, int failure) {         \
    return AtomicCompareExchange(a, c, v, order, failure, false, DOORWAY_CALLER);                               \
  }                                                                                                             \
  int __tsan_atomic##bits##_compare_exchange_weak(volatile T* a, T* c, T v, int order, int failure) {           \
    return AtomicCompareExchange(a, c, v, order, failure, true, DOORWAY_CALLER);                                \
  }                                                                                                             \
  T __tsan_atomic##bits##_compare_exchange_val(volatile T* a, T c, T v, int order, int failure) {               \
    AtomicCompareExchange(a, &c, v, order, failure, false, DOORWAY_CALLER);                                     \
    return c;                                                                                                   \
  }

DOORWAY_ATOMIC(8, std::uint8_t)
DOORWAY_ATOMIC(16, std::uint16_t)
DOORWAY_ATOMIC(32, std::uint32_t)
DOORWAY_ATOMIC(64, std::uint64_t)

void __tsan_atomic_thread_fence(int order) { doorway::compiled::ThreadFence(order, DOORWAY_CALLER); }
void __tsan_atomic_signal_fence(int) {}

}  // extern "C"
