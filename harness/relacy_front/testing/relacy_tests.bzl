"""Tests that are written for Relacy, as tests of the drop-in and of Relacy itself: both must end alike.

    relacy_tests(srcs = ["atomics.cc"])   # the tests atomics and atomics_upstream
"""

def relacy_tests(srcs, ours_only = []):
    """Two tests for each of `srcs`, one for each of `ours_only`.

    Args:
      srcs: programs that exit with 0 if every test in them ends as expected.
      ours_only: those that upstream Relacy does not compile, or gets wrong.
    """
    for src in srcs + ours_only:
        name = src[:-len(".cc")]
        native.cc_test(
            name = name,
            size = "small",
            srcs = [src, "expect.h"],
            deps = ["//harness/relacy_front:relacy"],
        )
        if src in srcs:
            native.cc_test(
                name = name + "_upstream",
                size = "small",
                srcs = [src, "expect.h"],
                # It replaces operator delete(void*) alone, which must then be the one that is called; and knows an
                # object that is used after its life by what its destructor has written.
                copts = ["-w", "-fno-sized-deallocation"] + select({
                    "//harness:clang": [],
                    "//conditions:default": ["-fno-lifetime-dse"],
                }),
                tags = ["no_asan"],
                deps = ["@relacy"],
            )
