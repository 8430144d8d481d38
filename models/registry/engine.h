#pragma once

#include <cstdint>

#include "harness/explore/explore_states.h"

// What can judge a model.

namespace doorway {

enum class Engine : std::uint8_t {
  kGraph,   // every execution, under weak memory models too; endless loops for some rounds
  kState,   // every state, and infinite runs
  kRelacy,  // upstream Relacy, a weaker second opinion
  kNative,  // real threads: finds, and proves nothing
};

constexpr const char* Name(Engine engine) {
  switch (engine) {
    case Engine::kGraph:
      return "graph";
    case Engine::kState:
      return "state";
    case Engine::kRelacy:
      return "relacy";
    case Engine::kNative:
      return "native";
  }
  return "?";
}

constexpr const char* Name(Fairness fairness) { return fairness == Fairness::kStrong ? "strong" : "weak"; }

}  // namespace doorway
