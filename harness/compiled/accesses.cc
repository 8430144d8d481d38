#include "harness/compiled/accesses.h"

#include <link.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "harness/behaviour/runtime.h"
#include "harness/compiled/history.h"
#include "harness/compiled/sources.h"

namespace doorway::compiled {
namespace {

constexpr int kMaxSpawns = 15;

bool must_begin_anew = false;
int spawns = 3;
Order plain_order = Order::kPlain;

std::uintptr_t AddressOf(const volatile void* address) { return reinterpret_cast<std::uintptr_t>(address); }

User Here(const ThreadState& thread) { return {runtime::Self(), thread.spawned}; }

struct Range {
  std::uintptr_t begin;
  std::size_t size;
};

// The thread-local data of the program and its libraries: of the one thread of the process that all fibers run on.
std::vector<Range> ReadThreadLocals() {
  std::vector<Range> ranges;
  const auto add = [](dl_phdr_info* module, std::size_t, void* all) {
    for (int i = 0; module->dlpi_tls_data != nullptr && i < module->dlpi_phnum; ++i) {
      if (module->dlpi_phdr[i].p_type != PT_TLS) continue;
      static_cast<std::vector<Range>*>(all)->push_back(
          {AddressOf(module->dlpi_tls_data), module->dlpi_phdr[i].p_memsz});
    }
    return 0;
  };
  dl_iterate_phdr(add, &ranges);
  return ranges;
}

bool IsThreadLocal(std::uintptr_t address) {
  static const std::vector<Range> all = ReadThreadLocals();
  return std::any_of(all.begin(), all.end(), [=](const Range& range) { return address - range.begin < range.size; });
}

std::string NameOf(const void* address, Site site) {
  const runtime::Owner owner = runtime::OwnerOf(address);
  if (owner.memory == runtime::Memory::kOutside) {
    std::string variable = VariableAt(address);
    if (!variable.empty()) return variable;
  }
  const char* const slash = std::strrchr(site.file, '/');
  const std::string first_use = std::string(slash == nullptr ? site.file : slash + 1) + ":" + std::to_string(site.line);
  if (owner.memory == runtime::Memory::kStack) return ThreadName(owner.thread) + ".local@" + first_use;
  if (owner.memory == runtime::Memory::kHeap) return ThreadName(owner.thread) + ".heap@" + first_use;
  return "memory@" + first_use;
}

void Declare(front::Object object, bool plain, Site site) {
  const runtime::AsideFromModel aside;
  const std::string name = NameOf(object.address, site);
  runtime::Object made;
  made.address = object.address;
  made.width = object.width;
  made.plain = plain;
  made.is_signed = true;
  made.initial = InitialAt(object.address, object.width);
  made.name = name.c_str();
  made.site = site;
  runtime::Declare(made);
}

// Ends the run if so little was known of this use that the search must begin anew.
void Require(Layout::Found found, Site site) {
  if (must_begin_anew || found == Layout::Found::kNew) EndAnew(site);
  if (found == Layout::Found::kKnown) return;
  Unsupported(
      "memory is accessed as an atomic object and as a part, or in parts, of something else: accesses of several sizes "
      "at one address are in no memory model here (on a stack, it may be another object that was there before: make "
      "one "
      "of them static)",
      site);
}

// Ends the run if what is accessed is not known to be shared, but is.
void Use(ThreadState& thread, const void* address, std::size_t size, bool writes, const void* from) {
  Layout::Found found = Layout::Found::kKnown;
  {
    const runtime::AsideFromModel aside;
    const runtime::Owner owner = runtime::OwnerOf(address);
    const bool stack = owner.memory == runtime::Memory::kStack;
    const bool own = owner.memory == runtime::Memory::kOutside && IsThreadLocal(AddressOf(address));
    if (writes && owner.memory == runtime::Memory::kOutside) {
      runtime::WillWriteOutside(const_cast<void*>(address), size, own);
    }
    if (own) return;
    found = layout().Use(AddressOf(address), size, Here(thread), writes, stack && owner.thread != runtime::Self());
  }
  if (found != Layout::Found::kKnown || must_begin_anew) Require(found, SiteOf(thread, from));
}

// Calls visit(cell) for each shared cell in the memory, in order. Others may run meanwhile.
template <class Visit>
void ForEachShared(std::uintptr_t address, std::size_t size, const Visit& visit) {
  const std::uintptr_t end = address + size;
  while (address < end) {
    const Cell* const next = layout().FirstShared(address, end - address);
    if (next == nullptr) return;
    const Cell cell = *next;
    visit(front::Object{reinterpret_cast<const void*>(cell.begin), static_cast<std::uint8_t>(cell.size)});
    address = cell.end();
  }
}

}  // namespace

Value BytesAt(const void* address, std::size_t size) {
  Value value = 0;
  std::memcpy(&value, address, size);
  return value;
}

Value InitialAt(const void* address, std::size_t size) {
  char bytes[sizeof(Value)] = {};
  if (!runtime::AtFirstSpawn(address, size, bytes)) {
    if (runtime::OwnerOf(address).memory != runtime::Memory::kOutside) return 0;
    return BytesAt(address, size);
  }
  return BytesAt(bytes, size);
}

Layout& layout() {
  static Layout the_layout;
  return the_layout;
}

void ForgetLayout() { layout() = Layout(); }

bool MustBeginAnew() { return must_begin_anew; }
void BeginAnew() { must_begin_anew = false; }
int spawn_limit() { return spawns; }

void TakePlainForRelaxed(bool take) { plain_order = take ? Order::kRelaxed : Order::kPlain; }

void EndAnew(Site site) {
  must_begin_anew = true;
  runtime::Fail("the search begins anew, knowing more", 0, site);
}

namespace {

constexpr std::uintptr_t kLowest = 64 << 10;  // nothing is ever mapped below

void RequireNoNull(ThreadState& thread, const void* address, const void* from) {
  if (AddressOf(address) < kLowest) runtime::Fail("a null pointer is followed", 0, SiteOf(thread, from));
}

}  // namespace

void WillRead(ThreadState& thread, const void* address, std::size_t size, const void* from) {
  Finish(thread);
  RequireNoNull(thread, address, from);
  Use(thread, address, size, false, from);
  if (IsAlone(thread) || layout().FirstShared(AddressOf(address), size) == nullptr) return;
  const Site site = SiteOf(thread, from);
  ForEachShared(AddressOf(address), size, [&](front::Object cell) {
    Declare(cell, true, site);
    const Value value =
        plain_order == Order::kPlain ? front::ReadPlain(cell, site) : front::Load(cell, plain_order, site);
    std::memcpy(const_cast<void*>(cell.address), &value, cell.width);
  });
}

void WillWrite(ThreadState& thread, void* address, std::size_t size, const void* from) {
  Finish(thread);
  RequireNoNull(thread, address, from);
  Use(thread, address, size, true, from);
  if (IsAlone(thread) || layout().FirstShared(AddressOf(address), size) == nullptr) return;
  thread.pending = {AddressOf(address), size, SiteOf(thread, from)};
}

void Finish(ThreadState& thread) {
  if (thread.pending.size == 0) return;
  const ThreadState::Pending done = std::exchange(thread.pending, {});
  ForEachShared(done.address, done.size, [&](front::Object cell) {
    Declare(cell, true, done.site);
    const Value value = BytesAt(cell.address, cell.width);
    if (plain_order == Order::kPlain) {
      front::WritePlain(cell, value, done.site);
    } else {
      front::Store(cell, value, plain_order, done.site);
    }
  });
}

front::Object AtomicAt(ThreadState& thread, const volatile void* address, std::size_t size, Site site) {
  Finish(thread);
  const front::Object object{const_cast<const void*>(address), static_cast<std::uint8_t>(size)};
  Layout::Found found = Layout::Found::kKnown;
  {
    const runtime::AsideFromModel aside;
    found = layout().UseAtomic(AddressOf(address), size);
  }
  Require(found, site);
  Declare(object, false, site);
  return object;
}

front::Object WordAt(ThreadState& thread, const void* address, WordKind kind, Value initial, const char* name,
                     Site site) {
  Finish(thread);
  // No pointer of a program is as large.
  const std::uintptr_t tag = (std::uintptr_t{8} + static_cast<std::uintptr_t>(kind)) << 59;
  const auto* const word = reinterpret_cast<const void*>(AddressOf(address) | tag);
  const runtime::AsideFromModel aside;
  std::string full_name = VariableAt(address);
  if (full_name.empty()) full_name = name;
  runtime::Object made;
  made.address = word;
  made.width = 8;
  made.initial = initial;
  made.name = full_name.c_str();
  made.site = site;
  runtime::Declare(made);
  return {word, 8};
}

void Unsupported(const char* what, Site site) { runtime::Fail(what, kUnsupported, site); }

namespace {

// The header of a block is data that threads share as any other.
struct Header {
  std::uint64_t size;
  std::uint64_t is_free;
};
static_assert(sizeof(Header) == kHeader);

Header* HeaderOf(void* block) { return static_cast<Header*>(block) - 1; }

}  // namespace

void Allocated(ThreadState& thread, void* block, std::size_t size) {
  Header* const header = HeaderOf(block);
  WillWrite(thread, header, sizeof(*header), nullptr);
  *header = {size, 0};
}

std::size_t SizeOf(ThreadState& thread, void* block) {
  Header* const header = HeaderOf(block);
  WillRead(thread, &header->size, sizeof(header->size), nullptr);
  return header->size;
}

void WillFree(ThreadState& thread, void* block) {
  const Site site = SiteOf(thread, nullptr);
  Header* const header = HeaderOf(block);
  const std::size_t size = SizeOf(thread, block);
  WillRead(thread, &header->is_free, sizeof(header->is_free), nullptr);
  if (header->is_free != 0) runtime::Fail("frees memory that is not allocated", runtime::kFreedTwice, site);
  WillWrite(thread, &header->is_free, sizeof(header->is_free), nullptr);
  header->is_free = 1;
  Finish(thread);
  if (IsAlone(thread)) return;
  Layout::Found found = Layout::Found::kKnown;
  {
    const runtime::AsideFromModel aside;
    found = layout().Free(AddressOf(block), size, Here(thread));
  }
  Require(found, site);
  ForEachShared(AddressOf(block), size, [&](front::Object cell) {
    Declare(cell, true, site);
    front::End(cell, site);
  });
}

int Spawn(ThreadState& thread, void (*code)(const Operands& operands), const Operands& operands, Site site) {
  Finish(thread);
  if (thread.spawned == spawns && spawns < kMaxSpawns) {
    spawns = std::min(2 * spawns, kMaxSpawns);
    EndAnew(site);
  }
  const int spawned = runtime::Spawn(code, operands, site);
  ++thread.spawned;
  return spawned;
}

}  // namespace doorway::compiled
