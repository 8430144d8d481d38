#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/graph/response.h"
#include "harness/sync/model_sync.h"
#include "locks/mcs_lock.h"
#include "locks/peterson_lock.h"
#include "locks/ticket_lock.h"
#include "models/classic/clients.h"
#include "models/classic/variants.h"
#include "models/registry/model.h"
#include "properties/exclusion.h"
#include "properties/overtakes.h"
#include "properties/passages.h"

// The textbook's mutexes, and what breaks them.

namespace doorway {
namespace {

struct Text {
  std::string name;
  std::string summary;
  std::string about;
  std::string source;
  std::vector<Parameter> parameters;
  std::vector<Expectation> expectations;
};

MutexConfig ConfigOf(const Configuration& configuration) {
  MutexConfig config{configuration.at("threads"), configuration.at("rounds")};
  if (configuration.at("width") > 0) config.width = configuration.at("width");
  return config;
}

std::vector<std::unique_ptr<Property>> Claims(const Configuration& /*configuration*/) {
  std::vector<std::unique_ptr<Property>> claims;
  claims.push_back(std::make_unique<Exclusion>(Exclusion::Excludes::kEverybody, kNoGroups));
  claims.push_back(std::make_unique<Overtakes>(0, kNoGroups, Overtakes::By::kAnybody));
  return claims;
}

std::vector<Response> Responses(const Configuration& /*configuration*/) {
  return {{"starvation_free", "who has crossed the doorway enters", notes::kDoorway, notes::kEnter}};
}

template <template <class> class Lock>
Model Of(const Text& text) {
  Model model;
  model.name = text.name;
  model.summary = text.summary;
  model.about = text.about +
                " Clients: --threads threads, each --rounds times through the lock; inside, each writes plain data and "
                "reads it back.";
  model.source = text.source;
  model.parameters = text.parameters;
  model.expectations = text.expectations;
  model.subject = [](const Configuration& configuration) -> std::unique_ptr<Subject> {
    const MutexConfig config = ConfigOf(configuration);
    return std::make_unique<ModelSubject<MutexClients<ModelSync, Lock>, MutexConfig>>(config, config.threads);
  };
  model.claims = Claims;
  model.responses = Responses;
  return model;
}

Parameter Threads(int threads, int most) { return {"threads", threads, 1, most, "clients of the lock"}; }
Parameter Rounds(int rounds) { return {"rounds", rounds, 0, 8, "times that each goes through the lock; 0: for ever"}; }
std::vector<Parameter> TwoThreads(int rounds) { return {Threads(2, 2), Rounds(rounds)}; }
std::vector<Parameter> UpToFour(int threads, int rounds) {
  return {Threads(threads, kMaxMutexClients), Rounds(rounds)};
}
std::vector<Parameter> Tickets(int threads, int rounds, int width) {
  return {Threads(threads, kMaxMutexClients),
          Rounds(rounds),
          {"width", width, 1, TicketLock<ModelSync>::kFullWidth, "bits of a ticket: they are taken modulo 2^width"}};
}

// Of both engines under SC. What holds also holds without end.
std::vector<Expectation> Verified() {
  return {{MemoryModel::kSc, Verdict::kVerified},
          {MemoryModel::kRc11, Verdict::kVerified},
          {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState},
          {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState, {{"rounds", 0}}}};
}
std::vector<Expectation> Violates(const std::string& claim) {
  return {{MemoryModel::kSc, Verdict::kViolated, claim},
          {MemoryModel::kRc11, Verdict::kViolated, claim},
          {MemoryModel::kSc, Verdict::kViolated, claim, Engine::kState}};
}
std::vector<Expectation> ViolatesUnderRc11(const std::string& claim) {
  return {{MemoryModel::kSc, Verdict::kVerified},
          {MemoryModel::kRc11, Verdict::kViolated, claim},
          {MemoryModel::kSc, Verdict::kVerified, "", Engine::kState}};
}

constexpr const char* kVariants = "models/classic/variants.h";
constexpr const char* kTickets =
    " Tickets are taken modulo 2^width, so that a run without end has finitely many states: there may be no more "
    "threads than numbers.";

const Registration peterson(Of<PetersonLock>({
    .name = "classic/peterson",
    .summary = "Peterson's lock: two threads, loads and stores alone",
    .about = "Each thread says that it is interested, lets the other go first, and waits while the other is interested "
             "and it is the other's turn.",
    .source = "locks/peterson_lock.h",
    .parameters = TwoThreads(2),
    .expectations = Verified(),
}));

const Registration give_way_first(Of<GiveWayFirst>({
    .name = "classic/peterson/give_way_first",
    .summary = "lets the other go first, and then says that it is interested",
    .about = "The two stores of the entry swapped: both threads may find the other not interested yet, or find that it "
             "is their turn.",
    .source = kVariants,
    .parameters = TwoThreads(1),
    .expectations = Violates("exclusion"),
}));

const Registration release_entry(Of<ReleaseEntry>({
    .name = "classic/peterson/release_entry",
    .summary = "release stores in the entry: store buffering lets both in",
    .about = "Right under SC. Under RC11 each thread may miss the other's stores.",
    .source = kVariants,
    .parameters = TwoThreads(1),
    .expectations = ViolatesUnderRc11("exclusion"),
}));

const Registration never_give_way(Of<NeverGiveWay>({
    .name = "classic/peterson/never_give_way",
    .summary = "nobody lets the other go first: two that come together wait for each other",
    .about = "What the turn is for.",
    .source = kVariants,
    .parameters = TwoThreads(1),
    .expectations = Violates("no_stuck_thread"),
}));

const Registration ticket(Of<TicketLock>({
    .name = "classic/ticket",
    .summary = "ticket lock: first come, first served",
    .about = std::string("Each thread draws a number and waits until it is called.") + kTickets,
    .source = "locks/ticket_lock.h",
    .parameters = Tickets(3, 1, 2),
    .expectations = Verified(),
}));

const Registration too_narrow(Of<TicketLock>({
    .name = "classic/ticket/too_narrow",
    .summary = "three threads and two numbers: two threads have the same ticket",
    .about = std::string("How many bits a ticket needs.") + kTickets,
    .source = "locks/ticket_lock.h",
    .parameters = Tickets(3, 1, 1),
    .expectations = Violates("exclusion"),
}));

const Registration relaxed_call(Of<RelaxedCall>({
    .name = "classic/ticket/relaxed_call",
    .summary = "the next number is called without a release: what the owner did need not be seen",
    .about = "In time the sections exclude each other, in happens-before they do not.",
    .source = kVariants,
    .parameters = Tickets(2, 1, 2),
    .expectations = Violates("no_data_race"),
}));

const Registration draw_in_two_steps(Of<DrawInTwoSteps>({
    .name = "classic/ticket/draw_in_two_steps",
    .summary = "a ticket is drawn by a load and a store: two threads may draw the same one",
    .about = "Why the drawing is one step.",
    .source = kVariants,
    .parameters = Tickets(2, 1, 2),
    .expectations = Violates("exclusion"),
}));

const Registration mcs(Of<McsLock>({
    .name = "classic/mcs",
    .summary = "MCS lock: a queue of nodes, each thread waits on its own",
    .about =
        "A thread exchanges the tail, links itself behind the node that it got, and waits for the grant. An unlock "
        "that meets a thread between the two waits for its link.",
    .source = "locks/mcs_lock.h",
    .parameters = UpToFour(3, 1),
    .expectations = Verified(),
}));

const Registration no_wait_for_link(Of<NoWaitForLink>({
    .name = "classic/mcs/no_wait_for_link",
    .summary = "an unlock that finds no link does not wait for it: the thread behind waits for ever",
    .about = "Unlock against a successor that is half linked.",
    .source = kVariants,
    .parameters = UpToFour(2, 1),
    .expectations = Violates("no_stuck_thread"),
}));

const Registration relaxed_grant(Of<RelaxedGrant>({
    .name = "classic/mcs/relaxed_grant",
    .summary = "hands over without a release: what the owner did need not be seen",
    .about = "In time the sections exclude each other, in happens-before they do not.",
    .source = kVariants,
    .parameters = UpToFour(2, 1),
    .expectations = Violates("no_data_race"),
}));

const Registration clear_after_link(Of<ClearAfterLink>({
    .name = "classic/mcs/clear_after_link",
    .summary = "clears its flag after linking its node: a grant in between is lost",
    .about = "A node must be ready before it can be found.",
    .source = kVariants,
    .parameters = UpToFour(2, 1),
    .expectations = Violates("no_stuck_thread"),
}));

}  // namespace
}  // namespace doorway
