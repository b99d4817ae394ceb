"""What hooks and events cost: the program HookFigures beside the tests of platform/engine."""
from . import scripts

MODULE = "platform/engine"
PROGRAM = "io.oarlock.engine.HookFigures"


def run(place, options):
    for line in scripts.lines(scripts.java(place, MODULE, scripts.server_flags()), place, PROGRAM):
        yield {"what": line["what"], "figure": f"{line['value']:.0f} {line['unit']}", "load": line["load"]}
