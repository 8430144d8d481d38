#pragma once

#include <memory>

#include "models/lock/lock_model.h"
#include "models/lock/seq_clients.h"
#include "properties/outcomes.h"

// How a sequence count is registered with the clients of seq_clients.h.

namespace doorway::lock {

inline std::unique_ptr<Property> ReadsConsistent() {
  return std::make_unique<Outcomes>("reads_consistent", "a reader that gets through has read one state of the data",
                                    kReads, "has read half of a write");
}

template <class AnyClients>
Model SeqModel(LockText text) {
  text.sections = Sections::kNone;
  text.has_width = true;
  text.claims = {ReadsConsistent};
  text.responses = {{"reader_gets_through", "a reader that has begun gets through", notes::kDoorway, notes::kEnter}};
  return LockModelOf<AnyClients>(text);
}

}  // namespace doorway::lock
