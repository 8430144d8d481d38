#!/usr/bin/env python3
"""Guards the graph engine's speed: counts the instructions of a few searches, since times are noisy.

    harness/bench/classic/instructions.py [BINARY]     compares with what is pinned below
    harness/bench/classic/instructions.py --print      what to pin

Needs valgrind. BINARY is bazel-bin/models/classic/doorway if not given. A count more than 3% off fails: above, the engine
has become slower; below, faster, and the pin is to be renewed, so that the next step back is noticed.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
TOLERANCE = 0.03

# Its instructions are those of the program's start, which grow with its models and flags: they are taken off.
START = "writers --threads=1"

# Millions of instructions, by what is checked.
PINNED = {
    "ticket --threads=6 --width=4": 26.3,
    "ttas --threads=5": 153.9,
    "two_group_counter --reds=2 --blacks=2 --memory=sc": 15.7,
    "fetch_add --threads=3 --rounds=3": 12.8,
    "fib --rounds=4": 65.3,
    "mcs --threads=4": 14.5,
}


def millions(binary, row):
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", binary]
    command += ["check", *f"classic/{row} --claim=no_data_race".split()]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    count = re.search(r"Collected\s*:\s*(\d+)", ran.stderr)
    if ran.returncode != 0 or not count:
        sys.exit(f"{' '.join(command)} ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}")
    return int(count.group(1)) / 1e6


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--print"]
    binary = arguments[0] if arguments else str(ROOT / "bazel-bin/models/classic/doorway")
    start = millions(binary, START)
    off = 0
    for row, pinned in PINNED.items():
        count = millions(binary, row) - start
        if "--print" in sys.argv:
            print(f'    "{row}": {count:.1f},')
            continue
        ratio = count / pinned
        good = abs(ratio - 1) <= TOLERANCE
        off += not good
        print(f"{'ok   ' if good else 'WRONG'} {row}: {count:.1f} million, {ratio:.3f} of the pin")
    if off:
        print(f"{off} off by more than {TOLERANCE:.0%}; renew the pins in {pathlib.Path(__file__).name} (--print) if that is meant")
    sys.exit(off > 0)


main()
