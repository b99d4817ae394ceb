"""What the script runtime tells about itself: the program Figures beside the tests of automations-runtime/worker."""
import os
import pathlib
import re
import shutil
import subprocess

from . import oarlock, report

MODULE = "automations-runtime/worker"
MAIN = "io.oarlock.automations.worker.Figures"


def jdk():
    """The one that the launcher found at its last start."""
    lines = (oarlock.ROOT / "target/dist/jdk").read_text().splitlines()
    return pathlib.Path(lines[1])


def run(place, _options):
    if not (oarlock.ROOT / "target/dist/jdk").exists():
        place.home("scripts")
    report.say(f"compiling the tests of {MODULE}")
    classpath = place.folder / "classpath"
    mvn = shutil.which("mvn") or "mvn"
    words = [mvn, "-q", "-B", "-pl", MODULE, "-am", "test-compile", "dependency:build-classpath",
             "-DincludeScope=test", f"-Dmdep.outputFile={classpath}"]
    environment = {**os.environ, "JAVA_HOME": str(jdk())}
    subprocess.run(words, cwd=oarlock.ROOT, env=environment, check=True)
    report.say("running scripts")
    paths = [oarlock.ROOT / MODULE / "target/test-classes", oarlock.ROOT / MODULE / "target/classes", classpath.read_text().strip()]
    program = [str(jdk() / "bin/java"), "-cp", ":".join(map(str, paths)), MAIN]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=place.folder) as process:
        for line in process.stdout:
            what, _, figure = line.strip().partition(": ")
            if figure and not re.match("on |off", what):
                yield {"what": what, "figure": figure}
    if process.returncode:
        raise SystemExit(f"{MAIN} ended with exit code {process.returncode}")
