#!/bin/bash
# A header with a page's style and script as texts, and the hash by which the page's policy knows the script.
#   embed.sh NAMESPACE FILE... >HEADER
# Files that end in .css are the style, the others the script; without any of them, there is none.
set -eu -o pipefail

namespace=$1
shift
style=$(mktemp)
script=$(mktemp)
trap 'rm -f "$style" "$script"' EXIT
has_script=
for file; do
  case "$file" in
    *.css) cat "$file" >>"$style" ;;
    *) has_script=1 && cat "$file" >>"$script" ;;
  esac
done
if [ -n "$has_script" ]; then
  whole=$(printf '"use strict";\n(() => {\n'; cat "$script"; printf '})();')
  echo "$whole" >"$script"
fi
if grep -qi '</script\|<!--' "$script" || grep -qi '</style' "$style"; then
  echo "embed.sh: what ends a script or a style must not stand in one" >&2
  exit 1
fi

echo "// Made by embed.sh."
echo "#pragma once"
echo
echo "#include <string_view>"
echo
echo "namespace $namespace {"
echo
printf 'inline constexpr std::string_view kStyle = R"=page=(%s\n)=page=";\n' "$(cat "$style")"
if [ -n "$has_script" ]; then
  # The policy wants base64 of the 32 bytes that sha256sum prints in hex.
  # shellcheck disable=SC2059  # the format is the bytes
  hash=$(printf "$(sha256sum <"$script" | cut -c1-64 | sed 's/../\\x&/g')" | base64)
  echo "inline constexpr std::string_view kScriptHash = \"$hash\";"
  printf 'inline constexpr std::string_view kScript = R"=page=(%s\n)=page=";\n' "$(cat "$script")"
fi
echo
echo "}  // namespace $namespace"
