#include <memory>
#include <string>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/graph/response.h"
#include "harness/sync/model_sync.h"
#include "models/classic/programs.h"
#include "models/classic/rw_clients.h"
#include "models/classic/structures/chase_lev.h"
#include "models/classic/structures/mpmc_queue.h"
#include "models/classic/structures/ms_queue.h"
#include "models/classic/structures/spsc_ring.h"
#include "models/classic/structures/treiber_stack.h"
#include "models/registry/model.h"
#include "properties/exclusion.h"
#include "properties/linearizable.h"

// Reader-writer locks and lock-free structures that every checker of this field is measured with, and what breaks them.

namespace doorway {
namespace {

struct Text {
  std::string name{};
  std::string summary{};
  std::string source{};
  int threads = 2;
  int rounds = 1;
  int most = 4;            // threads
  bool endless = false;    // rounds may be 0
  std::string violated{};  // the claim; empty: verified
  bool under_sc = true;    // also under SC
};

std::vector<Expectation> Expected(const Text& text) {
  const Verdict verdict = text.violated.empty() ? Verdict::kVerified : Verdict::kViolated;
  const Verdict under_sc = text.under_sc ? verdict : Verdict::kVerified;
  const std::string claim = text.under_sc ? text.violated : "";
  const std::string under_rc11 = text.violated == "linearizable" ? "hb_linearizable" : text.violated;
  return {{MemoryModel::kRc11, verdict, under_rc11},
          {MemoryModel::kSc, under_sc, claim},
          {MemoryModel::kSc, under_sc, claim, Engine::kState}};
}

template <class Program>
Model Of(const Text& text) {
  Model model;
  model.name = "classic/" + text.name;
  model.summary = text.summary;
  model.about = "Its clients, and what is asked of them, stand beside it.";
  model.source = text.source;
  model.parameters = {{"threads", text.threads, 1, text.most, "threads"},
                      {"rounds", text.rounds, text.endless ? 0 : 1, 4,
                       text.endless ? "times that each; 0: for ever" : "times that each"}};
  model.expectations = Expected(text);
  model.subject = [](const Configuration& configuration) -> std::unique_ptr<Subject> {
    const ProgramConfig config{configuration.at("threads"), configuration.at("rounds")};
    int threads = config.threads;
    if constexpr (requires { Program::kThreads; }) threads = Program::kThreads;
    return std::make_unique<ModelSubject<Program, ProgramConfig>>(config, threads);
  };
  model.claims = [](const Configuration& /*configuration*/) {
    std::vector<std::unique_ptr<Property>> claims;
    if constexpr (requires { Program::Specification(); }) {
      claims.push_back(std::make_unique<Linearizable<decltype(Program::Specification())>>(Program::Specification()));
    }
    return claims;
  };
  return model;
}

template <template <class> class Lock>
Model OfRwLock(Text text) {
  text.source = text.violated.empty() ? "locks/linux_rwlock.h" : "models/classic/rw_clients.h";
  text.endless = true;
  Model model = Of<RwClients<ModelSync, Lock>>(text);
  model.claims = [](const Configuration& /*configuration*/) {
    std::vector<std::unique_ptr<Property>> claims;
    claims.push_back(std::make_unique<Exclusion>(Exclusion::Excludes::kOtherGroups, kReadersAndWriters));
    return claims;
  };
  model.responses = [](const Configuration& /*configuration*/) -> std::vector<Response> {
    return {{"starvation_free", "who has crossed the doorway enters", notes::kDoorway, notes::kEnter}};
  };
  return model;
}

template <template <class> class Lock>
Model OfSeqLock(Text text) {
  text.source = text.violated.empty() ? "locks/cas_seqlock.h" : "models/classic/rw_clients.h";
  return Of<SeqClients<ModelSync, Lock>>(text);
}

const Registration rwlocks[] = {
    Registration(OfRwLock<LinuxRwLock>(
        {.name = "linux_rwlock", .summary = "a reader takes one, a writer takes all", .threads = 3})),
    Registration(OfRwLock<RelaxedReadUnlock>({.name = "linux_rwlock/relaxed_read_unlock",
                                              .summary = "a reader leaves without a release",
                                              .violated = "no_data_race"})),
    Registration(OfRwLock<RelaxedWriteUnlock>({.name = "linux_rwlock/relaxed_write_unlock",
                                               .summary = "a writer leaves without a release",
                                               .violated = "no_data_race"})),
    Registration(OfRwLock<BiasTooSmall>({.name = "linux_rwlock/takes_too_little",
                                         .summary = "a writer does not take all: a reader gets in",
                                         .violated = "exclusion"})),
    Registration(OfRwLock<KeepsWhatItTook>({.name = "linux_rwlock/keeps_what_it_took",
                                            .summary = "a writer that is refused does not put back what it took",
                                            .violated = "no_stuck_thread"})),
    Registration(OfSeqLock<CasSeqLock>({.name = "seqlock",
                                        .summary = "readers write nothing, and try again if a writer came",
                                        .threads = 3,
                                        .rounds = 1})),
    Registration(OfSeqLock<NoWriteFence>({.name = "seqlock/no_write_fence",
                                          .summary = "the writer's data may be seen before its number is odd",
                                          .violated = "no_failed_check",
                                          .under_sc = false})),
    Registration(OfSeqLock<NoReadFence>({.name = "seqlock/no_read_fence",
                                         .summary = "the reader's second look may come before its data",
                                         .violated = "no_failed_check",
                                         .under_sc = false})),
    Registration(OfSeqLock<RelaxedWriteEnd>({.name = "seqlock/relaxed_write_end",
                                             .summary = "the number is even before the data is seen",
                                             .violated = "no_failed_check",
                                             .under_sc = false})),
    Registration(OfSeqLock<ReadsBesideWriter>({.name = "seqlock/reads_beside_writer",
                                               .summary = "a reader does not ask whether a writer is in",
                                               .violated = "no_failed_check"})),
    Registration(OfSeqLock<OneBitSequence>({.name = "seqlock/too_narrow",
                                            .summary = "the number has come round when the reader looks again",
                                            .violated = "no_failed_check"})),
};

constexpr const char* kStack = "models/classic/structures/treiber_stack.h";
constexpr const char* kQueue = "models/classic/structures/ms_queue.h";
constexpr const char* kDeque = "models/classic/structures/chase_lev.h";
constexpr const char* kMpmc = "models/classic/structures/mpmc_queue.h";
constexpr const char* kRing = "models/classic/structures/spsc_ring.h";

template <StackDefect kDefect>
using StackOf = StackClients<ModelSync, kDefect>;
template <QueueDefect kDefect>
using QueueOf = QueueClients<ModelSync, kDefect>;
template <DequeDefect kDefect>
using DequeOf = DequeClients<ModelSync, kDefect>;
template <RingDefect kDefect>
using MpmcOf = MpmcClients<ModelSync, kDefect>;
template <SpscDefect kDefect>
using RingOf = SpscClients<ModelSync, kDefect>;

const Registration lists[] = {
    Registration(Of<StackOf<StackDefect::kNone>>(
        {.name = "treiber_stack", .summary = "a list and a pointer to its newest node", .source = kStack})),
    Registration(Of<StackOf<StackDefect::kRelaxedPush>>({.name = "treiber_stack/relaxed_push",
                                                         .summary = "a node can be found before what is in it",
                                                         .source = kStack,
                                                         .violated = "no_data_race"})),
    Registration(Of<StackOf<StackDefect::kRelaxedTop>>({.name = "treiber_stack/relaxed_top",
                                                        .summary = "who pops looks at the top without an acquire",
                                                        .source = kStack,
                                                        .violated = "no_data_race"})),
    Registration(Of<StackOf<StackDefect::kPopInTwoSteps>>({.name = "treiber_stack/pop_in_two_steps",
                                                           .summary = "who pops stores the top: two get the same node",
                                                           .source = kStack,
                                                           .violated = "linearizable"})),
    Registration(Of<QueueOf<QueueDefect::kNone>>(
        {.name = "ms_queue", .summary = "a list with a dummy, and a tail that may lag", .source = kQueue})),
    Registration(Of<QueueOf<QueueDefect::kRelaxedLink>>({.name = "ms_queue/relaxed_link",
                                                         .summary = "a node can be found before what is in it",
                                                         .source = kQueue,
                                                         .violated = "no_data_race"})),
    Registration(Of<QueueOf<QueueDefect::kRelaxedNext>>({.name = "ms_queue/relaxed_next",
                                                         .summary = "who dequeues follows the link without an acquire",
                                                         .source = kQueue,
                                                         .violated = "no_data_race"})),
    Registration(
        Of<QueueOf<QueueDefect::kDequeueInTwoSteps>>({.name = "ms_queue/dequeue_in_two_steps",
                                                      .summary = "who dequeues stores the head: two get the same node",
                                                      .source = kQueue,
                                                      .violated = "no_failed_check"})),
    Registration(Of<QueueOf<QueueDefect::kLinkInTwoSteps>>({.name = "ms_queue/link_in_two_steps",
                                                            .summary = "who enqueues stores the link: a node is lost",
                                                            .source = kQueue,
                                                            .violated = "linearizable"})),
};

const Registration rings[] = {
    Registration(
        Of<DequeOf<DequeDefect::kNone>>({.name = "chase_lev",
                                         .summary = "work stealing: an owner at the bottom, thieves at the top",
                                         .source = kDeque,
                                         .rounds = 2})),
    Registration(Of<DequeOf<DequeDefect::kNoPopFence>>({.name = "chase_lev/no_pop_fence",
                                                        .summary = "no fence in pop: an item is taken twice",
                                                        .source = kDeque,
                                                        .rounds = 2,
                                                        .violated = "no_failed_check",
                                                        .under_sc = false})),
    Registration(Of<DequeOf<DequeDefect::kNoStealFence>>({.name = "chase_lev/no_steal_fence",
                                                          .summary = "no fence in steal: an item is taken twice",
                                                          .source = kDeque,
                                                          .rounds = 2,
                                                          .violated = "no_failed_check",
                                                          .under_sc = false})),
    Registration(Of<DequeOf<DequeDefect::kRelaxedPush>>({.name = "chase_lev/relaxed_push",
                                                         .summary = "an item can be counted before it is there",
                                                         .source = kDeque,
                                                         .rounds = 2,
                                                         .violated = "no_failed_check",
                                                         .under_sc = false})),
    Registration(Of<DequeOf<DequeDefect::kRelaxedPop>>(
        {.name = "chase_lev/relaxed_pop",
         .summary = "the orders as published: a thief that reads what pop stores does not see what was pushed",
         .source = kDeque,
         .rounds = 2,
         .violated = "no_failed_check",
         .under_sc = false})),
    Registration(Of<DequeOf<DequeDefect::kTakeLastUncontested>>(
        {.name = "chase_lev/take_last_uncontested",
         .summary = "the owner takes the last item without asking the thieves",
         .source = kDeque,
         .rounds = 2,
         .violated = "no_failed_check"})),
    Registration(Of<MpmcOf<RingDefect::kNone>>({.name = "mpmc_queue",
                                                .summary = "a ring of cells with numbers that say whose turn it is",
                                                .source = kMpmc,
                                                .rounds = 2})),
    Registration(Of<MpmcOf<RingDefect::kRelaxedPublish>>({.name = "mpmc_queue/relaxed_publish",
                                                          .summary = "a cell's number is seen before the item",
                                                          .source = kMpmc,
                                                          .violated = "no_data_race"})),
    Registration(Of<MpmcOf<RingDefect::kRelaxedFree>>({.name = "mpmc_queue/relaxed_free",
                                                       .summary = "a cell is free before the item has been read",
                                                       .source = kMpmc,
                                                       .rounds = 2,
                                                       .violated = "no_data_race"})),
    Registration(Of<MpmcOf<RingDefect::kCountsFinished>>(
        {.name = "mpmc_queue/counts_finished",
         .summary = "producers are counted when they are done, in whatever order: a consumer reads a cell too early",
         .source = kMpmc,
         .violated = "no_data_race"})),
    Registration(Of<MpmcClients<ModelSync, RingDefect::kNone, MpmcPromise::kRefusesOnlyIfItMust>>(
        {.name = "mpmc_queue/refuses_only_if_it_must",
         .summary = "asked to be full, or empty, only if it is: a slow one makes it so to others, too",
         .source = kMpmc,
         .violated = "linearizable"})),
    Registration(Of<RingOf<SpscDefect::kNone>>({.name = "spsc_ring",
                                                .summary = "one producer, one consumer, loads and stores alone",
                                                .source = kRing,
                                                .rounds = 3,
                                                .most = 2,
                                                .endless = true})),
    Registration(Of<RingOf<SpscDefect::kRelaxedPut>>({.name = "spsc_ring/relaxed_put",
                                                      .summary = "an item is counted before it is there",
                                                      .source = kRing,
                                                      .rounds = 1,
                                                      .most = 2,
                                                      .endless = true,
                                                      .violated = "no_data_race"})),
    Registration(Of<RingOf<SpscDefect::kRelaxedTaken>>({.name = "spsc_ring/relaxed_taken",
                                                        .summary = "a slot is free before its item has been read",
                                                        .source = kRing,
                                                        .rounds = 3,
                                                        .most = 2,
                                                        .endless = true,
                                                        .violated = "no_data_race"})),
    Registration(Of<RingOf<SpscDefect::kOneTooMany>>({.name = "spsc_ring/one_too_many",
                                                      .summary = "one item more than there is room for",
                                                      .source = kRing,
                                                      .rounds = 3,
                                                      .most = 2,
                                                      .endless = true,
                                                      .violated = "linearizable"})),
};

}  // namespace
}  // namespace doorway
