#pragma once

#include <array>
#include <cstdint>

// Sets of events and relations between them, as matrices of bits, with the operators in which the papers write axioms.
// Small and slow: every operator walks the whole matrix.

namespace doorway::reference {

inline constexpr int kMaxEvents = 16;

using Set = std::uint16_t;  // bit e: event e is in it

inline constexpr Set kAllEvents = static_cast<Set>(~0u);

constexpr Set Singleton(int event) { return static_cast<Set>(1u << event); }
constexpr bool Has(Set set, int event) { return (set >> event & 1) != 0; }

class Relation {
 public:
  bool Has(int a, int b) const { return reference::Has(rows_[a], b); }
  void Add(int a, int b) { rows_[a] |= Singleton(b); }

  friend Relation operator|(Relation r, const Relation& s) {
    for (int a = 0; a < kMaxEvents; ++a) r.rows_[a] |= s.rows_[a];
    return r;
  }
  friend Relation operator&(Relation r, const Relation& s) {
    for (int a = 0; a < kMaxEvents; ++a) r.rows_[a] &= s.rows_[a];
    return r;
  }
  friend Relation operator-(Relation r, const Relation& s) {
    for (int a = 0; a < kMaxEvents; ++a) r.rows_[a] &= static_cast<Set>(~s.rows_[a]);
    return r;
  }
  // Composition: a (r * s) c iff a r b and b s c for some b. The papers' r ; s.
  friend Relation operator*(const Relation& r, const Relation& s) {
    Relation result;
    for (int a = 0; a < kMaxEvents; ++a) {
      for (int b = 0; b < kMaxEvents; ++b) {
        if (r.Has(a, b)) result.rows_[a] |= s.rows_[b];
      }
    }
    return result;
  }

  bool Irreflexive() const {
    for (int a = 0; a < kMaxEvents; ++a) {
      if (Has(a, a)) return false;
    }
    return true;
  }
  bool Empty() const {
    for (Set row : rows_) {
      if (row != 0) return false;
    }
    return true;
  }

 private:
  std::array<Set, kMaxEvents> rows_{};
};

// [s]
inline Relation Id(Set s) {
  Relation result;
  for (int a = 0; a < kMaxEvents; ++a) {
    if (Has(s, a)) result.Add(a, a);
  }
  return result;
}

// r^-1
inline Relation Inverse(const Relation& r) {
  Relation result;
  for (int a = 0; a < kMaxEvents; ++a) {
    for (int b = 0; b < kMaxEvents; ++b) {
      if (r.Has(a, b)) result.Add(b, a);
    }
  }
  return result;
}

// r?
inline Relation Maybe(const Relation& r) { return r | Id(kAllEvents); }

// r+
inline Relation Plus(Relation r) {
  for (int b = 0; b < kMaxEvents; ++b) {
    for (int a = 0; a < kMaxEvents; ++a) {
      if (!r.Has(a, b)) continue;
      for (int c = 0; c < kMaxEvents; ++c) {
        if (r.Has(b, c)) r.Add(a, c);
      }
    }
  }
  return r;
}

// r*
inline Relation Star(const Relation& r) { return Maybe(Plus(r)); }

inline bool Acyclic(const Relation& r) { return Plus(r).Irreflexive(); }

}  // namespace doorway::reference
