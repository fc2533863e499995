"""`trunkline demo`, as the README shows it, and what --keep leaves behind."""
import json
import os
import re
import signal
import socket
import subprocess

import boto3

from connections import observed, read_connections
from running_cloud import BINARY, SOURCE, ProgramTest, clean_environment, run_trunkline


def action(name, kind, parameters, following=None, errors=()):
    transitions = {"NextAction": following,
                   "Errors": [{"ErrorType": error, "NextAction": following} for error in errors]}
    return {"Identifier": name, "Type": kind, "Parameters": parameters, "Transitions": transitions if following else {}}


# Takes digits and says them again.
MENU = {"Version": "2019-10-30", "StartAction": "ask", "Actions": [
    action("ask", "GetParticipantInput", {
        "Text": "Your number, please.", "StoreInput": "True", "InputTimeLimitSeconds": "5",
        "InputValidation": {"CustomValidation": {"MaximumLength": "5"}},
        "DTMFConfiguration": {"InputTerminationSequence": "#"}}, "say", ["NoMatchingError"]),
    action("say", "MessageParticipant", {"Text": "You typed $.StoredCustomerInput."}, "end", ["NoMatchingError"]),
    action("end", "DisconnectParticipant", {})]}


def readme_transcript():
    with open(os.path.join(SOURCE, "README.md"), encoding="utf-8") as file:
        block = re.search(r"^    .*\n(?:    .*\n|\n)*", file.read().split("## The demo")[1], re.MULTILINE)[0]
    return without_times("\n".join(line[4:] for line in block.strip("\n").splitlines()))


def without_times(text):
    """A function takes real time to answer, so what comes after it may be a second later."""
    return re.sub(r"^\d\d:\d\d", "MM:SS", text, flags=re.MULTILINE)


class Demo(ProgramTest):
    def test_ends_with_the_call_that_the_readme_shows(self):
        done = run_trunkline("demo", "--quick")

        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("MM:SS  caller   sales\n", readme_transcript())
        self.assertIn(readme_transcript(), without_times(done.stdout))
        for region in ("us-east-1", "us-west-2"):
            self.assertRegex(done.stdout, rf"  delivered \d+ resources to {region} of account 111111111111\n")

    def test_follows_what_the_caller_says(self):
        done = run_trunkline("demo", "--quick", "--say", "I want to pay a bill", "--json")

        self.assertEqual(done.returncode, 0, done.stderr)
        outcome = json.loads(done.stdout)
        self.assertEqual(outcome["queue"], "ACME_Finance")
        self.assertIn("Finance, with pleasure.", outcome["transcript"])

    def test_takes_its_folder_away_when_it_is_interrupted(self):
        demo = subprocess.Popen([BINARY, "demo", "--quick"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                env=clean_environment())
        lines = iter(demo.stdout.readline, "")
        folder = re.search(r" files in (\S+)", next(line for line in lines if "wrote the ACME center" in line))[1]
        self.assertTrue(os.path.isdir(folder))
        demo.send_signal(signal.SIGINT)
        _, errors = demo.communicate(timeout=30)

        self.assertEqual(demo.returncode, 1)
        self.assertIn("the demo was interrupted", errors)
        self.assertFalse(os.path.exists(folder))

    def test_connects_to_this_machine_only(self):
        log = os.path.join(self.folder, "connects")

        done = subprocess.run([*observed(log), BINARY, "demo", "--quick"], text=True, capture_output=True, timeout=110,
                              stdin=subprocess.DEVNULL, env=clean_environment())

        self.assertEqual(done.returncode, 0, done.stderr)
        loopback, elsewhere = read_connections(log)
        self.assertEqual(elsewhere, [])
        self.assertGreater(len(loopback), 5)

    def test_leaves_nothing_behind(self):
        done = run_trunkline("demo", "--quick", "--json")

        outcome = json.loads(done.stdout)
        self.assertFalse(os.path.exists(outcome["folder"]))
        called = run_trunkline("call", outcome["number"], "--endpoint-url", outcome["endpoint"], "--say", "sales")
        self.assertEqual(called.returncode, 1)
        self.assertIn(outcome["endpoint"].removeprefix("http://"), called.stderr)

    def test_leaves_nothing_behind_when_it_fails_either(self):
        done = run_trunkline("demo", "--quick", environment=clean_environment(TRUNKLINE_BOOTSTRAP="/nonexistent"))

        self.assertEqual(done.returncode, 1)
        self.assertIn("/nonexistent", done.stderr)
        folder = re.search(r"/tmp/trunkline-demo-\w+", done.stdout)[0]
        self.assertFalse(os.path.exists(folder))

    def test_takes_its_cloud_along_however_it_ends(self):
        for how in (signal.SIGINT, signal.SIGKILL):
            with self.subTest(how):
                demo = subprocess.Popen([BINARY, "demo", "--quick"], text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        stdin=subprocess.DEVNULL, env=clean_environment())
                endpoint = re.search(r"http://[\d.:]+", demo.stdout.readline())[0]
                # The cloud holds its end of the connection until its process is gone.
                host, port = endpoint.removeprefix("http://").split(":")
                with demo, socket.create_connection((host, int(port)), timeout=20) as cloud:
                    demo.send_signal(how)
                    self.assertIn(cloud.recv(1), (b"",))


class KeptDemo(ProgramTest):
    """One demo for all tests, left running."""

    @classmethod
    def setUpClass(cls):
        done = run_trunkline("demo", "--quick", "--keep")
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)
        cls.endpoint, cls.pid, cls.center = re.search(
            r"goes on at (\S+) \(process (\d+)\), the center is in (\S+)\.", done.stdout).groups()
        cls.number = re.search(r"trunkline call (\S+) ", done.stdout)[1]
        cls.text = done.stdout

    @classmethod
    def tearDownClass(cls):
        os.kill(int(cls.pid), signal.SIGTERM)

    def call(self, *words, text=None):
        return self.call_flow(self.number, *words, text=text)

    def call_flow(self, *words, text=None):
        return run_trunkline("call", *words, "--endpoint-url", self.endpoint, text=text)

    def test_can_be_called_with_a_script(self):
        done = self.call("--say", "finance")

        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"- the caller waits in queue ACME_Finance\n")

    def test_can_be_talked_to(self):
        done = self.call(text="pizza\nsales\n")

        self.assertEqual(done.returncode, 0, done.stderr)
        said = re.findall(r"^\d\d:\d\d  (system|caller|bot) +(.*)$", done.stdout, re.MULTILINE)
        self.assertEqual(said[:7], [
            ("system", "Welcome to ACME."),
            ("system", "Which department do you want to talk to, sales or finance?"),
            ("caller", "pizza"), ("system", "Sorry, I did not get that."),
            ("system", "Which department do you want to talk to, sales or finance?"),
            ("caller", "sales"), ("bot", "Sales, with pleasure.")])

    def test_takes_keys_from_whoever_types_them(self):
        connect = boto3.client("connect", region_name="us-east-1", endpoint_url=self.endpoint,
                               aws_access_key_id="111111111111", aws_secret_access_key="test")
        instance = connect.list_instances()["InstanceSummaryList"][0]["Id"]
        connect.create_contact_flow(InstanceId=instance, Name="Menu", Type="CONTACT_FLOW", Content=json.dumps(MENU))

        done = self.call_flow("--flow", "Menu", "--instance", instance, "--account", "111111111111", text="12#\n")

        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"caller   presses 12#\n\d\d:\d\d  system   You typed 12\.\n")

    def test_can_be_planned_as_it_says(self):
        words = re.search(r"trunkline (plan --env dev .*)$", self.text, re.MULTILINE)[1].split()

        done = run_trunkline(*words)

        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.count(": nothing to change, "), 2)
