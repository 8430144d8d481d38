#include "reports/dot.h"

#include <fmt/format.h>

#include "reports/finding_view.h"
#include "reports/operation.h"
#include "reports/relations.h"

namespace doorway {
namespace {

// Within a quoted string of DOT; a backslash would begin an escape, a control character a new line.
std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return quoted + "\"";
}

class Drawing {
 public:
  Drawing(const Run& run, const Evidence& evidence, const FindingView& view)
      : run_(run), evidence_(evidence), execution_(evidence.execution), view_(view) {
    const std::vector<EventId>& order = view.linearization.order;
    step_of_.assign(execution_.events.size(), 0);
    for (std::size_t i = 0; i < order.size(); ++i) step_of_[order[i]] = static_cast<int>(i) + 1;
  }

  std::string Text() const {
    std::string text = "digraph execution {\n  rankdir=TB; newrank=true; nodesep=0.6; fontname=\"Helvetica\";\n";
    text += "  label=" + Quoted(Title()) + "; labelloc=t;\n";
    text += "  node [shape=box, fontname=\"Courier\", fontsize=10, height=0.25];\n";
    text += "  edge [fontname=\"Helvetica\", fontsize=9, arrowsize=0.6];\n";
    for (std::size_t t = 0; t < execution_.threads.size(); ++t) text += Thread(t);
    const Arrows arrows = ArrowsOf(execution_);
    text += Edges(arrows.rf, "rf", "color=\"#1a7f37\", fontcolor=\"#1a7f37\"");
    text += Edges(arrows.mo, "mo", "color=\"#9a5b00\", fontcolor=\"#9a5b00\", style=dashed");
    text += Edges(arrows.fr, "fr", "color=\"#a626a4\", fontcolor=\"#a626a4\", style=dotted");
    text += Edges(arrows.hb, "hb", "color=\"#0b57a4\", fontcolor=\"#0b57a4\", penwidth=1.4");
    if (view_.missing.first != kNoEvent) {
      text += fmt::format(
          "  e{} -> e{} [label=\"no order\", dir=none, style=dashed, penwidth=2, color=\"#b4232a\", "
          "fontcolor=\"#b4232a\", constraint=false];\n",
          step_of_[view_.missing.first], step_of_[view_.missing.second]);
    }
    return text + "}\n";
  }

 private:
  std::string Title() const {
    return fmt::format("{} {}: {} ({})", view_.word, evidence_.finding.claim, view_.sentence, run_.model);
  }

  std::string Thread(std::size_t t) const {
    const std::vector<EventId>& events = execution_.threads[t].events;
    std::string text = fmt::format("  subgraph cluster_{} {{\n    label={}; color=\"#d0d0d0\";\n", t,
                                   Quoted(ThreadName(run_, static_cast<int>(t))));
    for (const EventId event : events) text += "    " + Node(event);
    for (std::size_t i = 0; i + 1 < events.size(); ++i) {
      text +=
          fmt::format("    e{} -> e{} [color=\"#909090\", weight=10];\n", step_of_[events[i]], step_of_[events[i + 1]]);
    }
    return text + "  }\n";
  }

  std::string Node(EventId event) const {
    std::string letters;
    for (std::size_t i = 0; i < evidence_.finding.points.size(); ++i) {
      if (evidence_.finding.points[i].event == event) letters += view_.points[i].letter + " ";
    }
    const std::string text = fmt::format("{}{} {}", letters, step_of_[event], ShowOperation(execution_, event));
    return fmt::format("e{} [label={}, group=t{}{}];\n", step_of_[event], Quoted(text), execution_.events[event].thread,
                       letters.empty() ? "" : ", color=\"#b4232a\", penwidth=2");
  }

  std::string Edges(const std::vector<Arrow>& arrows, const char* name, const char* style) const {
    std::string text;
    for (const auto& [from, to] : arrows) {
      text += fmt::format("  e{} -> e{} [label=\"{}\", {}, constraint=false];\n", step_of_[from], step_of_[to], name,
                          style);
    }
    return text;
  }

  const Run& run_;
  const Evidence& evidence_;
  const Execution& execution_;
  const FindingView& view_;
  std::vector<int> step_of_;
};

}  // namespace

std::string RenderDot(const Run& run, Property::Kind kind, const Evidence& evidence) {
  const FindingView view = ViewFinding(run, kind, evidence);
  return Drawing(run, evidence, view).Text();
}

}  // namespace doorway
