"""Lists the suites of a GoogleTest program as tests for CTest, one a suite: a program of 2,700 tests that is started
for each of them spends most of its time with starting.

    suites.py <program> <file to write> <label> <seconds a suite may take>
"""
import subprocess
import sys


def suites(listing):
    """The suites of --gtest_list_tests, with how many tests each has; those that are disabled are none."""
    found = {}
    for line in listing.splitlines():
        name = line.split("#")[0].rstrip()
        if name.endswith(".") and not name.startswith(" "):
            suite = name
        elif name.startswith("  ") and not name.strip().startswith("DISABLED_"):
            found[suite] = found.get(suite, 0) + 1
    return {suite: count for suite, count in found.items() if "DISABLED_" not in suite}


def main(program, out, label, seconds):
    listing = subprocess.run([program, "--gtest_list_tests"], check=True, capture_output=True, text=True).stdout
    lines = []
    for suite, count in suites(listing).items():
        name = f"{label}.{suite.rstrip('.')}"
        lines.append(f"add_test([=[{name}]=] [=[{program}]=] [=[--gtest_filter={suite}*]=] --gtest_brief=1)")
        lines.append(f"set_tests_properties([=[{name}]=] PROPERTIES LABELS {label} TIMEOUT {seconds} COST {count / 50:.2f})")
    with open(out, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
