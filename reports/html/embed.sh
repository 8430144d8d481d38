#!/bin/bash
# A header with the page's style and script as texts, and the hash by which the page's policy knows the script.
#   embed.sh STYLE SCRIPT... >HEADER
set -eu -o pipefail

style=$1
shift
script=$(mktemp)
trap 'rm -f "$script"' EXIT
{
  echo '"use strict";'
  echo '(() => {'
  cat "$@"
  echo '})();'
} >"$script"
if grep -qi '</script\|<!--' "$script" || grep -qi '</style' "$style"; then
  echo "embed.sh: what ends a script or a style must not stand in one" >&2
  exit 1
fi
# The policy wants base64 of the 32 bytes that sha256sum prints in hex.
# shellcheck disable=SC2059  # the format is the bytes
hash=$(printf "$(sha256sum <"$script" | cut -c1-64 | sed 's/../\\x&/g')" | base64)

cat <<HEADER
// Made by embed.sh.
#pragma once

#include <string_view>

namespace doorway::html {

inline constexpr std::string_view kScriptHash = "$hash";
inline constexpr std::string_view kStyle = R"=page=($(cat "$style")
)=page=";
inline constexpr std::string_view kScript = R"=page=($(cat "$script")
)=page=";

}  // namespace doorway::html
HEADER
