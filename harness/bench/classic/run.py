#!/usr/bin/env python3
"""The graph explorer on the programs that every checker of this field is measured with.

    harness/bench/classic/run.py                  every row, under RC11 and SC
    harness/bench/classic/run.py ticket fib       the rows of these models
    harness/bench/classic/run.py --against=FILE   beside an older binary, in turns, with the ratio of the times
    harness/bench/classic/run.py --small          the rows that take less than a tenth of a second

A row is one `doorway check` of one model, and one with --symmetry=on. Its number of executions must be the one known,
with symmetry that of those it stands for: anything else is an error.
Seconds are those of the search, as the report has them (one thread); the least of several runs.
The binary is bazel-bin/models/cli/doorway (bazel build //models/cli:doorway), or $DOORWAY. Not part of any test.
"""

import argparse
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DEFAULT = HERE.parents[2] / "bazel-bin/models/cli/doorway"

# Model, parameters, complete executions under RC11 and under SC (None: not run), whether it takes long.
ROWS = [
    ("writers", {"threads": 8}, 40320, 40320, False),
    ("fetch_add", {"threads": 4, "rounds": 3}, 369600, 369600, True),
    ("fetch_add", {"threads": 8, "rounds": 1}, 40320, 40320, False),
    ("ticket", {"threads": 6, "width": 4}, 720, 720, False),
    ("ticket", {"threads": 7, "width": 4}, 5040, 5040, False),
    ("ticket", {"threads": 8, "width": 4}, 40320, 40320, True),
    ("mcs", {"threads": 3}, 66, 66, False),
    ("mcs", {"threads": 4}, 1080, 1080, False),
    ("ttas", {"threads": 4}, 576, 576, False),
    ("ttas", {"threads": 5}, 14400, 14400, False),
    ("two_group_counter", {"reds": 2, "blacks": 2}, 928, 928, False),
    ("two_group_counter", {"reds": 3, "blacks": 2}, 34032, 34032, False),
    ("two_group_counter", {"reds": 3, "blacks": 3}, 1457280, None, True),
    ("fib", {"rounds": 4}, 34205, 19605, False),
    ("fib", {"rounds": 5}, 525630, 218243, True),
    ("fib", {"rounds": 6}, 8149694, None, True),
]


def run(binary, row, memory, symmetry=False):
    """The report of one check."""
    model, params, rc11, sc, _ = row
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        flags = [f"--{name}={value}" for name, value in params.items()]
        flags += ["--symmetry=on"] if symmetry else []
        command = [binary, "check", f"classic/{model}", f"--memory={memory}", "--claim=no_data_race", *flags]
        ended = subprocess.run([*command, f"--json={out.name}"], stdout=subprocess.DEVNULL, check=False)
        if ended.returncode != 0:
            sys.exit(f"{' '.join(command)} ended with {ended.returncode}")
        report = json.load(open(out.name, encoding="utf-8"))
    expected = rc11 if memory == "rc11" else sc
    found = report.get("represented", report["executions"])
    if found != expected:
        sys.exit(f"{' '.join(command)} found {found} executions, not {expected}")
    return report


def least(ways, row, memory):
    """For each way its least seconds, and a report. Ways, a binary and whether with symmetry, take turns."""
    best = [(math.inf, None)] * len(ways)
    spent = 0.0
    for _ in range(7):
        for i, (binary, symmetry) in enumerate(ways):
            report = run(binary, row, memory, symmetry)
            seconds = report["seconds"]
            spent += seconds
            if seconds < best[i][0]:
                best[i] = (seconds, report)
        if spent > 6:
            break
    return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="*")
    parser.add_argument("--against")
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    binary = os.environ.get("DOORWAY", str(DEFAULT))
    ways = [(binary, False), (binary, True)]
    if options.against:
        ways.append((options.against, False))
    ratios = []
    print("| program | memory | executions | blocked | seconds | executions/s | native runs | peak MiB |"
          " with symmetry: executions | seconds |", end="")
    print(" before | ratio |" if options.against else "")
    for row in ROWS:
        model, params, _, _, long = row
        if (options.models and model not in options.models) or (options.small and long):
            continue
        for memory in ("rc11", "sc"):
            if row[2 if memory == "rc11" else 3] is None:
                continue
            ours, (seconds_with, with_symmetry), *other = least(ways, row, memory)
            seconds, report = ours
            name = f"{model} {' x '.join(str(value) for value in params.values())}"
            total = report["executions"] + report["blocked"]
            print(
                f"| {name} | {memory} | {report['executions']} | {report['blocked']} | {seconds:.4f} |"
                f" {total / seconds:.0f} | {report['native_runs']} | {report['peak_bytes'] / 2**20:.1f} |"
                f" {with_symmetry['executions']} | {seconds_with:.4f} |",
                end="",
            )
            if other:
                ratios.append(other[0][0] / seconds)
                print(f" {other[0][0]:.4f} | {ratios[-1]:.2f} |", end="")
            print(flush=True)
    if ratios:
        print(f"geometric mean of the ratios: {math.exp(sum(map(math.log, ratios)) / len(ratios)):.2f}")


main()
