"""Progress, JSON lines and the Markdown table."""
import datetime
import json
import statistics
import sys

from . import oarlock, processes


def say(text):
    print(datetime.datetime.now().strftime("%H:%M:%S ") + text, file=sys.stderr, flush=True)


def median(values):
    return statistics.median(values) if values else float("nan")


def append(file, benchmark, row):
    """Adds a row to the JSON lines, with what it was measured on."""
    file.parent.mkdir(parents=True, exist_ok=True)
    about = {
        "benchmark": benchmark,
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "commit": oarlock.commit(),
        "machine": processes.describe(),
    }
    with file.open("a") as out:
        out.write(json.dumps({**about, **row}) + "\n")


def figure(value):
    if not isinstance(value, float):
        return str(value)
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f}"


def table(benchmark, rows):
    """The columns are those of the rows that are no dictionaries or lists."""
    columns = list(dict.fromkeys(key for row in rows for key, value in row.items() if not isinstance(value, (dict, list))))
    lines = [f"\n### {benchmark}: {processes.describe()}, commit {oarlock.commit()}\n"]
    lines.append("| " + " | ".join(columns) + " |")
    lines.append("|" + "---|" * len(columns))
    for row in rows:
        lines.append("| " + " | ".join(figure(row.get(column, "")) for column in columns) + " |")
    return "\n".join(lines)
