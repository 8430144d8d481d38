#include "properties/mm/no_lost_write.h"

#include <algorithm>
#include <string>

#include "properties/mm/monitors.h"
#include "properties/mm/page_notes.h"

// For each store W to page q and each install that replaces q or a successor of q in the page-table entry: walk
// back from the page that the install maps, copy by copy, until a copy of q itself is found, and ask whether W is
// before that copy. Example, page 0 replaced by 1, and 1 by 2:
//
//   W to 0 is in page 2 iff 2 is a copy of 1, 1 is a copy of 0, and W -> (the copy of 0)
//   W to 1 is in page 2 iff 2 is a copy of 1, and W -> (the copy of 1); if 2 is another copy of 0, W is lost

namespace doorway::mm {
namespace {

std::size_t PositionInModificationOrder(const Execution& execution, EventId event) {
  const std::vector<EventId>& mo = execution.modification_order[execution.events[event].location];
  return static_cast<std::size_t>(std::find(mo.begin(), mo.end(), event) - mo.begin());
}

std::string Store(const Mark& write) {
  return "the store of thread " + std::to_string(write.subject) + " to page " + std::to_string(PageOf(write.argument));
}

}  // namespace

void NoLostWrite::Collect(const Execution& execution) {
  writes_.clear();
  copies_.clear();
  installs_.clear();
  for (const Mark& mark : execution.marks) {
    if (mark.kind == kPageWrite) writes_.push_back(&mark);
    if (mark.kind == kCopyRead) copies_.push_back(&mark);
    if (mark.kind == kInstall) {
      installs_.push_back({&mark, PositionInModificationOrder(execution, mark.before)});
    }
  }
}

const NoLostWrite::Install* NoLostWrite::Mapped(int range, int page) const {
  for (const Install& install : installs_) {
    if (RangeOf(install.mark->argument) == range && PageOf(install.mark->argument) == page) return &install;
  }
  return nullptr;
}

const Mark* NoLostWrite::CopyRead(const Mark& install, int cpu) const {
  if (install.subject == cpu) return &install;
  const Mark* found = nullptr;  // the last attempt counts: earlier copies were thrown away
  for (const Mark* copy : copies_) {
    if (copy->thread != install.thread || copy->subject != cpu || copy->argument != install.argument) continue;
    if (copy->sequence < install.sequence && (found == nullptr || copy->sequence > found->sequence)) found = copy;
  }
  return found;
}

std::optional<Finding> NoLostWrite::Missing(const Execution& execution, const Mark& write,
                                            const Install& install) const {
  const int range = RangeOf(write.argument);
  const int page = PageOf(write.argument);
  const Mark* step = install.mark;
  while (SourceOf(step->argument) != page) {
    const Install* earlier = Mapped(range, SourceOf(step->argument));
    if (earlier == nullptr) {
      Finding finding;
      finding.claim = name();
      finding.sentence = Store(write) + " is lost: page " + std::to_string(page) + " is replaced by page " +
                         std::to_string(PageOf(install.mark->argument)) + ", which is not a copy of it";
      finding.points = {{write.before, "store to page " + std::to_string(page)},
                        {install.mark->before, "install of another page"}};
      return finding;
    }
    step = earlier->mark;
  }
  const Mark* copy = CopyRead(*step, write.subject);
  if (copy != nullptr && execution.Before(write, *copy)) return std::nullopt;
  Finding finding;
  finding.claim = name();
  finding.sentence = Store(write) + " is lost: thread " + std::to_string(step->subject) + " maps a copy, page " +
                     std::to_string(PageOf(step->argument)) + ", that was made before the store";
  const EventId copied = copy != nullptr ? copy->before : step->before;
  finding.points = {{write.before, "store to page " + std::to_string(page)},
                    {copied, "copy of page " + std::to_string(page)},
                    {step->before, "install of the copy"}};
  finding.unordered = !execution.Before(copied, write.before);
  return finding;
}

std::optional<Finding> NoLostWrite::Check(const Execution& execution) {
  Collect(execution);
  std::optional<Finding> finding;
  for (const Install& install : installs_) {
    bool stored = false;
    for (const Mark* write : writes_) {
      const int range = RangeOf(write->argument);
      if (RangeOf(install.mark->argument) != range) continue;
      stored = stored || PageOf(write->argument) == SourceOf(install.mark->argument);
      const Install* since = Mapped(range, PageOf(write->argument));
      if (since != nullptr && since->position >= install.position) continue;  // to a page that came later
      if (!finding.has_value()) finding = Missing(execution, *write, install);
    }
    if (stored) ++antecedents_;
  }
  return finding;
}

std::vector<std::unique_ptr<Monitor>> NoLostWrite::Monitors(int /*threads*/) const {
  return ForEachRange<LostWriteMonitor>();
}

}  // namespace doorway::mm
