#include "properties/sequential/rw_lock.h"

#include <algorithm>

namespace doorway {
namespace {

using Readers = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Readers::const_iterator Find(const Readers& readers, std::uint32_t who) {
  return std::lower_bound(readers.begin(), readers.end(), std::pair<std::uint32_t, std::uint32_t>{who, 0});
}

void AddReader(Readers& readers, std::uint32_t who) {
  const auto place = readers.begin() + (Find(readers, who) - readers.cbegin());
  if (place != readers.end() && place->first == who) {
    ++place->second;
  } else {
    readers.insert(place, {who, 1});
  }
}

// False if it does not read.
bool RemoveReader(Readers& readers, std::uint32_t who) {
  const auto place = readers.begin() + (Find(readers, who) - readers.cbegin());
  if (place == readers.end() || place->first != who) return false;
  if (--place->second == 0) readers.erase(place);
  return true;
}

}  // namespace

std::optional<RwLock::State> RwLock::Step(const State& state, const Operation& call) const {
  const std::uint32_t who = call.caller;
  const bool free = state.writer == 0 && state.readers.empty();
  State next = state;
  switch (call.function) {
    case kTryReadLock:
      if (!call.Fits(state.writer == 0)) return std::nullopt;
      if (state.writer == 0) AddReader(next.readers, who);
      return next;
    case kReadLock:
      if (state.writer != 0) return std::nullopt;
      AddReader(next.readers, who);
      return next;
    case kReadUnlock:
      if (!RemoveReader(next.readers, who)) return std::nullopt;
      return next;
    case kTryWriteLock:
      if (!call.Fits(free)) return std::nullopt;
      if (free) next.writer = who;
      return next;
    case kWriteLock:
      if (!free) return std::nullopt;
      next.writer = who;
      return next;
    case kWriteUnlock:
    case kDowngrade:
      if (state.writer != who) return std::nullopt;
      next.writer = 0;
      if (call.function == kDowngrade) AddReader(next.readers, who);
      return next;
    default: {  // upgrades
      const auto reader = Find(state.readers, who);
      if (reader == state.readers.end() || *reader != std::pair(who, std::uint32_t{1})) return std::nullopt;
      const bool alone = state.readers.size() == 1;
      if (call.function == kUpgrade ? !alone : !call.Fits(alone)) return std::nullopt;
      if (alone) next = State{who, {}};
      return next;
    }
  }
}

std::string RwLock::Show(const State& state) const {
  if (state.writer != 0) return "written by #" + std::to_string(state.writer);
  if (state.readers.empty()) return "free";
  std::string shown = "read by";
  for (const auto& [who, times] : state.readers) {
    shown += " #" + std::to_string(who);
    if (times > 1) shown += " x " + std::to_string(times);
  }
  return shown;
}

}  // namespace doorway
