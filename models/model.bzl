"""Rules that check models, and that build a command line with chosen families of models.

    load("//models:model.bzl", "checked_model", "doorway_binary")

    cc_library(name = "family", srcs = ["my_lock.cc"], alwayslink = True, deps = ["//models/registry", ...])

    doorway_binary(name = "doorway", families = [":family"])

    checked_model(name = "my_lock_sc", model = "family/my_lock", memory = "sc", expect = "verified", executions = 12)

    checked_model(name = "my_lock_state_sc", model = "family/my_lock", engine = "state", expect = "verified", states = 345)

One test a model and memory model, of one engine or of both; `bazel test //models/...` shows each by name. The test's test.xml
has a suite a search, and in it a case a claim. A failing test leaves its report, as JSON, and what it found in test.outputs. Nothing is compiled for a checked_model: it runs
the family's binary.
"""

_MEMORIES = {"graph": ["rc11", "tso", "sc"], "state": ["sc", "tso"], "both": ["sc", "tso"]}  # the default first
_ENGINES = {"graph": ["graph"], "state": ["state"], "both": ["graph", "state"]}
_FAIRNESS = {None: [None], "weak": ["weak"], "strong": ["strong"], "both": ["weak", "strong"]}
_VERDICTS = ["verified", "verified_within_bounds", "violated", "unknown"]

def _quoted(word):
    return "'" + word.replace("'", "'\\''") + "'"

def _checked_model_impl(ctx):
    commands = []
    for flags in ctx.attr.searches:
        words = [ctx.executable.binary.short_path, "test", ctx.attr.model] + flags.split(" ")
        commands.append(" ".join([_quoted(word) for word in words]) + (" --add-to-xml" if commands else "") + " \"$@\"")
    if len(commands) == 1:
        lines = ["exec " + commands[0]]
    else:
        lines = ["code=0"] + [command + " || code=$?" for command in commands] + ["exit $code"]
    ctx.actions.write(
        output = ctx.outputs.executable,
        content = "\n".join(["#!/bin/sh"] + lines) + "\n",
        is_executable = True,
    )
    runfiles = ctx.runfiles(files = [ctx.executable.binary])
    return [DefaultInfo(runfiles = runfiles.merge(ctx.attr.binary[DefaultInfo].default_runfiles))]

_checked_model_test = rule(
    doc = "Runs `binary test MODEL FLAGS...` for each search, which writes test.xml and, on failure, the reports.",
    implementation = _checked_model_impl,
    attrs = {
        "binary": attr.label(executable = True, cfg = "target", mandatory = True),
        "model": attr.string(mandatory = True),
        "searches": attr.string_list(doc = "the flags of each", mandatory = True),
    },
    test = True,
)

# A build action for each shard; they run at the same time, on as many machines as there are. A violation, or a search
# that does not end, is a result like others (exit codes 1 and 3), to be judged by the test that merges them.
_EXPLORE_SHARD = """
"$1" check "${@:3}" --json="$2/report.json" --out="$2" >"$2/report.txt"
code=$?
[ $code -le 1 ] || [ $code -eq 3 ]
"""

def _sharded_model_impl(ctx):
    reports = []
    for shard in range(ctx.attr.shards):
        folder = ctx.actions.declare_directory("{}.shard_{}".format(ctx.label.name, shard + 1))
        ctx.actions.run_shell(
            outputs = [folder],
            tools = [ctx.attr.binary[DefaultInfo].files_to_run],
            command = _EXPLORE_SHARD,
            arguments = [ctx.executable.binary.path, folder.path, ctx.attr.model] + ctx.attr.flags +
                        ["--stop-at=" + ctx.attr.stop_at, "--shard={}/{}".format(shard + 1, ctx.attr.shards)],
            mnemonic = "ExploreShard",
            progress_message = "Exploring {}, shard {} of {}".format(ctx.attr.model, shard + 1, ctx.attr.shards),
        )
        reports.append(folder)
    words = ["merge"] + [folder.short_path + "/report.json" for folder in reports] + ctx.attr.expectation
    ctx.actions.write(
        output = ctx.outputs.executable,
        content = "#!/bin/sh\nexec {} {} \"$@\"\n".format(
            _quoted(ctx.executable.binary.short_path),
            " ".join([_quoted(word) for word in words]),
        ),
        is_executable = True,
    )
    runfiles = ctx.runfiles(files = [ctx.executable.binary] + reports)
    return [DefaultInfo(runfiles = runfiles.merge(ctx.attr.binary[DefaultInfo].default_runfiles))]

_sharded_model_test = rule(
    doc = "Explores `shards` parts of a search as build actions, and runs `binary merge` on their reports.",
    implementation = _sharded_model_impl,
    attrs = {
        "binary": attr.label(executable = True, cfg = "target", mandatory = True),
        "expectation": attr.string_list(),
        "flags": attr.string_list(),
        "model": attr.string(mandatory = True),
        "shards": attr.int(mandatory = True),
        "stop_at": attr.string(mandatory = True),
    },
    test = True,
)

def _mutants_impl(ctx):
    lines = ["#!/bin/sh", "failed=0"]
    for command in ctx.attr.commands:
        words = " ".join([_quoted(word) for word in [ctx.executable.binary.short_path] + command.split(" ")])
        lines.append("{0} >out 2>&1 || {{ echo {1}; cat out; failed=1; }}".format(words, _quoted("doorway " + command)))
    lines.append("exit $failed")
    ctx.actions.write(output = ctx.outputs.executable, content = "\n".join(lines) + "\n", is_executable = True)
    runfiles = ctx.runfiles(files = [ctx.executable.binary])
    return [DefaultInfo(runfiles = runfiles.merge(ctx.attr.binary[DefaultInfo].default_runfiles))]

_mutants_test = rule(
    doc = "Runs `binary COMMAND` for each command; shows those that do not exit with 0.",
    implementation = _mutants_impl,
    attrs = {
        "binary": attr.label(executable = True, cfg = "target", mandatory = True),
        "commands": attr.string_list(),
    },
    test = True,
)

def _params_as_flags(params):
    return ["--{}={}".format(name, params[name]) for name in sorted(params)]

def _add_test(name, model, searches, binary, size, **kwargs):
    if "/" not in model:
        fail("{}: model = \"{}\" must be family/design or family/design/variant".format(name, model))
    _checked_model_test(
        name = name,
        model = model,
        searches = [" ".join(flags) for flags in searches],
        binary = binary,
        size = size,
        **kwargs
    )

def checked_model(
        name,
        model,
        expect,
        engine = "graph",
        memory = None,
        fairness = None,
        executions = None,
        states = None,
        params = {},
        claims = [],
        expand_updates = False,
        shards = 1,
        binary = ":doorway",
        size = "small",
        **kwargs):
    """Checks one model under one memory model, on one engine or on both, against the verdict and the count pinned here.

    Args:
      name: the target; by habit design_variant_memory, of the state engine alone design_variant_state_memory.
      model: the model's name, "family/design" or "family/design/variant".
      expect: "verified": every claim, exhaustively, none of them vacuous. "verified_within_bounds": the same, but a bound
        was hit. "violated:CLAIM": that very claim is violated, and its counterexample replays. "unknown:CLAIM": an exists
        claim for which the whole search found no witness, all others verified.
      engine: "graph": every execution. "state": every state, and runs without end. "both": each by itself; one test, since
        to start one takes longer than most searches.
      memory: "rc11" (default), "tso" or "sc" of the graph engine, "sc" (default) or "tso" of the state engine and of both.
      fairness: of the state engine alone: "weak" (default), "strong", or "both", each by itself.
      executions: of the graph engine: complete ones; compared where the search came to its end. None: not pinned.
      states: of the state engine: likewise.
      params: values for the model's parameters, {"reds": 2}; the others have their defaults.
      claims: those of the model's own claims that are judged. Empty: all.
      expand_updates: each update is explored as a compare-exchange loop.
      shards: of the graph engine: the search is explored in so many parts, each a build action of its own, for searches
        of minutes and more (--config=remote spreads them over machines).
      binary: a doorway_binary with the model's family.
      size: of the test, as Bazel's.
      **kwargs: as for any test (tags, timeout, ...).
    """
    verdict, _, claim = expect.partition(":")
    if verdict not in _VERDICTS:
        fail("{}: expect = \"{}\" is none of {}".format(name, expect, ", ".join(_VERDICTS)))
    if (verdict in ["violated", "unknown"]) != (claim != ""):
        fail("{}: expect = \"{}\": violated and unknown, and only they, name a claim (violated:exclusion)".format(name, expect))
    if engine not in _ENGINES:
        fail("{}: engine = \"{}\" is none of {}".format(name, engine, ", ".join(_ENGINES.keys())))
    if memory == None:
        memory = _MEMORIES[engine][0]
    if memory not in _MEMORIES[engine]:
        fail("{}: memory = \"{}\" is none of engine = \"{}\": {}".format(name, memory, engine, ", ".join(_MEMORIES[engine])))
    if engine == "state" and executions != None:
        fail("{}: executions are of the graph engine; pin states".format(name))
    if engine == "graph" and (states != None or fairness != None):
        fail("{}: states and fairness are of the state engine; add engine = \"state\"".format(name))
    if engine == "both" and fairness != None:
        fail("{}: fairness is of the state engine; without end, it has a rule of its own".format(name))
    if fairness not in _FAIRNESS:
        fail("{}: fairness = \"{}\" is none of {}".format(name, fairness, ", ".join([f for f in _FAIRNESS if f])))
    if shards > 1 and engine != "graph":
        fail("{}: shards are of the graph engine".format(name))
    flags = ["--memory=" + memory] + _params_as_flags(params) + ["--claim=" + name for name in claims]
    if expand_updates:
        flags.append("--expand-updates")
    expectation = ["--expect=" + expect]
    counted = {"graph": [], "state": []}
    if executions != None:
        counted["graph"].append("--expect-executions={}".format(executions))
    if states != None:
        counted["state"].append("--expect-states={}".format(states))
    if shards > 1:
        _sharded_model_test(
            name = name,
            model = model,
            flags = ["--engine=graph"] + flags,
            expectation = expectation + counted["graph"],
            shards = shards,
            stop_at = claim if verdict == "violated" else "none",
            binary = binary,
            size = size,
            **kwargs
        )
        return
    searches = []
    for one in _ENGINES[engine]:
        for fair in _FAIRNESS[fairness]:
            search = ["--engine=" + one] + flags + expectation + counted[one]
            searches.append(search + (["--fairness=" + fair] if fair else []))
    _add_test(name, model, searches, binary, size, **kwargs)

def checked_family(family, verified, violated):
    """Checks models of a family in their default configuration: under rc11 by graphs (MODEL_rc11), under sc by states (MODEL_state_sc).

    Args:
      family: the models are family/MODEL; in names of rules "/" is "_".
      verified: by MODEL, the executions and the states, to be found exactly.
      violated: by MODEL, the claim that fails.
    """
    for model, (executions, states) in verified.items():
        rule = model.replace("/", "_")
        checked_model(
            name = rule + "_rc11",
            model = family + "/" + model,
            executions = executions,
            expect = "verified",
        )
        checked_model(
            name = rule + "_state_sc",
            model = family + "/" + model,
            engine = "state",
            expect = "verified",
            states = states,
        )
    for model, claim in violated.items():
        rule = model.replace("/", "_")
        checked_model(
            name = rule + "_rc11",
            model = family + "/" + model,
            expect = "violated:" + claim,
        )
        checked_model(
            name = rule + "_state_sc",
            model = family + "/" + model,
            engine = "state",
            expect = "violated:" + claim,
        )

def second_opinion(name, model, params = {}, binary = ":doorway", size = "small", **kwargs):
    """Runs a model under upstream Relacy, and our explorer on whatever Relacy finds.

    Passes if Relacy finds nothing, or if the explorer finds the same claim violated in the same configuration under rc11:
    what Relacy finds, we must find. The agreement is one-way, since Relacy's "no error found" says less.

    Args: as checked_model; the model must be registered with Relacy (RelacyRegistration) in `binary`.
    """
    _add_test(name, model, [["--engine=relacy"] + _params_as_flags(params)], binary, size, **kwargs)

def stressed_model(name, model, violates = None, seconds = None, params = {}, binary = ":doorway", size = "medium", **kwargs):
    """Runs a model on real threads. The model must be registered for them (NativeRegistration) in `binary`.

    Args:
      name: the target; by habit design_variant_native.
      model: the model's name.
      violates: the claim that must be found violated, within `seconds`. None: nothing must be found, whatever happens in
        that time, which proves little, and the claims must have been put to the test: for that, runs go on
        where the machine is slow.
      seconds: None: 0.3, of a model that violates something 60.
      params: values for the model's parameters; the others have their defaults.
      binary: a doorway_binary with the model's family.
      size: of the test, as Bazel's; small ones may take a minute, no more.
      **kwargs: as for any test.
    """
    flags = ["--engine=native", "--seconds={}".format(seconds if seconds != None else "60" if violates else "0.3")]
    if violates:
        flags.append("--expect=violated:" + violates)
    _add_test(name, model, [flags + _params_as_flags(params)], binary, size, **kwargs)

def mutants(name, scores, binary = ":doorway", size = "medium", **kwargs):
    """Pins what small faults do to models, and how much of their memory orders they need (`doorway mutate`, `orders`).

    Args:
      name: the target; one for a family.
      scores: by model, with flags if need be ("family/model --claim=exclusion"), how many mutants are killed, how many
        survive, the cost of the orders used, and of those needed; all in the default configuration under rc11. (A fault
        in the client may survive: claims are about the lock.)
      binary: a doorway_binary with the models.
      size: of the test, as Bazel's.
      **kwargs: as for any test.
    """
    commands = []
    for model, (killed, survived, used, needed) in scores.items():
        commands.append("mutate {} --expect-killed={} --expect-survived={}".format(model, killed, survived))
        commands.append("orders {} --expect-used={} --expect-needed={}".format(model, used, needed))
    _mutants_test(name = name, commands = commands, binary = binary, size = size, **kwargs)

def doorway_binary(name, families, **kwargs):
    """The command line, with the models of `families`: cc_librarys with alwayslink = True that register them."""
    native.cc_binary(name = name, deps = ["//models/cli:main"] + families, **kwargs)
