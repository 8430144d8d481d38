#pragma once

#include <atomic>

#include "harness/sync/operands.h"
#include "locks/phase_fair_lock.h"

// Phase-fair locks with one thing wrong.

namespace doorway::lock {

// All writers announce themselves alike: a reader that misses the gap between two takes the second for the first, and
// a second writer after it.
template <class Sync>
class PhaseFairNoParity : public PhaseFairLock<Sync> {
  using Base = PhaseFairLock<Sync>;

 public:
  using Base::Base;
  void write_lock() {
    const std::uint32_t ticket =
        this->next_.update(typename Base::Add{}, with(Base::kStep, this->mask_), std::memory_order_relaxed);
    this->serving_.await(typename Base::Is{}, unseen, with(ticket), std::memory_order_acquire);
    const std::uint32_t readers = this->announce(0);
    this->departed_.await(typename Base::Is{}, unseen, with(readers), std::memory_order_acquire);
    Sync::tag(notes::kAdmit, Sync::self(), Base::kWriters);
  }
};

// Does not wait for the readers that came before it.
template <class Sync>
class PhaseFairRushesIn : public PhaseFairLock<Sync> {
  using Base = PhaseFairLock<Sync>;

 public:
  using Base::Base;
  void write_lock() {
    const std::uint32_t ticket =
        this->next_.update(typename Base::Add{}, with(Base::kStep, this->mask_), std::memory_order_relaxed);
    this->serving_.await(typename Base::Is{}, unseen, with(ticket), std::memory_order_acquire);
    this->announce(ticket);
    Sync::tag(notes::kAdmit, Sync::self(), Base::kWriters);
  }
};

// Readers leave without a release.
template <class Sync>
class PhaseFairRelaxedDeparture : public PhaseFairLock<Sync> {
 public:
  using PhaseFairLock<Sync>::PhaseFairLock;
  void read_unlock() { this->depart(std::memory_order_relaxed); }
};

// Readers that find no writer present do not acquire: one may just have gone.
template <class Sync>
class PhaseFairRelaxedArrival : public PhaseFairLock<Sync> {
  using Base = PhaseFairLock<Sync>;

 public:
  using Base::Base;
  void read_lock() {
    const std::uint32_t writer = this->arrive(std::memory_order_relaxed);
    if (writer == 0) return Sync::tag(notes::kAdmit, Sync::self(), Base::kReaders);
    this->arrived_.await(typename Base::HasChanged{}, unseen, with(writer), std::memory_order_acquire);
    Sync::tag(notes::kAdmit, Sync::self(), Base::kReaders);
  }
};

}  // namespace doorway::lock
