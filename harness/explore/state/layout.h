#pragma once

#include <cstdint>
#include <vector>

// Where the fields of a state lie in its words. No field crosses a word's end.

namespace doorway {

class Layout {
 public:
  using Word = std::uint64_t;

  // Fields of so many bits each, 0 to 64, in order of their index.
  explicit Layout(const std::vector<int>& bits = {});

  std::size_t fields() const { return fields_.size(); }
  int words() const { return words_; }  // at least one
  int bytes() const { return bytes_; }  // what follows them is always 0
  int bits(std::size_t field) const { return fields_[field].bits; }
  bool Fits(std::size_t field, Word value) const { return (value & ~fields_[field].mask) == 0; }

  Word Get(const Word* state, std::size_t field) const {
    const Field& f = fields_[field];
    return state[f.word] >> f.shift & f.mask;
  }
  // REQUIRES: Fits(field, value)
  void Set(Word* state, std::size_t field, Word value) const {
    const Field& f = fields_[field];
    state[f.word] = (state[f.word] & ~(f.mask << f.shift)) | value << f.shift;
  }

 private:
  struct Field {
    Word mask;
    std::uint16_t word;
    std::uint8_t shift;
    std::uint8_t bits;
  };

  std::vector<Field> fields_;
  int words_ = 1;
  int bytes_ = 1;
};

}  // namespace doorway
