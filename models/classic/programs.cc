#include "models/classic/programs.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/sync/model_sync.h"
#include "models/registry/model.h"
#include "properties/exclusion.h"
#include "properties/passages.h"

// Programs with known numbers of executions, to compare checkers by.

namespace doorway {
namespace {

constexpr const char* kSource = "models/classic/programs.h";

Parameter Threads(int threads, int least, int most, const char* meaning) {
  return {"threads", threads, least, most, meaning};
}
Parameter Rounds(int rounds, int most) { return {"rounds", rounds, 1, most, "times that each thread does it"}; }

// The engine's own claims, and checks.
std::vector<std::unique_ptr<Property>> NoClaims(const Configuration& /*configuration*/) { return {}; }

std::vector<std::unique_ptr<Property>> Excludes(Exclusion::Excludes excludes,
                                                std::span<const std::string_view> groups) {
  std::vector<std::unique_ptr<Property>> claims;
  claims.push_back(std::make_unique<Exclusion>(excludes, groups));
  return claims;
}
std::vector<std::unique_ptr<Property>> ExcludesEverybody(const Configuration& /*configuration*/) {
  return Excludes(Exclusion::Excludes::kEverybody, kNoGroups);
}
std::vector<std::unique_ptr<Property>> ExcludesOtherGroups(const Configuration& /*configuration*/) {
  return Excludes(Exclusion::Excludes::kOtherGroups, kColours);
}

std::vector<Expectation> Verified() {
  return {{MemoryModel::kSc, Verdict::kVerified},
          {MemoryModel::kRc11, Verdict::kVerified},
          {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState}};
}

// `threads` of a program: what it says itself, or the parameter.
template <class Program>
std::unique_ptr<Subject> SubjectOf(const Configuration& configuration) {
  const ProgramConfig config{configuration.at("threads"), configuration.at("rounds")};
  int threads = config.threads;
  if constexpr (requires { Program::kThreads; }) threads = Program::kThreads;
  return std::make_unique<ModelSubject<Program, ProgramConfig>>(config, threads);
}

const Registration writers{{
    .name = "classic/writers",
    .summary = "n threads store to one location: n! executions",
    .about = "Any order of the stores is an execution.",
    .source = kSource,
    .parameters = {Threads(4, 1, kMaxProgramThreads, "threads that store")},
    .expectations = Verified(),
    .subject = SubjectOf<Writers<ModelSync>>,
    .claims = NoClaims,
}};

const Registration readers{{
    .name = "classic/readers",
    .summary = "one thread stores, the others read: 2^n executions of n readers",
    .about = "Each reader comes before or after the store.",
    .source = kSource,
    .parameters = {Threads(4, 2, kMaxProgramThreads + 1, "the one that stores, and readers")},
    .expectations = Verified(),
    .subject = SubjectOf<Readers<ModelSync>>,
    .claims = NoClaims,
}};

const Registration fetch_add{{
    .name = "classic/fetch_add",
    .summary = "n threads add k times each: (nk)! / k!^n executions",
    .about = "Any order of the additions is an execution, and none is lost.",
    .source = kSource,
    .parameters = {Threads(3, 1, kMaxProgramThreads, "threads that add"), Rounds(2, 6)},
    .expectations = Verified(),
    .subject = SubjectOf<FetchAdds<ModelSync>>,
    .claims = NoClaims,
}};

const Registration ttas{{
    .name = "classic/ttas",
    .summary = "test and test-and-set lock: reads until it looks free, then tries",
    .about =
        "A thread that comes second where it tried has read the lock as free, and fails. Nobody is served in turn.",
    .source = kSource,
    .parameters = {Threads(3, 1, kMaxProgramThreads, "clients of the lock"), Rounds(1, 4)},
    .expectations = Verified(),
    .subject = SubjectOf<TtasClients<ModelSync>>,
    .claims = ExcludesEverybody,
}};

Model WrongTtas(const char* name, const char* summary, const char* about, const std::string& claim,
                std::unique_ptr<Subject> (*subject)(const Configuration&)) {
  return {
      .name = name,
      .summary = summary,
      .about = about,
      .source = kSource,
      .parameters = {Threads(2, 1, kMaxProgramThreads, "clients of the lock"), Rounds(1, 4)},
      .expectations = {{MemoryModel::kSc, Verdict::kViolated, claim},
                       {MemoryModel::kRc11, Verdict::kViolated, claim},
                       {MemoryModel::kSc, Verdict::kViolated, claim, Engine::kState}},
      .subject = subject,
      .claims = ExcludesEverybody,
  };
}

const Registration ttas_stores(WrongTtas("classic/ttas/stores", "takes the lock by a store, after the test",
                                         "Two that find it free both take it: why it is taken by an update.",
                                         "exclusion", SubjectOf<TtasClients<ModelSync, Ttas::kStores>>));
const Registration ttas_relaxed_unlock(WrongTtas("classic/ttas/relaxed_unlock", "leaves without a release",
                                                 "In time the sections exclude each other, not in happens-before.",
                                                 "no_data_race",
                                                 SubjectOf<TtasClients<ModelSync, Ttas::kRelaxedUnlock>>));

const Registration two_group_counter{{
    .name = "classic/two_group_counter",
    .summary = "one signed word: members of one group count up, of the other down",
    .about =
        "The smallest group lock: a compare-exchange up unless it is below 0, or down unless it is above, else again.",
    .source = kSource,
    .parameters = {{"reds", 2, 0, 5, "members of group 0"},
                   {"blacks", 1, 0, 5, "members of group 1"},
                   {"rounds", 1, 1, 4, "times that each goes through the lock"}},
    .expectations = Verified(),
    .subject = [](const Configuration& configuration) -> std::unique_ptr<Subject> {
      const GroupConfig config{configuration.at("reds"), configuration.at("blacks"), configuration.at("rounds")};
      return std::make_unique<ModelSubject<TwoGroupCounter<ModelSync>, GroupConfig>>(config,
                                                                                     config.reds + config.blacks);
    },
    .claims = ExcludesOtherGroups,
}};

const Registration fib{{
    .name = "classic/fib",
    .summary = "two threads add each other's number, a third looks on: how large can it get?",
    .about = "The benchmark of that name of the software verification competition: no number is beyond Fibonacci's.",
    .source = kSource,
    .parameters = {Rounds(3, 6)},
    .expectations = Verified(),
    .subject = SubjectOf<Fibonacci<ModelSync>>,
    .claims = NoClaims,
}};

const Registration dekker{{
    .name = "classic/dekker",
    .summary = "the heart of Dekker's algorithm: say that you come, fence, look at the other",
    .about = "Each of two threads enters unless the other has said that it comes; then it gives up.",
    .source = kSource,
    .expectations = Verified(),
    .subject = SubjectOf<DekkerEntry<ModelSync, true>>,
    .claims = NoClaims,
}};

const Registration dekker_no_fence{{
    .name = "classic/dekker/no_fence",
    .summary = "without the fences: right under SC, wrong under TSO and RC11",
    .about = "Store buffering: each thread's load is done before its store is seen.",
    .source = kSource,
    .expectations = {{MemoryModel::kSc, Verdict::kVerified},
                     {MemoryModel::kRc11, Verdict::kViolated, "no_failed_check"},
                     {MemoryModel::kTso, Verdict::kViolated, "no_failed_check", Engine::kState}},
    .subject = SubjectOf<DekkerEntry<ModelSync, false>>,
    .claims = NoClaims,
}};

}  // namespace
}  // namespace doorway
