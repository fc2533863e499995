"""PushedCenterTest: a center whose pipelines are there and whose first push was delivered, as a person sets it up: bootstrap,
pipelines, repository, webhook, git push. One for all tests of a class; every test leaves it delivered.
"""
import json
import os
import re
import shutil
import subprocess
import tempfile
import urllib.request
import warnings

from delivery import CALLFLOWS, DeliveryTest, edit, post
from running_cloud import CloudTest, clean_environment, run_trunkline, until

PROJECTS = ("instance", "supporting-infra", "admin-objects", "lambdas", "contact-flows")
ENDED = ("Succeeded", "Failed", "Stopped", "Cancelled", "Superseded")


class PushedCenterTest(DeliveryTest):
    """The ACME center, in one Region of each account."""

    OPTIONS = ("--enforce-iam",)
    REPOSITORY = "acme/acme-contact-center"
    TOOLING = "444444444444"
    BRANCH = "develop"
    PROJECTS = PROJECTS
    texts = {"ACME_Main": "Which department do you want to talk to, sales or finance?",
             "ACME_customer_hold": "Please hold the line, we will be right back."}  # of two flows, as they are live

    @classmethod
    def setUpClass(cls):
        warnings.simplefilter("ignore", ResourceWarning)  # boto3 leaves its sockets to the collector
        super().setUpClass()
        cls.texts = dict(cls.texts)
        cls.codepipeline = cls.cloud.client("codepipeline", account=cls.TOOLING)
        cls.addClassCleanup(cls.cloud.process.kill)  # when what follows fails
        cls.work = tempfile.mkdtemp(prefix="trunkline-test-")
        cls.addClassCleanup(shutil.rmtree, cls.work)
        cls.center = os.path.join(cls.work, "center")
        cls.make_center()
        cls.trunkline("bootstrap")
        cls.trunkline("pipelines", "deploy")
        post(cls.cloud.endpoint + "/_trunkline/repositories", {"full_name": cls.REPOSITORY})
        cls.trunkline("webhook", "create")
        cls.git("init", "--quiet", "-b", cls.BRANCH)
        commit = cls.push()
        for project in cls.PROJECTS:
            ended = cls.ended(project, commit)
            assert ended["status"] == "Succeeded", cls.told(project)

    @classmethod
    def make_center(cls):
        assert run_trunkline("init", cls.center).returncode == 0
        edit(os.path.join(cls.center, "amzconnect-devops-pipelines/env/accountvars.json"),
             '"us-east-1",\n        "us-west-2"', '"us-east-1"')

    def setUp(self):
        CloudTest.setUp(self)

    # ---- a person's commands

    @classmethod
    def run_command(cls, *words):
        """`trunkline ...` in the monorepo; the CompletedProcess."""
        return run_trunkline(*words, "--folder", cls.center, "--endpoint-url", cls.cloud.endpoint,
                             environment=clean_environment(GITHUB_TOKEN="x"))

    @classmethod
    def trunkline(cls, *words, code=0):
        """What it wrote."""
        done = cls.run_command(*words)
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

    @classmethod
    def git(cls, *words):
        environment = clean_environment(HOME=cls.work, GIT_CONFIG_NOSYSTEM="1", NO_PROXY="127.0.0.1")
        names = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
        return subprocess.run(["git", *names, *words], cwd=cls.center, env=environment, text=True, capture_output=True,
                              check=True, timeout=60).stdout.strip()

    @classmethod
    def push(cls, branch=None, message="a change"):
        """Everything there is becomes a commit of the branch; the commit."""
        cls.git("add", "--all")
        cls.git("commit", "--quiet", "--allow-empty", "-m", message)
        cls.git("push", "--quiet", "--force", f"{cls.cloud.endpoint}/_trunkline/git/{cls.REPOSITORY}.git",
                f"HEAD:refs/heads/{branch or cls.BRANCH}")
        return cls.git("rev-parse", "HEAD")

    # ---- pipelines

    @classmethod
    def executions(cls, project, branch=None):
        """The newest first."""
        return cls.codepipeline.list_pipeline_executions(pipelineName=cls.pipeline(project, branch))["pipelineExecutionSummaries"]

    @classmethod
    def pipeline(cls, project, branch=None):
        return f"amzconnect-{project}-{(branch or cls.BRANCH).replace('/', '-')}"

    @classmethod
    def of_commit(cls, project, commit, branch=None):
        """The newest execution for the commit, or None."""
        for one in cls.executions(project, branch):
            if commit in [row["revisionId"] for row in one.get("sourceRevisions", [])]:
                return one
        return None

    @classmethod
    def ended(cls, project, commit, branch=None):
        """The commit's newest execution when it has ended. On a busy machine the router may have answered too late, and the
        reconciliation starts what it did not."""
        try:
            until(lambda: cls.of_commit(project, commit, branch), bool, seconds=30)
        except AssertionError:
            cls.run_command("webhook", "reconcile")
        return until(lambda: cls.of_commit(project, commit, branch), lambda one: one and one["status"] in ENDED, seconds=240)

    @classmethod
    def told(cls, project, branch=None):
        """What a person sees of the pipeline's latest execution, and what its builds wrote."""
        done = cls.run_command("pipelines", "status", cls.pipeline(project, branch))
        logs = cls.run_command("pipelines", "logs", cls.pipeline(project, branch))
        return done.stdout + done.stderr + logs.stdout + logs.stderr

    def asked(self, project, commit, branch):
        """What a person sees when the commit's execution asks for approval."""
        until(lambda: self.of_commit(project, commit, branch), bool, seconds=60)
        return until(lambda: self.run_command("pipelines", "status", self.pipeline(project, branch)).stdout,
                     lambda text: "asks a person" in text or ": Failed" in text.splitlines()[0], seconds=90)

    def fails(self, project, commit, *texts, branch=None):
        """The pipeline fails at the commit, and a person is told these texts; all of it."""
        self.assertEqual(self.ended(project, commit, branch)["status"], "Failed", self.told(project, branch))
        told = self.told(project, branch)
        for text in texts:
            self.assertIn(text, told)
        return told

    def fails_at_source(self, project, before, *texts):
        """The first execution after that of this id ends at its source: before it knows a commit."""
        until(lambda: self.executions(project)[0], lambda one: one["pipelineExecutionId"] != before and one["status"] in ENDED,
              seconds=120)
        told = self.told(project)
        for text in texts:
            self.assertIn(text, told)

    def succeeds(self, project, commit, branch=None):
        self.assertEqual(self.ended(project, commit, branch)["status"], "Succeeded", self.told(project, branch))

    def retried(self, project, branch=None):
        """The failed stage again, to its end; what was told."""
        return self.trunkline("pipelines", "retry", self.pipeline(project, branch), "--follow")

    # ---- what is live

    def ask(self, words):
        """Changes two flows: the question to callers, and what they hear on hold."""
        for flow, before in self.texts.items():
            edit(os.path.join(self.center, CALLFLOWS, flow + ".json"), f'"Text": "{before}"', f'"Text": "{words}"')
            self.texts[flow] = words

    def check_live(self, words):
        """Both flows have these words, the call goes where it should, and nothing is left to change or half done."""
        for flow in self.texts:
            self.assertIn(words, self.flow(flow)["Content"], flow)
        transcript, queue = self.call("sales")
        self.assertIn(words, transcript)
        self.assertEqual(queue, "ACME_Sales")

    def nothing_to_change(self):
        plan = self.trunkline("plan", "--env", "dev")
        self.assertIn("nothing to change", plan)

    # ---- bad days

    def fault(self, operation, error="ThrottlingException", **more):
        """Arms it for the rest of the test; a function that tells how often it was met."""
        url = self.cloud.endpoint + "/_trunkline/faults"
        armed = post(url, {"operation": operation, **({} if "ends" in more else {"error": error}), **more})
        self.addCleanup(self.disarm)
        return lambda: next(one["met"] for one in self.faults() if one["id"] == armed["id"])

    def faults(self):
        with urllib.request.urlopen(self.cloud.endpoint + "/_trunkline/faults") as response:
            return json.load(response)["faults"]

    def disarm(self):
        urllib.request.urlopen(urllib.request.Request(self.cloud.endpoint + "/_trunkline/faults", method="DELETE")).close()

    def github(self, path, method=None):
        request = urllib.request.Request(self.cloud.endpoint + "/_trunkline/github" + path, method=method)
        with urllib.request.urlopen(request) as response:
            text = response.read()
        return json.loads(text) if text else None
