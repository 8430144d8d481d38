#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "harness/graph/label.h"
#include "harness/graph/order.h"
#include "harness/graph/site.h"

// Changes to a model's code, made where its operations are handed to the engine: nothing is compiled again. For
// mutation testing, and to try weaker memory orders.
//
// A change is of all operations that a line of the source does by one name; before(), after() and what the harness does
// by itself (starts and ends of threads, lives of objects) stay as they are.

namespace doorway {

// Operations as the source has them. Names and files are those of labels: they live as long as the program.
struct OperationSite {
  Site site;
  const char* verb = "";

  bool Has(const Label& label) const {
    return label.site == site && (label.verb == verb || __builtin_strcmp(label.verb, verb) == 0);
  }
};

struct Mutation {
  enum class Kind : std::uint8_t {
    kOrder,         // has memory order `order`
    kFailureOrder,  // ... where it only reads, as a failed compare-exchange does
    kDrop,          // a store or fence is not done; an update writes nothing, an await does not wait: each only reads
    kSwap,          // a store or fence is done after the thread's next operation, if nothing is in between
    kOperand,       // its operand number `operand` is greater by `by`
  };
  OperationSite where;
  Kind kind = Kind::kOrder;
  Order order = Order::kSeqCst;
  int operand = 0;
  int by = 0;
};

class Mutations {
 public:
  Mutations() = default;
  explicit Mutations(std::vector<Mutation> all) : all_(std::move(all)) {}
  bool empty() const { return all_.empty(); }

  enum class Fate : std::uint8_t { kIsDone, kIsDropped, kIsDelayed };
  // What becomes of the operation; changes it, if it is done.
  Fate Apply(Label* label) const;

 private:
  std::vector<Mutation> all_;
};

}  // namespace doorway
