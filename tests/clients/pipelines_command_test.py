"""What a person does with a pipeline: `trunkline pipelines list`, `status`, `start`, `stop`, `retry`, `approve`, `reject`, `logs`, `wait`."""
import json
import os

from center_pipeline import BUILDSPEC, REGION, TARGET, TEMPLATE, TOOLS, PipelineTest
from clients import until
from running_cloud import run_trunkline

FILES = {"buildspec__yml": BUILDSPEC, "template__json": TEMPLATE, "index__html": "first"}


class PipelinesCommandTest(PipelineTest):
    PIPELINE = "amzconnect-instance-main"

    def setUp(self):
        super().setUp()
        self.center = os.path.join(self.folder, "monorepo")
        self.write("accountvars.json", {"accounts": [
            {"env": "prod", "branch": "main", "enabled": True, "account": TARGET, "region": [REGION], "app": "ACME"}]})
        self.write("devops.json", {"env": "devops", "account": TOOLS, "region": REGION, "repo": "center", "owner": "acme",
                                   "codestarArn": self.connection, "email": "ann@example.com"})

    def stages(self):
        stages = super().stages()
        stages["Ask"][0]["configuration"] = {"CustomData": "ready?"}
        return stages

    def write(self, name, content):
        folder = os.path.join(self.center, "amzconnect-devops-pipelines", "env")
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            json.dump(content, file)

    def pipelines(self, *words, code=0):
        done = run_trunkline("pipelines", *words, "--folder", self.center, "--endpoint-url", self.cloud.endpoint)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return done.stdout + done.stderr

    def status(self, *words, code=0):
        return json.loads(self.pipelines("status", "instance-main", "--json", *words, code=code))

    def stage(self, name):
        return next(stage for stage in self.status()["stages"] if stage["name"] == name)

    def test_a_release_is_watched_approved_and_listed(self):
        self.create_pipeline("Source", "Build", "Ask", "Site")
        commit = self.push(**FILES)

        waiting = self.pipelines("status", "instance-main", "--follow")
        self.assertIn("asks a person", waiting)
        self.assertIn("trunkline pipelines approve amzconnect-instance-main", waiting)
        self.assertIn("Stage 'Ask' of instance-main is approved.", self.pipelines("approve", "instance-main", "--comment", "heard it"))
        ended = self.pipelines("status", self.PIPELINE, "--follow")

        self.assertIn("amzconnect-instance-main: Succeeded", ended)
        self.assertIn(commit[:7], ended)
        self.assertRegex(self.pipelines("list"), rf"amzconnect-instance-main +Succeeded +Site +{commit[:7]} +.* ago")
        self.assertEqual([stage["status"] for stage in self.status()["stages"]], ["Succeeded"] * 4)
        self.assertIn("asks nobody at the moment", self.pipelines("approve", "instance-main", code=1))

    def test_a_failed_build_is_read_and_retried(self):
        self.create_pipeline("Source", "Build")
        self.push(**FILES, broken="")

        failed = self.pipelines("status", "instance-main", "--follow", code=1)
        log = self.pipelines("logs", "instance-main", "--action", "Build")
        again = self.pipelines("retry", "instance-main", "--follow", code=1)

        self.assertIn("Next: trunkline pipelines logs amzconnect-instance-main", failed)
        self.assertIn("== Build/Build: build:", log)
        self.assertIn("test ! -e broken", log)
        self.assertIn("Build/Build: Failed", again)
        self.assertIn("its builds are Build/Build", self.pipelines("logs", "instance-main", "--action", "Nobody", code=1))

    def test_an_execution_is_started_at_a_commit_and_stopped(self):
        self.create_pipeline("Source", "Build")
        first = self.push(**FILES)
        self.pipelines("status", "instance-main", "--follow")
        self.push(index__html="second")
        self.pipelines("status", "instance-main", "--follow")

        self.pipelines("start", "instance-main", "--commit", first, "--follow")
        self.assertEqual(self.status()["commit"], first)
        self.push(slow="")
        self.wait_for("Build")
        stopped = self.pipelines("stop", "instance-main", "--at-once", "--reason", "wrong branch")

        self.assertIn("ends at once", stopped)
        until(lambda: self.executions()[0]["status"], "Stopped")
        self.assertEqual(self.status(code=1)["status"], "Stopped")
        self.assertIn("nothing of pipeline 'amzconnect-instance-main' is running", self.pipelines("stop", "instance-main", code=1))

    def test_a_rejection_ends_the_execution(self):
        self.create_pipeline("Source", "Build", "Ask", "Site")
        self.push(**FILES)
        self.pipelines("status", "instance-main", "--follow")

        self.pipelines("reject", "instance-main")

        self.assertIn("amzconnect-instance-main: Failed", self.pipelines("status", "instance-main", "--follow", code=1))

    def wait(self, commit, *words, code=0):
        return self.pipelines("wait", "--env", "prod", "--project", "contact-flows", "--commit", commit, *words, code=code)

    def test_what_stands_on_an_earlier_project_waits_for_it(self):
        self.create_pipeline("Source", "Build", "Ask")
        good = self.push(**FILES)
        self.pipelines("status", "instance-main", "--follow")
        self.pipelines("approve", "instance-main")
        self.wait(good)
        bad = self.push(broken="")

        failed = self.wait(bad, code=1)

        self.assertIn("waits for pipeline 'amzconnect-instance-main'", failed)
        self.assertIn("pipeline 'amzconnect-instance-main' failed for the same commit", failed)
        self.wait(good)

    def test_names_and_folders_that_are_wrong_are_said(self):
        self.create_pipeline("Source", "Build")
        self.assertIn("did you mean 'amzconnect-instance-main'?", self.pipelines("status", "instance-mian", code=1))
        self.assertIn("expected --minutes from 1 to 2160 but got 'x'", self.wait("c" * 40, "--minutes", "x", code=2))
        elsewhere = run_trunkline("pipelines", "list", "--folder", self.folder, "--endpoint-url", self.cloud.endpoint)
        self.assertEqual(elsewhere.returncode, 1)
        self.assertIn("amzconnect-devops-pipelines/env/accountvars.json: error: this file is missing", elsewhere.stderr)
