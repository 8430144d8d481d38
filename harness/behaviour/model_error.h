#pragma once

#include <stdexcept>

namespace doorway {

// The model broke a rule of the harness (shared state outside Sync, a crash, an uninitialised read, ...). what() is one
// line: where, the cause, the fix. Only raised when an execution that really exists gets there.
class ModelError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace doorway
