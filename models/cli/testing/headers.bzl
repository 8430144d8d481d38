"""A rule for tests that compile what they are given."""

def _headers_impl(ctx):
    files = []
    for dep in ctx.attr.deps:
        for file in dep[CcInfo].compilation_context.headers.to_list():
            if not file.short_path.startswith("../"):
                files.append(file)
    return [DefaultInfo(runfiles = ctx.runfiles(files = files))]

headers = rule(
    doc = "The headers of `deps` and of what they need, as data; those of the system are where they are anyway.",
    implementation = _headers_impl,
    attrs = {"deps": attr.label_list(providers = [CcInfo])},
)
