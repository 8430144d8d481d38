"""C++ rules that compile several sources at once.

    load("//harness:cc.bzl", "cc_library", "cc_tests")

    cc_library(name = "explore", srcs = glob(["*.cc"], exclude = ["*_test.cc"]), hdrs = glob(["*.h"]), deps = [...])

    cc_tests(srcs = glob(["*_test.cc"]), deps = [":explore", ...])

Two thirds of the time that a source of ours takes is for what it includes. So these rules compile up to sixteen sources as
one translation unit, which takes a third of the time that they take alone; errors still name the source. Two sources of a target
therefore must not give the same name to different things, not even in unnamed namespaces (tests may), and macros are seen
by those that follow. --config=files compiles each source alone.
"""

_SOURCES_PER_UNIT = 16

_JOIN = """
for source in "${@:2}"; do
  echo "#line 1 \\"$source\\""
  cat "$source"
done >"$1"
"""

# Nothing outside of a test's unnamed namespace uses what is in it, so that it may as well have a name.
_JOIN_APART = """
for source in "${@:2}"; do
  echo "#line 1 \\"$source\\""
  sed "s/^namespace {/namespace $(basename "$source" .cc) {/" "$source"
done >"$1"
"""

def _unit_impl(ctx):
    ctx.actions.run_shell(
        inputs = ctx.files.srcs,
        outputs = [ctx.outputs.out],
        arguments = [ctx.outputs.out.path] + [source.path for source in ctx.files.srcs],
        command = _JOIN_APART if ctx.attr.apart else _JOIN,
        mnemonic = "JoinSources",
        progress_message = "Joining the sources of %{label}",
    )

_unit = rule(
    doc = "One source file made of several. Each begins with a #line of its own path.",
    implementation = _unit_impl,
    attrs = {
        "apart": attr.bool(doc = "whether what is in unnamed namespaces is kept apart"),
        "out": attr.output(mandatory = True),
        "srcs": attr.label_list(allow_files = [".cc"]),
    },
)

def _units(name, srcs, **kwargs):
    """What to compile instead of `srcs`, of which those that are no .cc files remain."""
    sources = [source for source in srcs if source.endswith(".cc")]
    if len(sources) < 2:
        return srcs
    count = (len(sources) + _SOURCES_PER_UNIT - 1) // _SOURCES_PER_UNIT
    units = []
    for i in range(count):
        # Neighbours stay together: what their names have in common is often what they include.
        unit = "{}_unit_{}".format(name, i + 1)
        _unit(
            name = unit,
            srcs = sources[i * len(sources) // count:(i + 1) * len(sources) // count],
            out = unit + ".cc",
            visibility = ["//visibility:private"],
            **kwargs
        )
        units.append(unit + ".cc")
    others = [source for source in srcs if not source.endswith(".cc")]
    return select({
        "//harness:each_file_alone": srcs,
        "//conditions:default": units + others,
    })

def cc_library(name, srcs = [], testonly = None, **kwargs):
    """The built-in cc_library, compiled several sources at once."""
    native.cc_library(name = name, srcs = _units(name, srcs, testonly = testonly), testonly = testonly, **kwargs)

def _one_file_impl(ctx):
    ctx.actions.write(
        output = ctx.outputs.executable,
        content = "#!/bin/sh\nexec '{}' '--tests_of={}' \"$@\"\n".format(
            ctx.executable.binary.short_path,
            ctx.file.source.path,
        ),
        is_executable = True,
    )
    runfiles = ctx.runfiles(files = [ctx.executable.binary] + ctx.files.data)
    return [DefaultInfo(runfiles = runfiles.merge(ctx.attr.binary[DefaultInfo].default_runfiles))]

_one_file_test = rule(
    doc = "Runs those tests of `binary` that `source` has.",
    implementation = _one_file_impl,
    attrs = {
        "binary": attr.label(executable = True, cfg = "target", mandatory = True),
        "data": attr.label_list(allow_files = True),
        "source": attr.label(allow_single_file = [".cc"], mandatory = True),
    },
    test = True,
)

def cc_tests(srcs, name = "tests", deps = [], data = [], shards = {}, sizes = {}, tags = []):
    """A GoogleTest test for each source: x_test.cc is the test x_test. All are one binary.

    Args:
      srcs: x_test.cc, y_test.cc, ...
      name: of the binary.
      deps: what they need, but for GoogleTest.
      data: as for any test.
      shards: how many shards a test is run in, by the test's name. Default: 1.
      sizes: as Bazel's, by the test's name. Default: small.
      tags: of each test.
    """
    native.cc_binary(
        name = name,
        testonly = True,
        srcs = _units(name, srcs, testonly = True, apart = True),
        tags = tags,
        deps = deps + ["//harness:tests_of_a_file", "@googletest//:gtest"],
    )
    for source in srcs:
        test = source.rpartition("/")[2][:-len(".cc")]
        _one_file_test(
            name = test,
            size = sizes.get(test, "small"),
            binary = ":" + name,
            data = data,
            shard_count = shards.get(test, None),
            source = source,
            tags = tags,
        )
