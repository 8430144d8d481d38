#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

// Sets of events and relations between them as bit matrices, with the operators that memory models are
// written in. Events are 0..n-1. For graphs of tens of events: composing is O(n^3 / 64).

namespace doorway::memory {

class EventSet {
 public:
  void Reset(std::size_t n) { bits_.assign(n, 0); }
  void Add(std::size_t e) { bits_[e] = 1; }
  bool Has(std::size_t e) const { return bits_[e] != 0; }
  bool Empty() const {
    for (const std::uint8_t bit : bits_) {
      if (bit != 0) return false;
    }
    return true;
  }

 private:
  std::vector<std::uint8_t> bits_;
};

class Relation {
 public:
  Relation() = default;
  explicit Relation(std::size_t n) { Reset(n); }
  void Reset(std::size_t n) {
    n_ = n;
    words_ = (n + 63) / 64;
    rows_.assign(n_ * words_, 0);
  }
  std::size_t size() const { return n_; }
  void Add(std::size_t a, std::size_t b) { rows_[a * words_ + b / 64] |= std::uint64_t{1} << (b % 64); }
  bool Has(std::size_t a, std::size_t b) const { return (rows_[a * words_ + b / 64] >> (b % 64) & 1) != 0; }

  Relation& operator|=(const Relation& other) {
    for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i] |= other.rows_[i];
    return *this;
  }
  friend Relation operator|(Relation a, const Relation& b) { return a |= b; }

  // a ; b
  friend Relation operator*(const Relation& a, const Relation& b) {
    Relation result(a.n_);
    for (std::size_t i = 0; i < a.n_; ++i) {
      a.ForEachInRow(i, [&](std::size_t k) { result.JoinRow(i, b, k); });
    }
    return result;
  }

  // r?
  Relation Reflexive() const {
    Relation result = *this;
    for (std::size_t i = 0; i < n_; ++i) result.Add(i, i);
    return result;
  }

  // r+
  Relation Transitive() const {
    Relation result = *this;
    for (std::size_t k = 0; k < n_; ++k) {
      for (std::size_t i = 0; i < n_; ++i) {
        if (result.Has(i, k)) result.JoinRow(i, result, k);
      }
    }
    return result;
  }

  bool Irreflexive() const {
    for (std::size_t i = 0; i < n_; ++i) {
      if (Has(i, i)) return false;
    }
    return true;
  }
  bool Acyclic() const { return Transitive().Irreflexive(); }

  // The pairs for which keep(a, b) holds.
  template <class Keep>
  Relation Where(Keep keep) const {
    Relation result(n_);
    for (std::size_t a = 0; a < n_; ++a) {
      ForEachInRow(a, [&](std::size_t b) {
        if (keep(a, b)) result.Add(a, b);
      });
    }
    return result;
  }

 private:
  template <class Visit>
  void ForEachInRow(std::size_t i, Visit visit) const {
    for (std::size_t word = 0; word < words_; ++word) {
      for (std::uint64_t bits = rows_[i * words_ + word]; bits != 0; bits &= bits - 1) {
        visit(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
      }
    }
  }
  void JoinRow(std::size_t i, const Relation& from, std::size_t k) {
    for (std::size_t word = 0; word < words_; ++word) rows_[i * words_ + word] |= from.rows_[k * words_ + word];
  }

  std::size_t n_ = 0;
  std::size_t words_ = 0;
  std::vector<std::uint64_t> rows_;
};

}  // namespace doorway::memory
