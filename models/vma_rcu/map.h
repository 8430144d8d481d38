#pragma once

#include <atomic>
#include <cstdint>

#include "harness/sync/operands.h"
#include "harness/sync/rcu.h"

// A VMA is made, and then put into the tree, where a fault finds it without a lock: it has to be whole by then.

namespace doorway::vma_rcu {

enum class Mapping : std::uint8_t {
  kAsDesigned,
  kPublishedFirst,    // it is in the tree before it says which addresses it covers
  kPublishedRelaxed,  // it is put there by a store that does not show what came before
  kFoundRelaxed,      // the fault looks for it by a load that does not see what came before
};

struct MapConfig {
  int faults = 1;
  Mapping variant = Mapping::kAsDesigned;
};

template <class Sync>
class Map {
 public:
  explicit Map(const MapConfig& config) : config_(config) {}

  static constexpr int kExtraThreads = 1;

  void thread(int i) { i < config_.faults ? Fault() : Make(); }

 private:
  struct Vma {
    Vma() : start(0, "vma.start") {}  // spelt out, or T() would first clear the memory, by plain writes
    typename Sync::template Var<int> start;
  };

  void Fault() {
    rcu_.read_lock();
    // Acquire: pairs with Make's release.
    const bool relaxed = config_.variant == Mapping::kFoundRelaxed;
    Vma* const vma = root_.load(relaxed ? std::memory_order_relaxed : std::memory_order_acquire);
    if (vma != nullptr) vma->start.get(unseen);
    rcu_.read_unlock();
  }

  void Make() {
    Vma* const vma = home_.construct();
    if (config_.variant == Mapping::kPublishedFirst) root_.store(vma, std::memory_order_release);
    vma->start.set(1);
    if (config_.variant == Mapping::kPublishedFirst) return;
    // Release: the VMA is whole for who finds it.
    root_.store(vma,
                config_.variant == Mapping::kPublishedRelaxed ? std::memory_order_relaxed : std::memory_order_release);
  }

  const MapConfig config_;
  Rcu<Sync> rcu_;
  typename Sync::template Storage<Vma> home_;
  typename Sync::template Atomic<Vma*> root_{nullptr, "root"};
};

}  // namespace doorway::vma_rcu
