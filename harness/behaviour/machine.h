#pragma once

#include <absl/container/flat_hash_map.h>

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/behaviour/arena.h"
#include "harness/behaviour/automaton.h"
#include "harness/behaviour/fiber.h"
#include "harness/behaviour/guard.h"
#include "harness/behaviour/mutation.h"
#include "harness/behaviour/private_memory.h"
#include "harness/behaviour/program.h"
#include "harness/behaviour/runtime.h"
#include "harness/behaviour/snapshot.h"

// The machine that runs a subject's native code, one thread at a time, and grows the automata from what it does.
//
// To learn what a thread does after (node, value), the machine runs its code from the start on the thread's own fiber
// and answers each operation with what the path to the node says that it read; the labels must be those of the path.
// The first operation beyond the path is the new node, and the fiber is left standing there: if the next question is
// about that very node, it just goes on. A fiber that is not needed is forgotten, its stack and heap used again.

namespace doorway {

class Program::Machine {
 public:
  Machine(Subject& subject, int forever_rounds, bool expand_updates, Mutations mutations);

  int threads() const { return thread_count_; }
  bool is_spawned(int thread) const { return thread >= first_spawned_; }
  Subject& subject() const { return subject_; }
  const Node* Root(int thread);
  const Node* Learn(const Node* node, int thread, Value seen, bool spurious);
  const std::vector<Location>& locations() const { return locations_; }
  std::uint64_t native_runs() const { return native_runs_; }
  void Forked() { guard_.Forked(); }
  bool endless() const { return forever_rounds_ == kEndless; }

  // What runtime.h forwards to.
  void Construct(const runtime::Object& object);
  void Destroy(const void* address, std::uint8_t width, Site site);
  runtime::Reply PerformMutated(const Label& label, const void* address);
  void Spin(bool (*iteration)(void*), void* closure, Site site);
  void Forever(void (*iteration)(void*), void* closure, Site site);
  int Spawn(void (*code)(const Operands&), const Operands& operands, Site site);
  void Join(int thread, Site site);
  void Interrupt(int thread, void (*code)(const Operands&), const Operands& operands, Site site);
  [[noreturn]] void Fail(const char* message, Site site, Value code = 0);
  void Declare(const runtime::Object& object);
  void AddNote(NoteKind kind, bool is_tag, int subject, Value argument, Site site);
  int self() const { return running_; }
  // The running thread's own part of the stack begins there, while it does an operation; null: not known.
  void StandsAbove(const char* stack) { lane().own_stack = stack; }
  bool expands_updates() const { return expand_updates_ && !in_before(); }

  // Heap of the running thread; null outside of model code.
  void* Allocate(std::size_t size, std::size_t alignment);
  bool OwnsMemory(const void* memory) const { return arena_.Contains(memory); }
  void Freed(void* memory);
  bool in_model_code() const { return in_model_code_; }
  // The harness's own code is under way on a thread's stack; allocations are its own. What was the case before.
  bool SetInModelCode(bool in_model_code) { return std::exchange(in_model_code_, in_model_code); }
  runtime::Owner OwnerOf(const void* address) const;
  bool AtFirstSpawn(const char* address, std::size_t size, char* bytes) const;
  void WillWriteOutside(char* address, std::size_t size, bool thread_local_data);
  bool has_plain_state() const { return private_.has_value() || subject_.has_plain_state(); }

  // The machine whose model code is running; operator new and runtime.h ask it.
  static Machine* current;

 private:
  friend class Rerun;
  static constexpr int kBeforeLane = static_cast<int>(Arena::kRegions) - 1;
  static constexpr int kMaxDepth = 10'000;  // operations of a thread
  static constexpr std::size_t kClearedStack = 16 << 10;
  static constexpr std::size_t kMaxInterrupts = 32;

  // While one is alive, allocations are the harness's own.
  class Bookkeeping {
   public:
    explicit Bookkeeping(Machine& machine) : machine_(machine), was_(machine.in_model_code_) {
      machine_.in_model_code_ = false;
    }
    ~Bookkeeping() { machine_.in_model_code_ = was_; }
    Bookkeeping(const Bookkeeping&) = delete;
    Bookkeeping& operator=(const Bookkeeping&) = delete;

   private:
    Machine& machine_;
    bool was_;
  };

  struct Iteration {  // of the innermost spin
    std::uint16_t start = Node::kNotSpinning;
    bool arbitrary = false;
    bool wrote = false;
  };

  // A loop under way, of which an iteration has begun.
  struct Loop {
    const Node* first = nullptr;     // operation of the iteration; null: not there yet
    std::uint16_t notes_before = 0;  // of those that the first operation will find
    Snapshot entry;                  // what an iteration must leave as it is
    bool spins = false;
  };

  // An operation that a mutation does after the next one.
  struct Delayed {
    bool any = false;
    Label label;
    const void* address = nullptr;
  };

  // A thread's fiber, and where its run stands.
  struct Lane {
    Fiber fiber;
    Node* root = nullptr;
    Node* standing_at = nullptr;  // the node whose operation waits for its answer; null: nowhere
    std::vector<Node*> path;      // still to be repeated: path[cursor] is the next operation
    std::size_t cursor = 0;
    std::uint16_t operations = 0;   // answered so far
    runtime::Reply answer;          // to the operation that ends the path
    Label offered;                  // the operation beyond the path
    std::vector<NoteRecord> notes;  // since the last operation
    Iteration iteration;
    int spawned = 0;
    std::uint32_t interrupts_taken = 0;  // those that have come, bits by their index
    bool masked = false;                 // none comes: one is running, or the thread's code has ended
    std::vector<std::string> copies;     // of what iterations under way must leave as it is
    std::vector<Loop> loops;             // under way, outermost first; endless loops only
    Delayed delayed;                     // none where the run stands
    std::size_t heap_used = 0;
    const char* own_stack = nullptr;  // of an operation under way: where the machine's frames end
  };

  // What a spawned thread or an interrupt runs; told to a thread by its index in closures_, plus one.
  struct Closure {
    void (*code)(const Operands&);
    Operands operands;
    std::shared_ptr<const PrivateMemory::Image> inherits;  // memory that the thread begins with; null: as any other
    bool operator==(const Closure&) const = default;
  };

  // All threads together (rerun.h).
  struct Cell {  // what a location holds
    Value value = 0;
    bool initialised = true;
    bool destroyed = false;
  };
  struct Together {
    std::vector<Cell> cells;  // by location
    std::array<bool, Arena::kRegions> begun{};
    const std::function<void()>* alone = nullptr;  // runs now, and no thread does
    bool writes = false;                           // `alone` may write
  };

  struct DeclaredInterrupt {
    int thread;
    Closure closure;
  };

  void RunBefore();
  void RegisterFlags();
  void RunAfter();
  void RunSpawned();
  std::size_t Keep(Closure closure);
  static void EntryPoint(void* machine);
  void Body();
  void OfferInterrupts(Site site);
  std::size_t PendingInterrupts(std::array<std::size_t, kMaxInterrupts>* pending);
  void Restart(Lane& lane);
  void Resume(Lane& lane);
  Node* Grow(int thread, Node* parent, Value read, bool spurious);
  Node* Make(Lane& lane);
  Snapshot Standing(const Lane& lane);
  void Began(Lane& lane, const Node* first);

  runtime::Reply Perform(Label label, const void* address);
  runtime::Reply PerformBefore(const Label& label);
  runtime::Reply PerformAlone(const Label& label);
  Cell& CellOf(LocationId location);
  void FindRepeat(Lane& lane, const Node* parent, Value read, bool spurious);
  void PerformDelayed();
  void Answered(const Label& label, runtime::Reply reply);
  [[noreturn]] void Stop(const Label& label);
  [[noreturn]] void Error(std::string cause, Site site);
  std::string Explain(const Guard::Caught& caught);
  LocationId Register(const runtime::Object& object, bool declared = false);
  LocationId Locate(const void* address, Site site);
  const char* Keep(std::string text);
  bool RunIteration(bool (*iteration)(void*), void* closure, const char* loop, Site site);

  // Flags of each thread, on addresses of no object: what it was spawned to run, and whether it has ended.
  const void* spawned_flag(int thread) const { return arena_.stack_top(thread) + 8; }
  const void* ended_flag(int thread) const { return arena_.stack_top(thread); }
  bool announces_end(int thread) const {
    return is_spawned(thread) || (subject_.has_after() && thread < subject_.threads());
  }

  bool is_after(int thread) const { return subject_.has_after() && thread == subject_.threads(); }
  bool in_before() const { return running_ == kBeforeLane; }
  Lane& lane() { return lanes_[static_cast<std::size_t>(running_)]; }

  Subject& subject_;
  const int forever_rounds_;
  const bool expand_updates_;
  const Mutations mutations_;
  int first_spawned_ = 0;
  int thread_count_ = 0;
  Arena arena_;
  Guard guard_;
  std::vector<Lane> lanes_;  // by thread; the last one is before()'s
  std::deque<Node> nodes_;
  absl::flat_hash_map<Snapshot, Node*> by_snapshot_;  // endless loops only
  std::string memory_;                                // of a stack, for its snapshot
  std::vector<Location> locations_;
  absl::flat_hash_map<const void*, LocationId> by_address_;
  absl::flat_hash_map<std::string, int> by_name_;
  std::vector<Closure> closures_;
  std::vector<DeclaredInterrupt> interrupts_;
  std::uint64_t native_runs_ = 0;

  // With plain state only.
  std::optional<PrivateMemory> private_;
  std::shared_ptr<const PrivateMemory::Image> at_first_spawn_;  // what the spawning thread had, if others inherit it
  std::string stack_at_first_spawn_;
  absl::flat_hash_map<const Node*, Snapshot> standings_;            // where threads stood, stacks and memory and all
  absl::flat_hash_map<const void*, std::size_t> allocated_;         // before() and all threads together
  absl::flat_hash_map<const void*, std::size_t> allocated_before_;  // what before() left
  Together* together_ = nullptr;

  int running_ = kBeforeLane;
  bool in_model_code_ = false;
  Site last_site_;  // of the last operation, for the message about what went wrong after it
};

}  // namespace doorway
