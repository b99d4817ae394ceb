"""Drives one HTTP request with wrk."""
import dataclasses
import json
import re
import resource
import shutil
import subprocess
import tempfile
import time
import urllib.request

from . import processes

QUIET_SECONDS = 2
AGAIN_MAX = 100

REPORT = """function done(s, latency)
  io.write(string.format('RESULT {"requests":%d,"us":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}\\n',
    s.requests, s.duration, latency:percentile(50), latency:percentile(99), s.errors.status,
    s.errors.connect + s.errors.read + s.errors.write + s.errors.timeout))
end"""


@dataclasses.dataclass
class Request:
    """{{n}} in the body is another text in every request; of several paths each is asked for in turn."""

    url: str
    method: str = "GET"
    headers: dict = dataclasses.field(default_factory=dict)
    body: str = ""
    expect: str = ""
    paths: list = dataclasses.field(default_factory=list)

    def probe(self):
        """Sends it once; a load is pointless when this is not answered as expected. The size of the answer."""
        data = self.body.replace("{{n}}", f"probe-{time.time_ns():x}").encode() if self.body else None
        request = urllib.request.Request(self.url, data, self.headers, method=self.method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            content = answer.read()
        if self.expect not in content.decode():
            raise SystemExit(f"{self.method} {self.url}: no {self.expect!r} in the answer {content[:300]!r}")
        return len(content)

    def script(self):
        lines = [f"wrk.method = {_lua(self.method)}"]
        lines += [f"wrk.headers[{_lua(name)}] = {_lua(value)}" for name, value in self.headers.items()]
        if "{{n}}" in self.body:
            run = f'"{time.time_ns() // 1_000_000:x}-" .. n'
            body = f" .. {run} .. ".join(_lua(part) for part in self.body.split("{{n}}"))
            lines += ["local n = 0", f"function request() n = n + 1; return wrk.format(nil, nil, nil, {body}) end"]
        elif self.body:
            lines.append(f"wrk.body = {_lua(self.body)}")
        elif self.paths:
            lines += ["local n, paths = 0, {" + ",".join(map(_lua, self.paths)) + "}"]
            lines += ["function request() n = n % #paths + 1; return wrk.format(nil, paths[n]) end"]
        return "\n".join([*lines, REPORT])


def _lua(text):
    safe = (chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03d}" for byte in text.encode())
    return '"' + "".join(safe) + '"'


def drive(request, connections, seconds):
    """What wrk saw."""
    if not shutil.which("wrk"):
        raise SystemExit("wrk is needed: apt install wrk")
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(request.script())
        script.flush()
        words = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", script.name, request.url]
        run = subprocess.run(words, capture_output=True, text=True)
    found = re.search("RESULT (.*)", run.stdout)
    if not found:
        raise SystemExit(f"wrk failed: {run.stdout}{run.stderr}")
    return json.loads(found[1])


def rounds(sides, connections, options):
    """Rounds of (name, server, request), one side after the other in each; a dictionary of name to its rounds."""
    kept, again = {name: [] for name, _, _ in sides}, 0
    while len(kept[sides[0][0]]) < options.rounds:
        await_quiet(options.quiet)
        round_ = {}
        for name, server, request in sides:
            round_[name] = measure(request, server, connections, options.warmup, options.seconds)
        if options.quiet is None or all(one["other_cores"] <= options.quiet for one in round_.values()):
            for name, one in round_.items():
                kept[name].append(one)
        else:
            again += 1
            if again > AGAIN_MAX:
                raise SystemExit(f"other programs use more than {options.quiet} cores; {AGAIN_MAX} rounds were given up")
    return kept


def await_quiet(cores):
    """Returns when the machine was quiet for a moment."""
    while cores is not None:
        before = processes.machine()
        time.sleep(QUIET_SECONDS)
        if (processes.machine() - before) / QUIET_SECONDS <= cores:
            return


def measure(request, server, connections, warmup, seconds):
    """One round. The server tells its cpu() and memory() by part."""
    if warmup:
        drive(request, connections, warmup)
    speed = processes.speed()
    cpu, machine, generator, began = server.cpu(), processes.machine(), _children(), time.monotonic()
    seen = drive(request, connections, seconds)
    wall = time.monotonic() - began
    used = {part: after - cpu[part] for part, after in server.cpu().items()}
    others = processes.machine() - machine - (_children() - generator) - sum(used.values())
    count = max(1, seen["requests"])
    return {
        "rate": count * 1e6 / seen["us"],
        "p50": seen["p50"] / 1000,
        "p99": seen["p99"] / 1000,
        "cpu": {part: seconds * 1e6 / count for part, seconds in used.items()},
        "rss": server.memory(),
        "other_cores": others / wall,
        "errors": seen["refused"] + seen["broken"],
        "sha256_mb_s": speed,
    }


def _children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
