#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/sync/model_sync.h"
#include "harness/sync/per_thread_rcu.h"
#include "models/registry/model.h"
#include "models/vma_rcu/map.h"
#include "models/vma_rcu/protect.h"
#include "models/vma_rcu/stack.h"
#include "models/vma_rcu/unmap.h"
#include "properties/mm/no_lost_write.h"
#include "properties/outcomes.h"

// Faults that walk the tree of VMAs under RCU, and keep the VMA over their I/O by a reference.

namespace doorway::vma_rcu {
namespace {

std::vector<Expectation> Holds() {
  return {{MemoryModel::kSc, Verdict::kVerified},
          {MemoryModel::kRc11, Verdict::kVerified},
          {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState}};
}
std::vector<Expectation> Violates(const std::string& claim) {
  return {{MemoryModel::kSc, Verdict::kViolated, claim},
          {MemoryModel::kRc11, Verdict::kViolated, claim},
          {MemoryModel::kSc, Verdict::kViolated, claim, Engine::kState}};
}

std::vector<Expectation> HoldsUnlessWeakForEver(const std::string& claim) {
  std::vector<Expectation> expectations = Holds();
  expectations.push_back({MemoryModel::kSc, Verdict::kViolated, claim, Engine::kState, {{"rounds", 0}}});
  expectations.push_back(
      {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, {{"rounds", 0}}, Fairness::kStrong});
  return expectations;
}

using Claims = std::vector<std::unique_ptr<Property>>;

Claims NoEntryOutside() {
  Claims claims;
  claims.push_back(std::make_unique<Outcomes>("no_entry_outside_vma",
                                              "what is not mapped has no page-table entry in the end", kEntry,
                                              "finds an entry where no VMA is"));
  return claims;
}
Claims NoLostWrite() {
  Claims claims;
  claims.push_back(std::make_unique<mm::NoLostWrite>());
  return claims;
}
Claims None() { return {}; }

template <class Client, class Config>
Registration Of(const std::string& name, const std::string& summary, const std::string& about,
                const std::string& source, int Config::*threads, Claims (*claims)(), Config config,
                std::vector<Expectation> expectations) {
  Model model;
  model.name = name;
  model.summary = summary;
  model.about = about;
  model.source = source;
  if (config.*threads == 1) model.parameters = {{"faults", 1, 1, 3, "threads that walk the tree"}};
  constexpr bool kCanBeEndless = requires { config.endless; };
  if (kCanBeEndless) model.parameters.push_back({"rounds", 1, 0, 1, "1: once; 0: for ever"});
  model.expectations = std::move(expectations);
  model.subject = [config, threads](const Configuration& configuration) -> std::unique_ptr<Subject> {
    Config configured = config;
    if (configuration.at("faults") > 0) configured.*threads = configuration.at("faults");
    if constexpr (requires { config.endless; }) {
      configured.endless = !configuration.values().empty() && configuration.at("rounds") == 0;
    }
    return std::make_unique<ModelSubject<Client, Config>>(configured, configured.*threads + Client::kExtraThreads);
  };
  model.claims = [claims](const Configuration& /*configuration*/) { return claims(); };
  model.responses = [](const Configuration& configuration) {
    if (!kCanBeEndless || configuration.at("rounds") != 0) return std::vector<Response>();
    return std::vector<Response>{
        {"every_unmap_ends", "what is unmapped is freed, and can be mapped again", kUnmaps, kUnmapped}};
  };
  return Registration(std::move(model));
}

Registration OfUnmap(const std::string& name, const std::string& summary, const std::string& about, Unmapping variant,
                     const std::string& violated) {
  return Of<Unmap<ModelSync>>(name, summary,
                              about +
                                  " Clients: --faults page faults, which need I/O; a thread that unmaps the VMA; "
                                  "and the reclaimer.",
                              "models/vma_rcu/unmap.h", &UnmapConfig::faults, NoEntryOutside,
                              UnmapConfig{.variant = variant}, violated.empty() ? Holds() : Violates(violated));
}

// Words of two bits, so that runs without end have an end.
template <class Sync>
struct ShortPerThreadRcu : PerThreadRcu<Sync> {
  ShortPerThreadRcu() : PerThreadRcu<Sync>(3, 2) {}  // as many as may be faults
};

const Registration over_per_thread_rcu = Of<Unmap<ModelSync, ShortPerThreadRcu>>(
    "vma_rcu/unmap/per_thread_rcu", "the same over an RCU with a word for each thread, and fences",
    "What RCU is in user space (harness/sync/per_thread_rcu.h). Without end its words, of two bits here, come round: "
    "a grace period may look whenever it has, and needs strong fairness.",
    "models/vma_rcu/unmap.h", &UnmapConfig::faults, NoEntryOutside, UnmapConfig{},
    HoldsUnlessWeakForEver("every_unmap_ends"));

const Registration unmap[] = {
    OfUnmap("vma_rcu/unmap", "a fault walks under RCU, keeps the VMA by a reference, and looks at seq again",
            "The plan of 2021, before there were per-VMA locks.", Unmapping::kAsDesigned, ""),
    OfUnmap("vma_rcu/unmap/not_detached",
            "nobody says that the VMA is detached, as the plan had it for faults without I/O",
            "The unmapping is over, and seq even, when a fault that has got its reference before looks at it first.",
            Unmapping::kNotDetached, "no_entry_outside_vma"),
    OfUnmap("vma_rcu/unmap/no_reference", "a fault uses the VMA after it has left RCU, without a reference",
            "RCU keeps it for as long as one is in.", Unmapping::kNoReference, "no_use_after_free"),
    OfUnmap("vma_rcu/unmap/plain_get", "a fault takes a reference also where there is none any more",
            "Then the VMA is being freed already.", Unmapping::kPlainGet, "no_use_after_free"),
    OfUnmap("vma_rcu/unmap/no_grace_period", "what is given up is freed at once",
            "A fault may be looking at it, and about to see that it has no reference.", Unmapping::kNoGracePeriod,
            "no_use_after_free"),
    OfUnmap("vma_rcu/unmap/no_recheck", "a fault does not look at seq again after its I/O",
            "The reference keeps the VMA from being freed, not from being unmapped.", Unmapping::kNoRecheck,
            "no_entry_outside_vma"),
    OfUnmap("vma_rcu/unmap/recheck_outside", "a fault looks at seq again before it takes the page-table lock",
            "The unmapping comes in between.", Unmapping::kRecheckOutside, "no_entry_outside_vma"),
    OfUnmap("vma_rcu/unmap/no_check_after_io", "a fault looks at seq again under the page-table lock only: no harm",
            "The earlier look only saves work.", Unmapping::kNoCheckAfterIo, ""),
    OfUnmap("vma_rcu/unmap/relaxed_put", "a fault gives back its reference without a release",
            "Who frees the VMA does not know that this fault has done with it.", Unmapping::kRelaxedPut,
            "no_use_after_free"),
    Of<Unmap<ModelSync>>("vma_rcu/unmap/relaxed_first_look",
                         "a fault looks at seq first with a relaxed load: it need not see that the VMA is detached",
                         "Right under SC.", "models/vma_rcu/unmap.h", &UnmapConfig::faults, NoEntryOutside,
                         UnmapConfig{.variant = Unmapping::kRelaxedFirstLook},
                         {{MemoryModel::kSc, Verdict::kVerified},
                          {MemoryModel::kRc11, Verdict::kViolated, "no_entry_outside_vma"},
                          {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState}}),
};

Registration OfMap(const std::string& name, const std::string& summary, const std::string& about, Mapping variant,
                   const std::string& violated) {
  return Of<Map<ModelSync>>(name, summary, about, "models/vma_rcu/map.h", &MapConfig::faults, None,
                            MapConfig{.variant = variant}, violated.empty() ? Holds() : Violates(violated));
}

const Registration map[] = {
    OfMap("vma_rcu/map", "a VMA is made, and then put into the tree", "Publishing.", Mapping::kAsDesigned, ""),
    OfMap("vma_rcu/map/published_first", "a VMA is in the tree before it says which addresses it covers",
          "Under mmap_lock nobody looked meanwhile.", Mapping::kPublishedFirst, "no_data_race"),
    OfMap("vma_rcu/map/published_relaxed", "a VMA is put into the tree by a relaxed store", "No rcu_assign_pointer.",
          Mapping::kPublishedRelaxed, "no_data_race"),
    OfMap("vma_rcu/map/found_relaxed", "a VMA is found by a relaxed load",
          "Dependencies order it on hardware; C++ has no such order (consume).", Mapping::kFoundRelaxed,
          "no_data_race"),
};

Registration OfProtect(const std::string& name, const std::string& summary, const std::string& about, Demotion variant,
                       const std::string& violated) {
  return Of<Protect<ModelSync>>(name, summary,
                                about +
                                    " Clients: two CPUs that store, the first of which has a writable entry in its "
                                    "TLB, and a thread that takes write access away.",
                                "models/vma_rcu/protect.h", &ProtectConfig::cpus, NoLostWrite,
                                ProtectConfig{.variant = variant}, violated.empty() ? Holds() : Violates(violated));
}

const Registration protect[] = {
    OfProtect("vma_rcu/protect",
              "the section of a demotion holds its flush, and a fault that sees the section falls back",
              "Speculative page faults.", Demotion::kAsDesigned, ""),
    OfProtect("vma_rcu/protect/end_before_flush", "the section ends before the flush: a write is lost",
              "A fault copies the page while another CPU stores to it by a stale entry.", Demotion::kEndBeforeFlush,
              "no_lost_write"),
    OfProtect("vma_rcu/protect/no_seq", "a fault does not look at seq: a write is lost", "What mmap_lock was for.",
              Demotion::kNoSeq, "no_lost_write"),
    OfProtect("vma_rcu/protect/one_look", "a fault looks at seq at its start only: no harm by one demotion",
              "It is a fault because the entry is not writable any more, and so looks after the section has begun.",
              Demotion::kOneLook, ""),
};

Registration OfStack(const std::string& name, const std::string& summary, const std::string& about, Growing variant,
                     const std::string& violated) {
  return Of<Stack<ModelSync>>(name, summary, about, "models/vma_rcu/stack.h", &StackConfig::walkers, None,
                              StackConfig{.variant = variant}, violated.empty() ? Holds() : Violates(violated));
}

const Registration stack[] = {
    OfStack("vma_rcu/stack", "a stack grows under mmap_lock, held for writing", "Linux 6.5.", Growing::kUnderWriteLock,
            ""),
    OfStack("vma_rcu/stack/under_read_lock", "a stack grows under mmap_lock, held for reading (CVE-2023-3269)",
            "The old node is freed after a grace period, which does not wait for walkers that hold mmap_lock.",
            Growing::kUnderReadLock, "no_use_after_free"),
    OfStack("vma_rcu/stack/walkers_in_rcu",
            "the same, where walkers are in RCU besides: no node is used when it is free",
            "The other way to mend it, as far as nodes go.", Growing::kUnderReadLockAndRcu, ""),
};

}  // namespace
}  // namespace doorway::vma_rcu
