"""The same questions to a small and to a large store, both running, in turn."""
import concurrent.futures
import contextlib
import itertools
import random
import time
import urllib.parse

from . import load, report, rest
from .oarlock import Platform

BATCH = 500
LOADERS = 4
ASKED = 20_000  # different ids and names, so that the answer is not in memory because it was asked for before


def fill(platform, count):
    """Creates the objects through the API; their ids."""
    platform.admin().create("/", "namespaces", name="fleet")
    token = platform.user("bench", "/fleet", rest.ROLE)
    began, done = time.monotonic(), itertools.count(1)

    def create(firsts):
        client, ids = platform.client(token), []
        for first in firsts:
            units = [rest.unit(f"pu-{i}", str(i % 100)) for i in range(first, min(first + BATCH, count))]
            ids += client.create_all("/fleet", "processingunit", units)
            created = next(done) * BATCH
            if created % 50_000 == 0:
                report.say(f"{created} of {count} objects, {created / (time.monotonic() - began):.0f} per s")
        return ids

    firsts = range(0, count, BATCH)
    with concurrent.futures.ThreadPoolExecutor(LOADERS) as pool:
        parts = [firsts[lane::LOADERS] for lane in range(LOADERS)]
        return token, [one for ids in pool.map(create, parts) for one in ids], count / (time.monotonic() - began)


def questions(platform, token, ids):
    chance = random.Random(1)
    url = platform.url + "/v1/processingunits"
    headers = {"Authorization": "Bearer " + token, "X-Namespace": "/fleet"}

    def listing(**query):
        return "/v1/processingunits?" + urllib.parse.urlencode({"limit": 50, **query})

    def ask(paths, expect):
        return load.Request(platform.url + paths[0], headers=headers, expect=expect, paths=paths)

    names = chance.choices(range(len(ids)), k=ASKED)
    return {
        "get by id": ask([f"/v1/processingunits/{one}" for one in chance.choices(ids, k=ASKED)], '"Running"'),
        "list 50": load.Request(url + "?limit=50", headers=headers, expect='[{"'),
        "list 50 by name": load.Request(platform.url + listing(order="name"), headers=headers, expect='[{"'),
        "filter by name: 1 found": ask([listing(q=f"name == pu-{i}") for i in names], '[{"'),
        "filter by tag: 50 of each 100th": ask([listing(q=f'normalizedTags CONTAINS "k={i}"') for i in range(100)], '[{"'),
        "filter by tag and status": ask(
            [listing(q=f'normalizedTags CONTAINS "k={i}" AND operationalStatus == Running') for i in range(100)], '[{"'),
    }


def run(place, options):
    sizes = [int(size) for size in options.sizes.split(",")]
    with contextlib.ExitStack() as stack:
        sides = []
        for size in sizes:
            platform = stack.enter_context(Platform(place.home(f"scale-{size}")))
            report.say(f"creating {size} objects")
            token, ids, rate = fill(platform, size)
            report.say(f"created {size} objects, {rate:.0f} per s")
            sides.append((size, platform, questions(platform, token, ids)))
        for _, platform, _ in sides:
            settle(platform)
        for question in sides[0][2]:
            yield row(question, sides, options)


def settle(platform):
    """Waits until nothing reacts to what was created any more."""
    before, deadline = platform.cpu()["platform"], time.monotonic() + 600
    while time.monotonic() < deadline:
        time.sleep(5)
        now = platform.cpu()["platform"]
        if now - before < 0.25:
            return
        before = now
    report.say("still busy after 600 s; measuring all the same")


def row(question, sides, options):
    """Times are those of one connection, asking without a pause."""
    answers = {size: asked[question].probe() for size, _, asked in sides}
    report.say(question)
    rounds = load.rounds([(size, platform, asked[question]) for size, platform, asked in sides], 1, options)
    figures = {"question": question}
    means = {size: [1000 / one["rate"] for one in measured] for size, measured in rounds.items()}
    for size, measured in rounds.items():
        figures[f"{size}: mean ms"] = report.median(means[size])
        figures[f"{size}: p50 ms"] = report.median([one["p50"] for one in measured])
        figures[f"{size}: p99 ms"] = report.median([one["p99"] for one in measured])
        figures[f"{size}: CPU µs"] = report.median([one["cpu"]["platform"] for one in measured])
        figures[f"{size}: RSS MB"] = report.median([one["rss"]["platform"] for one in measured])
    small, large = sides[0][0], sides[-1][0]
    figures["mean, large to small"] = report.median([b / a for a, b in zip(means[small], means[large])])
    figures["CPU, large to small"] = figures[f"{large}: CPU µs"] / max(1e-9, figures[f"{small}: CPU µs"])
    figures["errors"] = sum(one["errors"] for measured in rounds.values() for one in measured)
    figures["answer_bytes"] = {str(size): count for size, count in answers.items()}
    figures["rounds"] = {str(size): measured for size, measured in rounds.items()}
    return figures
