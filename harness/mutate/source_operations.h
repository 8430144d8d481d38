#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "harness/behaviour/mutation.h"
#include "harness/graph/label.h"

// What a model's source does, by line: the operations that its threads have come to, gathered from their labels.

namespace doorway {

// All that a line does by one name.
struct SourceOperation {
  OperationSite where;
  Op op = Op::kLoad;
  Order order = Order::kPlain;          // the strongest, if callers choose
  Order failure_order = Order::kPlain;  // likewise
  bool may_only_read = false;           // a compare-exchange or try_update: it has a failure order
  std::uint8_t width = 0;
  int operands = 0;                               // how many say something
  std::array<std::optional<Value>, 4> constants;  // those that are always the same
};

class SourceOperations {
 public:
  void Add(const Label& label);
  // By file, line and name.
  std::vector<SourceOperation> All() const;

 private:
  std::vector<SourceOperation> all_;
};

// "locks/ticket_lock.h:40 fetch_add".
std::string Show(const OperationSite& where);

}  // namespace doorway
