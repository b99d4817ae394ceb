"""CPU time and memory of processes and of the machine, read from /proc."""
import hashlib
import os
import time

TICK = os.sysconf("SC_CLK_TCK")


def _stat(pid):
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rsplit(")", 1)[1].split()


def below(root):
    """Ids of all living descendants of a process."""
    children = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            children.setdefault(int(_stat(entry)[1]), []).append(int(entry))
        except OSError:
            pass
    found, todo = [], children.get(root, [])
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo.extend(children.get(pid, []))
    return found


def own_cpu(pid):
    """utime + stime of one process, in seconds."""
    user, system = _stat(pid)[11:13]
    return (int(user) + int(system)) / TICK


def cpu_below(root):
    """The same for its descendants, living or waited for."""
    ticks = sum(int(value) for value in _stat(root)[13:15])
    for pid in below(root):
        try:
            ticks += sum(int(value) for value in _stat(pid)[11:15])
        except OSError:
            pass
    return ticks / TICK


def memory(pid, field="VmRSS"):
    """MB of one process."""
    try:
        with open(f"/proc/{pid}/status") as file:
            return next((int(line.split()[1]) for line in file if line.startswith(field + ":")), 0) / 1024
    except OSError:
        return 0


def memory_below(root):
    return sum(memory(pid) for pid in below(root))


def machine():
    """CPU seconds that the whole machine was busy since it booted."""
    with open("/proc/stat") as file:
        user, nice, system, _idle, _wait, irq, softirq = (int(value) for value in file.readline().split()[1:8])
    return (user + nice + system + irq + softirq) / TICK


def speed():
    """MB/s of SHA-256 per CPU second: the clock of a virtual machine drifts, and this shows how far."""
    block, begin = bytes(1 << 20), time.process_time()
    for _ in range(100):
        hashlib.sha256(block).digest()
    return 100 * len(block) / 1e6 / (time.process_time() - begin)


def describe():
    """The machine in a few words."""
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown CPU")
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores ({model}), {memory_gb:.0f} GB, Linux {os.uname().release}"
