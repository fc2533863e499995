"""A pipeline from a push over smart HTTP to a release in another account, through CodeBuild, CloudFormation, Step Functions,
Lambda, a person and S3, with and without --enforce-iam; what fails, is retried, and is stopped."""
import io
import json
import time
import zipfile

from center_pipeline import BUCKET, BUILDSPEC, TARGET, TEMPLATE, TOOLS, PipelineTest
from clients import create_open_queue, until

FILES = {"buildspec__yml": BUILDSPEC, "template__json": TEMPLATE, "index__html": "first"}


class WholePipelineTest(PipelineTest):
    def artifact(self, action, name):
        """The files of an output artifact, and the key it is encrypted under."""
        place = next(one["s3location"] for one in self.actions()[action]["output"]["outputArtifacts"] if one["name"] == name)
        got = self.tools("s3").get_object(Bucket=place["bucket"], Key=place["key"])
        self.assertEqual((place["bucket"], got["ServerSideEncryption"], got["SSEKMSKeyId"]), (BUCKET, "aws:kms", self.key))
        with zipfile.ZipFile(io.BytesIO(got["Body"].read())) as archive:
            return {one: archive.read(one).decode() for one in archive.namelist()}

    def test_a_push_is_released_in_another_account(self):
        self.create_pipeline()

        commit = self.push(**FILES)
        self.approve()
        ended = self.wait_for_end()

        release = f"release-{commit}"
        self.assertEqual(ended["trigger"]["triggerType"], "WebhookV2")
        self.assertEqual(self.released(), f"{release}|built from {commit}|{BUCKET}")
        self.assertEqual(self.tools("ssm").get_parameter(Name="/tools/release")["Parameter"]["Value"], release)
        self.assertEqual(self.site(), "first")
        self.assertEqual(self.actions()["Ask"]["input"]["resolvedConfiguration"]["CustomData"], release + "?")
        self.assertEqual(sorted(self.artifact("Build", "built")), ["index.html", "numbers.json", "template.json"])
        self.assertEqual(json.loads(self.artifact("Execute", "deployed")["outputs.json"]), {"Release": release})
        self.assertIn("buildspec.yml", self.artifact("Get", "source"))

    def test_the_next_push_updates_and_a_release_without_changes_passes(self):
        self.create_pipeline("Source", "Build", "Deploy")
        first = self.push(**FILES)
        self.wait_for_end()
        second = self.push(index__html="second")
        self.wait_for_end()
        updated = self.released()

        self.tools("codepipeline").start_pipeline_execution(name="center")
        until(lambda: len(self.executions()), 4)
        self.wait_for_end()

        self.assertNotEqual(first, second)
        self.assertIn(second, updated)
        self.assertEqual(self.released(), updated)

    def test_a_failed_build_says_why_and_its_stage_is_retried(self):
        self.create_pipeline("Source", "Build", "Site")
        self.push(**FILES, broken="")
        self.wait_for_end("Failed")

        why = self.failures()["Build"]
        log = self.tools("logs").get_log_events(
            logGroupName="/aws/codebuild/build",
            logStreamName=self.actions()["Build"]["output"]["executionResult"]["externalExecutionId"].split(":")[1])
        self.retry("Build")
        until(lambda: self.state("Build"), "Failed")
        self.wait_for_end("Failed")

        self.assertEqual(why["code"], "JobFailed")
        self.assertIn("Error while executing command: test ! -e broken", why["message"])
        self.assertIn("test ! -e broken", "".join(one["message"] for one in log["events"]))
        runs = self.tools("codepipeline").list_action_executions(pipelineName="center")["actionExecutionDetails"]
        self.assertEqual(len([one for one in runs if one["actionName"] == "Build"]), 2)

    def test_a_stopped_execution_abandons_its_build_which_goes_on(self):
        self.create_pipeline("Source", "Build")
        self.push(**FILES, slow="")
        self.wait_for("Build")
        newest = self.executions()[0]["pipelineExecutionId"]

        self.tools("codepipeline").stop_pipeline_execution(
            pipelineName="center", pipelineExecutionId=newest, abandon=True, reason="wrong")
        stopped = self.wait_for_end("Stopped")

        self.assertEqual(stopped["stopTrigger"]["reason"], "wrong")
        self.assertEqual(self.state("Build"), "Abandoned")
        build = self.actions()["Build"]["output"]["executionResult"]["externalExecutionId"]
        open(self.flag("GO"), "w").close()
        until(lambda: self.tools("codebuild").batch_get_builds(ids=[build])["builds"][0]["buildStatus"], "SUCCEEDED")

    def test_a_stack_that_cannot_be_made_fails_its_action_with_the_reason(self):
        self.create_pipeline("Source", "Build", "Deploy")
        broken = json.loads(json.dumps(TEMPLATE))
        broken["Resources"]["Noted"]["Properties"]["Type"] = "Nothing"
        self.push(**{**FILES, "template__json": broken})
        self.wait_for_end("Failed")

        why = self.failures()["Execute"]
        self.assertEqual(why["code"], "JobFailed")
        self.assertIn("The stack is in state ROLLBACK_COMPLETE. Noted: ", why["message"])
        self.assertIn("Member must satisfy enum value set: [String, StringList, SecureString]", why["message"])

    def test_a_function_may_refuse(self):
        self.create_pipeline()
        self.push(**{**FILES, "buildspec__yml": BUILDSPEC.replace("release-$COMMIT", "refused")})
        self.wait_for_end("Failed")

        self.assertEqual(self.failures(), {"Check": {"code": "JobFailed", "message": "not this one"}})

    def test_a_person_is_asked_by_a_message_whose_token_answers(self):
        sqs, sns = self.tools("sqs"), self.tools("sns")
        url = create_open_queue(sqs, "asked")
        sns.subscribe(TopicArn=self.topic, Protocol="sqs", Endpoint=sqs.get_queue_attributes(
            QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"], Attributes={"RawMessageDelivery": "true"})
        self.create_pipeline()
        commit = self.push(**FILES)

        message = json.loads(sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)["Messages"][0]["Body"])
        asked = message["approval"]
        self.tools("codepipeline").put_approval_result(
            pipelineName=asked["pipelineName"], stageName=asked["stageName"], actionName=asked["actionName"],
            token=asked["token"], result={"summary": "by message", "status": "Approved"})
        self.wait_for_end()

        self.assertEqual(asked["customData"], f"release-{commit}?")

    def test_a_push_starts_its_pipeline_at_once(self):
        self.create_pipeline("Source", "Build")
        known = len(self.executions())
        self.repository.push(**FILES)

        pushed = time.monotonic()
        until(lambda: len(self.executions()), known + 1)

        # 20 to 70 ms in a debug build; a busy machine takes longer.
        self.assertLess(time.monotonic() - pushed, 1)

    def test_a_person_may_refuse(self):
        self.create_pipeline()
        self.push(**FILES)
        self.approve("Rejected")
        self.wait_for_end("Failed")

        self.assertEqual(list(self.failures()), ["Ask"])


class EnforcedPipelineTest(WholePipelineTest):
    """The same, where policies decide."""

    OPTIONS = ("--enforce-iam",)

    def test_an_action_that_may_not_says_so_and_goes_on_when_it_may(self):
        self.create_pipeline()
        pipeline, deploy = (TOOLS, "pipeline", self.pipeline_may), (TARGET, "deploy", self.deploy_may)
        connection = "codestar-connections:UseConnection"
        steps = [("Source", "Get", pipeline, connection),
                 ("Build", "Build", pipeline, "codebuild:StartBuild"),
                 ("Deploy", "Prepare", pipeline, "sts:AssumeRole"),
                 ("Deploy", "Prepare", deploy, "iam:PassRole"),
                 ("Deploy", "Prepare", deploy, "kms:Decrypt"),
                 ("Deploy", "Prepare", deploy, "s3:GetObject"),
                 ("Check", "Check", pipeline, "lambda:InvokeFunction"),
                 ("Ask", "Ask", pipeline, "sns:Publish"),
                 ("Site", "Site", deploy, "s3:Put*")]
        for i, (stage, name, (account, role, may), denied) in enumerate(steps):
            self.permit(account, role, *[one for one in may if denied not in one["Action"]])
            self.push(**FILES) if i == 0 else self.retry(steps[i - 1][0])
            if i and steps[i - 1][0] == "Ask":
                self.approve()
            with self.subTest(denied):
                until(lambda: self.state(name), "Failed")
                self.wait_for_end("Failed")
                why = self.failures()[name]
                self.assertEqual(why["code"], "PermissionError", why)
                self.assertIn("Unable to use Connection" if denied == connection else denied.strip("*"), why["message"])
            self.permit(account, role, *may)

        self.retry("Site")
        until(lambda: self.executions()[0]["status"], "Succeeded")
        self.assertEqual(self.site(), "first")

    def test_a_key_that_lets_nobody_else_in_stops_the_other_account(self):
        self.create_pipeline("Source", "Build", "Deploy")
        kms = self.tools("kms")
        policy = kms.get_key_policy(KeyId=self.key, PolicyName="default")["Policy"]
        kms.put_key_policy(KeyId=self.key, PolicyName="default", Policy=policy.replace(f"arn:aws:iam::{TARGET}:root", f"arn:aws:iam::{TOOLS}:root"))
        self.push(**FILES)
        self.wait_for_end("Failed")
        why = self.failures()["Prepare"]

        kms.put_key_policy(KeyId=self.key, PolicyName="default", Policy=policy)
        self.retry("Deploy")
        until(lambda: self.executions()[0]["status"], "Succeeded")

        self.assertEqual(why["code"], "PermissionError")
        self.assertIn("kms:Decrypt", why["message"])
