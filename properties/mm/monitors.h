#pragma once

#include <array>
#include <compare>
#include <cstdint>

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"

// The claims of this folder as monitors of a run that happens one step after another: each is a small state that takes
// the notes of a run in their order. A run violates a claim iff its monitor says so at some step; an execution violates
// the claim's event form iff some run that keeps the execution's order does.
//
// For one range, up to four threads that write-protect or copy, and up to eight stores.

namespace doorway::mm {

// A note or tag of a run.
struct Noted {
  NoteKind kind;
  int thread = 0;  // whose code placed it
  int subject = 0;
  Value argument = 0;
};

// NLW: whenever the page-table entry maps a page, this page holds every store that has retired.
class LostWriteMonitor {
 public:
  bool Step(const Noted& note);  // whether the claim is violated at this step
  auto operator<=>(const LostWriteMonitor&) const = default;

 private:
  static constexpr int kPages = 5, kCpus = 4;
  using Stores = std::uint8_t;  // a set of stores

  std::array<std::array<Stores, kCpus>, kPages> pages_{};   // by the CPU that stored
  std::array<std::array<Stores, kCpus>, kCpus> copying_{};  // by the thread that copies
  std::uint8_t mapped_ = 0;
  std::uint8_t stores_ = 0;  // so far
};

// G1: no store while a marking whose ioctl has returned is in force.
class WriteAfterReturnMonitor {
 public:
  bool Step(const Noted& note);
  auto operator<=>(const WriteAfterReturnMonitor&) const = default;

 private:
  std::uint16_t in_force_ = 0;  // by thread: its marking has not been un-protected
  std::uint16_t promised_ = 0;  // ... and its ioctl has returned
};

// G2: no writable entry when a set marker is cleared.
class StaleEntryMonitor {
 public:
  explicit StaleEntryMonitor(std::uint16_t writable_at_start) : writable_(writable_at_start) {}
  bool Step(const Noted& note);
  auto operator<=>(const StaleEntryMonitor&) const = default;

 private:
  std::uint16_t writable_;  // by CPU
};

// DE: no fault makes the page-table entry writable while the marker is set.
class DeadEndMonitor {
 public:
  bool Step(const Noted& note);
  auto operator<=>(const DeadEndMonitor&) const = default;

 private:
  bool marked_ = false;
};

// CH: says yes when an ioctl returns and a store retired since its marking.
class ContentChangesMonitor {
 public:
  bool Step(const Noted& note);
  auto operator<=>(const ContentChangesMonitor&) const = default;

 private:
  std::uint16_t marked_ = 0;   // by thread: it has marked, and not returned
  std::uint16_t changed_ = 0;  // ... and somebody has stored since
};

}  // namespace doorway::mm
