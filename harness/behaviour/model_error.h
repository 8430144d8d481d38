#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace doorway {

// The model broke a rule of the harness (shared state outside Sync, a crash, an uninitialised read, ...). what() is one
// line: where, the cause, the fix. Only raised when an execution that really exists gets there.
class ModelError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A check failed in before(). `code`: of runtime::Fail.
class BeforeFailed : public ModelError {
 public:
  BeforeFailed(const std::string& what, std::uint64_t code) : ModelError(what), code_(code) {}
  std::uint64_t code() const { return code_; }

 private:
  std::uint64_t code_;
};

}  // namespace doorway
