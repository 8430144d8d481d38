#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "harness/behaviour/program.h"
#include "harness/explore/state/monitor_states.h"
#include "harness/explore/state/places.h"
#include "harness/graph/monitor.h"

// A thread's automaton with dense numbers, minimised, as the state explorer walks it.
//
// A thread *stands* at a node of its automaton, together with the floating notes that have been heard at their earliest
// and will be heard at their latest with the next operation. Where an iteration ends it stands at the beginning of the
// next one: iterations' ends are no states of their own.
//
// A local state is a class of standings that behave alike: the same operation and, for each value that it may read, the
// same notes and the same local state after it. So a value that a thread has read and no longer needs tells no states
// apart, whether or not the compiler left it on the stack.
//
// "Each value that it may read" is not known beforehand. A standing joins a local state if it agrees with it on all
// values that the local state has been seen to read, now and in what follows. When a local state reads a value for the
// first time, all its members are tried. As long as they agree, every run of the classes is a run of the threads, and
// the other way round. If they disagree, the classes are *refuted*: the exploration begins again, and remembers which
// two were not alike, and what the program's own nodes have read in its runs (reads_in_runs.h). What was tried
// with the others of a class is forgotten with the classes: no run may do it, and then it must tell nothing apart.

namespace doorway {

using LocalId = std::uint32_t;    // dense, of one thread
using TouchedId = std::uint32_t;  // of a list of silent reads; 0 is the empty one

// What is known of nodes: values that their operations read in some run, and which nodes are not alike. Outlives the
// classes.
class Knowledge {
 public:
  struct Read {
    Value value;  // one for all that the code can't tell apart
    bool spurious;
  };
  // REQUIRES: some run of the program does it
  void Add(const Node* node, Read read);
  const std::vector<Read>& Of(const Node* node) const;
  std::size_t size() const { return size_; }

  void Tell(const Node* a, const Node* b) {
    apart_.insert(std::minmax(a, b));
    set_apart_.insert({a, b});
  }
  bool Apart(const Node* a, const Node* b) const { return apart_.contains(std::minmax(a, b)); }
  bool ApartFromAny(const Node* node) const { return set_apart_.contains(node); }

 private:
  std::size_t size_ = 0;
  absl::flat_hash_set<std::pair<const Node*, const Node*>> apart_;
  absl::flat_hash_set<const Node*> set_apart_;  // those that are in a pair
  absl::flat_hash_map<const Node*, std::vector<Read>> reads_;
  absl::flat_hash_set<std::tuple<const Node*, Value, bool>> known_;  // of a node, as the code sees it, spurious
};

class LocalStates {
 public:
  struct Local {
    const Node* node;   // of one member
    NotesId departing;  // heard at the latest, before the operation
    bool in_spin;       // an unsuccessful iteration leads back to node->again
  };

  struct Arrival {
    LocalId to;
    NotesId notes;      // tags of the operation, then floating notes at the earliest
    TouchedId touched;  // silent reads until the next operation
  };

  struct Options {
    bool silent_fences = false;  // a fence is no step of its own
    bool touched = false;        // silent reads are told of
    bool notes = true;           // somebody listens to them
    bool minimise = true;
  };
  LocalStates(Program& program, Places& places, Knowledge& known, Options options);

  int threads() const { return static_cast<int>(by_thread_.size()); }
  const Local& at(int thread, LocalId id) const { return by_thread_[static_cast<std::size_t>(thread)].locals[id]; }
  std::size_t count(int thread) const { return by_thread_[static_cast<std::size_t>(thread)].locals.size(); }

  Arrival Start(int thread);
  // After the operation of `from`, which has read `read`. May run native code, and may refute.
  Arrival After(int thread, LocalId from, Value read, bool spurious);
  bool refuted() const { return refuted_; }
  // Members of one local state are not alike.
  void Refute(const Node* one, const Node* other) {
    known_.Tell(one, other);
    refuted_ = true;
  }
  // The nodes at which a thread in that local state may stand.
  template <class Visit>
  void ForEachNode(int thread, LocalId id, Visit visit) const {
    for (const Standing& member : by_thread_[static_cast<std::size_t>(thread)].members[id]) visit(member.first);
  }
  // How many they are; they only become more.
  std::size_t members(int thread, LocalId id) const {
    return by_thread_[static_cast<std::size_t>(thread)].members[id].size();
  }
  // A local state has read a value for the first time, which was not known of any of its members.
  struct FirstRead {
    int thread;
    LocalId local;
    Knowledge::Read read;
  };
  // Since the last call.
  std::vector<FirstRead> TakeFirstReads() { return std::exchange(first_reads_, {}); }
  // Whether the operation of `node`, which is in a spin, ends the wait, having read `read`.
  bool EndsWait(int thread, const Node* node, Value read) {
    return IterationAfter(thread, node, program_.Child(node, thread, read, false)) == Iteration::kSucceeds;
  }
  // The same as After for an operation, not a local state.
  const Node* NodeAfter(int thread, const Node* node, Value read, bool spurious) {
    return program_.Child(node, thread, read, spurious);
  }
  // Where the thread stands at first, and after the operation of a node where it stands.
  const Node* StandingAtStart(int thread) { return ArriveAt(thread, program_.Root(thread)).at.first; }
  const Node* StandingAfter(int thread, const Node* node, Value read, bool spurious) {
    return ArriveAt(thread, program_.Child(node, thread, read, spurious)).at.first;
  }
  // Whether the operation at `node` is no step of its own: it changes nothing, and nobody is told of it by a tag. A
  // fence, or a read of plain data whose caller is not told what it read (but for a thread's first operation). A read
  // is done together with the operation before it.
  bool IsSilent(int thread, const Node* node);

  const std::vector<Monitor::Noted>& notes(NotesId id) const { return notes_[id]; }
  // Whether something of that kind has been said of the thread so far, listened to or not.
  bool WasNoted(NoteKind kind, int subject) const { return noted_.contains({kind.name, subject}); }
  // By location, each once.
  const std::vector<const Label*>& touched(TouchedId id) const { return touched_[id]; }
  // The list of the one's notes, then the other's.
  NotesId Together(NotesId first, NotesId then);
  // The list with one thread for the other, wherever it names one of them.
  NotesId Exchanged(NotesId notes, int one, int other);
  bool is_daemon(int thread) const { return program_.is_daemon(thread); }
  bool NeverSpawned(int thread, LocalId id) const { return program_.NeverSpawned(thread, at(thread, id).node); }
  Program& program() { return program_; }
  Places& places() { return places_; }

 private:
  using Standing = std::pair<const Node*, NotesId>;  // a node, and what is heard when its operation is done
  // Of an operation in a spin: whether it ends its iteration, and with which outcome.
  enum class Iteration : std::uint8_t { kNone, kGoesOn, kFails, kSucceeds };
  struct Arrived {
    Standing at;
    NotesId notes;
    TouchedId touched;
    Iteration iteration;
    bool SameOnTheWay(const Arrived& other) const {
      return notes == other.notes && touched == other.touched && iteration == other.iteration;
    }
  };
  struct Thread {
    std::vector<Local> locals;
    std::vector<std::vector<Standing>> members;       // by local state
    std::vector<std::vector<Knowledge::Read>> reads;  // likewise: of some member
    absl::flat_hash_map<Standing, LocalId> ids;
  };

  Iteration IterationAfter(int thread, const Node* node, const Node* next);
  Arrived ArriveAt(int thread, const Node* node);
  Arrived After(int thread, Standing from, Value read, bool spurious);
  // Standings that would join local states, in the order in which they came up: what is learnt of them, one after
  // another, must not depend on where nodes lie in memory.
  class Joining {
   public:
    // The local state that the standing would join: the first that was named.
    LocalId Join(const Standing& standing, LocalId local) {
      const auto [known, is_new] = of_.try_emplace(standing, local);
      if (is_new) all_.emplace_back(standing, local);
      return known->second;
    }
    auto begin() const { return all_.begin(); }
    auto end() const { return all_.end(); }

   private:
    absl::flat_hash_map<Standing, LocalId> of_;
    std::vector<std::pair<Standing, LocalId>> all_;
  };
  LocalId IdOf(int thread, Standing standing, std::optional<LocalId> rather = std::nullopt);
  bool JoinsWithAll(int thread, LocalId local, Standing standing);
  bool Joins(int thread, LocalId local, Standing standing, Joining* joining);
  bool MayJoin(int thread, const Joining& joining) const;
  void Join(int thread, LocalId local, Standing standing);
  bool HasRead(int thread, LocalId local, Knowledge::Read read) const;
  bool AddRead(int thread, LocalId local, Knowledge::Read read);
  NotesId Keep(const std::vector<Monitor::Noted>& notes);
  TouchedId Keep(std::vector<const Label*> touched);

  Program& program_;
  Places& places_;
  Knowledge& known_;
  const Options options_;
  std::vector<Thread> by_thread_;
  std::vector<std::vector<Monitor::Noted>> notes_;
  std::vector<std::vector<const Label*>> touched_;
  absl::flat_hash_set<std::pair<std::string_view, int>> noted_;  // kind and subject
  std::vector<FirstRead> first_reads_;
  bool refuted_ = false;
};

}  // namespace doorway
