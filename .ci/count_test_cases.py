"""Counts the test cases of one `bazel test`.

Usage: count_test_cases.py EVENTS ALLOWED_SKIPS

EVENTS is what --build_event_json_file wrote; it names the test.xml of every
test, cached ones too. Prints "PASSED FAILED" on stdout and each failure on
stderr. A skipped or disabled case fails, unless ALLOWED_SKIPS lists it. A test
that did not pass, or that ran no case, counts as one failure at least.
"""

import json
import sys
import urllib.parse
import xml.etree.ElementTree as ElementTree


def read_results(path):
    """Returns {(target, run, shard): testResult}, the last attempt of each."""
    results = {}
    with open(path) as events:
        for event in map(json.loads, events):
            if "testResult" in event and "testResult" in event["id"]:
                key = event["id"]["testResult"]
                results[key["label"], key.get("run"), key.get("shard")] = event["testResult"]
    return results


def read_cases(result):
    """Yields (name, outcome) of each case in the test.xml of a testResult."""
    for output in result.get("testActionOutput", []):
        if output["name"] != "test.xml":
            continue
        path = urllib.parse.unquote(urllib.parse.urlparse(output["uri"]).path)
        for case in ElementTree.parse(path).iter("testcase"):
            name = case.get("name", "?")
            if case.get("classname"):
                name = case.get("classname") + "." + name
            if case.find("failure") is not None or case.find("error") is not None:
                yield name, "failed"
            elif case.find("skipped") is not None or case.get("status") == "notrun":
                yield name, "skipped"
            else:
                yield name, "passed"


def main():
    events, allowed_skips = sys.argv[1:]
    with open(allowed_skips) as lines:
        allowed = {line.split()[0] for line in lines if line.strip() and line[0] != "#"}
    passed = failed = 0
    for (target, _, _), result in sorted(read_results(events).items(), key=str):
        problems = []
        cases = []
        try:
            cases = list(read_cases(result))
        except (OSError, ElementTree.ParseError) as error:
            problems.append("unreadable test.xml: %s" % error)
        for name, outcome in cases:
            if outcome == "passed":
                passed += 1
            elif outcome == "failed" or "%s#%s" % (target, name) not in allowed:
                problems.append("%s: %s" % (outcome, name))
        if not problems and result["status"] != "PASSED":
            problems.append(result["status"])
        if not problems and not cases:
            problems.append("ran no test case")
        failed += len(problems)
        for problem in problems:
            print(target, problem, file=sys.stderr)
    print(passed, failed)


main()
