"""The static binary in a folder that holds nothing else: what a function's zip and an empty container are."""
import json
import os
import shutil
import subprocess
import tempfile
import urllib.request

from running_cloud import ProgramTest

STATIC = os.environ.get("TRUNKLINE_STATIC_BINARY", "")
FLOW = {"Version": "2019-10-30", "StartAction": "end", "Metadata": {}, "Actions": [
    {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}


class EmptyFolder(ProgramTest):
    """Runs in a chroot: as root, else in a user namespace of its own. Where neither is allowed the test fails, because
    nothing else would see that the release cannot start."""

    def setUp(self):
        super().setUp()
        if not STATIC:
            self.skipTest("a sanitizer cannot be linked statically")
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copy(STATIC, os.path.join(self.folder, "trunkline"))

    def chroot(self, *words):
        outside = [] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user"]
        return [*outside, "/usr/sbin/chroot", self.folder, "/trunkline", *words]

    def run_there(self, *words):
        return subprocess.run(self.chroot(*words), env={}, text=True, capture_output=True, timeout=60)

    def test_says_its_version(self):
        done = self.run_there("version")

        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertRegex(done.stdout, r"^trunkline \d+\.\d+\.\d+")

    def test_checks_a_flow(self):
        with open(os.path.join(self.folder, "flow.json"), "w", encoding="utf-8") as file:
            json.dump(FLOW, file)

        done = self.run_there("flow", "lint", "/flow.json")

        self.assertEqual((done.returncode, done.stderr), (0, "1 flow: 0 errors, 0 warnings, 0 notes\n"))

    def test_writes_a_center(self):
        done = self.run_there("init", "/center")

        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(os.path.isdir(os.path.join(self.folder, "center", "amzconnect-contact-flows")))

    def test_runs_a_cloud(self):
        with subprocess.Popen(self.chroot("up", "--port", "0", "--json", "--data", "/data"), env={}, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL) as cloud:
            line = cloud.stdout.readline()
            if line:
                with urllib.request.urlopen(json.loads(line)["endpoint"] + "/_trunkline/health", timeout=20) as answer:
                    self.assertEqual(answer.status, 200)
            cloud.terminate()
            self.assertTrue(line, cloud.stderr.read())
