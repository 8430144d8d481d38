#pragma once

#include <cstdint>
#include <iosfwd>
#include <string_view>

#include "harness/linearize/call.h"
#include "harness/linearize/history.h"

// Histories in any of the formats: json_lines.h and jepsen.h describe them.

namespace doorway::linearize {

enum class Format : std::uint8_t { kAuto, kJsonLines, kJepsenEdn, kJepsenLog };

// kAuto: by how it begins. `{:`, `[`, `(`, `#` and `;` are EDN, any other `{` is JSON, anything else a log.
// Errors: HistoryError; also if there is no event in it at all.
History ReadHistory(std::istream& in, Format format, const Vocabulary& vocabulary);

}  // namespace doorway::linearize
