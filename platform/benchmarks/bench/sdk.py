"""What the npm client costs: the program sdk-js/tools/figures.mjs. Needs Node 20 and npm."""
import json
import os
import subprocess

from . import oarlock, report

FOLDER = oarlock.ROOT / "sdk-js"


def run(place, options):
    if not (FOLDER / "node_modules").exists():
        report.say("npm ci in sdk-js")
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
    report.say("building sdk-js")
    npm("run", "build")
    report.say("the client from start to its first answer, over http and https")
    node = os.environ.get("NODE", "node")
    done = subprocess.run([node, "tools/figures.mjs", "--json"], cwd=FOLDER, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"tools/figures.mjs ended with exit code {done.returncode}")
    for line in done.stdout.splitlines():
        yield json.loads(line)


def npm(*words):
    done = subprocess.run(["npm", *words], cwd=FOLDER, text=True, capture_output=True)
    if done.returncode:
        raise SystemExit(f"npm {' '.join(words)} ended with exit code {done.returncode}: {done.stdout}{done.stderr}")
