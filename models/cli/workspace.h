#pragma once

#include <string>

// The checkout in which new models are made.

namespace doorway {

// The root of the checkout that has this directory: where models/model.bzl is, from `directory` upwards. Empty if there
// is none.
std::string WorkspaceOf(const std::string& directory);

// That of the user: bazel run says where it is; else it is looked for from where they are. Empty if there is none.
std::string UsersWorkspace();

}  // namespace doorway
