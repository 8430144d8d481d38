#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>

#include "harness/graph/note_kind.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"
#include "harness/linearize/call.h"
#include "harness/linearize/datum.h"

// How the clients of an object say what they call and what came of it, for claims of linearizability
// (linearizable.h):
//
//   using Calls = OperationNotes<Sync, Queue>;   // properties/sequential/sequence.h
//
//   Calls::invoke(Queue::kEnqueue, {Datum::Number(item)});
//   queue_.enqueue(item);
//   Calls::respond();
//
//   Calls::invoke(Queue::kDequeue);
//   const int item = queue_.dequeue();
//   Calls::respond(item >= 0 ? Datum::Number(item) : Datum());   // nil: there was none
//
// The calls stand around the operation, with nothing of the client's own between. They are notes, no operations: they
// float between the operations around them and make no interleavings. A thread has one operation at a time (so an
// interrupt must not come with operations of its own into one of its thread's), and each thread one object.
//
// A note has one argument of 64 bits. In it are
//
//   bits 0-7    the place of the function in the specification's kFunctions (invoke; else 0)
//   bits 8-9    how many data follow: arguments, at most three; or whether there is a result
//   bits 10-27, 28-45, 46-63
//               the data: 2 bits for the kind (0 nil, 1 a truth, 2 a number), 16 bits for the truth, or the number in
//               two's complement
//
// So numbers are from -32,768 to 32,767, and texts do not fit; what does not fit fails a check. That is enough for the
// values of a small configuration, and makes reports easy to read.

namespace doorway {

namespace notes {
inline constexpr NoteKind kInvoke{"invoke"};      // note: the thread's operation begins after it
inline constexpr NoteKind kResponse{"response"};  // note: and has ended before it
}  // namespace notes

constexpr bool FitsIntoNote(const linearize::Datum& datum) {
  switch (datum.kind()) {
    case linearize::Datum::Kind::kNil:
    case linearize::Datum::Kind::kTruth:
      return true;
    case linearize::Datum::Kind::kNumber:
      return datum.number() >= -32768 && datum.number() <= 32767;
    default:
      return false;
  }
}

// REQUIRES: function < 256, at most three data, each FitsIntoNote.
constexpr Value PackNote(int function, std::initializer_list<linearize::Datum> data) {
  Value packed = static_cast<Value>(function) | static_cast<Value>(data.size()) << 8;
  int at = 10;
  for (const linearize::Datum& datum : data) {
    const Value number =
        datum.nil()
            ? 0
            : static_cast<Value>(datum.kind() == linearize::Datum::Kind::kNumber ? datum.number() : datum.truth());
    packed |= (static_cast<Value>(datum.kind()) | (number & 0xffff) << 2) << at;
    at += 18;
  }
  return packed;
}

// What an invoke note calls, without a result; what a response note returns: nothing, if the client did not say.
linearize::Call UnpackCall(Value argument);
std::optional<linearize::Datum> UnpackResult(Value argument);

// For reports: "enqueue(1)", of a specification's function; "1", of a response.
std::string ShowInvocation(Value argument, std::span<const linearize::FunctionInfo> functions);
std::string ShowResponse(Value argument);

template <class Sync, class S>
class OperationNotes {
 public:
  using Datum = linearize::Datum;

  // REQUIRES: the thread has no operation under way.
  static void invoke(int function, std::initializer_list<Datum> arguments = {}, Site site = Site::Here()) {
    Sync::note(kInvoke, Sync::self(), Packed(function, arguments), site);
  }
  // Any result will do.
  static void respond(Site site = Site::Here()) { Sync::note(kResponse, Sync::self(), PackNote(0, {}), site); }
  static void respond(Datum result, Site site = Site::Here()) {
    Sync::note(kResponse, Sync::self(), Packed(0, {result}), site);
  }

 private:
  static constexpr NoteKind kInvoke{notes::kInvoke.name,
                                    [](Value argument) { return ShowInvocation(argument, S::kFunctions); }};
  static constexpr NoteKind kResponse{notes::kResponse.name, [](Value argument) { return ShowResponse(argument); }};

  static Value Packed(int function, std::initializer_list<Datum> data) {
    bool fit = data.size() <= 3;
    for (const Datum& datum : data) fit = fit && FitsIntoNote(datum);
    Sync::check(fit, "a note of an operation holds three arguments: nil, truths, numbers from -32768 to 32767");
    return fit ? PackNote(function, data) : PackNote(function, {});
  }
};

// A result that a negative number stands for the lack of.
constexpr linearize::Datum NumberOrNil(int number) {
  return number >= 0 ? linearize::Datum::Number(number) : linearize::Datum();
}

}  // namespace doorway
