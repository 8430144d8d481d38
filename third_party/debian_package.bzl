"""A Bazel repository made of the files that a Debian package installed."""

def _debian_package_impl(ctx):
    for link, target in ctx.attr.links.items():
        if not ctx.path(target).exists:
            fail("\n".join([
                "",
                "@{} needs {}, which is missing.".format(ctx.name, target),
                "It belongs to the Debian package {0}: start the build with ./bazelw, or run".format(ctx.attr.package),
                "    apt-get install {}".format(ctx.attr.package),
            ]))
        ctx.symlink(target, link)
    ctx.symlink(ctx.attr.build_file, "BUILD")

debian_package = repository_rule(
    implementation = _debian_package_impl,
    local = True,
    doc = "Links installed files into a repository; nothing is copied or fetched.",
    attrs = {
        "build_file": attr.label(mandatory = True, doc = "The repository's BUILD file."),
        "links": attr.string_dict(mandatory = True, doc = "Path in the repository -> installed path."),
        "package": attr.string(mandatory = True, doc = "The Debian package, named when a path is missing."),
    },
)
