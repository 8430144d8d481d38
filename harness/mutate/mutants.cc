#include "harness/mutate/mutants.h"

#include <string_view>
#include <utility>

#include "harness/mutate/weaker.h"

namespace doorway {
namespace {

using Kind = Mutation::Kind;

std::string Change(Order from, Order to) { return std::string(Name(from)) + " -> " + Name(to); }

class Maker {
 public:
  explicit Maker(const SourceOperation& operation) : of_(operation) {}

  std::vector<Mutant> Make() && {
    WeakerOrders();
    LeftOut();
    if (of_.op == Op::kStore || of_.op == Op::kFence) Add({of_.where, Kind::kSwap}, "after the next operation");
    OffByOne();
    return std::move(mutants_);
  }

 private:
  void Add(const Mutation& mutation, std::string what) { mutants_.push_back({mutation, std::move(what)}); }

  void WeakerOrders() {
    for (const Order weaker : NextWeaker(of_.op, of_.order)) {
      if (of_.op == Op::kFence && weaker == Order::kRelaxed) continue;  // left out, that is
      Add({of_.where, Kind::kOrder, weaker}, Change(of_.order, weaker));
    }
    if (!of_.may_only_read) return;
    for (const Order weaker : NextWeaker(Op::kLoad, of_.failure_order)) {
      Add({of_.where, Kind::kFailureOrder, weaker}, "failure: " + Change(of_.failure_order, weaker));
    }
  }

  void LeftOut() {
    const std::string_view verb = of_.where.verb;
    if (of_.op == Op::kFence || of_.op == Op::kStore) Add({of_.where, Kind::kDrop}, "left out");
    if (of_.op == Op::kUpdate) Add({of_.where, Kind::kDrop}, "writes nothing");
    if (of_.op == Op::kLoad && verb == "await") Add({of_.where, Kind::kDrop}, "does not wait");
  }

  void OffByOne() {
    for (int i = 0; i < of_.operands; ++i) {
      const std::optional<Value>& constant = of_.constants[static_cast<std::size_t>(i)];
      if (!constant) continue;
      for (const int by : {1, -1}) {
        Mutation mutation{of_.where, Kind::kOperand};
        mutation.operand = i;
        mutation.by = by;
        const Value greater = Truncate(*constant + 1, of_.width);
        const std::string changed = by > 0           ? std::to_string(greater)
                                    : *constant == 0 ? "-1"
                                                     : std::to_string(*constant - 1);
        const std::string which = of_.operands > 1 ? (i == 0 ? "expected " : "desired ") : "";
        Add(mutation, which + std::to_string(*constant) + " -> " + changed);
      }
    }
  }

  const SourceOperation& of_;
  std::vector<Mutant> mutants_;
};

}  // namespace

std::vector<Mutant> MutantsOf(const std::vector<SourceOperation>& operations) {
  std::vector<Mutant> all;
  for (const SourceOperation& operation : operations) {
    if (operation.order == Order::kPlain) continue;
    for (Mutant& mutant : Maker(operation).Make()) all.push_back(std::move(mutant));
  }
  return all;
}

}  // namespace doorway
