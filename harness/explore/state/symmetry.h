#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/explore/interchangeable.h"
#include "harness/explore/state/correspondence.h"
#include "harness/explore/state/permutation.h"

// Symmetry: threads that do the same may change places, and of all states that differ in nothing else only one need be
// explored (Ip and Dill, "Better Verification Through Symmetry", 1996; Clarke, Emerson, Jha, Sistla, "Symmetry
// Reductions in Model Checking", 1998).
//
// Which threads are interchangeable is not declared but inferred, and proved on the way: whatever move the exploration
// learns, its counterparts under all exchanges are learnt, too, and must lead to what corresponds. So when the
// exploration has come to its end, each exchange maps the program's runs onto its runs. A contradiction before that
// refuses an exchange, and the exploration begins again without it.

namespace doorway {

class Symmetry {
 public:
  using Word = Layout::Word;

  struct Options {
    ThreadClasses classes;
    std::vector<std::size_t> owners;  // by monitor: whose claim it is; monitors of one claim may change places
    bool watched = false;             // where the monitors are Counting() is asked for later, so it must stay as it is
  };

  // Two threads that may not change places after all.
  struct Refusal {
    int one, other;
    std::string why;
  };

  // REQUIRES: `transitions` keeps what it learns, and has not been asked for a step yet
  Symmetry(Transitions& transitions, Options options);

  // `initial` is the initial state. False: refused.
  bool Begin(const Word* initial);
  // Learns the counterparts of all that has been learnt since the last call. False: refused, or the local states are
  // refuted.
  bool Close();
  const std::optional<Refusal>& refusal() const { return refusal_; }

  // Makes `state` the one of its orbit that stands for all, nearly always: that two states stand for one orbit does no
  // harm. `permutation`, unless null: what has become of its threads. False: a field of it has no room for that.
  // REQUIRES: Close() has returned true since `state` was reached
  // Several threads may do so at once.
  bool Canonise(Word* state, Permutation* permutation) const;

  const ThreadClasses& classes() const { return options_.classes; }

 private:
  using Orbit = std::uint32_t;
  struct ThreadsLocal {
    int thread;
    LocalId local;
  };

  bool Refuse(const Correspondence& exchange);
  bool Pair(Correspondence& exchange, int thread, LocalId local, LocalId counterpart);
  bool CloseMove(const Transitions::MoveKey& key);
  bool CloseMove(Correspondence& exchange, const Transitions::MoveKey& key, const Transitions::Move& move);
  Orbit Root(Orbit orbit) const;
  void Settle();
  bool CloseHeard(const MonitorStates::Taken& taken);
  std::uint64_t Claims(std::uint64_t monitors) const;
  Orbit OrbitOf(const Word* state, int thread) const;
  void Exchange(const Correspondence& exchange, const Word* image, Word* state, Permutation* permutation) const;

  Transitions& transitions_;
  const Options options_;
  std::vector<std::vector<Correspondence>> exchanges_;  // by class: of its neighbours
  std::vector<std::vector<Orbit>> orbits_;              // by thread and local state: 0 is none yet
  std::vector<Orbit> joined_ = {0};                     // by orbit: one that it is the same as; itself, if none
  std::vector<ThreadsLocal> unsettled_;                 // whose orbit may have become another's
  std::optional<Refusal> refusal_;
};

}  // namespace doorway
