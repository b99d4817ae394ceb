"""Another server to alternate with, described by one JSON object: see README.md."""
import json
import os
import signal
import subprocess

from . import load, processes


class Peer:
    """A JSON file describes a server that runs already; anything else is a program that starts one and prints it."""

    def __init__(self, recipe):
        self.process = None
        if recipe.suffix == ".json":
            text = recipe.read_text()
        else:
            self.process = subprocess.Popen(
                [str(recipe.resolve())], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, start_new_session=True)
            text = self.process.stdout.readline()
            if not text:
                raise SystemExit(f"{recipe} ended with exit code {self.process.wait()} and described no server")
        about = json.loads(text)
        self.name = about["name"]
        self.pids = about.get("processes", {})
        self.requests = {operation: load.Request(**request) for operation, request in about["operations"].items()}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(60)

    def cpu(self):
        return {part: processes.own_cpu(pid) + processes.cpu_below(pid) for part, pid in self.pids.items()}

    def memory(self):
        return {part: processes.memory(pid) + processes.memory_below(pid) for part, pid in self.pids.items()}
