#!/bin/bash
# What the pages for people show is what one sees: FORMAT.md's examples, and the counterexamples of the README files.
#   format_test.sh DOORWAY FORMAT.md README.md REPORTS_README
# DOORWAY has the families example and group.
set -u

. "$(dirname "$0")/cli_testing.sh"
doorway=$(realpath "$1")
format=$(realpath "$2")
readme=$(realpath "$3")
reports_readme=$(realpath "$4")
begin

# plain: without what differs from run to run: times, sizes, how often code ran, and where this test is.
plain() {
  sed -E "s#$work/tmp/#/tmp/#g; s#$doorway#doorway#g; s/[0-9]+\.[0-9]+/N/g; s/[0-9,]+ (native runs|states\/s)/N \1/g" "$1"
}

echo "== FORMAT.md"
# Blocks that begin with a command, whole: block.1, block.2, ...
awk '/^```/ { inside = !inside; first = inside && $0 == "```"; if (!inside) file = ""; next }
     inside && first && /^\$ / { file = "block." ++count }
     inside { first = 0 }
     inside && file { print >file }' "$format"
[ -e block.3 ] || fail "FORMAT.md has not the examples that are expected"
mkdir tmp
for block in block.*; do
  read -r _ command arguments <"$block"
  sed 1d "$block" >shown
  arguments=${arguments//\/tmp\//$work/tmp/}
  # shellcheck disable=SC2086  # a list of words
  case $command in
    doorway) "$doorway" $arguments >out 2>err ;;
    ls) ls $arguments >out 2>err ;;
    *) fail "FORMAT.md has a command that is not known: $command" ;;
  esac
  plain out >seen
  plain shown >shown.plain
  diff shown.plain seen >err || fail "FORMAT.md does not show what $command $arguments prints: $(cat err)"
done

echo "== README"
# as_shown FILE HEADING: the first block of the section that is a finding is what the last command before it prints.
as_shown() {
  sed -n "/^## $2/,/^## /p" "$1" | awk '
      !inside && match($0, /`doorway check [^`]*`/) { command = substr($0, RSTART + 9, RLENGTH - 10) }
      /^```/ { if (inside && found) exit; inside = !inside; next }
      inside && /^(VIOLATED|WITNESS) / { found = 1; print command }
      inside && found' >shown
  [ "$(wc -l <shown)" -gt 5 ] || fail "$1 has no counterexample below $2"
  # shellcheck disable=SC2046  # a list of words
  "$doorway" $(head -1 shown) >out 2>err
  sed 1d shown | plain /dev/stdin >shown.plain
  # Of the report, as much as is shown.
  sed -n '/^\(VIOLATED\|WITNESS\) /,$p' out | head -n "$(wc -l <shown.plain)" >part
  plain part >seen
  diff shown.plain seen >err || fail "$1, $2, does not show what $(head -1 shown) prints: $(cat err)"
}
as_shown "$readme" "Reading a counterexample"
as_shown "$readme" "Checking for ever"
as_shown "$reports_readme" "Reading a counterexample"

conclude
