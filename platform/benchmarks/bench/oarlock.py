"""A platform started by the launcher in a home of its own, and calls to it."""
import functools
import http.client
import json
import os
import pathlib
import shutil
import subprocess
import time
import urllib.parse

from . import processes, report

ROOT = pathlib.Path(__file__).resolve().parents[3]
LAUNCHER = ROOT / "oarlock"
READY_SECONDS_MAX = 600
TRAINING_SECONDS_MAX = 240


@functools.cache
def commit():
    words = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude", "*"]
    return subprocess.run(words, capture_output=True, text=True).stdout.strip() or "unknown"


class Place:
    """The folder of one run: homes of platforms that share the caches which make starts quick."""

    def __init__(self, folder):
        self.folder = folder
        self.cache = folder / "cache"
        self.trained = False

    def home(self, name):
        """An empty home with the caches, made first when this build has none yet."""
        if not self.trained:
            self.train()
        return self.untrained_home(name)

    def untrained_home(self, name):
        home = self.folder / name
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True, mode=0o700)
        self.cache.mkdir(exist_ok=True, mode=0o700)
        (home / "cache").symlink_to(self.cache)
        return home

    def train(self):
        report.say("building, and making the start-up caches")
        with Platform(self.untrained_home("training")):
            deadline = time.monotonic() + TRAINING_SECONDS_MAX
            while not self.has_caches():
                if time.monotonic() > deadline:
                    raise SystemExit(f"no start-up caches in {self.cache} after {TRAINING_SECONDS_MAX} s")
                time.sleep(0.5)
        self.trained = True

    def has_caches(self):
        """The launcher's, with no training under way, and that of script workers."""
        launcher, workers = self.cache / "aot", self.cache / "workers"
        return (any(launcher.glob("*/server.aot")) and not any(launcher.glob("*.training"))
                and any(workers.glob("*/worker.aot")) and all((one / "worker.aot").exists() for one in workers.iterdir()))


class Platform:
    """`oarlock up --http` on a free port of loopback, until the end of the with block."""

    def __init__(self, home, launcher=LAUNCHER, **environment):
        self.home = home
        words = [str(launcher), "up", "--http", "--port", "0", "--json"]
        began = time.monotonic()
        self.process = subprocess.Popen(
            words, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, env=self.environment(**environment))
        line = self.process.stdout.readline()
        self.ready_seconds = time.monotonic() - began
        if not line:
            raise SystemExit(f"{' '.join(words)} ended with exit code {self.process.wait()}")
        about = json.loads(line)
        self.pid = about["pid"]
        self.url = about["url"].replace("localhost", "127.0.0.1")
        self.password_file = about["passwordFile"]

    def environment(self, **more):
        return {**os.environ, "OARLOCK_HOME": str(self.home), **more}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(60)

    def client(self, token=None):
        return Client(self.url, token)

    def admin(self):
        password = pathlib.Path(self.password_file).read_text().strip()
        return self.client(self.client().issue("admin", password))

    def user(self, name, namespace, role):
        """A token of an account that has one role in one namespace, and nothing else."""
        admin, password = self.admin(), "Row-the-trireme-home-1"
        admin.create("/", "accounts", name=name, password=password)
        admin.create(
            "/", "apiauthorizationpolicies", name=name, authorizedNamespace=namespace,
            subject=[["@auth:realm=account", f"@auth:account={name}"]], authorizedIdentities=[f"@role={role}"])
        return self.client().issue(name, password)

    def cpu(self):
        return {"platform": processes.own_cpu(self.pid), "workers": processes.cpu_below(self.pid)}

    def memory(self):
        return {"platform": processes.memory(self.pid), "workers": processes.memory_below(self.pid)}


class Client:
    """One connection to a platform."""

    def __init__(self, url, token):
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=120)
        self.token = token

    def call(self, method, path, namespace="/", body=None):
        headers = {"X-Namespace": namespace, "Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        self.connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path} in {namespace}: {answer.status} {content[:500]!r}")
        return json.loads(content) if content else None

    def issue(self, account, password):
        proof = {"realm": "Account", "metadata": {"account": account, "password": password}}
        return self.call("POST", "/v1/issue", body=proof)["token"]

    def create(self, namespace, plural, **body):
        return self.call("POST", f"/v1/{plural}", namespace, body)

    def create_all(self, namespace, kind, bodies):
        """Up to 500 at once; their ids."""
        batch = [{"operation": "Create", "type": kind, "body": body} for body in bodies]
        return [one["resource"]["id"] for one in self.call("POST", "/v1/batch", namespace, batch)]
