#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/graph/monitor.h"
#include "harness/graph/property.h"

// NLW, no lost write: whatever page an address maps to holds every store that retired there.
//
// In event form: violated iff a copy c of page p gets mapped, and some store W to p has not (W -> c), where c stands
// for the copier's load of the word of W's CPU. Then c can be placed before W, and the mapped copy lacks W. Also: the
// copy mapped has to be a copy of what was mapped. If a page q is replaced by a page that does not descend from q
// through such copies, every store to q is lost.
//
// Reads the notes kPageWrite, kCopyRead and kInstall (page_notes.h). A CPU that copies does not
// load its own word: its own stores are compared with its install.

namespace doorway::mm {

class NoLostWrite final : public Property {
 public:
  std::string_view name() const override { return "no_lost_write"; }
  std::string_view description() const override {
    return "a page that replaces another holds every store that went to the other";
  }
  std::optional<Finding> Check(const Execution& execution) override;
  // How often a page was replaced by a copy while somebody stored to it, before or after.
  std::uint64_t antecedents() const override { return antecedents_; }
  std::vector<std::unique_ptr<Monitor>> Monitors(int threads) const override;

 private:
  // One replacement of a page by another in one range.
  struct Install {
    const Mark* mark;
    std::size_t position;  // in the modification order of the page-table entry
  };

  void Collect(const Execution& execution);
  // The install, at or before `installs_[k]` in its range, that mapped `page`; null: page 0, or none.
  const Install* Mapped(int range, int page) const;
  // The load by which `install` copied the byte of `cpu`; null: there is none.
  const Mark* CopyRead(const Mark& install, int cpu) const;
  // Why `write` is missing in the page that `install` maps; nothing if it is there.
  std::optional<Finding> Missing(const Execution& execution, const Mark& write, const Install& install) const;

  std::vector<const Mark*> writes_;
  std::vector<const Mark*> copies_;
  std::vector<Install> installs_;
  std::uint64_t antecedents_ = 0;
};

}  // namespace doorway::mm
