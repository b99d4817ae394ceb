"""A receiver that is down while thousands of events a second happen: what waits, what it costs, and that all of it arrives."""
import collections
import concurrent.futures
import http.server
import json
import re
import socketserver
import subprocess
import threading
import time

from . import processes, report, rest, scripts
from .oarlock import Platform

BATCH = 100
STEP_SECONDS = 5
STALL_SECONDS = 300


class Receiver(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Answers 503 until it is up, then counts what it is sent by message."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.up, self.refused, self.seen, self.lock = False, 0, collections.Counter(), threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def take(self, ids):
        with self.lock:
            if not self.up:
                self.refused += 1
                return False
            self.seen.update(ids)
            return True


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        events = json.loads(body)
        ids = [one["id"] for one in events] if isinstance(events, list) else [self.headers["webhook-id"]]
        self.send_response(204 if self.server.take(ids) else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def run(place, options):
    receivers = {"forwarder": Receiver(), "hook": Receiver()}
    for how, receiver in receivers.items():
        yield from one(place, options, how, receiver)


def one(place, options, how, receiver):
    with Platform(place.home("backlog-" + how)) as platform:
        admin = platform.admin()
        admin.create("/", "namespaces", name="busy")
        admin.create("/busy", "egresspolicies", name="receiver", allow=["127.0.0.0/8"])
        if how == "hook":
            admin.create("/busy", "hookpolicies", name="told", subject=[["$type=processingunit"]], mode="Post", endpointType="URL",
                         endpoint=receiver.url, triggerOperations=["Create"])
        else:
            admin.create("/busy", "eventforwarders", name="told", types=["processingunit"],
                         sink={"kind": "Http", "url": receiver.url}, batch={"maxEvents": 1000, "maxWait": "PT1S"})
        token = platform.user("bench", "/busy", rest.ROLE)
        tenth = options.backlog // 10 // BATCH * BATCH
        resident = [processes.memory(platform.pid)]
        wrote = write(platform, token, range(tenth), options.rate, resident)
        early = live(platform)
        wrote += write(platform, token, range(tenth, options.backlog), options.rate, resident)
        late = live(platform)
        refused = receiver.refused
        receiver.up = True
        began = time.monotonic()
        await_all(platform, receiver, options.backlog, resident)
        arrived = time.monotonic() - began
    yield {"what": f"{how}: {options.backlog} events written while its receiver was down",
           "figure": f"{options.backlog / wrote:.0f} per s, {refused} attempts refused"}
    yield {"what": f"{how}: live heap when {tenth} waited, and when all {options.backlog} did", "figure": f"{early:.0f} MB, {late:.0f} MB"}
    yield {"what": f"{how}: resident memory at first, and at its highest", "figure": f"{resident[0]:.0f} MB, {max(resident):.0f} MB"}
    yield {"what": f"{how}: all of them arrived, after the receiver was up again",
           "figure": f"in {arrived:.0f} s; sent more than once: {sum(receiver.seen.values()) - len(receiver.seen)}"}


def live(platform):
    """MB of the heap that a full collection leaves."""
    tell = [str(scripts.jdk() / "bin/jcmd"), str(platform.pid)]
    subprocess.run([*tell, "GC.run"], check=True, capture_output=True)
    heap = subprocess.run([*tell, "GC.heap_info"], check=True, capture_output=True, text=True).stdout
    return sum(int(used) for used in re.findall(r"total \d+K, used (\d+)K", heap)) / 1024


def write(platform, token, numbers, rate, resident):
    """As many a second as was asked, by two writers; or fewer, when the platform is slower. How many seconds it took."""
    began = time.monotonic()

    def lane(first):
        client = platform.client(token)
        for start in numbers[first::2 * BATCH]:
            ahead = began + (start - numbers[0]) / rate - time.monotonic()
            if ahead > 0:
                time.sleep(ahead)
            units = [rest.unit(f"pu-{i}", "x") for i in range(start, min(start + BATCH, numbers[-1] + 1))]
            client.create_all("/busy", "processingunit", units)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        lanes = [pool.submit(lane, first) for first in (0, BATCH)]
        while concurrent.futures.wait(lanes, STEP_SECONDS).not_done:
            resident.append(processes.memory(platform.pid))
            report.say(f"{time.monotonic() - began:.0f} s, {resident[-1]:.0f} MB")
        for each in lanes:
            each.result()
    return time.monotonic() - began


def await_all(platform, receiver, count, resident):
    changed, before = time.monotonic(), 0
    while (seen := len(receiver.seen)) < count:
        if seen > before:
            changed, before = time.monotonic(), seen
        if time.monotonic() - changed > STALL_SECONDS:
            raise SystemExit(f"{seen} of {count} events arrived, and none in the last {STALL_SECONDS} s")
        time.sleep(STEP_SECONDS)
        resident.append(processes.memory(platform.pid))
        report.say(f"{len(receiver.seen)} of {count} arrived, {resident[-1]:.0f} MB")
