#include "properties/mm/monitors.h"

#include "properties/mm/page_notes.h"

namespace doorway::mm {
namespace {

std::uint16_t Bit(int index) { return static_cast<std::uint16_t>(1u << index); }

void Add(std::uint16_t& set, int index) { set = static_cast<std::uint16_t>(set | Bit(index)); }
void Remove(std::uint16_t& set, int index) { set = static_cast<std::uint16_t>(set & ~Bit(index)); }

}  // namespace

bool LostWriteMonitor::Step(const Noted& note) {
  const auto subject = static_cast<std::size_t>(note.subject);
  const auto page = static_cast<std::size_t>(PageOf(note.argument));
  const auto source = static_cast<std::size_t>(SourceOf(note.argument));
  if (note.kind == kPageWrite) {
    pages_[page][subject] = static_cast<Stores>(pages_[page][subject] | 1u << stores_++);
  } else if (note.kind == kCopyRead) {
    copying_[note.thread][subject] = pages_[source][subject];
    return false;
  } else if (note.kind == kInstall) {
    copying_[note.thread][note.thread] = pages_[source][note.thread];
    pages_[page] = copying_[note.thread];
    mapped_ = static_cast<std::uint8_t>(page);
  } else {
    return false;
  }
  Stores held = 0;
  for (const Stores stores : pages_[mapped_]) held = static_cast<Stores>(held | stores);
  return held != (1u << stores_) - 1;
}

bool WriteAfterReturnMonitor::Step(const Noted& note) {
  if (note.kind == kMark) {
    Add(in_force_, note.thread);
    Remove(promised_, note.thread);
  }
  if (note.kind == kUnmark) in_force_ = promised_ = 0;
  if (note.kind == kProtected && (in_force_ & Bit(note.thread))) Add(promised_, note.thread);
  return note.kind == kPageWrite && promised_ != 0;
}

bool StaleEntryMonitor::Step(const Noted& note) {
  if (note.kind == kFill) Add(writable_, note.subject);
  if (note.kind == kShootdown) Remove(writable_, note.subject);
  return note.kind == kUnmark && WasSet(note.argument) && writable_ != 0;
}

bool DeadEndMonitor::Step(const Noted& note) {
  if (note.kind == kMark) marked_ = true;
  if (note.kind == kUnmark) marked_ = false;
  return marked_ && (note.kind == kInstall || note.kind == kReuse);
}

bool ContentChangesMonitor::Step(const Noted& note) {
  if (note.kind == kMark) {
    Add(marked_, note.thread);
    Remove(changed_, note.thread);
  }
  if (note.kind == kPageWrite) changed_ = static_cast<std::uint16_t>(changed_ | marked_);
  if (note.kind != kProtected) return false;
  const bool seen = (changed_ & Bit(note.thread)) != 0;
  Remove(marked_, note.thread);
  Remove(changed_, note.thread);
  return seen;
}

}  // namespace doorway::mm
