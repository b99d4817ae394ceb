"""Create, get by id and list 50: an account with one role, a durable store, plain HTTP on loopback."""
import contextlib

from . import load, peer, report
from .oarlock import Platform

STORED = 1000
ROLE = "infrastructure.administrator"
OBJECT = {"type": "Docker", "operationalStatus": "Running"}


def unit(name, key):
    return {**OBJECT, "name": name, "associatedTags": ["app=web", "env=prod", f"k={key}"]}


def requests(platform):
    """The three operations, by an account that may nothing but this."""
    admin = platform.admin()
    for name in ("stored", "created"):
        admin.create("/", "namespaces", name=name)
    stored, created = (platform.user(f"bench-{n}", f"/{n}", ROLE) for n in ("stored", "created"))
    ids = []
    for first in range(0, STORED, 500):
        units = [unit(f"pu-{i}", str(i % 100)) for i in range(first, first + 500)]
        ids += platform.client(stored).create_all("/stored", "processingunit", units)
    url = platform.url + "/v1/processingunits"
    reading = {"Authorization": "Bearer " + stored, "X-Namespace": "/stored"}
    writing = {"Authorization": "Bearer " + created, "X-Namespace": "/created", "Content-Type": "application/json"}
    body = ('{"name":"pu-{{n}}","type":"Docker","operationalStatus":"Running",'
            '"associatedTags":["app=web","env=prod","k={{n}}"]}')
    return {
        "create": load.Request(url, "POST", writing, body, '"createTime"'),
        "get": load.Request(f"{url}/{ids[STORED // 2]}", headers=reading, expect='"Running"'),
        "list": load.Request(f"{url}?limit=50", headers=reading, expect='[{"'),
    }


def run(place, options):
    connections = [int(count) for count in options.connections.split(",")]
    with contextlib.ExitStack() as stack:
        platform = stack.enter_context(Platform(place.home("rest")))
        sides = [("oarlock", platform, requests(platform))]
        if options.peer:
            report.say(f"starting {options.peer}")
            other = stack.enter_context(peer.Peer(options.peer))
            sides.append((other.name, other, other.requests))
        operations = options.operations.split(",")
        for name, _, asked in sides:
            report.say(f"warming up {name}")
            for operation in operations:
                asked[operation].probe()
                if options.heat:
                    load.drive(asked[operation], max(connections), options.heat)
        for operation in operations:
            sizes = {name: asked[operation].probe() for name, _, asked in sides}
            for count in connections:
                report.say(f"{operation}, {count} connections")
                rounds = load.rounds([(name, server, asked[operation]) for name, server, asked in sides], count, options)
                yield from rows(operation, count, rounds, sizes)


def rows(operation, connections, rounds, sizes):
    """One row for each side; the ratio is that of the rates, ours to the peer's, in the same rounds."""
    ours = next(iter(rounds.values()))
    for name, measured in rounds.items():
        mid = lambda key: report.median([row[key] for row in measured])
        parts = lambda key: {part: report.median([row[key][part] for row in measured]) for part in measured[0][key]}
        cpu, rss = parts("cpu"), parts("rss")
        ratio = report.median([a["rate"] / b["rate"] for a, b in zip(ours, measured)])
        yield {
            "operation": operation,
            "server": name,
            "connections": connections,
            "per s": mid("rate"),
            "p50 ms": mid("p50"),
            "p99 ms": mid("p99"),
            "CPU µs": " + ".join(f"{part} {value:.0f}" for part, value in cpu.items()),
            "RSS MB": " + ".join(f"{part} {value:.0f}" for part, value in rss.items()),
            "answer bytes": sizes[name],
            "oarlock is": "" if measured is ours else f"{ratio:.1f}×",
            "errors": sum(row["errors"] for row in measured),
            "other cores": mid("other_cores"),
            "rounds": measured,
        }
