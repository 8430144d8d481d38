#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// A value in a recorded history: nothing, a truth, a whole number, a text, or a list of these. 16 bytes, copied freely.
//
// Texts and lists are borrowed: whoever makes one keeps its characters alive, as History's pool does. A list is kept as
// it is shown, "[1 2 nil]", so that equal lists are equal characters.

namespace doorway::linearize {

class Datum {
 public:
  enum class Kind : std::uint8_t { kNil, kTruth, kNumber, kText, kList };

  constexpr Datum() = default;  // nil
  static constexpr Datum Truth(bool truth) { return Datum(Kind::kTruth, truth ? 1 : 0); }
  static constexpr Datum Number(std::int64_t number) { return Datum(Kind::kNumber, number); }
  static constexpr Datum Text(std::string_view text) { return Datum(Kind::kText, text); }
  static constexpr Datum List(std::string_view shown) { return Datum(Kind::kList, shown); }

  constexpr Kind kind() const { return kind_; }
  constexpr bool nil() const { return kind_ == Kind::kNil; }
  // REQUIRES: the kind.
  constexpr bool truth() const { return number_ != 0; }
  constexpr std::int64_t number() const { return number_; }
  constexpr std::string_view text() const { return {text_, size_}; }

  friend constexpr bool operator==(const Datum& a, const Datum& b) { return (a <=> b) == 0; }
  friend constexpr std::strong_ordering operator<=>(const Datum& a, const Datum& b) {
    if (const auto by_kind = a.kind_ <=> b.kind_; by_kind != 0) return by_kind;
    if (a.holds_text()) return a.text() <=> b.text();
    return a.nil() ? std::strong_ordering::equal : a.number_ <=> b.number_;
  }
  template <class H>
  friend H AbslHashValue(H hash, const Datum& datum) {
    if (datum.holds_text()) {
      return H::combine(H::combine_contiguous(std::move(hash), datum.text_, datum.size_), datum.kind_, datum.size_);
    }
    return H::combine(std::move(hash), datum.kind_, datum.nil() ? 0 : datum.number_);
  }

 private:
  constexpr Datum(Kind kind, std::int64_t number) : number_(number), kind_(kind) {}
  constexpr Datum(Kind kind, std::string_view text)
      : text_(text.data()), size_(static_cast<std::uint32_t>(text.size())), kind_(kind) {}
  constexpr bool holds_text() const { return kind_ == Kind::kText || kind_ == Kind::kList; }

  union {
    std::int64_t number_ = 0;
    const char* text_;
  };
  std::uint32_t size_ = 0;  // of a text
  Kind kind_ = Kind::kNil;
};

// nil, true, 7, "a \"text\"", [1 2].
std::string Show(const Datum& datum);

}  // namespace doorway::linearize
