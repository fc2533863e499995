"""DeployedCenterTest: the templates of `trunkline synth`, deployed as a person does: role stacks in the target accounts, artifact
stores, the program and the tooling stack in the tooling account, with policies enforced.
"""
import hashlib
import io
import json
import os
import subprocess
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
# Too large for a call: it is read from the artifact store.
OWN["Metadata"] = {"Words": "of no use " * 6000}
CAPABILITY = ("--capabilities", "CAPABILITY_NAMED_IAM")


class DeployedCenterTest(ClientTest):
    """The ACME center's templates, and a tooling account with the program in its artifact store."""

    KEEPS_STATE = False
    OPTIONS = ("--enforce-iam",)
    TEMPLATE = OWN  # of supporting-infra
    TESTS = {"unit": ["test -d functions"]}
    ROLES = {}  # parameters of the role stacks

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.work = os.path.join("/tmp", f"trunkline-stacks-{os.getpid()}")
        cls.addClassCleanup(subprocess.run, ["rm", "-rf", cls.work], check=True)
        cls.center = os.path.join(cls.work, "center")
        assert run_trunkline("init", cls.center).returncode == 0
        cls.write("amzconnect-supporting-infra/tables.template.json", cls.TEMPLATE)
        cls.write("amzconnect-lambdas/test.json", cls.TESTS)
        done = run_trunkline("synth", "--folder", cls.center, "-o", os.path.join(cls.work, "synth"))
        assert done.returncode == 0, done.stderr
        cls.keys = {region: cls.make_store(region) for region in REGIONS}
        cls.program = cls.upload_program()
        for environment, account in ENVIRONMENTS.items():
            cls.deploy(f"amzconnect-roles-{environment}", account=account, **cls.ROLES)
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
    def update_tooling(cls, files):
        """Updates the tooling stack with these files in the center, by its own service role; what failed."""
        for path, value in files.items():
            cls.write(path, value)
        done = run_trunkline("synth", "--folder", cls.center, "-o", os.path.join(cls.work, "synth"))
        assert done.returncode == 0, done.stderr
        with open(os.path.join(cls.work, "synth/amzconnect-tooling.template.json"), "rb") as file:
            cls.cloud.client("s3", account=TOOLING).put_object(Bucket=cls.program["CodeBucket"], Key="tooling", Body=file)
        client = cls.cloud.client("cloudformation", account=TOOLING)
        names = [row["ParameterKey"] for row in client.get_template_summary(
            TemplateURL=f"{cls.cloud.endpoint}/{cls.program['CodeBucket']}/tooling")["Parameters"]]
        known = client.describe_stacks(StackName="amzconnect-tooling")["Stacks"][0]["Parameters"]
        client.update_stack(
            StackName="amzconnect-tooling", Capabilities=["CAPABILITY_NAMED_IAM"],
            TemplateURL=f"{cls.cloud.endpoint}/{cls.program['CodeBucket']}/tooling",
            RoleARN=f"arn:aws:iam::{TOOLING}:role/trunkline/trunkline-tooling-cfn",
            Parameters=[{"ParameterKey": row["ParameterKey"], "UsePreviousValue": True} for row in known if row["ParameterKey"] in names])
        until(lambda: client.describe_stacks(StackName="amzconnect-tooling")["Stacks"][0]["StackStatus"],
              lambda status: not status.endswith("_IN_PROGRESS"), seconds=60)
        return [(row["LogicalResourceId"], row["ResourceStatusReason"])
                for row in client.describe_stack_events(StackName="amzconnect-tooling")["StackEvents"] if row["ResourceStatus"].endswith("FAILED")]

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

    @classmethod
    def run_pipeline(cls, name):
        """Starts the pipeline and waits for its end; what its actions came to."""
        client = cls.cloud.client("codepipeline", account=TOOLING)
        execution = client.start_pipeline_execution(name=name)["pipelineExecutionId"]
        until(lambda: client.get_pipeline_execution(pipelineName=name, pipelineExecutionId=execution)["pipelineExecution"]["status"],
              lambda status: status != "InProgress", seconds=60)
        return cls.actions_of(name, execution)

    @classmethod
    def actions_of(cls, name, execution):
        """What the actions of an execution came to."""
        _, answer, _ = send(cls.cloud, "codepipeline", "POST", "/", account=TOOLING, headers={
            "Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "CodePipeline_20150709.ListActionExecutions"},
            body={"pipelineName": name, "filter": {"pipelineExecutionId": execution}})
        return {f"{one['stageName']}.{one['actionName']}":
                one["status"] if one["status"] == "Succeeded" else one["output"]["executionResult"]
                for one in reversed(answer["actionExecutionDetails"])}

    @classmethod
    def log(cls, project):
        client = cls.cloud.client("logs", account=TOOLING)
        group = f"/aws/codebuild/{project}"
        streams = client.describe_log_streams(logGroupName=group)["logStreams"]
        return "".join(row["message"] for stream in streams
                       for row in client.get_log_events(logGroupName=group, logStreamName=stream["logStreamName"])["events"])
