#pragma once

#include <functional>
#include <optional>
#include <string>

#include "harness/explore/search_state.h"
#include "models/cli/run_model.h"

// The file of --checkpoint and --resume: how far a search of the graph engine has come, and of which run. Another run,
// or another build of this program, whose models may be others, cannot go on with it.

namespace doorway {

// JSON, with the schema's name.
std::string CheckpointText(const RunRequest& request, const SearchState& state);

// What `text`, from the file `path`, says of this run. Errors: UsageError, which says what the file is of instead.
SearchState ReadCheckpoint(const std::string& path, const std::string& text, const RunRequest& request);

// What the flags of a run make of its search.
class Checkpointing {
 public:
  // Reads the file to go on from, if any. Errors: UsageError; FileError, if a file cannot be read or written.
  explicit Checkpointing(const RunRequest& request);
  Checkpointing(const Checkpointing&) = delete;
  Checkpointing& operator=(const Checkpointing&) = delete;

  // For ExploreOptions. A file that can no longer be written does not end a search: that is said, once.
  const SearchState* resume() const { return resume_.has_value() ? &*resume_ : nullptr; }
  std::function<void(const SearchState&)> on_checkpoint();

 private:
  void Save(const SearchState& state);

  const RunRequest& request_;
  const std::string path_;  // empty: none is written
  std::optional<SearchState> resume_;
  bool failed_ = false;
};

}  // namespace doorway
