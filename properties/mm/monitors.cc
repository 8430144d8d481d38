#include "properties/mm/monitors.h"

namespace doorway::mm {
namespace {

constexpr Value Bit(int at) { return Value{1} << at; }

void Assign(Value* state, int at, bool value) { *state = value ? *state | Bit(at) : *state & ~Bit(at); }

}  // namespace

// It lacks all stores that there were.
void LostWriteMonitor::Forget(Value* state, int at) {
  for (int i = 0; i < kMaxCpus; ++i) Assign(state, at + i, (*state >> (kEverAt + i) & 1) != 0);
}

// Two pages and CPU 0 as the one that stores, CPU 1 as the one that copies:
//
//                        page 0 lacks   copy of CPU 1 lacks   mapped
//   CPU 0 stores to 0    -              CPU 0's               0
//   CPU 1 copies 0       -              -                     0
//   CPU 0 stores to 0    -              CPU 0's               0
//   CPU 1 maps the copy                                       1, which lacks a store of CPU 0: lost
Monitor::Answer LostWriteMonitor::HearOwn(const Noted& noted, Value* state) const {
  const int cpu = noted.subject;
  const int page = PageOf(noted.argument);
  const int source = SourceOf(noted.argument);
  const auto lacks = [state](int at) { return (*state >> at & 1) != 0; };
  const bool stored = *state >> kEverAt != 0;
  if (noted.kind == kPageWrite) {
    *state |= Bit(kEverAt + cpu);
    for (int other = 0; other < kPages; ++other) {
      if (other != page) *state |= Bit(PageAt(other) + cpu);
    }
    for (int copier = 0; copier < kMaxCpus; ++copier) *state |= Bit(CopyAt(copier) + cpu);
  } else if (noted.kind == kCopyRead) {
    Assign(state, CopyAt(noted.thread) + cpu, lacks(PageAt(source) + cpu));
    return {};
  } else if (noted.kind == kInstall) {
    Assign(state, CopyAt(cpu) + cpu, lacks(PageAt(source) + cpu));  // the copier knows its own bytes
    for (int i = 0; i < kMaxCpus; ++i) Assign(state, PageAt(page) + i, lacks(CopyAt(cpu) + i));
    Forget(state, CopyAt(cpu));
    *state = (*state & ~(Value{7} << kMappedAt)) | static_cast<Value>(page) << kMappedAt;
  } else if (noted.kind == kFreed) {
    Forget(state, PageAt(page));
    Forget(state, CopyAt(cpu));
    return {};
  } else {
    return {};
  }
  const int mapped = static_cast<int>(*state >> kMappedAt & 7);
  const bool flagged = (*state >> PageAt(mapped) & kOnePage) != 0;
  return {.flagged = flagged, .antecedent = noted.kind == kInstall && stored};
}

Monitor::Answer WriteAfterReturnMonitor::HearOwn(const Noted& noted, Value* state) const {
  constexpr Value kPromised = 1;
  const Value own = Bit(1 + noted.thread);
  Answer answer;
  if (noted.kind == kMark) *state |= own;
  if (noted.kind == kUnmark) *state = 0;
  if (noted.kind == kProtected && (*state & own) != 0) *state = (*state & ~own) | kPromised;
  if (noted.kind == kPageWrite) {
    answer.flagged = (*state & kPromised) != 0;
    answer.antecedent = *state != 0;
  }
  return answer;
}

Monitor::Answer StaleEntryMonitor::HearOwn(const Noted& noted, Value* state) const {
  if (noted.kind == kFill) *state |= Bit(noted.subject) | kEver;
  if (noted.kind == kShootdown) *state &= ~Bit(noted.subject);
  if (noted.kind != kUnmark || !WasSet(noted.argument)) return {};
  return {.flagged = (*state & ~kEver) != 0, .antecedent = (*state & kEver) != 0};
}

Monitor::Answer DeadEndMonitor::HearOwn(const Noted& noted, Value* state) const {
  if (noted.kind == kMark) *state = 1;
  if (noted.kind == kUnmark) *state = 0;
  const bool passes = *state != 0 && (noted.kind == kInstall || noted.kind == kReuse);
  return {.flagged = passes, .antecedent = passes || noted.kind == kDeadEnd};
}

Monitor::Answer ContentChangesMonitor::HearOwn(const Noted& noted, Value* state) const {
  const auto get = [state](int thread) { return static_cast<Ioctl>(*state >> 2 * thread & 3); };
  const auto set = [state](int thread, Ioctl ioctl) {
    *state = (*state & ~(Value{3} << 2 * thread)) | ioctl << 2 * thread;
  };
  Answer answer;
  if (noted.kind == kMark) set(noted.thread, kMarked);
  if (noted.kind == kPageWrite) {
    for (int thread = 0; thread < threads_; ++thread) {
      if (get(thread) == kMarked) set(thread, kChanged);
      answer.flagged = answer.flagged || get(thread) == kMayReturn;
    }
  }
  if (noted.kind == kProtected) {
    const Ioctl ioctl = get(noted.thread);
    answer.flagged = ioctl == kChanged;
    answer.antecedent = noted.when == When::kEarliest;
    set(noted.thread, noted.when == When::kEarliest && ioctl == kMarked ? kMayReturn : kNone);
  }
  return answer;
}

}  // namespace doorway::mm
