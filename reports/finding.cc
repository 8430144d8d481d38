#include "reports/finding.h"

#include <fmt/format.h>

#include "reports/finding_view.h"
#include "reports/table.h"

namespace doorway {
namespace {

// Signs are at most seven characters wide; a sign's bytes are more.
constexpr std::size_t kSignWidth = 8;

std::string PaddedSign(const std::string& sign) {
  std::size_t width = 0;
  for (const char c : sign) width += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
  return sign + std::string(width < kSignWidth ? kSignWidth - width : 1, ' ');
}

}  // namespace

std::vector<EventId> FindingOrder(const Evidence& evidence) { return InReadingOrder(evidence).order; }

std::string FindingSentence(const Run& run, const Evidence& evidence) {
  return ViewFinding(run, Property::Kind::kUniversal, evidence).sentence;
}

std::string RenderFinding(const Run& run, Property::Kind kind, const Evidence& evidence) {
  const FindingView view = ViewFinding(run, kind, evidence);
  std::string text = fmt::format("{} {}: {}.\n", view.word, evidence.finding.claim, view.sentence);
  for (const PointView& point : view.points) {
    text += fmt::format("  {}  {}{}{}\n", point.letter, point.where, point.where.empty() ? "" : ": ", point.what);
  }
  for (const std::string& line : view.explanation) text += "  " + line + "\n";
  text += "\n" + RenderRows(run, evidence.execution, view.rows);
  if (!view.legend.empty()) text += "\n";
  for (const auto& [sign, meaning] : view.legend) text += "  " + PaddedSign(sign) + meaning + "\n";
  return text;
}

}  // namespace doorway
