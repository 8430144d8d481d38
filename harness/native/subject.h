#pragma once

#include <utility>

#include "harness/behaviour/subject.h"

namespace doorway {

// A Subject whose objects are made anew for each run, and so are destroyed after it.
class NativeSubject : public Subject {
 public:
  virtual void Destroy() = 0;  // what Construct made
};

// Of a model class over StressSync (harness/behaviour/subject.h says what it looks like).
template <class Model, class Config>
class NativeModel final : public NativeSubject {
 public:
  NativeModel(Config config, int threads) : subject_(std::move(config), threads) {}

  int threads() const override { return subject_.threads(); }
  bool has_after() const override { return subject_.has_after(); }
  bool is_daemon(int thread) const override { return subject_.is_daemon(thread); }
  int spawns() const override { return subject_.spawns(); }
  std::size_t size() const override { return sizeof(Model); }
  void Construct(void* memory) override {
    model_ = static_cast<Model*>(memory);
    subject_.Construct(memory);
  }
  void Thread(int thread) override { subject_.Thread(thread); }
  void After() override { subject_.After(); }
  void Destroy() override { model_->~Model(); }

 private:
  ModelSubject<Model, Config> subject_;
  Model* model_ = nullptr;
};

}  // namespace doorway
