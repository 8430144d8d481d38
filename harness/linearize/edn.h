#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// EDN, Clojure's notation for data, as far as histories need it: https://github.com/edn-format/edn. Tags are read and
// dropped; characters and numbers that are not whole are kept as they are spelt, as symbols.

namespace doorway::linearize {

struct Edn {
  enum class Kind : std::uint8_t { kNil, kTruth, kNumber, kText, kKeyword, kSymbol, kList, kMap, kSet };

  Kind kind = Kind::kNil;
  std::int64_t number = 0;      // of a truth, 0 or 1
  std::string text{};           // of a text; of a keyword, without its colon; of a symbol
  std::vector<Edn> elements{};  // of a list or vector, a set; of a map, keys and values in turn

  // Of a map, what a keyword stands for; null if there is none.
  const Edn* Find(std::string_view keyword) const;
};

class EdnError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Reads one form after the other. The text must outlive it.
class EdnReader {
 public:
  explicit EdnReader(std::string_view text) : text_(text) {}

  // What comes next, past space and comments: 0 at the end of the text.
  char Peek();
  bool AtEnd() { return Peek() == 0 && at_ == text_.size(); }  // likewise
  void Skip() { ++at_; }                                       // the character that Peek told
  // Errors: EdnError; line() is then where it is.
  Edn Read() { return Read(0); }
  std::uint64_t line() const { return line_; }  // of where it has got to, from 1

 private:
  static constexpr int kDeepest = 100;

  Edn Read(int depth);
  Edn ReadMany(Edn::Kind kind, char end, int depth);
  Edn ReadText();
  Edn ReadHash(int depth);
  Edn ReadToken();
  std::string_view Token();

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace doorway::linearize
