def _t(ctx):
    out = ctx.actions.declare_file(ctx.label.name + ".sh")
    ctx.actions.write(out, "#!/bin/bash\necho hi > $TEST_UNDECLARED_OUTPUTS_DIR/x.txt; exec " + ctx.executable.bin.short_path + " -n 5\n", is_executable = True)
    return [DefaultInfo(executable = out, runfiles = ctx.runfiles(files = [ctx.executable.bin]).merge(ctx.attr.bin[DefaultInfo].default_runfiles))]
my_test = rule(_t, test = True, attrs = {"bin": attr.label(executable = True, cfg = "target")})
