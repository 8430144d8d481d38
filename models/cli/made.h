#pragma once

#include <string>
#include <vector>

#include "models/registry/model.h"

// A package of a new model, before it is written: from a starter, from a lock, from a family.

namespace doorway {

// What the new thing is called.
struct Naming {
  std::string name;     // "my_lock": the family, the namespace, the files
  std::string package;  // "models/my_lock"
};

struct MadeFile {
  std::string path;  // in the package
  std::string text;
};

struct Made {
  std::vector<MadeFile> files;
  std::string model;   // to check first
  std::string broken;  // a variant of it that must fail; empty: there is none
};

// A copy of models/starter_lock or models/starter_protocol. `kind`: "lock" or "protocol".
Made MadeFromStarter(const std::string& kind, const Naming& naming);

// A copy of the model's lock, with a model over the clients of its family and a variant without its releases. The
// numbers of executions and states are found by running `like`, for some seconds at most. `workspace`: its root, where
// the lock's source is. Errors: UsageError, if it cannot be copied, with those that can; FileError.
Made MadeFromLock(const Model& like, const Naming& naming, const std::string& workspace);

// A copy of that part of the model's family which registers it and its variants, with what it includes of the family.
// For the errors and the rest, as MadeFromLock.
Made MadeFromFamily(const Model& like, const Naming& naming, const std::string& workspace);

// Rules of BUILD, for MadeFromLock and MadeFromFamily.
std::string CcLibrary(const Naming& naming, const std::vector<std::string>& sources,
                      const std::vector<std::string>& headers, std::vector<std::string> deps);
std::string DoorwayBinary(const Naming& naming);
// A checked_model of what is expected of `like`, with the count that is found, if it is found soon. `model`: the new
// name.
std::string CheckedModel(const std::string& rule, const std::string& model, const Model& like,
                         const Expectation& expectation);

// The labels of the libraries that have what these texts include from elsewhere than `package`, with quotes, as BUILD
// has them. Errors: UsageError, if there is none.
std::vector<std::string> LibrariesFor(const std::vector<MadeFile>& files, const std::string& package,
                                      const std::string& workspace);

}  // namespace doorway
