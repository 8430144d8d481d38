#!/bin/bash
# embed_starters.sh FILE...: writes starters.cc, which has the files as strings, to stdout.
set -eu
cat <<'END'
#include "models/cli/starters.h"

namespace doorway {
namespace {

constexpr StarterFile kStarters[] = {
END
for file; do
  printf '    {"%s", R"starter(' "$file"
  cat "$file"
  printf ')starter"},\n'
done
cat <<'END'
};

}  // namespace

std::span<const StarterFile> Starters() { return kStarters; }

}  // namespace doorway
END
