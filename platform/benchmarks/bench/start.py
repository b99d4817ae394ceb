"""How soon it is there, and what it costs when nobody asks anything."""
import os
import subprocess
import time

from . import oarlock, processes, report
from .oarlock import Platform

IDLE_SECONDS = 30


def run(place, options):
    home = place.home("start")
    with Platform(home):
        pass  # the first start makes the data and the password
    yield ready(home, options.starts, "ready after up, built, data there")
    yield ready(home, options.starts, "the same without start-up cache", OARLOCK_AOT="off")
    with Platform(home) as platform:
        time.sleep(IDLE_SECONDS)
        yield idle(platform)
        command(platform, "login")
        yield commands(platform, options.starts, "get", "namespaces")
    yield fresh_clone(place)


def figures(what, seconds, **more):
    """Of seconds, each with the CPU seconds that were used."""
    walls = [wall for wall, _ in seconds]
    return {
        "what": what,
        "median": f"{report.median(walls):.3f} s",
        "min": f"{min(walls):.3f} s",
        "max": f"{max(walls):.3f} s",
        "CPU": f"{report.median([cpu for _, cpu in seconds]):.3f} s",
        "times": len(walls),
        **more,
    }


def ready(home, times, what, **environment):
    report.say(f"{what}, {times} times")
    seconds = []
    for _ in range(times):
        with Platform(home, **environment) as platform:
            seconds.append((platform.ready_seconds, platform.cpu()["platform"]))
    return figures(what, seconds)


def idle(platform):
    report.say("memory when idle")
    parts = {field: processes.memory(platform.pid, field) for field in ("VmRSS", "RssAnon", "RssFile")}
    return {
        "what": f"memory of the platform's process, idle for {IDLE_SECONDS} s",
        "median": f"{parts['VmRSS']:.0f} MB",
        "parts": parts,
        "workers": {pid: processes.memory(pid) for pid in processes.below(platform.pid)},
    }


def command(platform, *words):
    """Wall and CPU seconds of one command, the launcher included."""
    began = time.monotonic()
    process = subprocess.Popen([str(oarlock.LAUNCHER), *words], stdout=subprocess.DEVNULL, env=platform.environment())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"oarlock {' '.join(words)} ended with exit code {process.returncode}")
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime


def commands(platform, times, *words):
    report.say(f"oarlock {' '.join(words)}, {times} times")
    return figures(f"oarlock {' '.join(words)}", [command(platform, *words) for _ in range(times)])


def fresh_clone(place):
    """Maven's downloads are there, nothing else is."""
    report.say("a fresh clone, until ready")
    clone, home = place.folder / "clone", place.folder / "clone-home"
    subprocess.run(["git", "clone", "--quiet", str(oarlock.ROOT), str(clone)], check=True)
    with Platform(home, launcher=clone / "oarlock", OARLOCK_AOT="off") as platform:
        return figures("fresh clone to ready, downloads present", [(platform.ready_seconds, platform.cpu()["platform"])])
