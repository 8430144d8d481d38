#include "models/cli/checkpoint.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <cstdio>
#include <exception>
#include <map>
#include <nlohmann/json.hpp>

#include "models/cli/paths.h"
#include "models/cli/selection.h"
#include "models/registry/engine.h"
#include "reports/files.h"

namespace doorway {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kCheckpointSchema = "doorway.checkpoint/1";

// Of this program's file, whose models another build may have changed.
std::string ThisBuild() {
  static const std::string build = [] {
    const std::string program = ReadFile("/proc/self/exe");
    const XXH128_hash_t hash = XXH3_128bits(program.data(), program.size());
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
  }();
  return build;
}

// What makes the search what it is: the flags that are not as they are by default, and the parameters.
using Flags = std::map<std::string, std::string>;

Flags IdentityOf(const RunRequest& request) {
  const Limits& limits = request.limits;
  Flags flags = {{"--memory", Name(request.memory)}, {"--forever-rounds", std::to_string(limits.forever_rounds)}};
  for (const auto& [name, value] : request.configuration.values()) flags["--" + name] = std::to_string(value);
  if (limits.expand_updates) flags["--expand-updates"] = "on";
  if (limits.symmetry.value_or(false)) flags["--symmetry"] = "on";
  if (limits.shards > 0) flags["--shard"] = fmt::format("{}/{}", limits.shard, limits.shards);
  if (!request.stop_at.empty()) flags["--stop-at"] = request.stop_at;
  if (!request.claims.empty()) flags["--claim"] = fmt::format("{}", fmt::join(request.claims, ","));
  return flags;
}

// "with --reds=2", "without --shard".
std::string InWords(const Flags& flags, const std::string& flag) {
  const auto found = flags.find(flag);
  return found == flags.end() ? "without " + flag : fmt::format("with {}={}", flag, found->second);
}

// Errors: UsageError, if they differ.
void CompareFlags(const std::string& path, const Flags& of, const Flags& here) {
  Flags all = of;
  all.insert(here.begin(), here.end());
  for (const auto& [flag, value] : all) {
    const std::string before = InWords(of, flag), now = InWords(here, flag);
    if (before == now) continue;
    throw UsageError(fmt::format("--resume={}: it is of a run {}, and this one is {}; give the flags of that run", path,
                                 before, now));
  }
}

}  // namespace

std::string CheckpointText(const RunRequest& request, const SearchState& state) {
  const Json json = {{"schema", kCheckpointSchema},
                     {"build", ThisBuild()},
                     {"model", request.model->name},
                     {"flags", IdentityOf(request)},
                     {"search", Json::parse(WriteSearchState(state))}};
  return json.dump() + "\n";
}

SearchState ReadCheckpoint(const std::string& path, const std::string& text, const RunRequest& request) {
  const std::string unreadable = fmt::format(
      "--resume={}: it is no checkpoint, or a broken one; it takes a file that --checkpoint has written", path);
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || json.value("schema", Json()) != kCheckpointSchema) throw UsageError(unreadable);
  try {
    if (json.at("build") != ThisBuild()) {
      throw UsageError(
          fmt::format("--resume={}: another build of doorway has written it, whose models may be others; resume it "
                      "with that build, or start again without --resume",
                      path));
    }
    if (const std::string model = json.at("model"); model != request.model->name) {
      throw UsageError(
          fmt::format("--resume={}: it is of {}, and this run is of {}", path, model, request.model->name));
    }
    CompareFlags(path, json.at("flags").get<Flags>(), IdentityOf(request));
    return ReadSearchState(json.at("search").dump());
  } catch (const UsageError&) {
    throw;
  } catch (const std::exception&) {  // Json's, or of what is in it
    throw UsageError(unreadable);
  }
}

Checkpointing::Checkpointing(const RunRequest& request)
    : request_(request), path_(request.limits.checkpoint.empty() ? "" : FromUser(request.limits.checkpoint)) {
  const std::string& resume = request.limits.resume;
  if (!resume.empty()) resume_ = ReadCheckpoint(resume, ReadFile(FromUser(resume)), request);
  if (!path_.empty()) CheckWritable(path_);
}

std::function<void(const SearchState&)> Checkpointing::on_checkpoint() {
  if (path_.empty()) return {};
  return [this](const SearchState& state) { Save(state); };
}

void Checkpointing::Save(const SearchState& state) {
  try {
    WriteFile(path_, CheckpointText(request_, state));
  } catch (const FileError& error) {
    if (!failed_) fmt::print(stderr, "doorway: --checkpoint: {}; the search goes on\n", error.what());
    failed_ = true;
  }
}

}  // namespace doorway
