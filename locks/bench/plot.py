#!/usr/bin/env python3
"""Draws the figures of locks/bench as an SVG: a panel a use, a bar a lock, the quickest first.

    bench --benchmark_out=figures.json --benchmark_out_format=json
    plot.py figures.json figures.svg

The bar is how many rounds a second all threads did together; its colour says how even their shares were (Jain's index),
and beside it stands the longest time that one of them took.
"""

import json
import sys
from xml.sax.saxutils import escape

USES = [
    ("uncontended", "One thread"),
    ("two_threads", "Two threads, all of whom write"),
    ("read_mostly", "Two threads, one round in 64 writes"),
    ("two_groups", "Two threads, each of a group of its own"),
]
PANEL, NAMES, BARS, NOTES, BAR, GAP, TOP = 640, 190, 270, 170, 14, 5, 46


class Error(Exception):
    """One line: what is wrong with a file, and what to do."""


def read(path):
    """The figures of a file, by use: (lock, counters), quickest first."""
    try:
        with open(path, encoding="utf-8") as file:
            runs = json.load(file)["benchmarks"]
        uses = {use: [] for use, _ in USES}
        for run in runs:
            use, _, rest = run["name"].partition("/")
            if use not in uses or run.get("run_type", "iteration") != "iteration":
                continue
            uses[use].append((rest.split("/")[0], float(run["rounds_per_second"]), run))
    except OSError as error:
        raise Error(f"{path}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Error(f"{path}: no figures of locks/bench; write them with --benchmark_out={path} "
                    "--benchmark_out_format=json") from error
    if not any(uses.values()):
        raise Error(f"{path}: no figures of locks/bench in it; run the benchmark without a filter")
    for locks in uses.values():
        locks.sort(key=lambda lock: -lock[1])
    return uses


def rate(value):
    for unit, name in ((1e9, "G/s"), (1e6, "M/s"), (1e3, "k/s")):
        if value >= unit:
            return f"{value / unit:.3g} {name}"
    return f"{value:.3g} /s"


def wait(microseconds):
    return f"{microseconds / 1000:.3g} ms" if microseconds >= 1000 else f"{microseconds:.3g} us"


def colour(fairness):
    """From red, where one of two threads has everything, to blue, where their shares are equal."""
    if fairness is None:
        return "#888888"
    even = min(1, max(0, 2 * fairness - 1))
    low, high = (0xd7, 0x30, 0x27), (0x31, 0x6b, 0xb5)
    return "#" + "".join(f"{round(a + (b - a) * even):02x}" for a, b in zip(low, high))


def text(x, y, words, extra=""):
    return f'<text x="{x:.0f}" y="{y:.0f}" {extra}>{escape(words)}</text>'


def panel(title, locks, top):
    lines = [text(10, top + 20, title, 'font-weight="bold" font-size="14"')]
    most = max(rounds for _, rounds, _ in locks) or 1
    y = top + TOP - 14
    for lock, rounds, run in locks:
        fairness = run.get("fairness")
        width = max(1, BARS * rounds / most)
        lines.append(text(NAMES - 6, y + BAR - 3, lock, 'text-anchor="end"'))
        lines.append(f'<rect x="{NAMES}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{colour(fairness)}"/>')
        note = rate(rounds)
        if fairness is not None:
            note += f", fairness {fairness:.2f}, {wait(run['longest_wait_us'])}"
        lines.append(text(NAMES + width + 6, y + BAR - 3, note, 'fill="#444444"'))
        y += BAR + GAP
    return lines, y + 10


def draw(uses):
    lines, top = [], 10
    for use, title in USES:
        if uses[use]:
            more, top = panel(title, uses[use], top)
            lines += more
    lines.append(text(10, top + 14, "Bar: rounds a second, all threads together. Blue: the threads' shares are equal; "
                      "red: one has everything."))
    lines.append(text(10, top + 30, "Beside it: fairness (Jain's index, 0.5 to 1), and the longest round of a thread."))
    head = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{PANEL + NOTES}" height="{top + 44}" '
            'font-family="sans-serif" font-size="11">')
    return "\n".join([head, '<rect width="100%" height="100%" fill="white"/>', *lines, "</svg>", ""])


def main(arguments):
    if len(arguments) != 2:
        print("plot.py takes two files: figures.json, and the SVG to write", file=sys.stderr)
        return 2
    try:
        svg = draw(read(arguments[0]))
        with open(arguments[1], "w", encoding="utf-8") as file:
            file.write(svg)
    except (Error, OSError) as error:
        print(f"plot.py: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
