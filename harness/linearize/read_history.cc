#include "harness/linearize/read_history.h"

#include <istream>
#include <iterator>
#include <string>

#include "harness/linearize/jepsen.h"
#include "harness/linearize/json_lines.h"

namespace doorway::linearize {
namespace {

// Looks at the first two characters, and leaves them.
Format Detect(std::istream& in) {
  const int first = in.get();
  const int second = in.peek();
  in.clear();
  in.unget();
  in.clear();
  if (first == '{') return second == ':' ? Format::kJepsenEdn : Format::kJsonLines;
  return first == '[' || first == '(' || first == '#' || first == ';' ? Format::kJepsenEdn : Format::kJepsenLog;
}

}  // namespace

History ReadHistory(std::istream& in, Format format, const Vocabulary& vocabulary) {
  if (format == Format::kAuto) format = Detect(in);
  History history;
  switch (format) {
    case Format::kJsonLines:
      history = ReadJsonLines(in, vocabulary);
      break;
    case Format::kJepsenEdn: {
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      history = ReadJepsenEdn(text, vocabulary);
      break;
    }
    default:
      history = ReadJepsenLog(in, vocabulary);
  }
  if (history.events == 0) {
    throw HistoryError(1, history.other_lines > 0 ? "no line tells of an operation: is it another format? There are "
                                                    "JSON lines, Jepsen's EDN and Jepsen's logs"
                                                  : "the history is empty");
  }
  return history;
}

}  // namespace doorway::linearize
