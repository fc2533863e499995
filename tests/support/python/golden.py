"""Golden texts: what the program says, compared as a whole with a file of tests/golden.

A Transcript runs commands and collects what each printed; what differs from run to run (folders, ports, times) is
replaced by names first. TRUNKLINE_REWRITE_GOLDEN=1 writes the files.
"""
import os
import re
import shlex
import subprocess

from running_cloud import BINARY, SOURCE, clean_environment

# As root everything may be read and written. These capabilities do that; without them root is a user like any other.
AS_A_USER = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner"] if os.geteuid() == 0 else []


class Transcript:
    def __init__(self, folder, **names):
        """`names`: what is written as NAME instead of its value, such as ENDPOINT=cloud.endpoint."""
        self.folder = folder
        self.names = {"FOLDER": folder, "TRUNKLINE": BINARY, **names}
        self.text = ""

    def run(self, *words, code, text="", environment=None, folder=None, as_a_user=False, note=""):
        """Runs the program, expects the exit code, and writes down what it printed. The CompletedProcess."""
        before = AS_A_USER if as_a_user else []
        done = subprocess.run([*before, BINARY, *words], cwd=folder or self.folder, input=text, text=True,
                              capture_output=True, timeout=110, env=environment or clean_environment())
        self.add(words, done, note)
        if done.returncode != code:
            raise AssertionError(f"expected exit code {code} of {shlex.join(words)} but got {done.returncode}:\n"
                                 f"{done.stdout}{done.stderr}")
        return done

    def add(self, words, done, note=""):
        self.text += f"{'# ' + note + chr(10) if note else ''}$ trunkline {self.hide(shlex.join(words))}\n"
        if done.stderr:
            self.text += f"--- stderr\n{self.hide(done.stderr)}"
        if done.stdout:
            self.text += f"--- stdout\n{self.hide(done.stdout)}"
        self.text += f"--- exit {done.returncode}\n\n"

    def hide(self, text):
        for name, value in sorted(self.names.items(), key=lambda item: -len(item[1])):
            text = text.replace(value, name)
        text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID", text)
        return re.sub(r"\b\d+(\.\d+)? (ms|s)\b", "TIME", text)

    def check(self, test, name):
        """Compares with tests/golden/<name>."""
        path = os.path.join(SOURCE, "tests", "golden", name)
        if os.environ.get("TRUNKLINE_REWRITE_GOLDEN"):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(self.text)
            return
        with open(path, encoding="utf-8") as file:
            test.assertEqual(file.read(), self.text)
