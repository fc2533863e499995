"""Disturbing a delivery at a call of the test's choice."""
import os
import subprocess
import threading

from delivery import REGIONS, ProxiedTest, changes_of
from running_cloud import BINARY, clean_environment


class FailingTest(ProxiedTest):
    """Applies whose calls a test spoils, to the primary Region alone."""

    def spoil_once(self, names, how):
        """The first call of each name is spoiled; the names whose turn has come."""
        seen = set()

        def spoil(call):
            if call.name not in names or call.name in seen:
                return None
            seen.add(call.name)
            return how() if callable(how) else how

        self.proxy.reset(spoil)
        return seen

    def run_apply(self, *words):
        return self.run_delivery("apply", "--region", REGIONS[0], *words, endpoint=self.proxy.endpoint)

    def check_delivered(self):
        self.assertEqual(changes_of(self.plan("--region", REGIONS[0])[REGIONS[0]]), [])
        self.assertEqual(self.call("sales")[1], "ACME_Sales")


class InterruptedTest(ProxiedTest):
    """Applies that a test disturbs at a call of its choice, to the primary Region alone."""

    def start_apply(self):
        words = ["apply", "--env", "dev", "--folder", self.center, "--endpoint-url", self.proxy.endpoint,
                 "--region", REGIONS[0]]
        return subprocess.Popen([BINARY, *words], text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, env=clean_environment(**self.SETTINGS))

    def points(self, count):
        """`count` of the writes of a whole delivery, by number; with TRUNKLINE_SWEEP=N every Nth."""
        self.proxy.reset()
        self.apply("--region", REGIONS[0], endpoint=self.proxy.endpoint)
        last = len(self.proxy.writes())
        step = int(os.environ.get("TRUNKLINE_SWEEP", 0)) or last // count
        return range(1 + step // 2, last + 1, step)

    def apply_and_do(self, number, disturb):
        """Applies, and calls disturb(process) when write `number` is at the proxy; (exit code, stdout, stderr)."""
        started = threading.Event()
        process = None

        def spoil(call):
            if call.write == number:
                started.wait()
                return disturb(process)
            return None

        self.proxy.reset(spoil)
        process = self.start_apply()
        started.set()
        out, err = process.communicate(timeout=100)
        self.assertGreaterEqual(len(self.proxy.writes()), number, "the delivery ended before")
        return process.returncode, out, err

    def check_finished_by_the_next(self):
        self.apply("--region", REGIONS[0])

        plan = self.plan("--region", REGIONS[0])[REGIONS[0]]
        self.assertEqual(changes_of(plan), [])
        connect, instance = self.client("connect"), self.instance_id()
        queues = connect.list_queues(InstanceId=instance, QueueTypes=["STANDARD"])["QueueSummaryList"]
        self.assertEqual(sorted(queue["Name"] for queue in queues), ["ACME_Finance", "ACME_Sales", "BasicQueue"])
        self.assertEqual(len(self.client("lexv2-models").list_bots()["botSummaries"]), 1)
        transcript, queue = self.call("sales")
        self.assertIn("Welcome to ACME.", transcript)
        self.assertEqual(queue, "ACME_Sales", transcript)
