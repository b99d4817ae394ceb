"""What searching a large catalogue costs: the program CatalogFigures beside the tests of marketplace/bundle."""
from . import scripts

MODULE = "marketplace/bundle"
PROGRAM = "io.oarlock.marketplace.bundle.CatalogFigures"


def run(place, options):
    for line in scripts.lines(scripts.java(place, MODULE), place, PROGRAM):
        unit = "" if "MB" in line["what"] else " ms"
        yield {"what": line["what"], "figure": f"{line['value']:.1f}{unit}", "load": line["load"]}
