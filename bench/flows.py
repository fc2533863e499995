#!/usr/bin/python3
"""What working on flow files costs, measured as whole processes of the release build.

  bench/flows.py [RUNS]         medians of RUNS runs (default 5), interleaved

The baseline is `trunkline version`: `of_start` is a figure as a multiple of it in the same run. Real flows come from the corpus,
where TRUNKLINE_SHARED (default ../shared) has it: 10,000 files are its flows copied as often as needed. Pictures need Graphviz.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from processes import BINARY, CORPUS, ENVIRONMENT

FILES = 10_000
BLOCKS = 100


def run(*words):
    """Seconds, processor seconds and the most resident memory in MB of a command; more than 1 (findings) is an error."""
    begin = time.perf_counter()
    process = subprocess.Popen([BINARY, *words], env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        sys.exit(f"{' '.join(words)} ended with {process.returncode}")
    return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def corpus_files():
    paths = [os.path.join(folder, name) for folder, _, names in os.walk(CORPUS) for name in names if name.endswith(".json")]
    return sorted(paths, key=os.path.getsize)


def scale_corpus(folder, paths):
    for number in range(FILES):
        below = os.path.join(folder, f"{number // len(paths):03}")
        os.makedirs(below, exist_ok=True)
        shutil.copy(paths[number % len(paths)], below)


def long_menu():
    """A flow of BLOCKS blocks: prompts, menus and comparisons, each with two ways on."""
    actions = []
    for number in range(BLOCKS - 1):
        after, later = (f"b{min(number + step, BLOCKS - 1)}" for step in (1, 7))
        kind, parameters, conditions = (
            ("MessageParticipant", {"Text": f"Sentence number {number} of many."}, []),
            ("GetParticipantInput", {"Text": "Press 1 for more.", "StoreInput": "False", "InputTimeLimitSeconds": "5"}, ["1"]),
            ("Compare", {"ComparisonValue": "$.Attributes.language"}, ["en"]))[number % 3]
        actions.append({"Identifier": f"b{number}", "Type": kind, "Parameters": parameters, "Transitions": {
            "NextAction": after, "Conditions": [{"NextAction": after, "Condition": {"Operator": "Equals", "Operands": [word]}} for word in conditions],
            "Errors": [{"NextAction": later, "ErrorType": "NoMatchingError"}]}})
    actions.append({"Identifier": f"b{BLOCKS - 1}", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}})
    return {"Version": "2019-10-30", "StartAction": "b0", "Metadata": {}, "Actions": actions}


def prepare(folder):
    """Which commands are measured, by their names."""
    menu = os.path.join(folder, "menu.json")
    with open(menu, "w", encoding="utf-8") as file:
        json.dump(long_menu(), file)
    commands = {"start and end (version)": ["version"]}
    if shutil.which("dot"):
        for kind in ("svg", "png"):
            commands[f"render {BLOCKS} blocks as {kind.upper()}"] = ["flow", "render", menu, "-o", os.path.join(folder, f"menu.{kind}")]
    if os.path.isdir(CORPUS):
        paths = corpus_files()
        scale_corpus(os.path.join(folder, "many"), paths)
        commands[f"lint {FILES} flows"] = ["flow", "lint", os.path.join(folder, "many")]
        commands["diff of the two largest flows"] = ["flow", "diff", paths[-1], paths[-2]]
    return commands


def main(runs):
    folder = tempfile.mkdtemp(prefix="trunkline-bench-")
    commands = prepare(folder)
    figures = {name: [] for name in commands}
    for _ in range(runs):
        for name, words in commands.items():
            figures[name].append(run(*words))
    shutil.rmtree(folder)
    start = statistics.median(took for took, _, _ in figures["start and end (version)"])
    print(f"{'':36}{'median ms':>10}{'least':>10}{'processor':>10}{'most MB':>10}{'of_start':>10}")
    for name, rows in figures.items():
        took, processor, memory = zip(*rows)
        middle = statistics.median(took)
        print(f"{name:36}{middle * 1e3:10.1f}{min(took) * 1e3:10.1f}{statistics.median(processor) * 1e3:10.1f}{max(memory):10.1f}{middle / start:10.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
