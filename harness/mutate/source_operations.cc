#include "harness/mutate/source_operations.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace doorway {
namespace {

bool StartsWith(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

bool MayOnlyRead(const Label& label) {
  return label.op == Op::kUpdate && (StartsWith(label.verb, "compare_exchange") || StartsWith(label.verb, "try_"));
}

// Of the operations of the sync interface; function objects pack what they like into theirs.
int OperandsOf(const Label& label) {
  if (label.op == Op::kStore) return 1;
  if (label.op != Op::kUpdate) return 0;
  if (StartsWith(label.verb, "compare_exchange")) return 2;
  return StartsWith(label.verb, "fetch_") || StartsWith(label.verb, "exchange") ? 1 : 0;
}

auto Key(const SourceOperation& operation) {
  return std::tuple(std::string_view(operation.where.site.file), operation.where.site.line,
                    std::string_view(operation.where.verb));
}

}  // namespace

void SourceOperations::Add(const Label& label) {
  const bool of_harness = label.construct || label.destroy || label.exit || label.site.line == 0;
  if (of_harness || label.op == Op::kChoose || EndsThread(label.op)) return;
  const std::string_view verb = label.verb;
  if (verb == "spawn" || verb == "join") return;
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const auto& known) { return known.where.Has(label); });
  if (found == all_.end()) {
    SourceOperation operation;
    operation.where = {label.site, label.verb};
    operation.op = label.op;
    operation.order = label.order;
    operation.failure_order = label.failure_order;
    operation.may_only_read = MayOnlyRead(label);
    operation.width = label.width;
    operation.operands = OperandsOf(label);
    for (int i = 0; i < operation.operands; ++i) {
      operation.constants[static_cast<std::size_t>(i)] = label.operands[static_cast<std::size_t>(i)];
    }
    all_.push_back(operation);
    return;
  }
  found->order = std::max(found->order, label.order);
  found->failure_order = std::max(found->failure_order, label.failure_order);
  for (std::size_t i = 0; i < static_cast<std::size_t>(found->operands); ++i) {
    if (found->constants[i] != label.operands[i]) found->constants[i].reset();
  }
}

std::vector<SourceOperation> SourceOperations::All() const {
  std::vector<SourceOperation> sorted = all_;
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return Key(a) < Key(b); });
  return sorted;
}

std::string Show(const OperationSite& where) {
  return std::string(where.site.file) + ":" + std::to_string(where.site.line) + " " + where.verb;
}

}  // namespace doorway
