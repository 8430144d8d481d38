#include "harness/behaviour/runtime.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "harness/behaviour/program.h"

// See machine.h. Kept apart from it because locks and models depend on this face only.
#include "harness/behaviour/machine.h"

namespace doorway {

struct RuntimeAccess {
  static Program::Machine& Get(Site site) {
    if (Program::Machine::current == nullptr) {
      std::fprintf(stderr, "doorway: %s:%d: a checked object is used outside of a model\n", site.file, site.line);
      std::abort();
    }
    return *Program::Machine::current;
  }
  static Program::Machine* Current() { return Program::Machine::current; }
};

namespace runtime {

__attribute__((noinline)) void ClearStackBelow() {
  constexpr std::size_t kFrames = 2 << 10;
  char* const frames = static_cast<char*>(__builtin_alloca(kFrames));
  std::memset(frames, 0, kFrames);
  asm volatile("" : : "r"(frames) : "memory");
}

void Construct(const Object& object) { RuntimeAccess::Get(object.site).Construct(object); }

void Destroy(const void* address, std::uint8_t width, Site site) {
  if (RuntimeAccess::Current() != nullptr) RuntimeAccess::Current()->Destroy(address, width, site);
}

__attribute__((noinline)) Reply Perform(Label label, const void* address) {
  auto& machine = RuntimeAccess::Get(label.site);
#if defined(__x86_64__)
  // What the caller keeps in registers lies right below the frame pointer.
  constexpr int kSavedRegisters = 5 * sizeof(void*);
  __builtin_unwind_init();
  machine.StandsAbove(static_cast<const char*>(__builtin_frame_address(0)) - kSavedRegisters);
#endif
  const Reply reply = machine.PerformMutated(label, address);
  machine.StandsAbove(nullptr);
  if (machine.endless() || machine.has_plain_state()) ClearStackBelow();
  return reply;
}

bool ExpandsUpdates(Site site) { return RuntimeAccess::Get(site).expands_updates(); }

void Spin(bool (*iteration)(void*), void* closure, Site site) {
  RuntimeAccess::Get(site).Spin(iteration, closure, site);
}

void Forever(void (*iteration)(void*), void* closure, Site site) {
  RuntimeAccess::Get(site).Forever(iteration, closure, site);
}

int Spawn(void (*code)(const Operands&), const Operands& operands, Site site) {
  return RuntimeAccess::Get(site).Spawn(code, operands, site);
}

void Join(int thread, Site site) { RuntimeAccess::Get(site).Join(thread, site); }

void Interrupt(int thread, void (*code)(const Operands&), const Operands& operands, Site site) {
  RuntimeAccess::Get(site).Interrupt(thread, code, operands, site);
}

void Check(bool holds, const char* message, Site site) {
  if (!holds) RuntimeAccess::Get(site).Fail(message, site);
}

void Fail(const char* message, Value code, Site site) { RuntimeAccess::Get(site).Fail(message, site, code); }

void Declare(const Object& object) { RuntimeAccess::Get(object.site).Declare(object); }

void Note(NoteKind kind, int subject, Value argument, Site site) {
  RuntimeAccess::Get(site).AddNote(kind, false, subject, argument, site);
}

void Tag(NoteKind kind, int subject, Value argument, Site site) {
  RuntimeAccess::Get(site).AddNote(kind, true, subject, argument, site);
}

bool InModelCode() { return RuntimeAccess::Current() != nullptr && RuntimeAccess::Current()->in_model_code(); }

AsideFromModel::AsideFromModel() : was_(RuntimeAccess::Get(Site{}).SetInModelCode(false)) {}
AsideFromModel::~AsideFromModel() { RuntimeAccess::Get(Site{}).SetInModelCode(was_); }

Owner OwnerOf(const void* address) { return RuntimeAccess::Get(Site{}).OwnerOf(address); }

bool AtFirstSpawn(const void* address, std::size_t size, char* bytes) {
  return RuntimeAccess::Get(Site{}).AtFirstSpawn(static_cast<const char*>(address), size, bytes);
}

void WillWriteOutside(void* address, std::size_t size, bool thread_local_data) {
  RuntimeAccess::Get(Site{}).WillWriteOutside(static_cast<char*>(address), size, thread_local_data);
}

int Self() { return RuntimeAccess::Get(Site{}).self(); }

}  // namespace runtime
}  // namespace doorway
