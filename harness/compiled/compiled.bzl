"""Programs that are explored instead of run.

    load("//harness/compiled:compiled.bzl", "explored_test")

    explored_test(name = "queue", srcs = ["queue.cc"], expect = "no_data_race")

A program is C or C++ as it stands, with a main() that starts threads (std::thread, POSIX, C11), asserts, and returns 0.
"""

# ThreadSanitizer's instrumentation, without its run-time library; nothing that makes one access of several, or none.
_INSTRUMENT = [
    "-fno-sanitize=all",
    "-fsanitize=thread",
    "-O0",
    "-g1",
    "-UNDEBUG",
    "-w",
    "-include",
    "harness/compiled/redirect.h",
]

def explored_binary(name, srcs, deps = [], copts = [], **kwargs):
    """A program of which every execution is explored when it is run.

    Args:
      name: of the binary.
      srcs: its sources.
      deps: what it needs besides.
      copts: flags of the compiler besides.
      **kwargs: as for any cc_binary.
    """
    native.cc_binary(
        name = name,
        srcs = srcs + ["//harness/compiled:redirect.h"],
        copts = _INSTRUMENT + copts,
        deps = deps + ["//harness/compiled:main"],
        **kwargs
    )

def explored_test(name, srcs, expect = "verified", executions = 0, memory = "rc11", args = [], deps = [], copts = [], **kwargs):
    """A test that such a program has the verdict that is expected.

    Args:
      name: of the test.
      srcs: its sources.
      expect: "verified", or the claim that is violated.
      executions: how many complete ones there are. 0: any.
      memory: "sc", "tso" or "rc11".
      args: of the program's main().
      deps: what it needs besides.
      copts: flags of the compiler besides.
      **kwargs: as for any cc_test.
    """
    flags = ["--doorway_expect=" + expect, "--doorway_memory=" + memory]
    if executions:
        flags.append("--doorway_executions={}".format(executions))
    native.cc_test(
        name = name,
        size = "small",
        srcs = srcs + ["//harness/compiled:redirect.h"],
        args = flags + args,
        copts = _INSTRUMENT + copts,
        tags = ["no_asan"],
        deps = deps + ["//harness/compiled:main"],
        **kwargs
    )
