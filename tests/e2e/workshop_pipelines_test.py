"""A repository of the workshop that knows nothing of Trunkline, through the pipelines: only accounts and owner are filled in."""
import json
import os
import re
import shutil

from delivery import edit
from pushed_center import PushedCenterTest
from running_cloud import SOURCE, run_trunkline

PROJECTS = ("instance", "supporting-infra", "lambdas", "contact-flows")


class WorkshopCenterTest(PushedCenterTest):
    OPTIONS = ()
    PROJECTS = PROJECTS
    ACCOUNT = "111122223333"
    TOOLING = "777788889999"
    INSTANCE = "myworkshop-abc-dev-"
    REPOSITORY = "acme/cicd-connect-workshop"

    @classmethod
    def make_center(cls):
        shutil.copytree(os.path.join(SOURCE, "tests/data/workshop"), cls.center)
        cls.fill_in()

    @classmethod
    def fill_in(cls):
        pipelines = os.path.join(cls.center, "amzconnect-devops-pipelines/env")
        edit(os.path.join(pipelines, "accountvars.json"), "XXXXXXXXXXXX", "222233334444")
        edit(os.path.join(pipelines, "devops.json"), "Github account alias", "acme")

    def check_called(self, env="dev"):
        """A number is claimed, and whoever calls it and says 'sales' ends in the queue."""
        claimed = json.loads(self.trunkline("phone", "claim", "--env", env, "--flow", "ACME_Main", "--json"))
        called = run_trunkline("call", claimed["number"], "--say", "sales", "--endpoint-url", self.cloud.endpoint)
        self.assertIn("ACME_Sales", called.stdout, called.stderr)


class WorkshopPushed(WorkshopCenterTest):
    def test_is_delivered_by_a_push_of_develop(self):
        planned = self.trunkline("plan", "--env", "dev")

        self.assertEqual(re.findall(r"^(\S+): nothing to change", planned, re.MULTILINE), ["us-east-1", "us-west-2"], planned)
        self.check_called()

    def test_is_promoted_to_production_when_a_person_has_seen_the_plan_and_agrees(self):
        commit = self.push("main")
        for project in PROJECTS:
            pipeline = self.pipeline(project, "main")
            asked = self.asked(project, commit, "main")
            self.assertIn(f"Deliver {project} of {commit} to prod (account 444455556666)? us-east-1: ", asked)
            self.assertIn("== Approval/Plan: ", self.trunkline("pipelines", "logs", pipeline, "--action", "Plan"))
            if project == "instance":
                self.assertIn("create instance 'myworkshop-abc-prod-us-east-1'", asked)
                self.trunkline("pipelines", "approve", pipeline)
                continue
            # The same with AWS's own client.
            stage = next(one for one in self.codepipeline.get_pipeline_state(name=pipeline)["stageStates"] if one["stageName"] == "Approval")
            self.codepipeline.put_approval_result(
                pipelineName=pipeline, stageName="Approval", actionName="Approve",
                token=next(one for one in stage["actionStates"] if one["actionName"] == "Approve")["latestExecution"]["token"],
                result={"summary": "seen", "status": "Approved"})

        for project in PROJECTS:
            self.succeeds(project, commit, branch="main")

        self.assertIn("us-east-1: nothing to change", self.trunkline("plan", "--env", "prod"))
        self.check_called("prod")


class WorkshopCopy(WorkshopCenterTest):
    """A copy as people have them: saved on Windows, with one account for tools and development, a connection of that account,
    files of projects that name other accounts, and folders of CDK applications."""

    TOOLING = "111122223333"

    @classmethod
    def fill_in(cls):
        super().fill_in()
        pipelines = os.path.join(cls.center, "amzconnect-devops-pipelines/env")
        edit(os.path.join(pipelines, "accountvars.json"), '"us-east-1", "us-west-2"', '"us-east-1"')
        edit(os.path.join(pipelines, "devops.json"), "777788889999", cls.TOOLING)
        edit(os.path.join(pipelines, "devops.json"), "connection/XXXXXX", "connection/0c7d1e52-90aa-4b7e-8f0e-5d1c2b3a4f60")
        edit(os.path.join(cls.center, "amzconnect-instance/env/devops.json"), "777788889999", "444455556666")
        edit(os.path.join(cls.center, "amzconnect-supporting-infra/env/devops.json"), "777788889999", "XXXXXXXXXXXX")
        os.remove(os.path.join(cls.center, "amzconnect-lambdas/devops.json"))
        for path, text in {
                "amzconnect-instance/bin/lib/instance-stack/configuration.json": '{"instanceAlias": "old"}',
                "amzconnect-instance/lib/instance-stack/stepfunction/definition-asl.json": '{"StartAt": "Find", "States": {}}',
                "amzconnect-instance/package-lock.json": '{"name": "instance"}',
                "amzconnect-lambdas/test/githubeventjson": "{}",
                "awsCloud9/cf.yaml": "Resources: {}\n", "images/architecture.png": "\x89PNG",
                "pipelineDeploymentRole.yml": "Parameters:\n  pToolingAcountId: {Type: String}\nResources: {}\n"}.items():
            os.makedirs(os.path.dirname(os.path.join(cls.center, path)), exist_ok=True)
            with open(os.path.join(cls.center, path), "w", encoding="utf-8") as file:
                file.write(text)
        cls.save_as_on_windows()

    @classmethod
    def save_as_on_windows(cls):
        """CR LF at the ends of lines, and a byte-order mark."""
        for folder, _, files in os.walk(cls.center):
            for name in files:
                if name.endswith(".json"):
                    with open(os.path.join(folder, name), "r+b") as file:
                        text = file.read().replace(b"\n", b"\r\n")
                        file.seek(0)
                        file.write(b"\xef\xbb\xbf" + text)

    def test_is_delivered_as_it_is(self):
        self.nothing_to_change()
        self.check_called()
