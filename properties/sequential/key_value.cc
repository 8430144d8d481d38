#include "properties/sequential/key_value.h"

#include <absl/hash/hash.h>

#include <algorithm>

namespace doorway {
namespace {

using linearize::Datum;

bool Below(const KeyValue::Held& held, const Datum& key) { return held.key() < key; }

const KeyValue::Held* Find(const KeyValue::State& state, const Datum& key) {
  const auto place = std::lower_bound(state.begin(), state.end(), key, Below);
  return place != state.end() && place->key() == key ? &*place : nullptr;
}

KeyValue::State With(const KeyValue::State& state, KeyValue::Held held) {
  KeyValue::State next = state;
  const auto place = std::lower_bound(next.begin(), next.end(), held.key(), Below);
  if (place != next.end() && place->key() == held.key()) {
    *place = std::move(held);
  } else {
    next.insert(place, std::move(held));
  }
  return next;
}

}  // namespace

KeyValue::Held::Held(const Datum& key, const Datum& value)
    : key_(key), value_(value), hash_(absl::Hash<std::pair<Datum, Datum>>{}({key_, value_})) {}

KeyValue::Held::Held(const Datum& key, std::string text)
    : key_(key), value_(), text_(std::make_shared<const std::string>(std::move(text))), hash_(0) {
  value_ = Datum::Text(*text_);
  hash_ = absl::Hash<std::pair<Datum, Datum>>{}({key_, value_});
}

std::optional<KeyValue::State> KeyValue::Step(const State& state, const Operation& call) const {
  const Datum& key = call.arguments[0];
  const Held* held = Find(state, key);
  switch (call.function) {
    case kGet: {
      // No result is known, or it is what the key holds.
      if (call.has_result && !Holds(held, call.result)) return std::nullopt;
      return state;
    }
    case kPut:
      return With(state, Held(key, call.arguments[1]));
    case kAppend: {
      Datum before = held != nullptr ? held->value() : initial_.value_or(Datum());
      if (before.nil()) before = Datum::Text("");
      const Datum& added = call.arguments[1];
      if (before.kind() != Datum::Kind::kText || added.kind() != Datum::Kind::kText) return std::nullopt;
      std::string text;
      text.reserve(before.text().size() + added.text().size());
      text.append(before.text()).append(added.text());
      return With(state, Held(key, std::move(text)));
    }
    case kCas: {
      const bool equal = Holds(held, call.arguments[1]);
      if (!call.Fits(equal)) return std::nullopt;
      return equal ? With(state, Held(key, call.arguments[2])) : state;
    }
    default: {
      State next = state;
      if (held != nullptr) next.erase(next.begin() + (held - state.data()));
      return next;
    }
  }
}

std::optional<linearize::RegisterStep<Datum>> KeyValue::AsRegister(const Operation& call) const {
  if (call.function == kPut) return linearize::RegisterStep<Datum>{true, Normal(call.arguments[1])};
  if (call.function != kGet) return std::nullopt;
  if (!call.has_result) return linearize::RegisterStep<Datum>{false};
  return linearize::RegisterStep<Datum>{false, Normal(call.result)};
}

// Where nothing was written yet, both of these are read; where either was written, writes are not distinct.
Datum KeyValue::Normal(const Datum& value) const { return !initial_ && value == Datum::Text("") ? Datum() : value; }

bool KeyValue::Holds(const Held* held, const Datum& value) const {
  if (held != nullptr) return held->value() == value;
  if (initial_) return *initial_ == value;
  return value.nil() || value == Datum::Text("");
}

std::string KeyValue::Show(const State& state) const {
  std::string shown = "{";
  for (const Held& held : state) {
    shown += (shown.size() > 1 ? ", " : "") + linearize::Show(held.key()) + ": " + linearize::Show(held.value());
  }
  return shown + '}';
}

}  // namespace doorway
