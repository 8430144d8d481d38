#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "harness/explore/interchangeable.h"
#include "harness/explore/work_graph.h"

// Symmetry of graphs: of all that differ in the order of interchangeable threads (twins.h) only, one stands for the
// others: one whose threads are *in order*.
//
// The order of two threads of a graph is that of the first thing in which they differ, in program order: their reads
// read from different writes (the mo-earlier one comes first), or one of them fails spuriously; choices turn out
// otherwise (the lower one first); or they write the same location (the mo-earlier write first). What each does to a
// location of its own is the same, unless it reads there what another thread has written: there the comparison ends
// without a result, and so where plain data, which puts nothing in order, has other values. It depends on the graph
// alone and not on the threads' numbers, so the members of an orbit agree on it, and some of them are in order.
//
// A graph that grows need not be given up as soon as its threads are out of order: a revisit may delete what they
// differ in. But it never deletes, nor changes, an event that was not added maximally or is fixed (maximality.h), nor
// what such an event depends on. If threads differ in events like that, and are out of order, so they are in every
// execution that the graph leads to.
//
// After: Kokologiannakis, Marmanis, Vafeiadis, "SPORE: Combining Symmetry and Partial Order Reduction", PLDI 2024,
// for the combination; the order and the argument are our own.

namespace doorway {

class ThreadOrder {
 public:
  explicit ThreadOrder(ThreadClasses classes) : classes_(std::move(classes)) {}

  // Whether no execution that g leads to is in order.
  bool Refutes(const WorkGraph& g);

  // How many graphs the finished g stands for, itself among them; 0: it is not in order. Where several of an orbit are
  // in order, each stands for as many as the others: a fraction, perhaps, but they add up.
  double StandsFor(const WorkGraph& g);
  // The same before g is finished, if it will only be added to; its last write may have no place yet. None: that
  // depends on what is added.
  std::optional<double> WillStandFor(const WorkGraph& g);

 private:
  enum class Order : std::uint8_t { kFirst, kSecond, kSame };
  struct Difference {
    Order first = Order::kSame;
    std::size_t index = 0;  // in po, of both
  };

  void ListEvents(const WorkGraph& g);
  void FindPermanent(const WorkGraph& g);
  Difference Compare(const WorkGraph& g, int one, int other) const;
  double CountOrders(const WorkGraph& g, bool* total);

  const ThreadClasses classes_;
  std::vector<std::vector<EventId>> events_;  // by thread, in po
  std::vector<std::uint16_t> permanent_;      // by thread: how many of its first events will never change
};

}  // namespace doorway
