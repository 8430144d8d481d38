#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

#include "harness/relacy/monitor.h"
#include "harness/relacy/result.h"

// Runs a model under upstream Relacy: an engine that shares nothing with the explorers.
//
//   RelacyResult result = RunRelacy<StrictFairModel<RelacySync>>(config, threads);
//
// A model has the shape of harness/behaviour/subject.h (constructor from its configuration, thread(int), and
// optionally before(), after(), daemon(int), kSpawns), over RelacySync.
//
// What an answer is worth:
// - An error found is an execution that the memory model of C++ allows, but for the interplay of seq_cst fences with
//   seq_cst accesses of other threads, where Relacy knows less order than C++20 has.
// - "No error" is less than the explorers' "verified", even of a full search: a load sees the newest write or the one
//   before it (in a random search, or the one before that), the modification order is the order of execution, a
//   failing compare-exchange reads the newest write, and a weak one fails spuriously once per object.
// - Every operation on an Atomic is a point of preemption, and nothing is reduced: a full search of three threads
//   often does not end. The result says what was searched.
// - It judges what a monitor can tell from one execution, data races, stuck threads, failed checks and uses after free:
//   no exists claims, no counts.
//
// Relacy holds one simulation in a global variable: one run at a time in a process.

namespace doorway {

namespace relacy_internal {

// A model as the runner sees it.
class RelacyModel {
 public:
  virtual ~RelacyModel() = default;
  virtual std::size_t size() const = 0;  // bytes, aligned as max_align_t
  virtual void Construct(void* memory) = 0;
  virtual void Destroy() = 0;
  virtual void Before() = 0;
  virtual void Thread(int thread) = 0;
  virtual void After() = 0;
  virtual bool has_after() const = 0;
  virtual bool IsDaemon(int thread) const = 0;
  virtual int spawns() const = 0;  // how many threads each thread may spawn
  virtual const char* OnNote(const RelacyNote& note) = 0;
};

template <class Model, class Config, class Monitor>
class RelacyModelOf final : public RelacyModel {
 public:
  explicit RelacyModelOf(const Config& config) : config_(config) {}

  std::size_t size() const override { return sizeof(Model); }
  void Construct(void* memory) override {
    static_assert(alignof(Model) <= alignof(std::max_align_t));
    model_ = ::new (memory) Model(config_);
    monitor_ = MakeMonitor(config_);
  }
  void Destroy() override { model_->~Model(); }
  void Before() override {
    if constexpr (requires(Model & m) { m.before(); }) model_->before();
  }
  void Thread(int thread) override { model_->thread(thread); }
  void After() override {
    if constexpr (requires(Model & m) { m.after(); }) model_->after();
  }
  bool has_after() const override {
    return requires(Model & m) { m.after(); };
  }
  bool IsDaemon(int thread) const override {
    if constexpr (requires(Model & m) { m.daemon(thread); }) return model_->daemon(thread);
    return false;
  }
  int spawns() const override {
    if constexpr (requires { Model::kSpawns; }) return Model::kSpawns;
    return 0;
  }
  const char* OnNote(const RelacyNote& note) override { return monitor_.OnNote(note); }

 private:
  static Monitor MakeMonitor(const Config& config) {
    if constexpr (std::is_constructible_v<Monitor, const Config&>) return Monitor(config);
    return Monitor();
  }

  Config config_;
  Monitor monitor_ = MakeMonitor(config_);
  Model* model_ = nullptr;
};

RelacyResult RunModel(RelacyModel& model, int threads, const RelacyOptions& options);

}  // namespace relacy_internal

// Full search; if its limits cut it off, context-bound searches, then a random search. Ends at the first error.
// `threads`, those to be spawned included, other than 1 to 4 are refused: Relacy's thread counts are template
// parameters.
template <class Model, class Monitor = ExclusionMonitor, class Config>
RelacyResult RunRelacy(const Config& config, int threads, const RelacyOptions& options = {}) {
  relacy_internal::RelacyModelOf<Model, Config, Monitor> model(config);
  return relacy_internal::RunModel(model, threads, options);
}

}  // namespace doorway
