#include "harness/linearize/distinct_register.h"

#include <algorithm>

// The register holds a value v from its write until the next one: once, and without a gap. A write and the reads of its
// value are a *cluster*. Let f be the first response in it, and s the last invocation.
//
//   f < s: something of v was over before something else of v began, so the register holds v in all of [f, s], its
//          *forward zone*;
//   s < f: all of the cluster overlap in [s, f], its *backward zone*, and can take effect at any one moment of it.
//
// The history is linearizable iff no read responds before its write is invoked, or has none; no two forward zones meet;
// and no backward zone lies within a forward one. Only if: two values at once, or no moment for the cluster. If: take a
// forward cluster's write at f (it was invoked before, else a read would precede it) and its reads in the zone; take a
// backward one at a moment outside of all forward zones, which are apart.
//
//   write(1) |----|                     forward zone of 1: from the end of write(1) to the beginning of the last read
//                    read 1 |---|       write(2) lies within it: violated
//             write(2) |--|
//
// The initial value is one that was written before everything. A pending write counts if somebody has read its value;
// else it may be taken as one that never took effect. A pending read is of no consequence.
//
// The misfit: a history that is linearizable is so up to any moment; so its end is found by halving.

namespace doorway::linearize {
namespace {

constexpr std::uint64_t kBeforeAll = 0;  // times are taken one up

struct Cluster {
  std::uint64_t first_response = Interval::kPending, last_invocation = kBeforeAll;
  std::uint64_t write_invoked = Interval::kPending;  // kPending: never
  std::uint32_t write = 0;                           // the operation
  bool read = false, written = false, write_pending = false;
  bool initial = false;

  bool counts() const { return read || (written && !write_pending); }
  bool forward() const { return first_response < last_invocation; }
  // Where a backward one begins and ends.
  std::uint64_t begin() const { return last_invocation; }
  std::uint64_t end() const { return first_response; }
};

class Register {
 public:
  Register(std::span<const RegisterOperation> operations, std::uint32_t initial)
      : operations_(operations), initial_(initial) {
    std::uint32_t values = initial + 1;
    for (const RegisterOperation& operation : operations) values = std::max(values, operation.value + 1);
    clusters_.resize(values);
  }

  // Of the history with what happened up to before `end`.
  bool Linearizable(std::uint64_t end) {
    Gather(end);
    std::vector<const Cluster*> backward;
    forward_.clear();
    for (const Cluster& cluster : clusters_) {
      if (!cluster.counts()) continue;
      if (cluster.read && !cluster.written) return false;
      if (cluster.first_response < cluster.write_invoked) return false;  // a read's: the write's own is later
      (cluster.forward() ? forward_ : backward).push_back(&cluster);
    }
    std::sort(forward_.begin(), forward_.end(),
              [](const Cluster* a, const Cluster* b) { return a->first_response < b->first_response; });
    for (std::size_t i = 1; i < forward_.size(); ++i) {
      if (forward_[i]->first_response < forward_[i - 1]->last_invocation) return false;
    }
    moments_.clear();
    for (const Cluster* cluster : forward_) moments_.emplace_back(cluster->first_response, cluster);
    return std::all_of(backward.begin(), backward.end(), [this](const Cluster* cluster) { return Fit(*cluster); });
  }

  // After Linearizable: an order of what happened up to before `end`.
  std::vector<std::uint32_t> Sequence(std::uint64_t end) {
    std::stable_sort(moments_.begin(), moments_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::vector<std::uint32_t>> reads(clusters_.size());
    for (std::uint32_t i = 0; i < operations_.size(); ++i) {
      if (!operations_[i].write && Response(i, end) != Interval::kPending) reads[operations_[i].value].push_back(i);
    }
    std::vector<std::uint32_t> sequence;
    for (const auto& [moment, cluster] : moments_) {
      if (!cluster->initial) sequence.push_back(cluster->write);
      std::vector<std::uint32_t>& of_value = reads[static_cast<std::size_t>(cluster - clusters_.data())];
      std::sort(of_value.begin(), of_value.end(), [this](std::uint32_t a, std::uint32_t b) {
        return operations_[a].interval.invoke < operations_[b].interval.invoke;
      });
      sequence.insert(sequence.end(), of_value.begin(), of_value.end());
    }
    return sequence;
  }

 private:
  // Times one up, so that 0 is before all; what is not before `end` has not happened.
  std::uint64_t Response(std::uint32_t i, std::uint64_t end) const {
    const Interval& interval = operations_[i].interval;
    return interval.pending() || interval.response >= end ? Interval::kPending : interval.response + 1;
  }

  void Gather(std::uint64_t end) {
    std::fill(clusters_.begin(), clusters_.end(), Cluster());
    Cluster& first = clusters_[initial_];
    first.written = first.initial = true;
    first.write_pending = true;  // it counts if it is read
    first.first_response = first.write_invoked = kBeforeAll;
    for (std::uint32_t i = 0; i < operations_.size(); ++i) {
      const RegisterOperation& operation = operations_[i];
      if (operation.interval.invoke >= end) continue;
      const std::uint64_t response = Response(i, end);
      if (!operation.write && response == Interval::kPending) continue;
      Cluster& cluster = clusters_[operation.value];
      cluster.first_response = std::min(cluster.first_response, response);
      cluster.last_invocation = std::max(cluster.last_invocation, operation.interval.invoke + 1);
      if (operation.write) {
        cluster.write = i;
        cluster.written = true;
        cluster.write_pending = response == Interval::kPending;
        cluster.write_invoked = operation.interval.invoke + 1;
      } else {
        cluster.read = true;
      }
    }
  }

  // Finds the backward cluster a moment outside of all forward zones.
  bool Fit(const Cluster& cluster) {
    // The last forward zone that begins at or before this one.
    const auto after =
        std::upper_bound(forward_.begin(), forward_.end(), cluster.begin(),
                         [](std::uint64_t moment, const Cluster* zone) { return moment < zone->first_response; });
    std::uint64_t moment = cluster.begin();
    if (after != forward_.begin()) moment = std::max(moment, (*std::prev(after))->last_invocation);
    if (moment > cluster.end()) return false;
    moments_.emplace_back(moment, &cluster);
    return true;
  }

  std::span<const RegisterOperation> operations_;
  const std::uint32_t initial_;
  std::vector<Cluster> clusters_;  // by value
  std::vector<const Cluster*> forward_;
  std::vector<std::pair<std::uint64_t, const Cluster*>> moments_;  // when each cluster takes effect
};

}  // namespace

bool WritesAreDistinct(std::span<const RegisterOperation> operations, std::uint32_t initial) {
  std::vector<std::uint32_t> written{initial};
  for (const RegisterOperation& operation : operations) {
    if (operation.write) written.push_back(operation.value);
  }
  std::sort(written.begin(), written.end());
  return std::adjacent_find(written.begin(), written.end()) == written.end();
}

DistinctRegisterResult CheckDistinctRegister(std::span<const RegisterOperation> operations, std::uint32_t initial) {
  Register object(operations, initial);
  DistinctRegisterResult result;
  result.linearizable = object.Linearizable(Interval::kPending);
  std::uint64_t end = Interval::kPending;
  if (!result.linearizable) {
    std::vector<std::uint32_t> by_response;
    for (std::uint32_t i = 0; i < operations.size(); ++i) {
      if (!operations[i].interval.pending()) by_response.push_back(i);
    }
    std::sort(by_response.begin(), by_response.end(), [&](std::uint32_t a, std::uint32_t b) {
      return operations[a].interval.response < operations[b].interval.response;
    });
    const auto misfit = std::partition_point(by_response.begin(), by_response.end(), [&](std::uint32_t i) {
      return object.Linearizable(operations[i].interval.response + 1);
    });
    result.misfit = *misfit;
    end = operations[result.misfit].interval.response;
    object.Linearizable(end);
  }
  result.sequence = object.Sequence(end);
  return result;
}

}  // namespace doorway::linearize
