#pragma once

#include <cxxabi.h>

#include <boost/context/detail/fcontext.hpp>
#include <cstddef>
#include <utility>

#include "harness/behaviour/asan.h"

#if DOORWAY_ASAN
#include <sanitizer/common_interface_defs.h>
#endif

// A fiber on a stack of our choosing, over Boost.Context's switch, told to AddressSanitizer. A fiber may be forgotten
// where it stands: nothing is unwound, so its stack can be used again at once.

namespace doorway {

class Fiber {
 public:
  using Entry = void (*)(void* argument);  // never returns: it ends in SwitchOut

  // Makes a fiber that will run entry(argument) on the stack that ends at `top`.
  void Start(void* top, std::size_t size, Entry entry, void* argument) {
    entry_ = entry;
    argument_ = argument;
    bottom_ = static_cast<char*>(top) - size;
    size_ = size;
    context_ = boost::context::detail::make_fcontext(top, size, &Fiber::Trampoline);
    exceptions_ = {};
  }

  // Called by the scheduler: runs the fiber until it calls SwitchOut.
  void SwitchIn() {
#if DOORWAY_ASAN
    void* fake = nullptr;
    __sanitizer_start_switch_fiber(&fake, bottom_, size_);
#endif
    const auto transfer = boost::context::detail::jump_fcontext(context_, this);
#if DOORWAY_ASAN
    __sanitizer_finish_switch_fiber(fake, nullptr, nullptr);
#endif
    context_ = transfer.fctx;
  }

  // Called on the fiber: back to the scheduler.
  void SwitchOut() {
    ClearRegisters();
#if DOORWAY_ASAN
    void* fake = nullptr;
    __sanitizer_start_switch_fiber(&fake, scheduler_bottom_, scheduler_size_);
#endif
    const auto transfer = boost::context::detail::jump_fcontext(scheduler_, nullptr);
#if DOORWAY_ASAN
    __sanitizer_finish_switch_fiber(fake, &scheduler_bottom_, &scheduler_size_);
#endif
    scheduler_ = transfer.fctx;
  }

  // Before the scheduler switches in, and when it is back: the C++ run-time keeps, for a thread, which exceptions are
  // being handled, and each fiber handles its own.
  void ExchangeExceptions() {
    auto* const now = reinterpret_cast<Exceptions*>(abi::__cxa_get_globals());
    std::swap(*now, exceptions_);
  }

  // Of a fiber that is switched out: all that it will ever read lies from here to its top, its registers included.
  const char* stack_pointer() const { return static_cast<const char*>(context_); }

  // For a signal handler that is about to jump from this fiber to the scheduler's stack.
  void AnnounceJumpOut() {
#if DOORWAY_ASAN
    __sanitizer_start_switch_fiber(nullptr, scheduler_bottom_, scheduler_size_);
#endif
  }
  // For the scheduler, after such a jump.
  static void AnnounceJumpedOut() {
#if DOORWAY_ASAN
    __sanitizer_finish_switch_fiber(nullptr, nullptr, nullptr);
#endif
  }

 private:
  struct Exceptions {  // as the C++ ABI has it
    void* caught = nullptr;
    unsigned uncaught = 0;
  };

  // Registers that a function must leave as they were are a part of what the switch saves, and so of the fiber's memory
  // (stack_pointer). Whatever the functions between the fiber's code and the switch keep there is none of its state;
  // what its code kept there they have saved themselves, for here they are said to be overwritten.
  static void ClearRegisters() {
#if defined(__x86_64__)
    asm volatile(
        "xor %%ebx, %%ebx\n\txor %%r12d, %%r12d\n\txor %%r13d, %%r13d\n\txor %%r14d, %%r14d\n\txor %%r15d, %%r15d"
        :
        :
        : "rbx", "r12", "r13", "r14", "r15", "cc");
#endif
  }

  static void Trampoline(boost::context::detail::transfer_t transfer) {
    Fiber* self = static_cast<Fiber*>(transfer.data);
    self->scheduler_ = transfer.fctx;
#if DOORWAY_ASAN
    __sanitizer_finish_switch_fiber(nullptr, &self->scheduler_bottom_, &self->scheduler_size_);
#endif
    self->entry_(self->argument_);
    __builtin_unreachable();
  }

  Entry entry_ = nullptr;
  void* argument_ = nullptr;
  const void* bottom_ = nullptr;
  std::size_t size_ = 0;
  boost::context::detail::fcontext_t context_ = nullptr;
  boost::context::detail::fcontext_t scheduler_ = nullptr;
  Exceptions exceptions_;
#if DOORWAY_ASAN
  const void* scheduler_bottom_ = nullptr;
  std::size_t scheduler_size_ = 0;
#endif
};

}  // namespace doorway
