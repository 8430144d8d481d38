#include "harness/linearize/edn.h"

#include <charconv>

namespace doorway::linearize {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == ','; }
bool EndsToken(char c) { return IsSpace(c) || std::string_view("()[]{}\";").find(c) != std::string_view::npos; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

Edn Of(Edn::Kind kind, std::string_view text = {}) {
  Edn edn;
  edn.kind = kind;
  edn.text = text;
  return edn;
}

}  // namespace

const Edn* Edn::Find(std::string_view keyword) const {
  for (std::size_t i = 0; i + 1 < elements.size(); i += 2) {
    if (elements[i].kind == Kind::kKeyword && elements[i].text == keyword) return &elements[i + 1];
  }
  return nullptr;
}

char EdnReader::Peek() {
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == ';') {
      while (at_ < text_.size() && text_[at_] != '\n') ++at_;
      if (at_ == text_.size()) return 0;
    } else if (!IsSpace(c)) {
      return c;
    }
    if (text_[at_] == '\n') ++line_;
  }
  return 0;
}

Edn EdnReader::Read(int depth) {
  if (depth > kDeepest) throw EdnError("forms are nested more than 100 deep");
  switch (const char c = Peek()) {
    case 0:
      if (at_ < text_.size()) throw EdnError("a zero byte");
      throw EdnError("the text ends within a form");
    case '(':
      return ReadMany(Edn::Kind::kList, ')', depth);
    case '[':
      return ReadMany(Edn::Kind::kList, ']', depth);
    case '{':
      return ReadMany(Edn::Kind::kMap, '}', depth);
    case '"':
      return ReadText();
    case '#':
      return ReadHash(depth);
    case ')':
    case ']':
    case '}':
      throw EdnError(std::string("a ") + c + " that closes nothing");
    default:
      return ReadToken();
  }
}

Edn EdnReader::ReadMany(Edn::Kind kind, char end, int depth) {
  Skip();
  Edn many = Of(kind);
  while (Peek() != end) many.elements.push_back(Read(depth + 1));
  Skip();
  if (kind == Edn::Kind::kMap && many.elements.size() % 2 != 0) throw EdnError("a map in which a key has no value");
  return many;
}

Edn EdnReader::ReadText() {
  Edn text = Of(Edn::Kind::kText);
  for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
    char c = text_[at_];
    if (c == '\n') ++line_;
    if (c == '\\') {
      if (++at_ == text_.size()) break;
      c = text_[at_];
      if (c == 'u') throw EdnError("\\u in a text; write the character itself");
      if (c == 'n') c = '\n';
      if (c == 't') c = '\t';
      if (c == 'r') c = '\r';
    }
    text.text += c;
  }
  if (at_ >= text_.size()) throw EdnError("a text without an end: a \" is missing");
  Skip();
  return text;
}

Edn EdnReader::ReadHash(int depth) {
  Skip();
  if (at_ < text_.size() && text_[at_] == '{') return ReadMany(Edn::Kind::kSet, '}', depth);
  if (at_ < text_.size() && text_[at_] == '_') {  // a form that is to be ignored
    Skip();
    Read(depth + 1);
    return Read(depth + 1);
  }
  if (Token().empty()) throw EdnError("a # that begins nothing");
  return Read(depth + 1);  // what was tagged
}

std::string_view EdnReader::Token() {
  const std::size_t begin = at_;
  while (at_ < text_.size() && !EndsToken(text_[at_])) ++at_;
  return text_.substr(begin, at_ - begin);
}

Edn EdnReader::ReadToken() {
  std::string_view token = Token();
  if (token == "nil") return Of(Edn::Kind::kNil);
  if (token == "true" || token == "false") {
    Edn truth = Of(Edn::Kind::kTruth);
    truth.number = token == "true" ? 1 : 0;
    return truth;
  }
  if (token.front() == ':') return Of(Edn::Kind::kKeyword, token.substr(1));
  const bool sign = token.front() == '-' || token.front() == '+';
  if (!IsDigit(token.front()) && !(sign && token.size() > 1 && IsDigit(token[1]))) return Of(Edn::Kind::kSymbol, token);
  std::string_view digits = token.front() == '+' ? token.substr(1) : token;
  if (digits.back() == 'N') digits.remove_suffix(1);
  Edn number = Of(Edn::Kind::kNumber);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number.number);
  if (error == std::errc::result_out_of_range)
    throw EdnError(std::string(token) + " is too large; numbers have 64 bits");
  if (error != std::errc() || end != digits.data() + digits.size()) return Of(Edn::Kind::kSymbol, token);
  return number;
}

}  // namespace doorway::linearize
