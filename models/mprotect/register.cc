#include <memory>
#include <string>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/graph/property.h"
#include "harness/graph/response.h"
#include "harness/graph/verdict.h"
#include "harness/sync/model_sync.h"
#include "models/mprotect/cases.h"
#include "models/mprotect/demoting.h"
#include "models/mprotect/scenario.h"
#include "models/registry/model.h"
#include "properties/mm/dead_end.h"
#include "properties/mm/no_lost_write.h"
#include "properties/mm/no_write_after_wp_return.h"
#include "properties/mm/page_notes.h"

// Registers every case of demoted entries with the command line.

namespace doorway::mprotect {
namespace {

constexpr const char* kCommonAbout =
    "Modelled: one page-table entry, its page-table lock, the TLB entry of each CPU, shootdowns one CPU at a time, "
    "write "
    "faults with copy on write (page 0 has an extra reference, so that faults copy it). CPU 0 starts with a writable "
    "entry. Left out: what only reads, and mmap_lock where nobody takes it for writing.";

// Without end mprotect is called again and again.
bool CanBeEndless(const Case& c) { return c.scenario.has(Role::kMprotect) && !c.scenario.read_only; }

Scenario Configured(const Case& c, const Configuration& configuration) {
  Scenario scenario = c.scenario;
  scenario.endless = CanBeEndless(c) && configuration.at("rounds") == 0;
  return scenario;
}

std::vector<std::unique_ptr<Property>> MakeClaims(const Case& c) {
  std::vector<std::unique_ptr<Property>> claims;
  if (c.claims & kNoLostWrite) claims.push_back(std::make_unique<mm::NoLostWrite>());
  if (c.claims & kNoWriteAfterReturn) claims.push_back(std::make_unique<mm::NoWriteAfterWpReturn>());
  if (c.claims & kDeadEnd) claims.push_back(std::make_unique<mm::DeadEnd>());
  return claims;
}

Expectation Expected(const Case& c, MemoryModel memory, Engine engine) {
  return {memory, c.violated.empty() ? Verdict::kVerified : Verdict::kViolated, c.violated, engine};
}

Model MakeModel(const Case& c) {
  Model model;
  model.name = c.name;
  model.summary = c.summary;
  model.about = c.about + kCommonAbout;
  model.source = "models/mprotect/demotions.h";
  if (CanBeEndless(c)) {
    model.parameters.push_back({"rounds", 1, 0, 1, "1: mprotect is called once; 0: calls and stores without end"});
  }
  model.expectations = {Expected(c, MemoryModel::kSc, Engine::kState)};
  if (!c.states_only) {
    model.expectations.push_back(Expected(c, MemoryModel::kSc, Engine::kGraph));
    model.expectations.push_back(Expected(c, MemoryModel::kRc11, Engine::kGraph));
  }
  model.subject = [&c](const Configuration& configuration) -> std::unique_ptr<Subject> {
    const Scenario scenario = Configured(c, configuration);
    return std::make_unique<ModelSubject<Demoting<ModelSync>, Scenario>>(scenario, scenario.threads);
  };
  model.claims = [&c](const Configuration& /*configuration*/) { return MakeClaims(c); };
  model.responses = [&c](const Configuration& configuration) -> std::vector<Response> {
    if (!Configured(c, configuration).endless) return {};
    return {{"every_mprotect_returns", "mprotect that is called returns", mm::kIoctlCalled, mm::kIoctlReturns}};
  };
  return model;
}

[[maybe_unused]] const bool registered = [] {
  for (const Case& c : Cases()) const Registration one(MakeModel(c));
  return true;
}();

}  // namespace
}  // namespace doorway::mprotect
