"""Pipelines of other shapes, with the real services behind them: two Regions, rolling back, batches, several artifacts,
commands, sources in S3 that tell by events."""
import io
import json
import zipfile

from center_pipeline import BUCKET, BUILDSPEC, REGION, TEMPLATE, TOOLS, PipelineTest, action, allow, arn
from clients import until

FILES = {"buildspec__yml": BUILDSPEC, "template__json": TEMPLATE, "index__html": "first"}
OTHER = "eu-west-1"
BATCH = {"version": 0.2, "batch": {"fast-fail": False, "build-list": [
    {"identifier": "one", "env": {"variables": {"PART": "1"}}}, {"identifier": "two", "env": {"variables": {"PART": "2"}}}]},
    "phases": {"build": {"commands": ["test $PART -le ${MOST:-2}"]}}}


def stack(name, region=REGION, **more):
    parameters = {"Release": "#{Build.RELEASE}", "Note": region, "Bucket": {"Fn::GetArtifactAtt": ["built", "BucketName"]}}
    return action(name, "Deploy", "CloudFormation", {
        "StackName": "center", "ActionMode": "CREATE_UPDATE", "TemplatePath": "built::template.json",
        "ParameterOverrides": json.dumps(parameters)}, ["built"], region=region, **more)


class ShapesTest(PipelineTest):
    def setUp(self):
        super().setUp()
        self.permit(TOOLS, "pipeline", *self.pipeline_may, allow(["cloudformation:*", "ssm:*", "codebuild:*", "logs:*", "s3:*"]))

    def stages_with(self, **more):
        first = self.stages()
        return [{"name": name, "actions": actions} for name, actions in
                {"Source": first["Source"], "Build": first["Build"], **more}.items()]

    def release(self, region):
        return self.cloud.client("ssm", region, account=TOOLS).get_parameter(Name="/center/release")["Parameter"]["Value"]

    def test_stacks_of_two_regions(self):
        other_bucket = BUCKET + "-ireland"
        self.cloud.client("s3", OTHER, account=TOOLS).create_bucket(
            Bucket=other_bucket, CreateBucketConfiguration={"LocationConstraint": OTHER})
        stores = {REGION: {"type": "S3", "location": BUCKET}, OTHER: {"type": "S3", "location": other_bucket}}
        self.create_pipeline(artifactStores=stores, artifactStore=None, stages=self.stages_with(
            Deploy=[stack("Here"), stack("There", OTHER)]))

        commit = self.push(**FILES)
        self.wait_for_end()

        self.assertEqual(self.release(REGION), f"release-{commit}|{REGION}|{BUCKET}")
        self.assertEqual(self.release(OTHER), f"release-{commit}|{OTHER}|{other_bucket}")

    def test_a_stage_that_fails_rolls_back_to_the_release_before(self):
        stages = self.stages_with(Deploy=[stack("Here")])
        stages[-1]["onFailure"] = {"result": "ROLLBACK"}
        self.create_pipeline(stages=stages)
        good = self.push(**FILES)
        self.wait_for_end()

        wrong = json.loads(json.dumps(TEMPLATE))
        wrong["Resources"]["Wrong"] = {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String"}}
        self.push(template__json=wrong)

        def newest():
            done = self.executions()
            return [(one.get("trigger", {}).get("triggerType"), one["status"]) for one in done[:2]]
        until(newest, [("AutomatedRollback", "Succeeded"), ("WebhookV2", "Failed")])
        self.assertIn(good, self.release(REGION))

    def test_a_batch_is_waited_for(self):
        project = {"serviceRole": self.build_role, "restrictions": {"maximumBuildsAllowed": 5}}
        self.tools("codebuild").update_project(name="build", buildBatchConfig=project)
        stages = self.stages_with()
        stages[1]["actions"][0]["configuration"]["BatchEnabled"] = "true"
        del stages[1]["actions"][0]["outputArtifacts"]
        self.permit(TOOLS, "build", self.logs, allow(["s3:*", "kms:*", "codebuild:StartBuild", "codebuild:StopBuild", "codebuild:RetryBuild"]))
        self.create_pipeline(stages=stages)

        self.push(**{**FILES, "buildspec__yml": BATCH})
        self.wait_for_end()
        batch = self.actions()["Build"]["output"]["executionResult"]["externalExecutionId"]
        parts = self.tools("codebuild").batch_get_build_batches(ids=[batch])["buildBatches"][0]["buildGroups"]
        self.push(buildspec__yml={**BATCH, "env": {"variables": {"MOST": "1"}}})
        self.wait_for_end("Failed")

        self.assertEqual(sorted((one["identifier"], one["currentBuildSummary"]["buildStatus"]) for one in parts)[-2:],
                         [("one", "SUCCEEDED"), ("two", "SUCCEEDED")])

    def test_a_build_of_two_sources_makes_two_artifacts(self):
        spec = {"version": 0.2, "phases": {"build": {"commands": [
            "cat $CODEBUILD_SRC_DIR_extra/index.html > site.txt", "echo more > more.txt"]}},
            "artifacts": {"secondary-artifacts": {"site": {"files": ["site.txt"]}, "more": {"files": ["more.txt"]}}}}
        stages = self.stages_with(Site=[action("Site", "Deploy", "S3", {"BucketName": BUCKET, "Extract": "true", "ObjectKey": "site"}, ["site"])])
        twin = json.loads(json.dumps(stages[0]["actions"][0]))
        twin.update(name="Twin", namespace="Twin", outputArtifacts=[{"name": "extra"}])
        stages[0]["actions"].append(twin)
        build = stages[1]["actions"][0]
        build.update(inputArtifacts=[{"name": "source"}, {"name": "extra"}], outputArtifacts=[{"name": "site"}, {"name": "more"}])
        build["configuration"]["PrimarySource"] = "source"
        self.create_pipeline(stages=stages)

        self.push(**{**FILES, "buildspec__yml": spec})
        self.wait_for_end()

        self.assertEqual(self.tools("s3").get_object(Bucket=BUCKET, Key="site/site.txt")["Body"].read(), b"first")

    def test_commands_hand_on_files_and_variables(self):
        commands = {"name": "Say", "namespace": "Say", "inputArtifacts": [{"name": "source"}], "commands": [
            "export WORD=hello", "cat index.html > said.txt"], "outputVariables": ["WORD"],
            "outputArtifacts": [{"name": "said", "files": ["said.txt"]}],
            "actionTypeId": {"category": "Compute", "owner": "AWS", "provider": "Commands", "version": "1"}}
        stages = self.stages_with(Say=[commands], Site=[
            action("Site", "Deploy", "S3", {"BucketName": BUCKET, "Extract": "true", "ObjectKey": "#{Say.WORD}"}, ["said"])])
        del stages[1]
        self.permit(TOOLS, "pipeline", *self.pipeline_may, self.logs)  # nothing of CodeBuild is needed
        self.create_pipeline(stages=stages)

        self.push(**FILES)
        self.wait_for_end()

        self.assertEqual(self.tools("s3").get_object(Bucket=BUCKET, Key="hello/said.txt")["Body"].read(), b"first")

    def test_a_source_in_s3_tells_by_an_event(self):
        s3 = self.tools("s3")
        s3.create_bucket(Bucket="tools-source")
        s3.put_bucket_versioning(Bucket="tools-source", VersioningConfiguration={"Status": "Enabled"})
        s3.put_bucket_notification_configuration(Bucket="tools-source", NotificationConfiguration={"EventBridgeConfiguration": {}})
        rule = {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"bucket": {"name": ["tools-source"]}}}
        starter = self.role(TOOLS, "starter", {"Service": "events.amazonaws.com"},
                            allow("codepipeline:StartPipelineExecution", arn("codepipeline", TOOLS, "center")))
        self.tools("events").put_rule(Name="source", EventPattern=json.dumps(rule))
        self.tools("events").put_targets(Rule="source", Targets=[
            {"Id": "1", "Arn": arn("codepipeline", TOOLS, "center"), "RoleArn": starter}])
        self.create_pipeline(stages=[
            {"name": "Source", "actions": [action("Get", "Source", "S3", {
                "S3Bucket": "tools-source", "S3ObjectKey": "site.zip", "PollForSourceChanges": "false"}, outputs=["source"])]},
            {"name": "Site", "actions": [action("Site", "Deploy", "S3", {"BucketName": BUCKET, "Extract": "true"}, ["source"])]}])

        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("from-s3.txt", "here")
        s3.put_object(Bucket="tools-source", Key="site.zip", Body=packed.getvalue())
        until(lambda: len(self.executions()), 2)
        self.wait_for_end()

        self.assertEqual(s3.get_object(Bucket=BUCKET, Key="from-s3.txt")["Body"].read(), b"here")


class EnforcedShapesTest(ShapesTest):
    """The same, where policies decide."""

    OPTIONS = ("--enforce-iam",)
