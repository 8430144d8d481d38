#include "harness/explore/state/state_table.h"

#include <emmintrin.h>

#include <bit>

namespace doorway {
namespace {

constexpr std::size_t kFewestBuckets = 256;
// States for which the memory is asked before the first of them is put into a larger index.
constexpr StateId kAhead = 16;

}  // namespace

StateTable::StateTable(int bytes)
    : bytes_(static_cast<std::size_t>(bytes)),
      words_((bytes_ + sizeof(Word) - 1) / sizeof(Word)),
      last_(~Word{0} >> 8 * (words_ * sizeof(Word) - bytes_)),
      buckets_(kFewestBuckets) {}

// The sixteen bytes from the tags on are compared at once (SSE2, which every x86-64 has); those behind the tags do not
// count.
std::uint32_t StateTable::Matches(const Bucket& bucket, std::uint8_t tag) {
  static_assert(sizeof(Bucket) == 64);
  const __m128i tags = _mm_load_si128(reinterpret_cast<const __m128i*>(&bucket));
  const __m128i equal = _mm_cmpeq_epi8(tags, _mm_set1_epi8(static_cast<char>(tag)));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(equal)) & ((1u << kPlaces) - 1);
}

void StateTable::PrefetchState(std::uint64_t hash) const {
  const Bucket& bucket = buckets_[BucketOf(hash)];
  const std::uint32_t matches = Matches(bucket, TagOf(hash));
  if (matches != 0) __builtin_prefetch(Row(bucket.ids[std::countr_zero(matches)]));
}

StateId StateTable::Look(const Word* state, std::uint64_t hash, std::size_t* bucket) const {
  const std::uint8_t tag = TagOf(hash);
  for (std::size_t b = BucketOf(hash);; b = b + 1 == buckets_.size() ? 0 : b + 1) {
    for (std::uint32_t matches = Matches(buckets_[b], tag); matches != 0; matches &= matches - 1) {
      const StateId id = buckets_[b].ids[std::countr_zero(matches)];
      if (Same(id, state)) return id;
    }
    if (buckets_[b].tags[kPlaces - 1] == 0) {
      *bucket = b;
      return kNoState;
    }
  }
}

StateId StateTable::Find(const Word* state, std::uint64_t hash) const {
  std::size_t bucket;
  return Look(state, hash, &bucket);
}

void StateTable::Put(std::size_t bucket, std::uint64_t hash, StateId id) {
  const int place = std::countr_zero(Matches(buckets_[bucket], 0));
  buckets_[bucket].tags[place] = TagOf(hash);
  buckets_[bucket].ids[place] = id;
}

StateTable::Inserted StateTable::Insert(const Word* state, std::uint64_t hash, StateId parent) {
  std::size_t bucket;
  const StateId known = Look(state, hash, &bucket);
  if (known != kNoState) return {known, false};
  if (size_ == kNoState) return {kNoState, false};
  const StateId id = size_;
  Put(bucket, hash, id);
  Append(state, parent);
  if (IsTooFull()) Index();
  return {id, true};
}

void StateTable::Append(const Word* state, StateId parent) {
  const StateId id = size_++;
  if ((id & (kBlock - 1)) == 0) {
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(kBlock * (sizeof(StateId) + bytes_) + sizeof(Word)));
  }
  std::byte* const row = const_cast<std::byte*>(Row(id));
  std::memcpy(row, &parent, sizeof parent);
  std::memcpy(row + sizeof parent, state, bytes_);
}

// Grows by half, so that what is wasted at most is a third of the index.
void StateTable::Index() {
  std::size_t buckets = buckets_.size();
  while (std::uint64_t{size_} * 8 > buckets * std::uint64_t{kPlaces} * 7) buckets += buckets / 2;
  buckets_ = std::vector<Bucket>(buckets);
  std::vector<Word> state(words_);
  std::uint64_t hashes[kAhead] = {};
  for (std::uint64_t id = 0; id < std::uint64_t{size_} + kAhead; ++id) {
    std::uint64_t& hash = hashes[id % kAhead];
    if (id >= kAhead) {
      std::size_t bucket = BucketOf(hash);
      while (buckets_[bucket].tags[kPlaces - 1] != 0) bucket = bucket + 1 == buckets_.size() ? 0 : bucket + 1;
      Put(bucket, hash, static_cast<StateId>(id - kAhead));
    }
    if (id >= size_) continue;
    Read(static_cast<StateId>(id), state.data());
    hash = Hash(state.data());
    Prefetch(hash);
  }
}

std::uint64_t StateTable::bytes() const {
  return blocks_.size() * std::uint64_t{kBlock} * (sizeof(StateId) + bytes_) + buckets_.size() * sizeof(Bucket);
}

}  // namespace doorway
