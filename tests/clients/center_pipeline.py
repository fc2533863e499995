"""PipelineTest: a tooling account with a pipeline from a git repository to a target account, as teams have it.

Source -> Build (CodeBuild) -> Deploy (a change set in the target account, under its roles) -> Check (a state machine and
a function) -> Ask (a person) -> Site (the files, to a bucket of the target account). Artifacts are encrypted under a key
of the tooling account. Every role has a policy that is just enough, so that the same pipeline runs with --enforce-iam.
"""
import json
import os
import subprocess
import urllib.request

from clients import SOON, ClientTest, send, until
from functions import packed
from running_cloud import clean_environment, run_trunkline

TOOLS, TARGET, REGION = "111111111111", "222222222222", "us-east-1"
BUCKET, SITE, REPOSITORY = "tools-artifacts", "target-site", "acme/center"
ENVIRONMENT = {"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL"}
BUILDSPEC = """
version: 0.2
env: {exported-variables: [RELEASE]}
phases:
  build:
    commands:
      - test ! -e broken
      - if [ -e slow ]; then touch "$HELD"; while [ ! -e "$GO" ]; do sleep 0.05; done; fi
      - export RELEASE=release-$COMMIT
      - echo "{\\"Note\\":\\"built from $COMMIT\\"}" > numbers.json
artifacts: {files: [template.json, numbers.json, index.html]}
"""
PARAMETER = {"Type": "AWS::SSM::Parameter", "Properties": {"Name": "/center/release", "Type": "String", "Value": {
    "Fn::Join": ["|", [{"Ref": "Release"}, {"Ref": "Note"}, {"Ref": "Bucket"}]]}}}
TEMPLATE = {"Parameters": {name: {"Type": "String"} for name in ("Release", "Note", "Bucket")},
            "Resources": {"Noted": PARAMETER}, "Outputs": {"Release": {"Value": {"Ref": "Release"}}}}
CHECK = """
import boto3
def handler(event, context):
    job = event["CodePipeline.job"]
    asked = job["data"]["actionConfiguration"]["configuration"]["UserParameters"]
    client = boto3.client("codepipeline")
    if asked.endswith("refused"):
        client.put_job_failure_result(jobId=job["id"], failureDetails={"type": "JobFailed", "message": "not this one"})
    else:
        client.put_job_success_result(jobId=job["id"], outputVariables={"Checked": asked})
"""
# The release is noted by the machine; whoever holds the token lets a held one go on.
NOTE = {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:ssm:putParameter", "End": True, "Parameters": {
    "Name": "/tools/release", "Type": "String", "Overwrite": True, "Value.$": "$.release"}}


def allow(actions, resources="*"):
    return {"Effect": "Allow", "Action": actions, "Resource": resources}


def action(name, category, provider, configuration, inputs=(), outputs=(), **more):
    return {"name": name, "namespace": name,
            "actionTypeId": {"category": category, "owner": "AWS", "provider": provider, "version": "1"},
            "configuration": configuration, "inputArtifacts": [{"name": one} for one in inputs],
            "outputArtifacts": [{"name": one} for one in outputs], **more}


class Repository:
    """A checkout that is pushed to the cloud."""

    def __init__(self, cloud, folder, name=REPOSITORY):
        self.cloud, self.folder, self.name = cloud, folder, name
        os.mkdir(folder)
        self.git("init", "--quiet", "-b", "main")

    def git(self, *words):
        environment = clean_environment(HOME=self.folder, GIT_CONFIG_NOSYSTEM="1", NO_PROXY="127.0.0.1")
        names = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
        return subprocess.run(["git", *names, *words], cwd=self.folder, env=environment, text=True, capture_output=True,
                              check=True, timeout=60).stdout.strip()

    def push(self, **files):
        """Commits these texts ("__" in a name is a dot; None: the file goes) and pushes; the commit."""
        for name, text in files.items():
            path = os.path.join(self.folder, name.replace("__", "."))
            if text is None:
                os.remove(path)
                continue
            with open(path, "w", encoding="utf-8") as file:
                file.write(text if isinstance(text, str) else json.dumps(text))
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "change " + ", ".join(files))
        self.git("push", "--quiet", "--force", f"{self.cloud.endpoint}/_trunkline/git/{self.name}.git", "main")
        return self.git("rev-parse", "HEAD")


def arn(service, account, rest, region=REGION):
    return f"arn:aws:{service}:{region}:{account}:{rest}"


class PipelineTest(ClientTest):
    """One pipeline for each test: `self.push()` starts it."""

    PIPELINE = "center"

    def setUp(self):
        super().setUp()
        urllib.request.urlopen(self.cloud.endpoint + "/_trunkline/reset", b"").close()
        self.folder_of_flags = os.path.join(self.folder, "flags")
        os.mkdir(self.folder_of_flags)
        self.make_roles()
        self.make_stores()
        self.make_steps()
        self.connection = self.tools("codestar-connections").create_connection(
            ProviderType="GitHub", ConnectionName="github")["ConnectionArn"]
        self.repository = Repository(self.cloud, os.path.join(self.folder, "checkout"))

    def tools(self, service):
        return self.cloud.client(service, account=TOOLS)

    def target(self, service):
        return self.cloud.client(service, account=TARGET)

    def flag(self, name):
        return os.path.join(self.folder_of_flags, name)

    # ---- what stands before the pipeline

    def role(self, account, name, principal, *statements):
        iam = self.cloud.client("iam", account=account)
        trust = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}))
        self.permit(account, name, *statements)
        return f"arn:aws:iam::{account}:role/{name}"

    def permit(self, account, role, *statements):
        """The role may do these things, and nothing else."""
        self.cloud.client("iam", account=account).put_role_policy(
            RoleName=role, PolicyName="own", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": list(statements)}))

    def make_roles(self):
        service = "{}.amazonaws.com".format
        artifacts = [allow(["s3:GetObject", "s3:PutObject"], f"arn:aws:s3:::{BUCKET}/*"),
                     allow(["kms:Decrypt", "kms:GenerateDataKey"], arn("kms", TOOLS, "key/*"))]
        self.logs = allow(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], arn("logs", TOOLS, "*"))
        self.pipeline_may = [
            *artifacts, allow("codestar-connections:UseConnection"),
            allow("codebuild:StartBuild", arn("codebuild", TOOLS, "project/build")), allow("codebuild:BatchGetBuilds"),
            allow("states:StartExecution", arn("states", TOOLS, "stateMachine:note")),
            allow("states:DescribeExecution", arn("states", TOOLS, "execution:note:*")),
            allow("lambda:InvokeFunction", arn("lambda", TOOLS, "function:check")),
            allow("sns:Publish", arn("sns", TOOLS, "ask")), allow("sts:AssumeRole", f"arn:aws:iam::{TARGET}:role/deploy")]
        self.pipeline_role = self.role(TOOLS, "pipeline", {"Service": service("codepipeline")}, *self.pipeline_may)
        self.build_role = self.role(TOOLS, "build", {"Service": service("codebuild")}, *artifacts, self.logs)
        self.machine_role = self.role(TOOLS, "machine", {"Service": service("states")},
                                      allow("ssm:PutParameter", arn("ssm", TOOLS, "parameter/*/release")))
        self.function_role = self.role(
            TOOLS, "function", {"Service": service("lambda")}, self.logs,
            allow(["codepipeline:PutJobSuccessResult", "codepipeline:PutJobFailureResult"]))
        self.stack_role = self.role(TARGET, "stack", {"Service": service("cloudformation")},
                                    allow("ssm:*", arn("ssm", TARGET, "parameter/*/release")))
        self.deploy_may = [*artifacts, allow("cloudformation:*", arn("cloudformation", TARGET, "stack/center/*")),
                           allow("iam:PassRole", self.stack_role), allow("s3:Put*", f"arn:aws:s3:::{SITE}/*")]
        self.deploy_role = self.role(TARGET, "deploy", {"AWS": f"arn:aws:iam::{TOOLS}:root"}, *self.deploy_may)

    def make_stores(self):
        everybody = {"AWS": [f"arn:aws:iam::{one}:root" for one in (TOOLS, TARGET)]}
        statement = {"Effect": "Allow", "Principal": everybody, "Action": "kms:*", "Resource": "*"}
        self.key = self.tools("kms").create_key(
            Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))["KeyMetadata"]["Arn"]
        self.tools("s3").create_bucket(Bucket=BUCKET)
        statement.update(Action=["s3:GetObject", "s3:PutObject"], Resource=f"arn:aws:s3:::{BUCKET}/*")
        self.tools("s3").put_bucket_policy(
            Bucket=BUCKET, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
        self.target("s3").create_bucket(Bucket=SITE)

    def make_steps(self):
        variables = [{"name": name, "value": self.flag(name)} for name in ("HELD", "GO")]
        self.tools("codebuild").create_project(
            name="build", serviceRole=self.build_role, source={"type": "CODEPIPELINE"}, artifacts={"type": "CODEPIPELINE"},
            environment={**ENVIRONMENT, "environmentVariables": variables})
        self.machine = self.tools("stepfunctions").create_state_machine(
            name="note", roleArn=self.machine_role, definition=json.dumps({"StartAt": "Note", "States": {"Note": NOTE}})
        )["stateMachineArn"]
        self.tools("lambda").create_function(
            FunctionName="check", Role=self.function_role, Runtime="python3.9", Handler="app.handler", Timeout=30,
            Code={"ZipFile": packed(app__py=CHECK)})
        self.tools("lambda").get_waiter("function_active_v2").wait(FunctionName="check", WaiterConfig=SOON)
        self.topic = self.tools("sns").create_topic(Name="ask")["TopicArn"]

    # ---- the pipeline

    def stages(self):
        stack = {"StackName": "center", "ChangeSetName": "release"}
        there = {"roleArn": self.deploy_role}
        values = {"Release": "#{Build.RELEASE}", "Note": {"Fn::GetParam": ["built", "numbers.json", "Note"]},
                  "Bucket": {"Fn::GetArtifactAtt": ["built", "BucketName"]}}
        return {
            "Source": [action("Get", "Source", "CodeStarSourceConnection", {
                "ConnectionArn": self.connection, "FullRepositoryId": REPOSITORY, "BranchName": "main"}, outputs=["source"])],
            "Build": [action("Build", "Build", "CodeBuild", {"ProjectName": "build", "EnvironmentVariables": json.dumps(
                [{"name": "COMMIT", "value": "#{Get.CommitId}"}])}, ["source"], ["built"])],
            "Deploy": [
                action("Prepare", "Deploy", "CloudFormation", {
                    **stack, "ActionMode": "CHANGE_SET_REPLACE", "TemplatePath": "built::template.json",
                    "RoleArn": self.stack_role, "ParameterOverrides": json.dumps(values)}, ["built"], **there),
                action("Execute", "Deploy", "CloudFormation", {
                    **stack, "ActionMode": "CHANGE_SET_EXECUTE", "OutputFileName": "outputs.json"}, outputs=["deployed"],
                       runOrder=2, **there)],
            "Check": [
                action("Note", "Invoke", "StepFunctions", {
                    "StateMachineArn": self.machine, "Input": json.dumps({"release": "#{Execute.Release}"})}),
                action("Check", "Invoke", "Lambda", {"FunctionName": "check", "UserParameters": "#{Execute.Release}"})],
            "Ask": [action("Ask", "Approval", "Manual", {"NotificationArn": self.topic, "CustomData": "#{Check.Checked}?"})],
            "Site": [action("Site", "Deploy", "S3", {"BucketName": SITE, "Extract": "true"}, ["built"], **there)]}

    def create_pipeline(self, *stages, **changes):
        """With these stages, or all of them."""
        every = self.stages()
        pipeline = {
            "name": self.PIPELINE, "roleArn": self.pipeline_role, "pipelineType": "V2", "executionMode": "QUEUED",
            "artifactStore": {"type": "S3", "location": BUCKET, "encryptionKey": {"id": self.key, "type": "KMS"}},
            "stages": [{"name": name, "actions": actions} for name, actions in every.items() if not stages or name in stages],
            **changes}
        pipeline = {key: value for key, value in pipeline.items() if value is not None}
        # boto3 1.26 knows pipelines of type V1 only.
        done = run_trunkline("aws", "codepipeline", "CreatePipeline", "--input", json.dumps({"pipeline": pipeline}),
                             environment=self.cloud.environment(account=TOOLS))
        self.assertEqual(done.returncode, 0, done.stderr)
        until(lambda: self.executions()[0]["status"], "Failed")  # there is nothing to take yet

    def push(self, **files):
        """What Repository.push() does; returns when an execution has begun."""
        before = len(self.executions())
        commit = self.repository.push(**files)
        until(lambda: len(self.executions()), before + 1)
        return commit

    def executions(self):
        return self.tools("codepipeline").list_pipeline_executions(pipelineName=self.PIPELINE)["pipelineExecutionSummaries"]

    def actions(self, execution=None):
        """The newest run of each action of the newest execution, by name."""
        chosen = execution or self.executions()[0]["pipelineExecutionId"]
        # As it is: boto3 1.26 does not know `errorDetails`.
        _, answer, _ = send(self.cloud, "codepipeline", "POST", "/", account=TOOLS, headers={
            "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "CodePipeline_20150709.ListActionExecutions"},
            body={"pipelineName": self.PIPELINE, "filter": {"pipelineExecutionId": chosen}})
        return {one["actionName"]: one for one in reversed(answer["actionExecutionDetails"])}

    def state(self, name):
        return self.actions().get(name, {}).get("status")

    def wait_for(self, name, state="InProgress"):
        until(lambda: self.state(name), state)

    def wait_for_end(self, wanted="Succeeded"):
        """Until the newest execution has ended, as it should."""
        ended = until(lambda: self.executions()[0], lambda newest: newest["status"] != "InProgress")
        self.assertEqual(ended["status"], wanted, self.failures())
        return ended

    def failures(self):
        """Of the newest execution: what went wrong, by action."""
        return {name: one["output"]["executionResult"].get("errorDetails", {}) for name, one in self.actions().items()
                if one["status"] == "Failed"}

    def approve(self, status="Approved"):
        def token():
            stages = self.tools("codepipeline").get_pipeline_state(name=self.PIPELINE)["stageStates"]
            asked = [one for stage in stages if stage["stageName"] == "Ask" for one in stage["actionStates"]]
            return asked[0].get("latestExecution", {}).get("token") if self.state("Ask") == "InProgress" else None
        self.tools("codepipeline").put_approval_result(
            pipelineName=self.PIPELINE, stageName="Ask", actionName="Ask", token=until(token, bool),
            result={"summary": "looked at it", "status": status})

    def retry(self, stage):
        """Retries the failed actions of the newest execution's stage."""
        self.tools("codepipeline").retry_stage_execution(
            pipelineName=self.PIPELINE, stageName=stage, retryMode="FAILED_ACTIONS",
            pipelineExecutionId=self.executions()[0]["pipelineExecutionId"])

    def released(self):
        return self.target("ssm").get_parameter(Name="/center/release")["Parameter"]["Value"]

    def site(self):
        return self.target("s3").get_object(Bucket=SITE, Key="index.html")["Body"].read().decode()
