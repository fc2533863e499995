"""The embedded cloud as a child process, and real clients that talk to it: boto3 and the AWS CLI.

TRUNKLINE_BINARY names the program under test. Every cloud gets a free port and a folder of its own, so tests run side by
side. Nothing here sleeps: `up` prints its endpoint when it answers.
"""
import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest
import warnings

import boto3
from botocore.config import Config

from answer_check import watch

BINARY = os.environ["TRUNKLINE_BINARY"]
SOURCE = os.environ["TRUNKLINE_SOURCE"]
# What a delivery puts into the mapping function's zip: the program without its debug information.
BOOTSTRAP = os.environ.get("TRUNKLINE_BOOTSTRAP", BINARY)
ACCOUNT = "123456789012"
# One for all clients: it reads the models of a service once.
SESSION = boto3.session.Session()


def clean_environment(**more):
    """Of the caller's environment only what finds programs: a test depends on nobody's credentials."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LANG") if name in os.environ}
    return {**kept, "HOME": "/nonexistent", "TRUNKLINE_BOOTSTRAP": BOOTSTRAP, **more}


def run_trunkline(*words, folder=None, text=None, environment=None):
    """Runs the program to its end; a CompletedProcess with texts."""
    return subprocess.run([BINARY, *words], cwd=folder, input=text if text is not None else "", text=True,
                          capture_output=True, timeout=110, env=environment or clean_environment())


def until(ask, wanted, seconds=20):
    """Asks again until the answer is `wanted`: a value, or a function that says whether. The answer."""
    holds = wanted if callable(wanted) else lambda answer: answer == wanted
    end = time.monotonic() + seconds
    while True:
        answer = ask()
        if holds(answer):
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"after {seconds} s it is still {answer!r}")


class Cloud:
    """One `trunkline up`. `options` go to it; with `data` its state survives stop() and kill(). `under`: the words of
    a program that runs it, and is it or execs it, as `strace -D` does."""

    def __init__(self, *options, data=None, under=()):
        self.options = list(options)
        self.data = data
        self.under = list(under)
        self.process = None
        self.start()

    def start(self):
        where = ["--data", self.data] if self.data else ["--ephemeral"]
        self.process = subprocess.Popen([*self.under, BINARY, "up", "--port", "0", "--json", *where, *self.options],
                                        text=True, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
                                        env=clean_environment())
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"trunkline up ended with {self.process.wait()}")
        self.endpoint = json.loads(line)["endpoint"]
        self.clients = {}

    def stop(self):
        self.process.terminate()
        self._reap()

    def kill(self):
        self.process.kill()
        self._reap()

    def _reap(self):
        self.process.wait(timeout=30)
        self.process.stdout.close()

    def restart(self, how="stop"):
        """Ends it ("stop" or "kill") and starts it again on the same state; the port may be another."""
        getattr(self, how)()
        self.start()

    def client(self, service, region="us-east-1", account=ACCOUNT, **options):
        """A client of boto3, which takes long to make: one without options is made once a start."""
        if options:
            return self._new_client(service, region, account, **options)
        key = (service, region, account)
        if key not in self.clients:
            self.clients[key] = self._new_client(service, region, account)
        return self.clients[key]

    def _new_client(self, service, region, account, **options):
        config = Config(retries={"max_attempts": 1}, **options.pop("config", {}))
        keys = {"aws_access_key_id": account, "aws_secret_access_key": "test"}
        return watch(SESSION.client(service, region_name=region, endpoint_url=self.endpoint, config=config, **{**keys, **options}))

    def environment(self, region="us-east-1", account=ACCOUNT):
        return clean_environment(AWS_ACCESS_KEY_ID=account, AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION=region,
                                 AWS_ENDPOINT_URL=self.endpoint, AWS_EC2_METADATA_DISABLED="true", AWS_PAGER="")

    def aws(self, *words, region="us-east-1", account=ACCOUNT, check=True):
        """Debian's AWS CLI; with `check` its JSON output, else the CompletedProcess."""
        done = subprocess.run(["/usr/bin/aws", "--endpoint-url", self.endpoint, *words], text=True, timeout=110,
                              capture_output=True, stdin=subprocess.DEVNULL, env=self.environment(region, account))
        if not check:
            return done
        if done.returncode != 0:
            raise AssertionError(f"aws {' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        try:
            return json.loads(done.stdout) if done.stdout.strip() else {}
        except ValueError:
            return done.stdout


class ProgramTest(unittest.TestCase):
    """A temporary folder for each test (`self.folder`)."""

    maxDiff = None

    def setUp(self):
        # boto3's clients close their sockets when they are collected, and have no other way.
        warnings.simplefilter("ignore", ResourceWarning)
        self.folder = tempfile.mkdtemp(prefix="trunkline-test-")
        self.addCleanup(shutil.rmtree, self.folder)


class CloudTest(ProgramTest):
    """A cloud for all tests of a class (`cls.cloud`)."""

    OPTIONS = ()
    KEEPS_STATE = False

    @classmethod
    def setUpClass(cls):
        cls.data = None
        if cls.KEEPS_STATE:
            cls.data = tempfile.mkdtemp(prefix="trunkline-test-")
            cls.addClassCleanup(shutil.rmtree, cls.data)
        cls.cloud = Cloud(*cls.OPTIONS, data=cls.data)
        # Not in tearDownClass, which is left out when a class cannot be set up: a cloud that goes on holds ctest until its time limit.
        cls.addClassCleanup(lambda: cls.cloud.stop())
