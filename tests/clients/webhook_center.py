"""WebhookTest: a tooling stack with the router behind an HTTP API, pipelines for three branches, a repository that is pushed to.

The router's role may do what the router does and no more: the cloud enforces policies.
"""
import io
import json
import os
import urllib.error
import urllib.request
import zipfile

from center_pipeline import Repository, action
from clients import ClientTest, until
from running_cloud import ACCOUNT, BOOTSTRAP, run_trunkline

REGION, REPOSITORY = "us-east-1", "acme/center"
BRANCHES = {"develop": "dev", "release/1": "release", "stage": "staging", "storm": "storm"}
PROJECTS = ["instance", "lambdas", "contact-flows"]
STARTED = "StartPipelineExecution"


def role(service, *statements):
    trust = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": f"{service}.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
    policy = {"PolicyName": "own", "PolicyDocument": {"Version": "2012-10-17", "Statement": list(statements)}}
    return {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": trust, "Policies": [policy]}}


def allow(actions, resource):
    return {"Effect": "Allow", "Action": actions, "Resource": resource}


def get(name, what="Arn"):
    return {"Fn::GetAtt": [name, what]}


def template(endpoint):
    router = role("lambda", allow("secretsmanager:GetSecretValue", {"Ref": "Secret"}),
                  allow(["dynamodb:GetItem", "dynamodb:PutItem"], get("Ledger")),
                  allow(["codepipeline:StartPipelineExecution", "codepipeline:ListPipelineExecutions"],
                        f"arn:aws:codepipeline:{REGION}:{ACCOUNT}:amzconnect-*"),
                  allow(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], "arn:aws:logs:*:*:*"))
    variables = {"TRUNKLINE_SECRET_ARN": {"Ref": "Secret"}, "TRUNKLINE_LEDGER_TABLE": {"Ref": "Ledger"},
                 "TRUNKLINE_REPOSITORY": REPOSITORY, "TRUNKLINE_BRANCHES": json.dumps(BRANCHES),
                 "TRUNKLINE_PROJECTS": ",".join(["devops-pipelines", *PROJECTS]), "TRUNKLINE_TOOLING_BRANCH": "main",
                 "TRUNKLINE_GITHUB_API": f"{endpoint}/_trunkline/github"}
    return {"Resources": {
        "Secret": {"Type": "AWS::SecretsManager::Secret", "Properties": {"GenerateSecretString": {"ExcludePunctuation": True}}},
        "Ledger": {"Type": "AWS::DynamoDB::Table", "Properties": {
            "BillingMode": "PAY_PER_REQUEST", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
            "TimeToLiveSpecification": {"AttributeName": "expires", "Enabled": True}}},
        "RouterRole": router,
        "Router": {"Type": "AWS::Lambda::Function", "Properties": {
            "FunctionName": "amzconnect-router", "Runtime": "provided.al2023", "Handler": "router", "Timeout": 30, "MemorySize": 128,
            "Role": get("RouterRole"), "Code": {"S3Bucket": "assets", "S3Key": "trunkline.zip"},
            "Environment": {"Variables": variables}}},
        "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Name": "webhook", "ProtocolType": "HTTP"}},
        "Integration": {"Type": "AWS::ApiGatewayV2::Integration", "Properties": {
            "ApiId": {"Ref": "Api"}, "IntegrationType": "AWS_PROXY", "IntegrationUri": get("Router"), "PayloadFormatVersion": "2.0"}},
        "Route": {"Type": "AWS::ApiGatewayV2::Route", "Properties": {
            "ApiId": {"Ref": "Api"}, "RouteKey": "POST /github", "Target": {"Fn::Sub": "integrations/${Integration}"}}},
        "Stage": {"Type": "AWS::ApiGatewayV2::Stage", "Properties": {
            "ApiId": {"Ref": "Api"}, "StageName": "$default", "AutoDeploy": True}},
        "Permission": {"Type": "AWS::Lambda::Permission", "Properties": {
            "FunctionName": {"Ref": "Router"}, "Action": "lambda:InvokeFunction", "Principal": "apigateway.amazonaws.com",
            "SourceArn": {"Fn::Sub": f"arn:aws:execute-api:{REGION}:{ACCOUNT}:${{Api}}/*"}}},
        "PipelineRole": role("codepipeline", allow("codestar-connections:UseConnection", get("Connection", "ConnectionArn")),
                             allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::artifacts/*")),
        "Connection": {"Type": "AWS::CodeStarConnections::Connection", "Properties": {
            "ConnectionName": "github", "ProviderType": "GitHub"}}},
        "Outputs": {"PayloadUrl": {"Value": {"Fn::Sub": "${Api.ApiEndpoint}/github"}},
                    "PipelineRole": {"Value": get("PipelineRole")},
                    "Connection": {"Value": {"Ref": "Connection"}}}}


class WebhookTest(ClientTest):
    KEEPS_STATE = False
    OPTIONS = ("--enforce-iam",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pipelines = cls.cloud.client("codepipeline")
        cls.put_program()
        cls.outputs = cls.deploy()
        for branch in BRANCHES:
            for project in PROJECTS:
                cls.create_pipeline(f"amzconnect-{project}-{branch.replace('/', '-')}", branch)
        cls.create_pipeline("amzconnect-devops-pipelines-main", "main")

    @classmethod
    def put_program(cls):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive, open(BOOTSTRAP, "rb") as program:
            entry = zipfile.ZipInfo("bootstrap")
            entry.external_attr = 0o755 << 16
            archive.writestr(entry, program.read())
        s3 = cls.cloud.client("s3")
        for bucket in ("assets", "artifacts"):
            s3.create_bucket(Bucket=bucket)
        s3.put_object(Bucket="assets", Key="trunkline.zip", Body=packed.getvalue())

    @classmethod
    def deploy(cls):
        stacks = cls.cloud.client("cloudformation")
        stacks.create_stack(StackName="amzconnect-tooling", TemplateBody=json.dumps(template(cls.cloud.endpoint)),
                            Capabilities=["CAPABILITY_IAM"])
        stack = until(lambda: stacks.describe_stacks(StackName="amzconnect-tooling")["Stacks"][0],
                      lambda one: not one["StackStatus"].endswith("IN_PROGRESS"), seconds=60)
        assert stack["StackStatus"] == "CREATE_COMPLETE", stacks.describe_stack_events(StackName="amzconnect-tooling")
        return {row["OutputKey"]: row["OutputValue"] for row in stack["Outputs"]}

    @classmethod
    def create_pipeline(cls, name, branch):
        source = action("Source", "Source", "CodeStarSourceConnection", {
            "ConnectionArn": cls.outputs["Connection"], "FullRepositoryId": REPOSITORY, "BranchName": branch,
            "DetectChanges": "false"}, outputs=["source"])
        stages = [{"name": "Source", "actions": [source]},
                  {"name": "Ask", "actions": [action("Ask", "Approval", "Manual", {})]}]
        cls.pipelines.create_pipeline(pipeline={
            "name": name, "roleArn": cls.outputs["PipelineRole"], "stages": stages, "version": 1,
            "artifactStore": {"type": "S3", "location": "artifacts"}})

    def trunkline(self, *words, check=True):
        """`trunkline webhook ...` in the tooling account; its JSON, or with check=False the CompletedProcess."""
        done = run_trunkline("webhook", *words, "--json", environment=self.cloud.environment())
        if not check:
            return done
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def checkout(self):
        return Checkout(self.cloud, os.path.join(self.folder, "center"), REPOSITORY)

    def starts(self, branch):
        """(project, commit) of what the router started for a branch, in the order of the projects."""
        name = branch.replace("/", "-")
        return [(project, commit) for project in ["devops-pipelines", *PROJECTS] if (project == "devops-pipelines") == (branch == "main")
                for commit in self.commits(f"amzconnect-{project}-{name}")]

    def commits(self, pipeline):
        """The commits that the router started this pipeline for, the oldest first."""
        def revisions():
            listed = self.pipelines.list_pipeline_executions(pipelineName=pipeline)["pipelineExecutionSummaries"]
            return [one.get("sourceRevisions") for one in reversed(listed) if one["trigger"]["triggerType"] == STARTED]
        return [one[0]["revisionId"] for one in until(revisions, all)]

    def github(self, path, body=None, method=None):
        url = f"{self.cloud.endpoint}/_trunkline/github/repos/{REPOSITORY}{path}"
        request = urllib.request.Request(url, json.dumps(body).encode() if body is not None else None, method=method)
        with urllib.request.urlopen(request) as response:
            text = response.read()
            return json.loads(text) if text else None

    def answers(self):
        """The deliveries of pushes, the newest first: (delivery, status, what the router answered)."""
        hook = self.github("/hooks")[0]["id"]
        shown = []
        for one in self.github(f"/hooks/{hook}/deliveries?per_page=100"):
            if one["event"] == "push" and one["status"] != "pending":
                full = self.github(f"/hooks/{hook}/deliveries/{one['id']}")
                shown.append((one, one["status_code"], json.loads(full["response"]["payload"] or "{}")))
        return shown

    def answer_for(self, commit):
        """What the router answered to the push of a commit."""
        def found():
            return [answer for _, _, answer in self.answers() if answer.get("commit") == commit]
        return until(found, bool)[-1]

    def log(self):
        """The router's own lines."""
        events = self.cloud.client("logs").filter_log_events(logGroupName="/aws/lambda/amzconnect-router")["events"]
        return [json.loads(event["message"]) for event in events if event["message"].startswith("{")]

    def post(self, body, **headers):
        """Status and text of a POST to the payload URL."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.outputs["PayloadUrl"], body, {"Content-Type": "application/json", **named})
        try:
            with urllib.request.urlopen(request) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()


class Checkout(Repository):
    """A repository with branches."""

    def commit(self, *paths, branch):
        """Commits a change of these files on a branch, and pushes it; the commit."""
        for path in paths:
            whole = os.path.join(self.folder, path)
            os.makedirs(os.path.dirname(whole), exist_ok=True)
            with open(whole, "a", encoding="utf-8") as file:
                file.write("changed\n")
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", "change " + ", ".join(paths))
        self.git("push", "--quiet", "--force", f"{self.cloud.endpoint}/_trunkline/git/{self.name}.git", f"HEAD:refs/heads/{branch}")
        return self.git("rev-parse", "HEAD")
