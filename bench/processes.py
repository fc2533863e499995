#!/usr/bin/python3
"""What a user waits for, measured as whole processes of the release build.

  bench/processes.py [RUNS]         medians of RUNS runs (default 9), interleaved
  bench/processes.py functions      the most memory that each of Trunkline's own functions had, during the whole demo

The baseline is `trunkline version`, which starts and ends: `of_start` is a figure as a multiple of it in the same run. The
corpus of real flows is linted where TRUNKLINE_SHARED (default ../shared) has it.
"""
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BINARY = os.environ.get("TRUNKLINE_BINARY", os.path.join(ROOT, "build/release/trunkline"))
CORPUS = os.path.join(os.environ.get("TRUNKLINE_SHARED", os.path.join(ROOT, "../shared")), "corpus/flows")
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}


def run(*words, folder=None):
    """Seconds a command takes; one that ends with more than 1 (findings) is an error."""
    begin = time.perf_counter()
    done = subprocess.run([BINARY, *words], cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True)
    took = time.perf_counter() - begin
    if done.returncode > 1:
        sys.exit(f"{' '.join(words)} ended with {done.returncode}: {done.stderr.decode()}")
    return took


class Cloud:
    def __init__(self):
        begin = time.perf_counter()
        self.process = subprocess.Popen([BINARY, "up", "--ephemeral", "--port", "0", "--json"], env=ENVIRONMENT,
                                        stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        started = json.loads(self.process.stdout.readline())
        self.endpoint = started["endpoint"]
        connection = http.client.HTTPConnection("127.0.0.1", started["port"])
        connection.request("GET", "/_trunkline/health")
        assert connection.getresponse().status == 200
        self.first_answer = time.perf_counter() - begin

    def resident_mb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS:"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def measure_delivery(figures, folder):
    with Cloud() as cloud:
        apply = ["--env", "dev", "--folder", folder, "--endpoint-url", cloud.endpoint]
        figures.setdefault("first apply of ACME, two Regions", []).append(run("apply", *apply))
        figures.setdefault("apply without changes", []).append(run("apply", *apply))
        figures.setdefault("plan without changes", []).append(run("plan", *apply))
        return cloud.resident_mb()


def handler_of(process):
    """Which of Trunkline's own functions a process is; None: none, or one that has ended."""
    try:
        with open(f"/proc/{process}/environ", "rb") as file:
            variables = dict(pair.split(b"=", 1) for pair in file.read().split(b"\0") if b"=" in pair)
        with open(f"/proc/{process}/cmdline", "rb") as file:
            own = os.path.basename(file.read().split(b"\0")[0]) == b"bootstrap"
    except OSError:
        return None
    return variables.get(b"_HANDLER", b"").decode() if own and b"AWS_LAMBDA_RUNTIME_API" in variables else None


def is_below(process, ancestor):
    """Other clouds on the machine have functions, too."""
    while process > 1 and process != ancestor:
        try:
            with open(f"/proc/{process}/status", encoding="ascii") as status:
                process = next(int(line.split()[1]) for line in status if line.startswith("PPid:"))
        except OSError:
            return False
    return process == ancestor


def peak_mb(process):
    try:
        with open(f"/proc/{process}/status", encoding="ascii") as status:
            return next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0


def measure_functions():
    """Looked at every 20 ms: the mark only rises while a process lives."""
    peaks, limit = {}, float(os.environ.get("MEMORY_LIMIT_MB", "64"))
    demo = subprocess.Popen([BINARY, "demo"], env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while demo.poll() is None:
        for process in filter(str.isdigit, os.listdir("/proc")):
            handler = handler_of(process)
            if handler and is_below(int(process), demo.pid):
                peaks[handler] = max(peaks.get(handler, 0), peak_mb(process))
        time.sleep(0.02)
    print(f"{'':36}{'most MB':>10}")
    for handler, most in sorted(peaks.items()):
        print(f"{handler:36}{most:10.1f}")
    if demo.returncode != 0 or not peaks:
        sys.exit(f"the demo ended with {demo.returncode}: what it did not come to is not in the figures")
    if max(peaks.values()) > limit:
        sys.exit(f"a function had more than {limit:.0f} MB")


def main(runs):
    figures, idle, delivered = {}, [], []
    folder = tempfile.mkdtemp(prefix="trunkline-bench-")
    center = os.path.join(folder, "center")
    run("init", center)
    for _ in range(runs):
        figures.setdefault("start and end (version)", []).append(run("version"))
        with Cloud() as cloud:
            figures.setdefault("up to its first answer", []).append(cloud.first_answer)
            idle.append(cloud.resident_mb())
        figures.setdefault("flow lint of ACME", []).append(run("flow", "lint", center))
        if os.path.isdir(CORPUS):
            figures.setdefault("flow lint of the corpus", []).append(run("flow", "lint", CORPUS))
        delivered.append(measure_delivery(figures, center))
        figures.setdefault("demo", []).append(run("demo", "--quick"))
    shutil.rmtree(folder)
    start = statistics.median(figures["start and end (version)"])
    print(f"{'':36}{'median ms':>10}{'least':>10}{'most':>10}{'of_start':>10}")
    for name, seconds in figures.items():
        middle = statistics.median(seconds)
        print(f"{name:36}{middle * 1e3:10.1f}{min(seconds) * 1e3:10.1f}{max(seconds) * 1e3:10.1f}{middle / start:10.1f}")
    print(f"resident, idle: {statistics.median(idle):.1f} MB; with ACME delivered: {statistics.median(delivered):.1f} MB")


if __name__ == "__main__":
    if sys.argv[1:] == ["functions"]:
        measure_functions()
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
