#pragma once

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"

// What the models of memory management say about their operations, and the claims beside this file read. All
// are tags on one operation but those said to be between operations, which float. A subject is a thread; user CPUs are
// the first threads of a model. An argument names the address range that it is about (ranges have nothing to do with
// each other) and pages of it; page 0 is mapped at the start, and every copy that gets mapped has a number of its own.
// In runs without end the numbers of pages that nobody maps or copies any more are given out again.

namespace doorway::mm {

// How many of each there may be. Monitors have a place for each.
inline constexpr int kMaxRanges = 2;
inline constexpr int kMaxCpus = 2;
inline constexpr int kPages = 5;  // that an address may come to map: the first one, and copies

// On an update of a CPU's word; the subject is the CPU.
inline constexpr NoteKind kPageWrite{"page write"};  // a store retired; OnPage(range, page)
inline constexpr NoteKind kFill{"fill"};             // a writable entry came into its TLB; OnPage(range, page)
inline constexpr NoteKind kShootdown{"shootdown"};   // it holds no entry from here; OnPage(range, 0)

// On a load of a CPU's word, by a thread that copies a page; the subject is the CPU whose byte is copied.
inline constexpr NoteKind kCopyRead{"copy"};  // Copy(range, from, to)

// On an operation with which the subject gives up a copy, mapped or not: the page is free from here, so that what it
// holds is nobody's business. Runs without end say so; others may.
inline constexpr NoteKind kFreed{"page freed"};  // OnPage(range, page)

// On an operation on a page-table entry, by the subject.
inline constexpr NoteKind kInstall{"install"};     // write: a fault maps a copy, writable; Copy(range, from, to)
inline constexpr NoteKind kReuse{"reuse"};         // write: a fault makes the mapped page writable; OnPage(range, page)
inline constexpr NoteKind kMark{"write-protect"};  // the marker is set from here; OnPage(range, page)
inline constexpr NoteKind kUnmark{"un-protect"};   // write: it is clear from here; Unmark(range, whether it was set)
inline constexpr NoteKind kDeadEnd{"dead end"};    // read: a write fault met the marker; OnPage(range, page)

// Between operations: the write-protect ioctl of the subject, whose kMark came before in its thread, returns.
inline constexpr NoteKind kProtected{"wp returns"};  // OnPage(range, 0)

inline constexpr NoteKind kIoctlEnters{"ioctl enters"};  // the subject's, past its locks; OnPage(range, its group)
inline constexpr NoteKind kIoctlLeaves{"ioctl leaves"};  // ... and before it releases them; the same

// For claims about runs without end, also between operations.
inline constexpr NoteKind kIoctlCalled{"ioctl called"};      // by the subject
inline constexpr NoteKind kIoctlReturns{"ioctl returns"};    // to the subject
inline constexpr NoteKind kFaultAnswered{"fault answered"};  // the subject, asleep since a kDeadEnd, goes on

// The arguments.
constexpr Value OnPage(int range, int page) { return static_cast<Value>(range) << 16 | static_cast<Value>(page); }
constexpr Value Unmark(int range, bool was_set) { return OnPage(range, was_set ? 1 : 0); }
constexpr Value Copy(int range, int from, int to) {
  return static_cast<Value>(range) << 16 | static_cast<Value>(from) << 8 | static_cast<Value>(to);
}

constexpr int RangeOf(Value argument) { return static_cast<int>(argument >> 16); }
constexpr int PageOf(Value argument) { return static_cast<int>(argument & 0xff); }         // of a Copy: the new page
constexpr int SourceOf(Value argument) { return static_cast<int>(argument >> 8 & 0xff); }  // of a Copy: the old one
constexpr bool WasSet(Value argument) { return (argument & 1) != 0; }                      // of an Unmark

}  // namespace doorway::mm
