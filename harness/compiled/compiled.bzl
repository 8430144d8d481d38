"""Programs that are explored instead of run.

    load("//harness/compiled:compiled.bzl", "explored_test", "explored_tests")

    explored_test(name = "queue", srcs = ["queue.cc"], expect = "no_data_race")

    explored_tests(
        name = "stack",   # a program that tells by its arguments what it does
        srcs = ["stack.c"],
        cases = {
            "pop": explored(args = ["pop"], executions = 3),
            "pop_sc": explored(args = ["pop"], memory = "sc"),
        },
    )

A program is C or C++ as it stands, with a main() that starts threads (std::thread, POSIX, C11), asserts, and returns 0.
"""

# ThreadSanitizer's instrumentation, without its run-time library. What the source says is done as it says: an optimiser may
# take a loop that reads for one that has read.
INSTRUMENT = [
    "-fno-sanitize=all",
    "-fsanitize=thread",
    "-O0",
    "-g1",
    "-gdwarf-4",  # of version 5, addr2line may name the wrong file
    "-UNDEBUG",
    "-D_GLIBCXX_EXTERN_TEMPLATE=0",  # std::string is compiled with the program, not taken from the library
    "-w",
    "-include",
    "harness/compiled/redirect.h",
]

_REDIRECT = "//harness/compiled:redirect.h"

def explored_library(name, srcs = [], copts = [], **kwargs):
    """A part of explored programs.

    Args:
      name: of the library.
      srcs: its sources.
      copts: flags of the compiler besides.
      **kwargs: as for any cc_library.
    """
    native.cc_library(
        name = name,
        srcs = srcs + [_REDIRECT],
        copts = INSTRUMENT + copts,
        **kwargs
    )

def explored_binary(name, srcs, deps = [], copts = [], **kwargs):
    """A program of which every execution is explored when it is run. `name --doorway_help` tells of its flags.

    Args:
      name: of the binary.
      srcs: its sources.
      deps: what it needs besides: of these, only explored_library is explored.
      copts: flags of the compiler besides.
      **kwargs: as for any cc_binary.
    """
    native.cc_binary(
        name = name,
        srcs = srcs + [_REDIRECT],
        copts = INSTRUMENT + copts,
        deps = deps + ["//harness/compiled:main"],
        **kwargs
    )

def explored(args = [], expect = "verified", executions = 0, memory = "rc11", plain = ""):
    """What is expected of a program.

    Args:
      args: of the program's main().
      expect: "verified", "verified_within_bounds", the claim that is violated, or "error", if there is no verdict.
      executions: how many complete ones there are. 0: any.
      memory: "sc", "tso" or "rc11".
      plain: "relaxed", if plain accesses of shared memory are to be relaxed atomic ones.

    Returns:
      the arguments of its process.
    """
    flags = ["--doorway_expect=" + expect, "--doorway_memory=" + memory]
    if plain:
        flags.append("--doorway_plain=" + plain)
    if executions:
        flags.append("--doorway_executions={}".format(executions))
    return flags + args

# Runs each case, and tells Bazel of them as of test cases.
_RUN_CASES = """#!/bin/bash
cases= failures=0
run() {
  local name=$1 output status result=
  shift
  output=$("$@" 2>&1)
  status=$?
  echo "== $name"
  echo "$output"
  if [ $status -ne 0 ]; then
    failures=$((failures + 1))
    result='<failure message="exit code '$status'"/>'
  fi
  cases+="<testcase name='$name' classname='%{suite}'>$result</testcase>"
}
%{runs}
echo "<testsuites><testsuite name='%{suite}' tests='%{count}' failures='$failures'>$cases</testsuite></testsuites>" \\
  >"${XML_OUTPUT_FILE:-/dev/null}"
exit $((failures > 0))
"""

def _cases_impl(ctx):
    runs = [
        "run " + " ".join(["'" + word + "'" for word in [name, ctx.executable.binary.short_path] + flags])
        for name, flags in ctx.attr.cases.items()
    ]
    ctx.actions.write(
        output = ctx.outputs.executable,
        content = _RUN_CASES.replace("%{runs}", "\n".join(runs)).replace("%{count}", str(len(runs))).replace("%{suite}", ctx.label.name),
        is_executable = True,
    )
    runfiles = ctx.runfiles(files = [ctx.executable.binary])
    return [DefaultInfo(runfiles = runfiles.merge(ctx.attr.binary[DefaultInfo].default_runfiles))]

_cases_test = rule(
    doc = "Runs `binary` with the flags of each of `cases`.",
    implementation = _cases_impl,
    attrs = {
        "binary": attr.label(executable = True, cfg = "target", mandatory = True),
        "cases": attr.string_list_dict(),
    },
    test = True,
)

def explored_tests(name, srcs, cases, **kwargs):
    """A test that a program, NAME_program, has the verdicts that are expected, each a test case.

    Args:
      name: of the test.
      srcs: the program's sources.
      cases: explored(...), by their names.
      **kwargs: as for explored_binary.
    """
    explored_binary(name = name + "_program", srcs = srcs, testonly = True, tags = ["no_asan"], **kwargs)
    _cases_test(name = name, size = "small", binary = ":" + name + "_program", cases = cases, tags = ["no_asan"])

def explored_test(name, srcs, args = [], expect = "verified", executions = 0, memory = "rc11", plain = "", **kwargs):
    """A test that a program has the verdict that is expected.

    Args:
      name: of the test.
      srcs: its sources.
      args: as explored().
      expect: as explored().
      executions: as explored().
      memory: as explored().
      plain: as explored().
      **kwargs: as for explored_binary.
    """
    explored_tests(
        name = name,
        srcs = srcs,
        cases = {name: explored(args, expect, executions, memory, plain)},
        **kwargs
    )
