"""A pipeline whose cloud is killed in the middle of each action: it goes on, or fails so that a retry goes on."""
import json
import os
import urllib.request

from center_pipeline import BUILDSPEC, NOTE, PARAMETER, TEMPLATE, PipelineTest
from clients import SOON, until
from functions import packed

FILES = {"buildspec__yml": BUILDSPEC, "template__json": TEMPLATE, "index__html": "first"}
HELD_CHECK = """
import os, time, boto3
def handler(event, context):
    job = event["CodePipeline.job"]
    open(os.environ["HELD"], "w").close()
    while not os.path.exists(os.environ["GO"]):
        time.sleep(0.05)
    boto3.client("codepipeline").put_job_success_result(jobId=job["id"], outputVariables={"Checked": "late"})
"""


class InterruptedPipelineTest(PipelineTest):
    def kill_when(self, name):
        """Kills the cloud while the action runs, when it has raised its flag, and starts it again."""
        self.wait_for(name)
        self.cloud.restart("kill")

    def hold(self):
        until(lambda: os.path.exists(self.flag("HELD")), True)

    def let_go(self):
        open(self.flag("GO"), "w").close()

    def put(self, url, body):
        urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode(), method="PUT")).close()

    def test_a_build_that_was_killed_fails_and_is_retried(self):
        self.create_pipeline("Source", "Build", "Site")
        self.push(**FILES, slow="")
        self.hold()
        self.kill_when("Build")
        self.wait_for_end("Failed")
        why = self.failures()["Build"]

        self.let_go()
        self.retry("Build")
        until(lambda: self.executions()[0]["status"], "Succeeded")

        self.assertEqual(why["code"], "JobFailed")
        self.assertIn("FAULT", why["message"])
        self.assertEqual(self.site(), "first")

    def test_a_stack_that_waits_is_waited_for_further(self):
        self.create_pipeline("Source", "Build", "Deploy")
        handle = {"Type": "AWS::CloudFormation::WaitConditionHandle"}
        wait = {"Type": "AWS::CloudFormation::WaitCondition", "DependsOn": "Noted",
                "Properties": {"Handle": {"Ref": "Handle"}, "Timeout": "60"}}
        url = {**PARAMETER, "Properties": {**PARAMETER["Properties"], "Name": "/center/url", "Value": {"Ref": "Handle"}}}
        held = {**TEMPLATE, "Resources": {**TEMPLATE["Resources"], "Handle": handle, "Wait": wait, "Url": url}}
        self.push(**{**FILES, "template__json": held})

        def handle_url():
            found = self.target("ssm").get_parameters(Names=["/center/url"])["Parameters"]
            return found and found[0]["Value"]
        address = until(handle_url, bool)
        self.kill_when("Execute")
        path = address.split("/", 3)[3]
        self.put(f"{self.cloud.endpoint}/{path}", {"Status": "SUCCESS", "UniqueId": "1", "Data": "x", "Reason": "ready"})
        self.wait_for_end()

        self.assertIn("release-", self.released())

    def test_a_workflow_goes_on(self):
        token = {**NOTE, "Resource": NOTE["Resource"] + ".waitForTaskToken",
                 "Parameters": {**NOTE["Parameters"], "Value.$": "$$.Task.Token"}}
        self.tools("stepfunctions").update_state_machine(stateMachineArn=self.machine, definition=json.dumps(
            {"StartAt": "Note", "States": {"Note": token}}))
        self.create_pipeline("Source", "Build", "Deploy", "Check")
        self.push(**FILES)
        said = until(lambda: self.tools("ssm").get_parameters(Names=["/tools/release"])["Parameters"], bool)

        self.kill_when("Note")
        self.tools("stepfunctions").send_task_success(taskToken=said[0]["Value"], output="{}")
        self.wait_for_end()

    def test_a_function_that_was_killed_is_called_again(self):
        self.tools("lambda").update_function_configuration(FunctionName="check", Environment={"Variables": {
            "HELD": self.flag("HELD"), "GO": self.flag("GO")}})
        self.tools("lambda").get_waiter("function_updated_v2").wait(FunctionName="check", WaiterConfig=SOON)
        self.tools("lambda").update_function_code(FunctionName="check", ZipFile=packed(app__py=HELD_CHECK))
        self.create_pipeline("Source", "Build", "Deploy", "Check")
        self.push(**FILES)
        self.hold()

        self.kill_when("Check")
        self.let_go()
        self.wait_for_end()

        self.assertEqual(self.actions()["Check"]["output"]["outputVariables"], {"Checked": "late"})

    def test_an_approval_waits_further(self):
        self.create_pipeline()
        self.push(**FILES)
        self.wait_for("Ask")

        self.cloud.restart("kill")
        self.approve()
        self.wait_for_end()

        self.assertEqual(self.site(), "first")

    def test_a_kill_at_any_time_loses_no_push(self):
        # The kill comes as soon as a push was answered, or when one more action has begun.
        self.create_pipeline("Source", "Build", "Deploy", "Site")
        for number in range(6):
            known = len(self.executions())
            self.repository.push(**FILES, number__txt=str(number))
            if number > 0:
                until(lambda: len(self.actions()) >= number and len(self.executions()) > known, True)
            self.cloud.restart("kill")
            until(lambda: len(self.executions()), known + 1)
            until(lambda: self.executions()[0]["status"], lambda status: status != "InProgress")
            for failed in self.failures():
                self.retry({"Get": "Source", "Build": "Build", "Site": "Site"}.get(failed, "Deploy"))
            until(lambda: self.executions()[0]["status"], "Succeeded")
