#include "harness/behaviour/guard.h"

#include <pthread.h>
#include <signal.h>
#include <sys/time.h>
#include <ucontext.h>

#include <cstdlib>
#include <iterator>

namespace doorway {
namespace {

constexpr int kSignals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGVTALRM};
constexpr int kSignalCount = std::size(kSignals);
constexpr int kTickMicroseconds = 100'000;
constexpr int kMaxTicks = 20;  // two CPU seconds without an operation

Guard* g_guard = nullptr;  // signal handlers have no other argument; one exploration at a time

const void* InstructionPointer(const void* context) {
  [[maybe_unused]] const auto* machine = &static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return reinterpret_cast<const void*>(machine->gregs[REG_RIP]);
#elif defined(__aarch64__)
  return reinterpret_cast<const void*>(machine->pc);
#else
  return nullptr;
#endif
}

// What the signals did, and what the timer was, before the outermost GuardSignals.
struct Saved {
  struct sigaction actions[kSignalCount];
  itimerval timer;
  stack_t stack;
  void* alternate;
};

Saved g_saved;
int g_owners = 0;

void StartTicking() {
  itimerval timer{};
  timer.it_interval.tv_usec = kTickMicroseconds;
  timer.it_value.tv_usec = kTickMicroseconds;
  setitimer(ITIMER_VIRTUAL, &timer, nullptr);
}

void Restore(int signal) {
  for (int i = 0; i < kSignalCount; ++i) {
    if (kSignals[i] == signal) sigaction(signal, &g_saved.actions[i], nullptr);
  }
}

}  // namespace

struct GuardHandler {
  static void Handle(int signal, siginfo_t* info, void* context) { Guard::OnSignal(signal, info, context); }
};

GuardSignals::GuardSignals() {
  if (g_owners++ > 0) return;
  constexpr std::size_t kStack = 64 << 10;
  g_saved.alternate = std::malloc(kStack);
  stack_t stack{};
  stack.ss_sp = g_saved.alternate;
  stack.ss_size = kStack;
  sigaltstack(&stack, &g_saved.stack);
  struct sigaction action {};
  action.sa_sigaction = &GuardHandler::Handle;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < kSignalCount; ++i) sigaction(kSignals[i], &action, &g_saved.actions[i]);
  getitimer(ITIMER_VIRTUAL, &g_saved.timer);
  StartTicking();
}

GuardSignals::~GuardSignals() {
  if (--g_owners > 0) return;
  setitimer(ITIMER_VIRTUAL, &g_saved.timer, nullptr);
  signal(SIGVTALRM, SIG_IGN);  // so that a tick which is still on its way does not meet the action of before
  for (int i = 0; i < kSignalCount; ++i) sigaction(kSignals[i], &g_saved.actions[i], nullptr);
  sigaltstack(&g_saved.stack, nullptr);
  std::free(g_saved.alternate);
}

Guard::Guard(Arena& arena) : arena_(arena) { g_guard = this; }

Guard::~Guard() { g_guard = nullptr; }

void Guard::Forked() { StartTicking(); }

void Guard::OnSignal(int signal, void* info, void* context) {
  Guard* guard = g_guard;
  if (signal == SIGSEGV && guard != nullptr && guard->arena_.Open(static_cast<const siginfo_t*>(info)->si_addr)) return;
  if (guard == nullptr || guard->running_ == nullptr) {  // not the model's code: as if there were no guard
    if (signal == SIGVTALRM) return;
    Restore(signal);
    raise(signal);
    return;
  }
  Caught caught;
  caught.signal = signal;
  caught.instruction = InstructionPointer(context);
  if (signal == SIGVTALRM) {
    guard->ticks_ = guard->ticks_ + 1;
    if (guard->ticks_ < kMaxTicks) return;
    caught.trouble = Trouble::kEndlessLoop;
  } else if (signal == SIGABRT) {
    caught.trouble = Trouble::kAbort;
    caught.instruction = nullptr;  // inside libc
  } else {
    const void* address = static_cast<const siginfo_t*>(info)->si_addr;
    caught.trouble = Trouble::kCrash;
    if (signal == SIGSEGV && guard->arena_.InShared(address)) caught.trouble = Trouble::kSharedWrite;
    if (signal == SIGSEGV && guard->arena_.InStackGuard(address)) caught.trouble = Trouble::kStackOverflow;
  }
  guard->caught_ = caught;
  sigset_t none;
  sigemptyset(&none);
  sigaddset(&none, signal);
  pthread_sigmask(SIG_UNBLOCK, &none, nullptr);
  guard->running_->AnnounceJumpOut();
  siglongjmp(guard->escape_, 1);
}

Guard::Caught Guard::Run(Fiber& fiber) {
  if (sigsetjmp(escape_, 0) != 0) {
    Fiber::AnnounceJumpedOut();
    running_->ExchangeExceptions();
    running_ = nullptr;
    return caught_;
  }
  ticks_ = 0;
  running_ = &fiber;
  fiber.ExchangeExceptions();
  fiber.SwitchIn();
  fiber.ExchangeExceptions();
  running_ = nullptr;
  return Caught{};
}

}  // namespace doorway
