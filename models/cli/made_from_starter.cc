#include <string_view>

#include "models/cli/build_file.h"
#include "models/cli/identifiers.h"
#include "models/cli/made.h"
#include "models/cli/starters.h"

namespace doorway {
namespace {

// What only the starter needs is left out.
std::string BuildWithoutExports(const std::string& build) {
  std::string text;
  for (const std::string& statement : StatementsOf(build)) {
    if (statement.find("exports_files(") == std::string::npos) text += statement;
  }
  return text.substr(0, text.find_last_not_of('\n') + 1) + "\n";
}

}  // namespace

Made MadeFromStarter(const std::string& kind, const Naming& naming) {
  const std::string starter = "starter_" + kind;
  const std::string folder = "models/" + starter + "/";
  Made made;
  for (const StarterFile& file : Starters()) {
    if (!std::string_view(file.path).starts_with(folder)) continue;
    std::string text = std::string_view(file.path).ends_with("/BUILD") ? BuildWithoutExports(file.text) : file.text;
    text = WithText(text, "models/" + starter, naming.package);
    text = WithText(text, ClassNameOf(starter), ClassNameOf(naming.name));
    text = WithText(text, starter, naming.name);
    made.files.push_back({WithText(std::string(file.path).substr(folder.size()), starter, naming.name), text});
  }
  made.model = naming.name + "/" + kind;
  made.broken = made.model + (kind == "lock" ? "/relaxed_unlock" : "/release_announce");
  return made;
}

}  // namespace doorway
