# What tests of the command line share. To be sourced; needs $doorway, the program.

failures=0

# In a directory of its own, $work, with nothing of Bazel's.
begin() {
  work=$(mktemp -d "${TEST_TMPDIR:-/tmp}/cli_test.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  cd "$work" || exit 1
  export XDG_CACHE_HOME=$work/cache
  unset TEST_TARGET TEST_UNDECLARED_OUTPUTS_DIR XML_OUTPUT_FILE BUILD_WORKING_DIRECTORY BUILD_WORKSPACE_DIRECTORY
}

conclude() {
  [ "$failures" = 0 ] || { echo "$failures failures"; exit 1; }
  echo "all passed"
}

fail() {
  echo "FAILED: $*"
  sed 's/^/  stdout: /' out
  sed 's/^/  stderr: /' err
  failures=$((failures + 1))
}

# run CODE ARGUMENTS...: runs doorway, expects its exit code.
run() {
  local code=$1
  shift
  "$doorway" "$@" >out 2>err
  local got=$?
  [ "$got" = "$code" ] || fail "exit code $got, not $code: doorway $*"
  what="doorway $*"
}
says() { grep -qF -- "$1" out || fail "$what does not say: $1"; }
# complains TEXT: one line on stderr, which has the text; nothing on stdout.
complains() {
  grep -qF -- "$1" err || fail "$what does not complain: $1"
  [ "$(wc -l <err)" = 1 ] || fail "$what complains in more than one line"
  [ -s out ] && fail "$what prints to stdout, too"
}
json() { python3 -c "import json,sys; d=json.load(open(sys.argv[1])); assert $2, d" "$1" 2>err || fail "$1: not $2"; }
# fits SCHEMA FILE...: the files are as the published schema says.
fits() { "$check_schema" "$@" 2>err || fail "$* do not fit"; }
no_file() { [ ! -e "$1" ] || fail "$1 was left behind by $what"; }
