#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <utility>

// What is checked, as the engine sees it: code of a few threads over shared objects, in the shape of
// a Relacy test suite. Construct() makes the shared objects in the given memory and runs before(): values written there
// are the initial ones. Thread(i) is the code of thread i; After(), if there is one, runs when all others have
// finished.
//
// The engine runs each of them alone, many times, and expects the same operations for the same values read.

namespace doorway {

class Subject {
 public:
  virtual ~Subject() = default;
  virtual int threads() const = 0;
  virtual bool has_after() const { return false; }
  virtual bool is_daemon(int /*thread*/) const { return false; }
  virtual int spawns() const { return 0; }  // how many threads each thread may spawn

  // Threads also write plain data that they share, on which no operation depends: what they leave there is looked at in
  // executions that really run (rerun.h). Each thread's runs alone then have all memory to themselves, and a loop that
  // gets nowhere is found without being told of it.
  virtual bool has_plain_state() const { return false; }

  // With plain state: a spawned thread's runs alone find what the thread that spawned it had then, instead of what
  // before() left.
  virtual bool spawned_inherit() const { return false; }

  // How many operations a thread may do, with plain state: then it is cut short, which is a bound hit.
  virtual int max_operations() const { return 10'000; }

  virtual std::size_t size() const = 0;      // bytes of the shared objects
  virtual void Construct(void* memory) = 0;  // called once, before any other
  virtual void Thread(int thread) = 0;
  virtual void After() {}
  // The thread's code is about to be run from its beginning once more; where it stood before is forgotten.
  virtual void RunsAnew(int /*thread*/) {}

  // Whether a crash, an overflow of the stack and the like are what is wrong with what is checked, as a failed check
  // is; else they are errors, and there is no verdict.
  virtual bool faults_are_failures() const { return false; }

  // So many bytes are kept free before each block of memory that a thread allocates; told of each, and before one is
  // given back, on the thread's stack.
  virtual std::size_t block_header() const { return 0; }
  virtual void Allocated(void* /*block*/, std::size_t /*size*/) {}
  virtual void WillFree(void* /*block*/) {}
};

// A Subject from a model class: constructed from `config`, with thread(int), and optionally before(), after(),
// daemon(int), and, if its threads spawn others, `static constexpr int kSpawns`, the most that one of them does.
template <class Model, class Config>
class ModelSubject final : public Subject {
 public:
  ModelSubject(Config config, int threads) : config_(std::move(config)), threads_(threads) {}

  int threads() const override { return threads_; }
  bool has_after() const override {
    return requires(Model & m) { m.after(); };
  }
  bool is_daemon(int thread) const override {
    if constexpr (requires(Model & m) { m.daemon(thread); }) return model_ != nullptr && model_->daemon(thread);
    return false;
  }

  int spawns() const override {
    if constexpr (requires { Model::kSpawns; }) return Model::kSpawns;
    return 0;
  }

  std::size_t size() const override { return sizeof(Model); }
  void Construct(void* memory) override {
    model_ = new (memory) Model(config_);
    if constexpr (requires(Model & m) { m.before(); }) model_->before();
  }
  void Thread(int thread) override { model_->thread(thread); }
  void After() override {
    if constexpr (requires(Model & m) { m.after(); }) model_->after();
  }

 private:
  Config config_;
  int threads_;
  Model* model_ = nullptr;
};

}  // namespace doorway
