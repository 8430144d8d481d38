#pragma once

#include <deque>
#include <memory>
#include <string>

#include "harness/graph/execution.h"
#include "harness/graph/verdict.h"

// Executions made by hand, for tests of what renders them.
//
//   ExecutionBuilder b(2);
//   const LocationId x = b.Location("x");
//   const EventId w = b.Write(0, x, 1, Order::kRelaxed);
//   b.Read(1, x, w, Order::kRelaxed);
//   Evidence evidence = b.Finish({.claim = "..."});

namespace doorway {

class ExecutionBuilder {
 public:
  explicit ExecutionBuilder(int threads);

  // Locations come first: their initial writes are the first events.
  LocationId Location(const std::string& name, Value initial = 0, bool is_signed = false, std::uint8_t width = 4);
  doorway::Location& location(LocationId location) { return keep_->locations[location]; }

  // An event of `thread`; each call has a source line of its own, 10, 11, 12, ... Writes go to the end of their
  // location's modification order. An update's source is the newest write, unless told.
  EventId Write(int thread, LocationId location, Value value, Order order = Order::kPlain);
  EventId Read(int thread, LocationId location, EventId from, Order order = Order::kPlain);
  EventId ReadAgain(int thread, EventId read);  // the same line, the same write
  EventId Update(int thread, LocationId location, Value value, Order order, const char* verb = "fetch_add");
  EventId FailedCas(int thread, LocationId location, EventId from, Value expected, bool spurious = false);
  EventId newest(LocationId location) const { return execution_.modification_order[location].back(); }
  EventId Fence(int thread, Order order);
  EventId Choice(int thread, int of, int chosen, const char* verb = "choose");

  void Note(int thread, NoteKind kind, Value argument = 0);              // between the thread's operations
  void Tag(int thread, NoteKind kind, int subject, Value argument = 0);  // on the thread's last operation

  // How `thread` ends; the pending operation is an await at `location`, or a spin where there is none.
  void End(int thread, ThreadEnd end, LocationId location = kNoLocation, bool daemon = false);

  // The order -> is po and what releases and acquires order.
  Evidence Finish(Finding finding = {});

 private:
  struct Keep {
    std::vector<doorway::Location> locations;
    std::deque<Label> labels;
  };

  EventId Add(int thread, Event event, Label label);
  Label* NewLabel(Label label);
  Execution::Clocks HappensBefore() const;

  std::shared_ptr<Keep> keep_ = std::make_shared<Keep>();
  Execution execution_;
  int next_line_ = 10;
};

}  // namespace doorway
