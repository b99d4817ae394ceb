"""Many subscribers of the event stream that have nothing to read, over sockets: half WebSockets, half server-sent events."""
import asyncio
import base64
import os
import threading
import time
import urllib.parse

from . import load, processes, report, rest
from .oarlock import Platform

AT_ONCE = 100  # handshakes under way
QUIET_SECONDS = 30  # two heartbeats
WAIT_SECONDS = 120
HEARD = "externalnetwork"


class Crowd:
    """Connections that wait for events of a type which nobody writes until the end. They live on a thread of their own."""

    def __init__(self, platform, token, count):
        self.host, self.port = urllib.parse.urlsplit(platform.url).netloc.split(":")
        self.token, self.count = token, count
        self.open, self.heard, self.broken, self.begun = [], 0, 0, time.monotonic()
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def connect(self):
        asyncio.run_coroutine_threadsafe(self._connect(), self.loop).result()

    async def _connect(self):
        seats = asyncio.Semaphore(AT_ONCE)

        async def one(number):
            async with seats:
                await self._subscribe(number % 2 == 0)
            if len(self.open) % 1000 == 0:
                report.say(f"{len(self.open)} of {self.count} subscribers")

        await asyncio.gather(*(one(number) for number in range(self.count)))

    async def _subscribe(self, websocket):
        reader, writer = await asyncio.open_connection(self.host, int(self.port))
        lines = [f"GET /v1/events?namespace=/created&types={HEARD} HTTP/1.1", f"Host: {self.host}:{self.port}",
                 f"Authorization: Bearer {self.token}"]
        if websocket:
            key = base64.b64encode(os.urandom(16)).decode()
            lines += ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}"]
        else:
            lines += ["Accept: text/event-stream"]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if head.split(b" ", 2)[1] != (b"101" if websocket else b"200"):
            raise SystemExit(f"a subscriber was answered {head!r} {await reader.read(500)!r}")
        self.open.append(writer)
        self.loop.create_task(self._listen(reader))

    async def _listen(self, reader):
        """Counts one who has heard; heartbeats do not name the type."""
        try:
            while chunk := await reader.read(65536):
                if HEARD.encode() in chunk:
                    self.heard += 1
            self.broken += 1
        except OSError:
            self.broken += 1

    def await_heard(self):
        """Seconds until all have heard."""
        began = time.monotonic()
        while self.heard < self.count:
            if time.monotonic() - began > WAIT_SECONDS:
                raise SystemExit(f"{self.heard} of {self.count} subscribers have heard after {WAIT_SECONDS} s; {self.broken} were cut")
            time.sleep(0.005)
        return time.monotonic() - began

    def close(self):
        self.loop.call_soon_threadsafe(lambda: [writer.transport.abort() for writer in self.open])


def run(place, options):
    with Platform(place.home("subscribers")) as platform:
        create = rest.requests(platform)["create"]
        load.drive(create, 1, options.heat)
        before = load.measure(create, platform, 1, 0, options.seconds)
        listener = platform.user("listener", "/created", "namespace.viewer")
        memory = processes.memory(platform.pid)
        crowd = Crowd(platform, listener, options.subscribers)
        began = time.monotonic()
        crowd.connect()
        seconds = time.monotonic() - began
        cpu, began = processes.own_cpu(platform.pid), time.monotonic()
        time.sleep(QUIET_SECONDS)
        idle = (processes.own_cpu(platform.pid) - cpu) / (time.monotonic() - began)
        after = load.measure(create, platform, 1, 0, options.seconds)
        grown = processes.memory(platform.pid) - memory
        platform.admin().create("/created", HEARD + "s", name="heard", entries=["10.0.0.0/8"])
        told = crowd.await_heard()
        count, broken = options.subscribers, crowd.broken
        crowd.close()
    yield {"what": f"{count} subscribers connected", "figure": f"{seconds:.1f} s"}
    yield {"what": "memory for each, at most", "figure": f"{grown * 1024 / count:.1f} KB"}
    yield {"what": "CPU while nothing happens, with heartbeats", "figure": f"{idle * 100:.1f} % of a core"}
    yield {"what": "create on one connection, p50: before, beside them", "figure": f"{before['p50']:.2f} ms, {after['p50']:.2f} ms"}
    yield {"what": "an event for all of them, until the last has it", "figure": f"{told * 1000:.0f} ms"}
    yield {"what": "cut", "figure": broken}
