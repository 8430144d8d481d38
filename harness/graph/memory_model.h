#pragma once

#include <cstdint>

namespace doorway {

enum class MemoryModel : std::uint8_t { kSc, kTso, kRc11 };

constexpr const char* Name(MemoryModel memory) {
  switch (memory) {
    case MemoryModel::kSc:
      return "sc";
    case MemoryModel::kTso:
      return "tso";
    case MemoryModel::kRc11:
      return "rc11";
  }
  return "?";
}

}  // namespace doorway
