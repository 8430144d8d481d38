#include "models/cli/how_to_check.h"

#include <fmt/format.h>

#include "models/cli/paths.h"

namespace doorway {

std::string HowToCheck(const RunRequest& request, const std::string& program) {
  std::string command = fmt::format("{} check {}", HowToCall(program), request.model->name);
  if (request.engine != Engine::kGraph) command += fmt::format(" --engine={}", Name(request.engine));
  if (request.engine == Engine::kGraph || request.engine == Engine::kState) {
    command += fmt::format(" --memory={}", Name(request.memory));
  }
  if (request.fairness == Fairness::kStrong) command += " --fairness=strong";
  if (request.limits.expand_updates) command += " --expand-updates";
  const std::vector<std::pair<std::string, int>> defaults = request.model->defaults().values();
  for (std::size_t i = 0; i < defaults.size(); ++i) {
    const auto& [name, value] = request.configuration.values()[i];
    if (value != defaults[i].second) command += fmt::format(" --{}={}", name, value);
  }
  return command;
}

}  // namespace doorway
