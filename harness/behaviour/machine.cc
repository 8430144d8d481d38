#include "harness/behaviour/machine.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <set>
#include <utility>

#include "harness/behaviour/asan.h"
#include "harness/behaviour/model_error.h"
#include "harness/behaviour/source_line.h"

#if DOORWAY_ASAN
#include <sanitizer/asan_interface.h>
#endif

namespace doorway {
namespace {

std::string Show(Site site) {
  if (site.line == 0) return "";
  return std::string(site.file) + ":" + std::to_string(site.line);
}

std::string Show(const Label& label) { return std::string(label.verb) + " at " + Show(label.site); }

}  // namespace

Program::Machine* Program::Machine::current = nullptr;

Program::Machine::Machine(Subject& subject, int forever_rounds, bool expand_updates, Mutations mutations)
    : subject_(subject),
      forever_rounds_(forever_rounds),
      expand_updates_(expand_updates),
      mutations_(std::move(mutations)),
      guard_(arena_),
      lanes_(Arena::kRegions) {
  first_spawned_ = subject.threads() + (subject.has_after() ? 1 : 0);
  thread_count_ = first_spawned_ + subject.threads() * subject.spawns();
  if (subject.threads() < 1 || thread_count_ > kMaxThreads) {
    throw ModelError("a model has 1 to " + std::to_string(kMaxThreads) +
                     " threads, after() and those to be spawned included; this one has " +
                     std::to_string(thread_count_));
  }
  if (subject.size() > Arena::kSharedBytes / 2) throw ModelError("the model object is larger than 8 MiB");
  arena_.UsesRegions(static_cast<std::size_t>(thread_count_));
  RunBefore();
}

// ---- Running native code ----

void Program::Machine::RunBefore() {
  running_ = kBeforeLane;
  Lane& before = lane();
  before.heap_used = (subject_.size() + 63) & ~std::size_t{63};
  arena_.OpenUpTo(arena_.shared(), before.heap_used);
  ++native_runs_;
  Restart(before);
  Resume(before);
  const Label& end = before.offered;
  if (end.op == Op::kFailed) throw BeforeFailed(std::string("before(): ") + end.verb, end.operands[0]);
  if (end.op != Op::kFinished) throw ModelError(std::string("before(): ") + end.verb);
  RegisterFlags();
  if (subject_.has_plain_state()) {
    private_.emplace(arena_, before.heap_used);
    allocated_before_ = allocated_;
  } else {
    arena_.ProtectShared();
  }
}

void Program::Machine::Restart(Lane& lane) {
  char* top = arena_.stack_top(running_);
#if DOORWAY_ASAN
  __asan_unpoison_memory_region(top - Arena::kStackBytes, Arena::kStackBytes);
#endif
  if (!in_before()) {
    if (!private_) std::memset(arena_.heap(running_), 0, lane.heap_used);
    if (private_ && together_ == nullptr) private_->EnterAnew(running_);
    lane.heap_used = 0;
    // What earlier runs left on the stack would tell equal snapshots apart.
    if (endless() || (private_ && together_ == nullptr)) std::memset(top - kClearedStack, 0, kClearedStack);
  }
  lane.cursor = 0;
  lane.operations = 0;
  lane.standing_at = nullptr;
  lane.notes.clear();
  lane.iteration = Iteration{};
  lane.copies.clear();
  lane.loops.clear();
  lane.delayed.any = false;
  lane.own_stack = nullptr;
  lane.spawned = 0;
  lane.interrupts_taken = 0;
  lane.masked = false;
  subject_.RunsAnew(running_);
  lane.fiber.Start(top, Arena::kStackBytes, &Machine::EntryPoint, this);
}

void Program::Machine::Resume(Lane& lane) {
  if (private_ && together_ == nullptr) private_->Enter(running_);
  Machine* const before = std::exchange(current, this);
  in_model_code_ = true;
  const Guard::Caught caught = guard_.Run(lane.fiber);
  in_model_code_ = false;
  current = before;
  if (private_) private_->HeapHolds(running_, lane.heap_used);
  if (caught.trouble == Guard::Trouble::kNone) return;
  lane.offered = Label{};
  lane.offered.op = subject_.faults_are_failures() ? Op::kFailed : Op::kError;
  lane.offered.verb = Keep(Explain(caught));
}

void Program::Machine::EntryPoint(void* machine) { static_cast<Machine*>(machine)->Body(); }

// The bottom frame of every fiber. Stop and Error are called outside of the handlers: they never return.
void Program::Machine::Body() {
  std::string thrown;
  try {
    if (in_before() && together_ != nullptr) {
      (*together_->alone)();
    } else if (in_before()) {
      subject_.Construct(arena_.shared());
    } else if (is_spawned(running_)) {
      RunSpawned();
      PerformDelayed();
    } else if (running_ == subject_.threads()) {
      RunAfter();
    } else {
      subject_.Thread(running_);
      PerformDelayed();
      OfferInterrupts(Site{});
      lane().masked = true;
    }
  } catch (const std::exception& error) {
    thrown = std::string("threw an exception: ") + error.what();
  } catch (...) {
    thrown = "threw something that is not a std::exception";
  }
  if (!thrown.empty()) Error(std::move(thrown) + "; a model's threads must not let one out", last_site_);
  if (!in_before() && announces_end(running_)) {
    Label exit;
    exit.op = Op::kStore;
    exit.order = exit.failure_order = Order::kRelease;
    exit.width = 1;
    exit.exit = true;
    exit.operands = {1};
    exit.verb = "exit";
    Perform(exit, ended_flag(running_));
  }
  Stop(Label{});  // kFinished
}

const Node* Program::Machine::Root(int thread) {
  Lane& lane = lanes_[static_cast<std::size_t>(thread)];
  if (lane.root == nullptr) lane.root = Grow(thread, nullptr, 0, false);
  return lane.root;
}

const Node* Program::Machine::Learn(const Node* node, int thread, Value seen, bool spurious) {
  // Nodes live in nodes_, which is not const.
  return Grow(thread, const_cast<Node*>(node), seen, spurious);
}

Node* Program::Machine::Grow(int thread, Node* parent, Value read, bool spurious) {
  running_ = thread;
  Lane& lane = lanes_[static_cast<std::size_t>(thread)];
  ++native_runs_;
  lane.answer = {read, spurious};
  if (parent == nullptr || lane.standing_at != parent) {
    lane.path.clear();
    for (Node* node = parent; node != nullptr; node = node->parent) lane.path.push_back(node);
    std::reverse(lane.path.begin(), lane.path.end());
    Restart(lane);
  } else {
    lane.path.clear();
    lane.cursor = 0;
  }
  Resume(lane);
  const std::size_t nodes = nodes_.size();
  if (private_) FindRepeat(lane, parent, read, spurious);
  Node* const node = Make(lane);
  if (private_ && !EndsThread(lane.offered.op)) standings_.emplace(node, Standing(lane));
  if (parent != nullptr) parent->Add({read, spurious, node});
  if (nodes_.size() != nodes && parent != nullptr) {
    node->depth = static_cast<std::uint16_t>(parent->depth + 1);
    node->parent = parent;
    node->from_parent = {read, spurious, nullptr};
  }
  lane.standing_at = EndsThread(node->label.op) ? nullptr : node;
  return node;
}

// The node at which the lane's run stands now: in endless loops it may be an old one.
Node* Program::Machine::Make(Lane& lane) {
  Node** known = nullptr;
  if (endless()) {
    known = &by_snapshot_[Standing(lane)];
    if (*known != nullptr) {
      Began(lane, *known);
      return *known;
    }
  }
  Node& node = nodes_.emplace_back();
  node.label = lane.offered;
  node.notes = lane.notes;
  node.iteration_start = lane.iteration.start;
  node.iteration_arbitrary = lane.iteration.arbitrary;
  node.may_repeat = private_.has_value();
  if (known == nullptr) return &node;
  *known = &node;
  if (node.label.op == Op::kRepeat || node.label.op == Op::kBlocked) {
    node.again = lane.loops.back().first;
    node.again_notes = lane.loops.back().notes_before;
  } else {
    Began(lane, &node);
    for (const Loop& loop : lane.loops) {
      if (loop.spins) node.again = loop.first;
    }
  }
  return &node;
}

// ---- Operations, called on the fiber ----

runtime::Reply Program::Machine::Perform(Label label, const void* address) {
  if (!in_model_code_) {  // an object used outside of any run
    std::fprintf(stderr,
                 "doorway: %s: an operation on a checked object outside of a model's before(), thread() or after()\n",
                 Show(label.site).c_str());
    std::abort();
  }
  OfferInterrupts(label.site);
  Lane& lane = this->lane();
  last_site_ = label.site;
  const bool on_an_object = label.op != Op::kFence && label.op != Op::kChoose;
  if (on_an_object) label.location = Locate(address, label.site);
  if (in_before()) return together_ != nullptr ? PerformAlone(label) : PerformBefore(label);
  if (label.op == Op::kStore && lane.iteration.start != Node::kNotSpinning && !label.construct && !label.destroy) {
    Error(
        "a store in the body of a spin loop: an iteration must have no side effect; use an await, or a "
        "compare-exchange that ends the loop",
        label.site);
  }
  if (label.op == Op::kChoose && (label.operands[0] == 0 || label.operands[0] > 1024)) {
    Error("choose(n) needs 1 <= n <= 1024", label.site);
  }
  runtime::Reply reply;
  if (lane.cursor < lane.path.size()) {
    const Node& recorded = *lane.path[lane.cursor];
    if (!SameOperation(recorded.label, label)) {
      Error("does '" + Show(label) + "' where it did '" + Show(recorded.label) +
                "' before, having read the same values: it depends on time, randomness, or state outside of Sync",
            label.site);
    }
    if (endless()) Began(lane, &recorded);
    ++lane.cursor;
    reply = lane.answer;
    if (lane.cursor < lane.path.size()) {
      reply = {lane.path[lane.cursor]->from_parent.read, lane.path[lane.cursor]->from_parent.spurious};
    }
  } else {
    if (private_ && lane.operations >= subject_.max_operations()) {
      Label bounded;
      bounded.op = Op::kBounded;
      bounded.site = label.site;
      bounded.verb = "too many operations";
      Stop(bounded);
    }
    if (lane.operations >= kMaxDepth) {
      Error("does more than " + std::to_string(kMaxDepth) +
                " operations: a loop that never ends? Use await, spin or forever for endless loops",
            label.site);
    }
    lane.offered = label;
    lane.fiber.SwitchOut();
    reply = lane.answer;
  }
  Answered(label, reply);
  return reply;
}

void Program::Machine::Answered(const Label& label, runtime::Reply reply) {
  Lane& lane = this->lane();
  ++lane.operations;
  lane.notes.clear();
  if (lane.iteration.start == Node::kNotSpinning) return;
  if (label.op == Op::kChoose || reply.spurious) lane.iteration.arbitrary = true;
  if (label.op == Op::kUpdate && !reply.spurious && Apply(label, reply.read).action == Action::kWrite) {
    lane.iteration.wrote = true;
  }
}

// The operation as the mutations have it. What they delay is done once the next operation has been, or before anything
// else that the thread does.
runtime::Reply Program::Machine::PerformMutated(const Label& label, const void* address) {
  if (mutations_.empty() || in_before() || is_after(running_)) return Perform(label, address);
  Label mutated = label;
  const Mutations::Fate fate = mutations_.Apply(&mutated);
  Delayed& delayed = lane().delayed;
  if (delayed.any) {
    const Delayed earlier = delayed;  // on the fiber's stack: a part of where the thread stands
    delayed.any = false;
    const runtime::Reply reply = fate == Mutations::Fate::kIsDropped ? runtime::Reply{} : Perform(mutated, address);
    Perform(earlier.label, earlier.address);
    return reply;
  }
  if (fate == Mutations::Fate::kIsDone) return Perform(mutated, address);
  if (fate == Mutations::Fate::kIsDelayed) delayed = {true, mutated, address};
  return {};
}

void Program::Machine::PerformDelayed() {
  if (in_before() || !lane().delayed.any) return;
  lane().delayed.any = false;
  const Delayed delayed = lane().delayed;
  Perform(delayed.label, delayed.address);
}

runtime::Reply Program::Machine::PerformBefore(const Label& label) {
  if (label.op == Op::kFence) return {};
  if (label.op == Op::kChoose) Error("choose() in before(): the initial state is one; choose in a thread", label.site);
  Location& location = locations_[label.location];
  const Value old = location.initial;
  if (label.op == Op::kStore) {
    location.initial = label.operands[0];
    location.initialised = true;
    return {};
  }
  if (!location.initialised) Error("reads '" + location.name + "' before it has a value", label.site);
  const Outcome outcome = Apply(label, old);
  if (outcome.action == Action::kBlock) Error("before() waits for a value that nobody will write", label.site);
  if (outcome.action == Action::kWrite) location.initial = outcome.written;
  return {Seen(label, old), false};
}

void Program::Machine::Stop(const Label& label) {
  lane().offered = label;
  lane().fiber.SwitchOut();
  std::abort();  // an end is never resumed
}

// `cause` is in the thread's own heap, which ends with the run: nothing is freed when a fiber is forgotten.
void Program::Machine::Error(std::string cause, Site site) {
  in_model_code_ = false;
  Label label;
  label.op = Op::kError;
  label.site = site;
  label.verb = Keep((site.line == 0 ? std::string() : Show(site) + ": ") + cause.c_str());
  Stop(label);
}

void Program::Machine::Fail(const char* message, Site site, Value code) {
  PerformDelayed();
  Label label;
  label.op = Op::kFailed;
  label.operands[0] = code;
  label.site = site;
  label.verb = message;
  Stop(label);
}

std::string Program::Machine::Explain(const Guard::Caught& caught) {
  std::string where = SourceLine(caught.instruction);
  if (where.empty() && last_site_.line != 0) where = "after " + Show(last_site_);
  if (!where.empty()) where += ": ";
  switch (caught.trouble) {
    case Guard::Trouble::kSharedWrite:
      return where + "a plain write to memory that threads share; make it a Sync::Atomic or Sync::Var";
    case Guard::Trouble::kStackOverflow:
      return where + "the thread's stack overflowed (256 KiB); endless recursion?";
    case Guard::Trouble::kEndlessLoop:
      return where + "a loop without operations did not end in two seconds; wait with await or spin";
    case Guard::Trouble::kAbort:
      return where + "the thread called abort(); say Sync::check for what must hold";
    default:
      return where + "the thread crashed (" + strsignal(caught.signal) + "); a null or dangling pointer?";
  }
}

// Messages outlive the machine, in the executions that show what they tell of.
const char* Program::Machine::Keep(std::string text) {
  static std::set<std::string> texts;
  return texts.insert(std::move(text)).first->c_str();
}

void Program::Machine::AddNote(NoteKind kind, bool is_tag, int subject, Value argument, Site site) {
  if (in_before()) Error("a note in before(): nothing has happened yet", site);
  if (is_tag) PerformDelayed();
  if (is_tag && lane().operations == 0) Error("a tag needs an operation of this thread before it", site);
  Bookkeeping bookkeeping(*this);
  lane().notes.push_back({kind, is_tag, subject, argument, site});
}

}  // namespace doorway
