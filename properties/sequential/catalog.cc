#include "properties/sequential/catalog.h"

#include <limits>

#include "properties/sequential/counter.h"
#include "properties/sequential/key_value.h"
#include "properties/sequential/mutex.h"
#include "properties/sequential/range_map.h"
#include "properties/sequential/ref_count.h"
#include "properties/sequential/register.h"
#include "properties/sequential/rw_lock.h"
#include "properties/sequential/semaphore.h"
#include "properties/sequential/sequence.h"
#include "properties/sequential/two_group_semaphore.h"
#include "properties/sequential/value_set.h"

namespace doorway {
namespace {

using linearize::Datum;
using linearize::History;
using linearize::Limits;
using linearize::Result;
using Parameters = SpecificationParameters;
using Initial = SpecificationEntry::Initial;

std::int64_t NumberOr(const std::optional<Datum>& initial, std::int64_t otherwise) {
  return initial ? initial->number() : otherwise;
}

// Make is a function from Parameters to the specification.
template <auto Make>
Result CheckAs(const History& history, const Parameters& parameters, const Limits& limits, linearize::How how) {
  return linearize::Check(Make(parameters), std::span(history.calls), history.intervals, limits, how);
}

template <auto Make>
constexpr SpecificationEntry Entry(std::string_view summary, Initial initial = Initial::kNone, bool limit = false,
                                   std::int64_t least_initial = 0) {
  using S = decltype(Make(Parameters()));
  return {{S::kName, S::kFunctions, S::kAsksCaller, requires {S::kKeyed;
}
}  // namespace
, summary, initial, least_initial, limit, &CheckAs<Make>
};  // namespace doorway
}

constexpr bool kLimit = true;

const SpecificationEntry kSpecifications[] = {
    Entry<[](const Parameters& p) { return Register(p.initial.value_or(Datum())); }>("holds what was written last",
                                                                                     Initial::kAny),
    Entry<[](const Parameters& p) { return CasRegister(p.initial.value_or(Datum())); }>(
        "a register with compare-and-set", Initial::kAny),
    Entry<[](const Parameters& p) { return Counter(NumberOr(p.initial, 0)); }>(
        "counts up and down", Initial::kNumber, !kLimit, std::numeric_limits<std::int64_t>::min()),
    Entry<[](const Parameters&) { return Mutex(); }>("mutual exclusion, with an owner"),
    Entry<[](const Parameters&) { return TryLock(); }>("a mutex that may be tried"),
    Entry<[](const Parameters&) { return RwLock(); }>("many readers or one writer; upgrade and downgrade"),
    Entry<[](const Parameters& p) { return Semaphore(NumberOr(p.initial, 1)); }>(
        "something of which --initial (default 1) can be taken", Initial::kNumber),
    Entry<[](const Parameters& p) { return TwoGroupSemaphore(p.limit.value_or(0)); }>(
        "any number of one group, never two groups; --limit at once", Initial::kNone, kLimit),
    Entry<[](const Parameters& p) { return RefCount(NumberOr(p.initial, 1), p.limit.value_or(0)); }>(
        "references to an object, from --initial (default 1) up to --limit; zero is for ever", Initial::kNumber,
        kLimit),
    Entry<[](const Parameters& p) { return Queue(static_cast<std::size_t>(p.limit.value_or(0))); }>(
        "first in, first out; of --limit values", Initial::kNone, kLimit),
    Entry<[](const Parameters& p) { return Stack(static_cast<std::size_t>(p.limit.value_or(0))); }>(
        "last in, first out; of --limit values", Initial::kNone, kLimit),
    Entry<[](const Parameters& p) { return Deque(static_cast<std::size_t>(p.limit.value_or(0))); }>(
        "a sequence with two ends; of --limit values", Initial::kNone, kLimit),
    Entry<[](const Parameters&) { return ValueSet(); }>("values, each in it or not"),
    Entry<[](const Parameters&) { return RangeMap(); }>("ranges of addresses, as of VMAs"),
    Entry<[](const Parameters& p) { return KeyValue(p.initial); }>(
        "a value for each key, which holds --initial in the beginning", Initial::kAny),
};

}  // namespace

std::span<const SpecificationEntry> Specifications() { return kSpecifications; }

}  // namespace doorway
