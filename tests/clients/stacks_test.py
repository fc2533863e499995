"""The templates of `trunkline synth`, deployed with the AWS CLI: role stacks in the target accounts, artifact stores and the
tooling stack in the tooling account, and by its roles the stacks of a target account.
"""
import hashlib
import io
import json
import os
import subprocess
import unittest
import zipfile

from clients import ClientTest, send, until
from running_cloud import BOOTSTRAP, clean_environment, run_trunkline

TOOLING, DEV = "444444444444", "111111111111"
ENVIRONMENTS = {"dev": DEV, "staging": "222222222222", "prod": "333333333333"}
REPOSITORY = "acme/acme-contact-center"
REGIONS = ("us-east-1", "us-west-2")
# A template of the user's own, with what such templates have; CloudFormation makes its role within the boundary only.
BOUNDARY = {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:policy/trunkline/trunkline-boundary"}


def trusting(service):
    return {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": f"{service}.amazonaws.com"}, "Action": "sts:AssumeRole"}]}


def resource(name, **properties):
    return {"Type": f"AWS::{name}", "Properties": properties}


OWN = {"Resources": {
    "Role": resource("IAM::Role", Path="/trunkline/", AssumeRolePolicyDocument=trusting("lambda"), PermissionsBoundary=BOUNDARY),
    "Table": resource("DynamoDB::Table", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                      AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}]),
    "Topic": resource("SNS::Topic"), "Queue": resource("SQS::Queue"), "Bucket": resource("S3::Bucket"),
    "Secret": resource("SecretsManager::Secret", GenerateSecretString={"PasswordLength": 20}),
    "Group": resource("Logs::LogGroup", LogGroupName="amzconnect-own"),
    "Rule": resource("Events::Rule", ScheduleExpression="rate(1 day)", Targets=[{"Id": "topic", "Arn": {"Ref": "Topic"}}]),
    "Function": resource("Lambda::Function", Runtime="python3.9", Handler="index.handler", Role={"Fn::GetAtt": ["Role", "Arn"]},
                         Code={"ZipFile": "def handler(event, context):\n    return {}\n"}),
    "Hours": resource("Connect::HoursOfOperation", Name="Own hours", TimeZone="UTC", Config=[],
                      InstanceArn={"Fn::Sub": "arn:aws:connect:${AWS::Region}:${AWS::AccountId}:instance/{{resolve:ssm:AmazonConnectInstanceId}}"}),
    "Association": {"Type": "Custom::Association", "Properties": {
        "ServiceToken": {"Fn::Sub": "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:amzconnect-association-dev"},
        "InstanceId": "{{resolve:ssm:AmazonConnectInstanceId}}", "FunctionArn": {"Fn::GetAtt": ["Function", "Arn"]}}}}}
CAPABILITY = ("--capabilities", "CAPABILITY_NAMED_IAM")


class StacksTest(ClientTest):
    """The ACME center's templates, and a tooling account with the program in its artifact store."""

    KEEPS_STATE = False
    OPTIONS = ("--enforce-iam",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.work = os.path.join("/tmp", f"trunkline-stacks-{os.getpid()}")
        cls.addClassCleanup(subprocess.run, ["rm", "-rf", cls.work], check=True)
        cls.center = os.path.join(cls.work, "center")
        assert run_trunkline("init", cls.center).returncode == 0
        cls.write("amzconnect-supporting-infra/tables.template.json", OWN)
        cls.write("amzconnect-lambdas/test.json", {"unit": ["test -d functions"]})
        done = run_trunkline("synth", "--folder", cls.center, "-o", os.path.join(cls.work, "synth"))
        assert done.returncode == 0, done.stderr
        cls.keys = {region: cls.make_store(region) for region in REGIONS}
        cls.program = cls.upload_program()
        for environment, account in ENVIRONMENTS.items():
            cls.deploy(f"amzconnect-roles-{environment}", account=account)
        cls.deploy_tooling()

    @classmethod
    def write(cls, path, value):
        with open(os.path.join(cls.center, path), "w", encoding="utf-8") as file:
            json.dump(value, file)

    @classmethod
    def deploy(cls, stack, *words, account, region="us-east-1", **parameters):
        """Creates or updates a stack as a person would; its outputs."""
        overrides = [f"{name}={value}" for name, value in parameters.items()]
        cls.cloud.aws("cloudformation", "deploy", "--stack-name", stack, "--no-fail-on-empty-changeset", *CAPABILITY,
                      "--template-file", os.path.join(cls.work, "synth", f"{stack}.template.json"), *words,
                      *(["--parameter-overrides", *overrides] if overrides else []), account=account, region=region)
        return cls.outputs(stack, account, region)

    @classmethod
    def outputs(cls, stack, account, region="us-east-1"):
        found = cls.cloud.client("cloudformation", region, account).describe_stacks(StackName=stack)["Stacks"][0]
        return {row["OutputKey"]: row["OutputValue"] for row in found.get("Outputs", [])}

    @classmethod
    def make_store(cls, region):
        return cls.deploy("amzconnect-artifacts", account=TOOLING, region=region)["KeyArn"]

    @classmethod
    def upload_program(cls):
        """The asset of the program in the artifact store; its bucket and key."""
        with open(BOOTSTRAP, "rb") as file:
            program = file.read()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            entry = zipfile.ZipInfo("bootstrap")
            entry.external_attr = 0o755 << 16
            archive.writestr(entry, program)
        bucket = f"amzconnect-artifacts-{TOOLING}-us-east-1"
        key = f"trunkline/{hashlib.sha256(packed.getvalue()).hexdigest()}/trunkline.zip"
        cls.cloud.client("s3", account=TOOLING).put_object(Bucket=bucket, Key=key, Body=packed.getvalue())
        return {"CodeBucket": bucket, "CodeKey": key}

    @classmethod
    def deploy_tooling(cls):
        """By its address in the artifact store: the template is larger than a call may be. (The AWS CLI of Debian 12 sends
        what `deploy --s3-bucket` uploads to AWS's own address, whatever the endpoint is.)"""
        with open(os.path.join(cls.work, "synth/amzconnect-tooling.template.json"), "rb") as file:
            cls.cloud.client("s3", account=TOOLING).put_object(Bucket=cls.program["CodeBucket"], Key="tooling", Body=file)
        values = {"KeyUsEast1": cls.keys["us-east-1"], "KeyUsWest2": cls.keys["us-west-2"],
                  "GithubApi": cls.cloud.endpoint + "/_trunkline/github", **cls.program}
        client = cls.cloud.client("cloudformation", account=TOOLING)
        client.create_stack(
            StackName="amzconnect-tooling", Capabilities=["CAPABILITY_NAMED_IAM"], OnFailure="DO_NOTHING",
            TemplateURL=f"{cls.cloud.endpoint}/{cls.program['CodeBucket']}/tooling",
            Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in values.items()])
        ended = until(lambda: client.describe_stacks(StackName="amzconnect-tooling")["Stacks"][0]["StackStatus"],
                      lambda status: not status.endswith("_IN_PROGRESS"))
        events = client.describe_stack_events(StackName="amzconnect-tooling")["StackEvents"]
        assert ended == "CREATE_COMPLETE", [row for row in events if row["ResourceStatus"].endswith("FAILED")]
        return cls.outputs("amzconnect-tooling", TOOLING)

    @classmethod
    def push(cls, branch):
        """The center becomes a commit of the branch, on the cloud's git; the commit."""
        environment = clean_environment(HOME=cls.work, GIT_CONFIG_NOSYSTEM="1", NO_PROXY="127.0.0.1")

        def git(*words):
            names = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com")
            return subprocess.run(["git", *names, *words], cwd=cls.center, env=environment, text=True, capture_output=True,
                                  check=True, timeout=60).stdout.strip()

        if not os.path.exists(os.path.join(cls.center, ".git")):
            git("init", "--quiet", "-b", branch)
        git("add", "--all")
        git("commit", "--quiet", "--allow-empty", "-m", "a change")
        git("push", "--quiet", "--force", f"{cls.cloud.endpoint}/_trunkline/git/{REPOSITORY}.git", f"HEAD:{branch}")
        return git("rev-parse", "HEAD")

    def run_pipeline(self, name):
        """Starts the pipeline and waits for its end; what its actions came to."""
        client = self.cloud.client("codepipeline", account=TOOLING)
        execution = client.start_pipeline_execution(name=name)["pipelineExecutionId"]
        until(lambda: client.get_pipeline_execution(pipelineName=name, pipelineExecutionId=execution)["pipelineExecution"]["status"],
              lambda status: status != "InProgress", seconds=60)
        _, answer, _ = send(self.cloud, "codepipeline", "POST", "/", account=TOOLING, headers={
            "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "CodePipeline_20150709.ListActionExecutions"},
            body={"pipelineName": name, "filter": {"pipelineExecutionId": execution}})
        return {f"{one['stageName']}.{one['actionName']}":
                one["status"] if one["status"] == "Succeeded" else one["output"]["executionResult"]
                for one in reversed(answer["actionExecutionDetails"])}

    def log(self, project):
        client = self.cloud.client("logs", account=TOOLING)
        group = f"/aws/codebuild/{project}"
        streams = client.describe_log_streams(logGroupName=group)["logStreams"]
        return "".join(row["message"] for stream in streams
                       for row in client.get_log_events(logGroupName=group, logStreamName=stream["logStreamName"])["events"])

    def test_what_a_person_deploys(self):
        tooling = self.outputs("amzconnect-tooling", TOOLING)
        roles = self.outputs("amzconnect-roles-dev", DEV)

        self.assertEqual(roles["DeployRoleArn"], f"arn:aws:iam::{DEV}:role/trunkline/trunkline-deploy-dev")
        self.assertTrue(tooling["PayloadUrl"].endswith("/github"), tooling)
        pipelines = self.cloud.client("codepipeline", account=TOOLING).list_pipelines()["pipelines"]
        self.assertEqual([one["name"] for one in pipelines if one["name"].endswith("-develop")], [
            "amzconnect-admin-objects-develop", "amzconnect-contact-flows-develop", "amzconnect-instance-develop",
            "amzconnect-lambdas-develop", "amzconnect-supporting-infra-develop"])

    def test_pipelines_deliver_the_whole_center_and_nothing_twice(self):
        self.push("develop")

        # The last two again: what is there is updated by the same roles.
        for project in ("instance", "supporting-infra", "admin-objects", "lambdas", "contact-flows", "instance", "contact-flows"):
            with self.subTest(project=project):
                ended = self.run_pipeline(f"amzconnect-{project}-develop")
                self.assertEqual({name: one for name, one in ended.items() if one != "Succeeded"}, {},
                                 self.log("amzconnect-synth") + self.log("amzconnect-deliver-dev"))

        stacks = self.cloud.client("cloudformation", "us-west-2", DEV).describe_stacks()["Stacks"]
        self.assertEqual(sorted(one["StackName"] for one in stacks), [
            "amzconnect-contact-flows-dev", "amzconnect-instance-dev", "amzconnect-supporting-infra-tables-dev"])
        self.assertIn("test -d functions", self.log("amzconnect-test"))
        planned = run_trunkline("plan", "--env", "dev", "--folder", self.center, environment=self.cloud.environment(account=DEV))
        self.assertEqual(planned.returncode, 0, planned.stderr)
        self.assertEqual(planned.stdout.count("nothing to change"), 2, planned.stdout)

    def test_the_pipelines_update_themselves(self):
        self.write("trunkline.json", {"approvals": ["staging"]})
        self.push("main")

        ended = self.run_pipeline("amzconnect-devops-pipelines-main")

        self.assertEqual({name: one for name, one in ended.items() if one != "Succeeded"}, {}, self.log("amzconnect-synth"))
        stages = {environment: [stage["name"] for stage in self.pipeline(f"amzconnect-instance-{branch}")["stages"]]
                  for environment, branch in (("staging", "staging"), ("prod", "main"))}
        self.assertEqual(stages, {"staging": ["Source", "Build", "Approval", "Deploy-us-east-1"],
                                  "prod": ["Source", "Build", "Deploy-us-east-1"]})

    def test_the_service_role_takes_apart_and_makes_what_the_tooling_stack_holds(self):
        without = {"pipelines": {"startedBy": "triggers"}, "approvals": []}
        staging = "amzconnect-devops-pipelines/env/accountvars.json"
        with open(os.path.join(self.center, staging), encoding="utf-8") as file:
            accounts = json.load(file)
        accounts["accounts"][1]["enabled"] = False

        self.assertEqual(self.update_tooling({"trunkline.json": without, staging: accounts}), [])
        accounts["accounts"][1]["enabled"] = True
        self.assertEqual(self.update_tooling({"trunkline.json": {}, staging: accounts}), [])

    def update_tooling(self, files):
        """Updates the tooling stack with these files in the center, by its own service role; what failed."""
        for path, value in files.items():
            self.write(path, value)
        done = run_trunkline("synth", "--folder", self.center, "-o", os.path.join(self.work, "synth"))
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(os.path.join(self.work, "synth/amzconnect-tooling.template.json"), "rb") as file:
            self.cloud.client("s3", account=TOOLING).put_object(Bucket=self.program["CodeBucket"], Key="tooling", Body=file)
        client = self.cloud.client("cloudformation", account=TOOLING)
        names = [row["ParameterKey"] for row in client.get_template_summary(
            TemplateURL=f"{self.cloud.endpoint}/{self.program['CodeBucket']}/tooling")["Parameters"]]
        known = client.describe_stacks(StackName="amzconnect-tooling")["Stacks"][0]["Parameters"]
        client.update_stack(
            StackName="amzconnect-tooling", Capabilities=["CAPABILITY_NAMED_IAM"],
            TemplateURL=f"{self.cloud.endpoint}/{self.program['CodeBucket']}/tooling",
            RoleARN=f"arn:aws:iam::{TOOLING}:role/trunkline/trunkline-tooling-cfn",
            Parameters=[{"ParameterKey": row["ParameterKey"], "UsePreviousValue": True} for row in known if row["ParameterKey"] in names])
        until(lambda: client.describe_stacks(StackName="amzconnect-tooling")["Stacks"][0]["StackStatus"],
              lambda status: not status.endswith("_IN_PROGRESS"), seconds=60)
        return [(row["LogicalResourceId"], row["ResourceStatusReason"])
                for row in client.describe_stack_events(StackName="amzconnect-tooling")["StackEvents"] if row["ResourceStatus"].endswith("FAILED")]

    def pipeline(self, name):
        return self.cloud.client("codepipeline", account=TOOLING).get_pipeline(name=name)["pipeline"]

    def test_no_stack_makes_a_role_without_the_boundary(self):
        free = resource("IAM::Role", Path="/trunkline/", AssumeRolePolicyDocument=trusting("lambda"))
        client = self.cloud.client("cloudformation", account=DEV)
        client.create_stack(StackName="amzconnect-free", TemplateBody=json.dumps({"Resources": {"Role": free}}), Capabilities=["CAPABILITY_IAM"],
                            OnFailure="DO_NOTHING", RoleARN=f"arn:aws:iam::{DEV}:role/trunkline/trunkline-cfn-dev")

        until(lambda: client.describe_stacks(StackName="amzconnect-free")["Stacks"][0]["StackStatus"], "CREATE_FAILED")

        events = client.describe_stack_events(StackName="amzconnect-free")["StackEvents"]
        self.assertTrue([row for row in events if "is not authorized to perform: iam:CreateRole" in row.get("ResourceStatusReason", "")], events)

    def test_nobody_but_pipelines_and_builds_takes_the_roles(self):
        sts = self.cloud.client("sts", account=TOOLING)
        for role in ("deploy", "operator"):
            self.refused("AccessDenied", sts.assume_role, RoleArn=f"arn:aws:iam::{DEV}:role/trunkline/trunkline-{role}-dev", RoleSessionName="ann")


if __name__ == "__main__":
    unittest.main()
