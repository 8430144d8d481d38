// Objects on which threads operate, and memory that they allocate.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "harness/behaviour/machine.h"

namespace doorway {

LocationId Program::Machine::Register(const runtime::Object& object, bool declared) {
  if (locations_.size() >= kNoLocation) Error("more than 65534 shared objects", object.site);
  Location location;
  location.width = object.width;
  location.plain = object.plain;
  location.is_signed = object.is_signed;
  location.initial = object.initial;
  location.address = ToValue(object.address);
  location.initialised = in_before() && together_ == nullptr && object.initialised;
  if (object.name != nullptr) {
    location.name = object.name;
  } else {
    const char* slash = std::strrchr(object.site.file, '/');
    location.name = std::string(object.plain ? "var@" : "atomic@") + (slash == nullptr ? object.site.file : slash + 1) +
                    ":" + std::to_string(object.site.line);
  }
  if (object.index >= 0) location.name += "[" + std::to_string(object.index) + "]";
  if (!in_before() && !declared) location.name = "T" + std::to_string(running_) + "." + location.name;
  if (const int count = ++by_name_[location.name]; count > 1) location.name += "#" + std::to_string(count);
  locations_.push_back(std::move(location));
  const auto id = static_cast<LocationId>(locations_.size() - 1);
  by_address_[object.address] = id;
  return id;
}

LocationId Program::Machine::Locate(const void* address, Site site) {
  const auto found = by_address_.find(address);
  if (found == by_address_.end()) {
    Error(
        "an operation on an object that no before() or thread made (a null or dangling pointer, or an object of static "
        "storage)",
        site);
  }
  return found->second;
}

void Program::Machine::Construct(const runtime::Object& object) {
  if (!in_model_code_) {
    std::fprintf(stderr, "doorway: %s:%d: a checked object made outside of a model\n", object.site.file,
                 object.site.line);
    std::abort();
  }
  {
    Bookkeeping bookkeeping(*this);
    const auto found = by_address_.find(object.address);
    if (found == by_address_.end()) {
      Register(object);
    } else if (in_before() && together_ == nullptr) {
      locations_[found->second].initial = object.initial;
      locations_[found->second].initialised = object.initialised;
    }
  }
  if (in_before() && together_ == nullptr) return;
  PerformDelayed();
  Label label;
  label.op = Op::kStore;
  label.construct = true;
  label.width = object.width;
  label.operands = {object.initial, object.initialised ? Value{0} : Value{1}};
  label.site = object.site;
  label.verb = "construct";
  Perform(label, object.address);
}

void Program::Machine::Destroy(const void* address, std::uint8_t width, Site site) {
  if (!in_model_code_ || (in_before() && together_ == nullptr)) return;
  PerformDelayed();
  Label label;
  label.op = Op::kStore;
  label.destroy = true;
  label.width = width;
  label.site = site;
  label.verb = "destroy";
  Perform(label, address);
}

void Program::Machine::Declare(const runtime::Object& object) {
  Bookkeeping bookkeeping(*this);
  if (by_address_.find(object.address) != by_address_.end()) return;
  locations_[Register(object, true)].initialised = object.initialised;
}

void* Program::Machine::Allocate(std::size_t size, std::size_t alignment) {
  Lane& lane = this->lane();
  char* heap = in_before() ? arena_.shared() : arena_.heap(running_);
  const std::size_t limit = in_before() ? Arena::kSharedBytes : Arena::kHeapBytes;
  const std::size_t start = (lane.heap_used + subject_.block_header() + alignment - 1) & ~(alignment - 1);
  if (size > limit || start + size > limit) {
    lane.heap_used = 0;  // room for the message
    Error("allocates without bound (more than " + std::to_string(limit >> 20) + " MiB in one thread)", last_site_);
  }
  lane.heap_used = start + std::max(size, std::size_t{1});  // no two blocks are at one address
  arena_.OpenUpTo(heap, lane.heap_used);
  if (has_plain_state() && (in_before() || together_ != nullptr)) {
    Bookkeeping bookkeeping(*this);
    allocated_.emplace(heap + start, size);
  }
  subject_.Allocated(heap + start, size);
  return heap + start;
}

runtime::Owner Program::Machine::OwnerOf(const void* address) const {
  if (!arena_.Contains(address)) return {};
  if (arena_.InShared(address)) return {runtime::Memory::kBefore, -1};
  return {arena_.InHeap(address) ? runtime::Memory::kHeap : runtime::Memory::kStack, arena_.RegionOf(address)};
}

void Program::Machine::WillWriteOutside(char* address, std::size_t size, bool thread_local_data) {
  Bookkeeping bookkeeping(*this);
  if (private_) private_->outside().WillBeWritten(address, size, thread_local_data);
}

}  // namespace doorway
