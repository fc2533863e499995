"""A pipeline through boto3: from an object in S3 over an approval to a web site; errors; a restart in the middle."""
import io
import json
import os
import zipfile

from center_pipeline import Repository, action
from clients import ClientTest, until

TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "codepipeline.amazonaws.com"}, "Action": "sts:AssumeRole"}]}


class PipelinesTest(ClientTest):
    def setUp(self):
        super().setUp()
        self.pipelines = self.cloud.client("codepipeline")
        self.s3 = self.cloud.client("s3")

    def make(self, name, source=None):
        for part in ("artifacts", "source", "site"):
            self.s3.create_bucket(Bucket=f"{name}-{part}")
        self.s3.put_bucket_versioning(Bucket=f"{name}-source", VersioningConfiguration={"Status": "Enabled"})
        role = self.cloud.client("iam").create_role(
            RoleName=f"{name}-role", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
        self.put(name, "hello")
        pipeline = {
            "name": name, "roleArn": role, "version": 1,
            "artifactStore": {"type": "S3", "location": f"{name}-artifacts"},
            "stages": [
                {"name": "Source", "actions": [source or action(
                    "Get", "Source", "S3", {"S3Bucket": f"{name}-source", "S3ObjectKey": "site.zip",
                                            "PollForSourceChanges": "false"}, outputs=["src"], namespace="Src")]},
                {"name": "Ask", "actions": [action(
                    "Review", "Approval", "Manual", {"CustomData": "version #{Src.%s}" % ("CommitId" if source else "VersionId")})]},
                {"name": "Deploy", "actions": [action(
                    "Copy", "Deploy", "S3", {"BucketName": f"{name}-site", "Extract": "true"}, inputs=["src"])]}]}
        self.pipelines.create_pipeline(pipeline=pipeline)
        return pipeline

    def put(self, name, text):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("index.html", text)
        self.s3.put_object(Bucket=f"{name}-source", Key="site.zip", Body=packed.getvalue())

    def token(self, name):
        stage = self.pipelines.get_pipeline_state(name=name)["stageStates"][1]
        return stage["actionStates"][0].get("latestExecution", {}).get("token")

    def approve(self, name):
        token = until(lambda: self.token(name), bool)
        self.pipelines.put_approval_result(pipelineName=name, stageName="Ask", actionName="Review", token=token,
                                           result={"summary": "fine", "status": "Approved"})

    def newest(self, name):
        return self.pipelines.list_pipeline_executions(pipelineName=name)["pipelineExecutionSummaries"][0]

    def site(self, name):
        return self.s3.get_object(Bucket=f"{name}-site", Key="index.html")["Body"].read().decode()

    def test_a_pipeline_runs_when_it_is_made_and_waits_for_approval_over_a_restart(self):
        self.make("whole")
        until(lambda: self.token("whole"), bool)

        self.cloud.restart("kill")
        self.setUp()
        self.approve("whole")
        until(lambda: self.newest("whole")["status"], "Succeeded")

        self.assertEqual(self.site("whole"), "hello")
        details = self.pipelines.list_action_executions(pipelineName="whole")["actionExecutionDetails"]
        self.assertEqual([one["actionName"] for one in details], ["Copy", "Review", "Get"])
        version = details[2]["output"]["outputVariables"]["VersionId"]
        self.assertEqual(details[1]["input"]["resolvedConfiguration"]["CustomData"], f"version {version}")

    def test_a_started_execution_takes_the_newest_source(self):
        self.make("again")
        self.approve("again")
        until(lambda: self.newest("again")["status"], "Succeeded")
        self.put("again", "changed")

        started = self.pipelines.start_pipeline_execution(name="again", clientRequestToken="delivery-1")
        same = self.pipelines.start_pipeline_execution(name="again", clientRequestToken="delivery-1")
        self.approve("again")
        until(lambda: self.newest("again")["status"], "Succeeded")

        self.assertEqual(started["pipelineExecutionId"], same["pipelineExecutionId"])
        self.assertEqual(self.site("again"), "changed")

    def test_a_push_starts_its_pipeline_with_the_pushed_commit(self):
        connection = self.cloud.client("codestar-connections").create_connection(
            ProviderType="GitHub", ConnectionName="github")["ConnectionArn"]
        repository = Repository(self.cloud, os.path.join(self.folder, "site"), "acme/site")
        self.make("pushed", action("Get", "Source", "CodeStarSourceConnection",
                                   {"ConnectionArn": connection, "FullRepositoryId": "acme/site", "BranchName": "main"},
                                   outputs=["src"], namespace="Src"))
        until(lambda: self.newest("pushed")["status"], "Failed")  # there is nothing to take yet

        commit = repository.push(index__html="pushed")
        self.approve("pushed")
        until(lambda: self.newest("pushed")["status"], "Succeeded")

        self.assertEqual(self.site("pushed"), "pushed")
        self.assertEqual(self.newest("pushed")["sourceRevisions"][0]["revisionId"], commit)
        self.assertEqual(self.newest("pushed")["trigger"]["triggerType"], "WebhookV2")

    def test_errors_are_told_as_codepipeline_tells_them(self):
        pipeline = self.make("errors")

        self.refused("PipelineNameInUseException", self.pipelines.create_pipeline, pipeline=pipeline)
        self.refused("PipelineNotFoundException", self.pipelines.get_pipeline, name="nobody")
        pipeline["stages"] = pipeline["stages"][:1]
        self.refused("InvalidStructureException", self.pipelines.update_pipeline, pipeline=pipeline)

    def test_the_cli_lists_pipelines(self):
        self.make("listed")

        listed = self.cloud.aws("codepipeline", "list-pipelines")

        self.assertIn("listed", [one["name"] for one in listed["pipelines"]])
