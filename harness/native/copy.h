#pragma once

#include <atomic>
#include <barrier>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include "harness/graph/monitor.h"
#include "harness/graph/property.h"
#include "harness/native/judge.h"
#include "harness/native/lane.h"
#include "harness/native/native_run.h"
#include "harness/native/shared.h"
#include "harness/native/subject.h"

// The process that runs a model again and again: its threads, which meet between two runs, and a watchdog.

namespace doorway::native {

// The places of those claims in a Shared that every model makes, after its own.
struct ClaimPlaces {
  explicit ClaimPlaces(std::size_t properties) : own(static_cast<int>(properties)) {}
  int own;
  int failed_check() const { return own; }
  int use_after_free() const { return own + 1; }
  int stuck() const { return own + 2; }
  int crash() const { return own + 3; }
  int race() const { return own + 4; }
  int count() const { return own + 5; }
};

class Copy {
 public:
  // `number`: which of the copies.
  Copy(NativeSubject& subject, const std::vector<Property*>& properties, const NativeOptions& options, int number,
       Shared& shared);

  // Runs the model until its time is over or something is found. Returns when all threads have ended; false if some
  // would not.
  bool Run();

 private:
  struct Watched {  // by the watchdog
    std::uint64_t runs = 0;
    std::uint64_t steps = 0;
    std::vector<std::uint64_t> polls;
    std::chrono::steady_clock::time_point since;  // steps have not changed
    std::chrono::steady_clock::time_point began;  // this run
  };
  struct Judged {  // a claim of the model
    int place = 0;
    std::string_view claim;
    bool exists = false;
    std::vector<std::unique_ptr<Monitor>> monitors;
    std::vector<std::unique_ptr<Monitor>> antecedents;  // by monitor; null: it knows by itself
  };

  void Prepare();
  void Turn();
  void TellTrouble(Stage::Trouble trouble);
  void Judge();
  void JudgeClaim(const Judged& judged);
  void Found(int place, std::string_view claim, bool violation);
  bool Over() const;
  void Work(int thread);
  void Meet(int thread);
  void PinThreads(int thread);
  void Watch(Watched* watched);
  std::uint64_t Steps() const;

  NativeSubject& subject_;
  const NativeOptions& options_;
  const int number_;
  Shared& shared_;
  const ClaimPlaces places_;
  const int threads_;
  Stage stage_;
  std::unique_ptr<void, void (*)(void*)> memory_;
  std::optional<Lane> setup_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::vector<Judged> judged_;
  HeardRun heard_;
  Random random_;
  std::chrono::steady_clock::time_point deadline_;
  bool stop_ = false;              // something was found
  std::atomic<bool> over_{false};  // there is no next run
  std::atomic<int> ready_{0};      // threads that are about to begin, over all runs
  struct Completion {
    Copy* copy;
    void operator()() noexcept { copy->Turn(); }
  };
  std::optional<std::barrier<Completion>> between_;
};

}  // namespace doorway::native
