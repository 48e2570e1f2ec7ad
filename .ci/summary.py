"""Prints what a run of .ci/run did: suites, counts and times, and a last line with the totals.

summary.py DIRECTORY: JUnit reports in one folder per stage, other checks in checks.tsv. Fails when
anything failed, when a stage ran nothing, and when a test was skipped.
"""
import collections
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

# What each stage has to have run: nothing is skipped silently.
STAGES_WITH_REPORTS = ("readme", "ci")
STAGES_WITH_CHECKS = ("setup", "readme", "ci", "launcher")


class Count:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.seconds = 0.0

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.seconds += other.seconds

    def row(self, name):
        return f"{name:<72} {self.passed:>6} {self.failed:>6} {self.skipped:>7} {self.seconds:>8.1f}"


def of_report(path):
    suite = ElementTree.parse(path).getroot()
    count = Count()
    count.failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    count.skipped = int(suite.get("skipped", 0))
    count.passed = int(suite.get("tests", 0)) - count.failed - count.skipped
    count.seconds = float(suite.get("time", "0").replace(",", ""))
    return suite.get("name", path.stem), count


def reports(directory, stage):
    for path in sorted((directory / stage).glob("*-TEST-*.xml")):
        module = path.name.split("-TEST-")[0]
        name, count = of_report(path)
        if count.passed + count.failed + count.skipped > 0:
            yield f"{module}: {name.removeprefix('dev.slipgate.')}", count


def checks(directory):
    by_stage = collections.defaultdict(list)
    path = directory / "checks.tsv"
    for line in path.read_text().splitlines() if path.exists() else []:
        stage, name, status, seconds = line.split("\t")
        count = Count()
        count.passed, count.failed = int(status == "passed"), int(status != "passed")
        count.seconds = float(seconds)
        by_stage[stage].append((name, count))
    return by_stage


def main():
    directory = pathlib.Path(sys.argv[1])
    other_checks = checks(directory)
    total, missing = Count(), []
    print(f"{'suite':<72} {'passed':>6} {'failed':>6} {'skipped':>7} {'seconds':>8}")
    for stage in STAGES_WITH_CHECKS:
        tests = list(reports(directory, stage))
        if not other_checks[stage] or (stage in STAGES_WITH_REPORTS and not tests):
            missing.append(stage)
        print(f"-- {stage}")
        for name, count in tests + other_checks[stage]:
            print(count.row(name))
            total.add(count)
    for stage in missing:
        print(f"stage {stage} ran nothing")
    total.failed += len(missing)
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped")
    return 1 if total.failed or total.skipped else 0


sys.exit(main())
