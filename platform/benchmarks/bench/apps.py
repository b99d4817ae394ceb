"""What a large catalogue costs (the program CatalogFigures beside the tests of marketplace/bundle), and a large app."""
import json
import subprocess
import time

from . import oarlock, report, scripts
from .oarlock import Platform

MODULE = "marketplace/bundle"
PROGRAM = "io.oarlock.marketplace.bundle.CatalogFigures"


NAMESPACE = "/shop"
NETWORKS, POLICIES, AUTOMATIONS = 245, 245, 10


def run(place, options):
    yield from catalogue(place)
    yield from large_app(place, options.rounds)


def catalogue(place):
    for line in scripts.lines(scripts.java(place, MODULE), place, PROGRAM):
        unit = "" if "MB" in line["what"] else " ms"
        yield {"what": line["what"], "figure": f"{line['value']:.1f}{unit}", "load": line["load"]}


def manifest():
    """500 objects, as YAML, of which JSON is a part."""
    selector = [["$name=${installation}"]]
    resources = {}
    for i in range(NETWORKS):
        resources[f"externalnetwork/${{installation}}-{i}"] = {"entries": [f"10.{i}.0.0/16"], "associatedTags": [f"net={i}"]}
    for i in range(POLICIES):
        resources[f"networkaccesspolicy/${{installation}}-{i}"] = {
            "subject": selector, "object": [[f"net={i}"]], "action": "Allow", "ports": [f"tcp/{1000 + i}"]}
    for i in range(AUTOMATIONS):
        resources[f"automation/${{installation}}-{i}"] = {
            "trigger": {"kind": "OnEvent", "types": ["networkaccesspolicy"]},
            "source": "export default async (ctx) => ctx.log.info(ctx.event.object.name);"}
    return {"name": "large", "version": "1.0.0", "category": "Other", "description": "Makes 500 objects.", "resources": resources}


def large_app(place, rounds):
    """Plans, installs and removes it as people do, and over REST."""
    with Platform(place.home("apps")) as platform:
        token = platform.client().issue("admin", open(platform.password_file).read().strip())
        client = platform.client(token)
        client.create("/", "namespaces", name=NAMESPACE[1:])
        publish(place, platform, client)
        seconds = {"plan": [], "apply": [], "remove": [], "app plan": [], "app install": [], "app uninstall": []}
        for _ in range(rounds):
            report.say("an app of 500 objects, planned, installed and removed")
            over_rest(client, seconds)
            for word, flags in (("plan", []), ("install", ["--yes"]), ("uninstall", [])):
                seconds[f"app {word}"].append(timed(lambda: command(platform, "app", word, "large", "-n", NAMESPACE, *flags)))
    for what, values in seconds.items():
        how = "oarlock " if what.startswith("app") else "REST: "
        yield {"what": f"{how}{what}, 500 objects", "figure": f"{report.median(values):.2f} s", "max": f"{max(values):.2f} s"}


def over_rest(client, seconds):
    body = {"name": "large", "app": "large", "appVersion": "1.0.0"}
    seconds["plan"].append(timed(lambda: client.call("POST", "/v1/installations?dryRun=true", NAMESPACE, body)))
    seconds["apply"].append(timed(lambda: client.call("POST", "/v1/installations", NAMESPACE, body)))
    seconds["remove"].append(timed(lambda: client.call("DELETE", "/v1/installations/name:large", NAMESPACE)))


def publish(place, platform, client):
    folder, packed = place.folder / "large", place.folder / "large.zip"
    folder.mkdir(exist_ok=True)
    (folder / "app.yaml").write_text(json.dumps(manifest()))
    command(platform, "login")
    command(platform, "app", "build", str(folder), "--to", str(packed))
    key = command(platform, "app", "sign", str(packed)).strip()
    client.create(NAMESPACE, "publisherkeies", name="me", key=key)
    command(platform, "app", "publish", str(packed), "-n", NAMESPACE)


def timed(work):
    began = time.monotonic()
    work()
    return time.monotonic() - began


def command(platform, *words):
    done = subprocess.run([str(oarlock.LAUNCHER), *words], env=platform.environment(), text=True, capture_output=True)
    if done.returncode:
        raise SystemExit(f"oarlock {' '.join(words)} ended with exit code {done.returncode}: {done.stderr}")
    return done.stdout
