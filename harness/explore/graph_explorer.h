#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "harness/behaviour/program.h"
#include "harness/explore/clock_time.h"
#include "harness/explore/explore.h"
#include "harness/explore/inspector.h"
#include "harness/explore/judge.h"
#include "harness/explore/search_stack.h"
#include "harness/explore/tail.h"
#include "harness/explore/thread_order.h"
#include "harness/explore/twins.h"
#include "harness/explore/work_graph.h"
#include "harness/graph/estimate.h"

// The graph explorer: every consistent execution graph once, after TruSt (Kokologiannakis, Marmanis, Gladstein,
// Vafeiadis: "Truly Stateless, Optimal Dynamic Partial Order Reduction", POPL 2022).
//
// A graph grows event by event. A read branches over the writes that it may read from, a write over its places in the
// modification order; all but the newest choice go to copies, which wait on a stack. So far, a read could only read
// from writes that were there before it. The other executions come from *revisits*: a new write w is offered to each
// earlier read r of its location that w does not depend on. The graph then goes back to the moment when r was added,
// keeps w and what w depends on, and r reads from w.
//
// Example, store buffering: T0 writes x, reads y = 0; T1 writes y, reads x. When T1 writes y, T0's read is revisited:
// the graph {Wx, Ry, Wy} with Ry reading Wy.
//
// Many histories would lead to the same graph; it is reached once because a revisit is only made from the one history
// in which r and all that is deleted had been added *maximally* (maximality.h): reading the newest write, placed last
// in the modification order.
//
// Coherence (coherence.h) is the memory model. awaits.h tells how waits are explored without blocked executions.

namespace doorway {

template <class Coherence>
class GraphExplorer {
 public:
  GraphExplorer(Program& program, Judge& judge, const ExploreOptions& options);

  // A graph to go on with; `unplaced` is an update, just revisited, whose write is not in mo yet.
  struct SubTree {
    WorkGraph* graph;
    EventId unplaced;
  };

  // Explores until done, stopped by the judge, or out of budget. True if the search came to its end.
  bool Run();

  // The same in parts, which have nothing to do with each other: the whole; one execution of a part, and what is left
  // of it as parts, the same ones in every process; all of a part. Parts may be explored by a copy of this explorer in
  // a forked process, or by one other than that which made them. Expand takes the part over.
  SubTree Root() { return {First(), kNoEvent}; }
  std::vector<SubTree> Expand(const SubTree& sub_tree);
  bool ExploreSubTree(const SubTree& sub_tree);

  // Calls `save` every options.checkpoint_seconds of an exploration, between two executions; it is then that the
  // exploration ends if it runs out of budget, so that another one can go on from position(). `guide`, an explorer that
  // counts nothing, finds the way. Errors: SearchMismatch, if the position is none of the part's.
  void SaveBetween(std::function<void()> save) { save_ = std::move(save); }
  Position position() const { return stack_.position(); }
  bool ExploreFrom(const SubTree& sub_tree, const Position& position, GraphExplorer& guide);

  // Instead of all, options.random_walks of them, with repetitions (random_walks.cc). True unless stopped. *estimate
  // says how many there are, by them.
  bool RunWalks(Estimate* estimate);
  // Likewise, by priorities (priority_walks.cc).
  bool RunPriorityWalks();

  // How many executions there are, by walks for a short while; without walks if one meets a fault of the model.
  Estimate EstimateAll() const;

  // One walk, through all or through a part. Returns the number of executions there by its guess.
  double Walk(std::mt19937_64* random);
  double WalkFrom(const SubTree& sub_tree, std::mt19937_64* random);
  bool out_of_budget() const { return out_of_budget_; }
  bool Stopped() const { return judge_.stop() || out_of_budget_ || inspector_.broken(); }

  // Judges one execution that was found elsewhere, finished or not. False if the memory model does not allow it.
  bool Review(WorkGraph* g);

 private:
  // The main loop.
  bool Continue();
  void Visit(const SubTree& sub_tree);
  void Finish(const WorkGraph& g);
  bool IsRefuted(const WorkGraph& g) { return order_.has_value() && order_->Refutes(g); }
  WorkGraph* First();
  void Extend(WorkGraph* g);
  bool ChooseWay(WorkGraph** g, bool goes_on, double* ways, std::mt19937_64* random);
  bool Step(WorkGraph* g);
  void Add(WorkGraph* g, ThreadId t);
  int NextThread(WorkGraph* g);
  std::size_t PriorityWalk(std::size_t length, std::mt19937_64* random);
  bool CanGoOn(WorkGraph* g, ThreadId t);
  void GoOnByPriority(WorkGraph** g, ThreadId t, std::mt19937_64* random);
  bool GoOnWaiting(WorkGraph* g);
  bool OutOfBudget();

  // Adding events.
  typename Coherence::View ViewOfNext(const WorkGraph& g, ThreadId t) const;
  void AddRead(WorkGraph* g, ThreadId t, bool newest);
  bool EndsWithLoad(WorkGraph* g, ThreadId t, Value value);
  void BranchRead(WorkGraph* from, ThreadId t, EventId w, Value value, bool spurious);
  bool ReadFrom(WorkGraph* g, ThreadId t, EventId w, bool spurious);
  void AddStore(WorkGraph* g, ThreadId t);
  void AddFence(WorkGraph* g, ThreadId t);
  void AddChoice(WorkGraph* g, ThreadId t);
  void Advance(WorkGraph* g, EventId e);
  void MeetTwins(const WorkGraph& g, EventId e);

  // Revisits.
  bool HasTargets(const WorkGraph& g, EventId w) const;
  void Revisits(const WorkGraph& g, EventId w, EventId rival);
  void Revisit(const WorkGraph& g, EventId r, EventId w);
  void FindPlaces(const WorkGraph& g, EventId w);
  bool Place(WorkGraph* h, EventId w, EventId after, const typename Coherence::View& reader);
  void PlaceRevisited(WorkGraph* h, EventId r, EventId w, EventId after, bool spurious);
  bool FinishUpdate(WorkGraph* g, EventId u);
  void Settled(WorkGraph* g, EventId r);
  void Wait(WorkGraph* h, ThreadId t, EventId r, EventId w);

  // Walks by priorities look at no other way.
  bool LooksAside() const { return options_.priority_depth == 0; }

  // Ends that are determined need not be added, where they are only counted.
  bool SkipsTails() const {
    return options_.skip_tails && !judge_.wants_executions() && !options_.check_invariants && LooksAside();
  }
  bool Ended(const WorkGraph& g);
  bool CountInOrder(const WorkGraph& g, const Tail::End& end, std::size_t executions);
  void Count(const Tail::End& end);
  WorkGraph* Acquire();
  WorkGraph* Copy(const WorkGraph& g);
  void Release(WorkGraph* g) { free_.push_back(g); }

  void Start() { started_ = started_ == 0 ? WallSeconds() : started_; }

  Program& program_;
  Judge& judge_;
  const ExploreOptions& options_;
  std::vector<std::unique_ptr<WorkGraph>> graphs_;
  std::vector<WorkGraph*> free_;
  SearchStack<SubTree> stack_;
  std::vector<EventId> scratch_;
  std::vector<EventId> places_;
  Inspector inspector_;
  Tail tail_;
  std::optional<Twins> twins_;        // where threads are interchangeable
  std::optional<ThreadOrder> order_;  // likewise
  double started_ = 0;
  double next_progress_ = 0;
  std::function<void()> save_;
  double next_save_ = 0;
  std::optional<Estimate> estimate_;
  std::uint32_t steps_ = 0;
  bool out_of_budget_ = false;
};

}  // namespace doorway
