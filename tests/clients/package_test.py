"""`aws cloudformation package` and `deploy` as buildspecs use them: code of folders, nested templates, definitions in files."""
import json

from clients import ClientTest, until

TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": ["codebuild.amazonaws.com", "lambda.amazonaws.com", "states.amazonaws.com"]}, "Action": "sts:AssumeRole"}]}
FILES = {
    "fn/app.py": "def handler(event, context):\n    return 'packed'\n",
    "machine.json": '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${F}", "End": true}}}',
    "child.yaml": """
Parameters: {Word: {Type: String}}
Resources:
  P: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Ref Word}}
Outputs: {Name: {Value: !Ref P}}
""",
    "template.yaml": """
Parameters: {Role: {Type: String}}
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.12, Handler: app.handler, Role: !Ref Role, Code: fn}
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties: {RoleArn: !Ref Role, DefinitionS3Location: machine.json, DefinitionSubstitutions: {F: !GetAtt Fn.Arn}}
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: child.yaml, Parameters: {Word: nested}}
Outputs: {Parameter: {Value: !GetAtt Child.Outputs.Name}, Machine: {Value: !Ref Machine}}
""",
}


class PackageTest(ClientTest):
    KEEPS_STATE = False

    def build(self, role, *commands):
        """A build of these commands that does well."""
        spec = {"version": "0.2", "phases": {"build": {"commands": [write(name, text) for name, text in FILES.items()] + list(commands)}}}
        builds = self.cloud.client("codebuild")
        builds.create_project(name="package", serviceRole=role, artifacts={"type": "NO_ARTIFACTS"}, source={"type": "NO_SOURCE", "buildspec": json.dumps(spec)},
                              environment={"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL"})
        started = builds.start_build(projectName="package")["build"]["id"]
        ended = until(lambda: builds.batch_get_builds(ids=[started])["builds"][0], lambda build: build["buildComplete"], seconds=90)
        where = {"logGroupName": ended["logs"]["groupName"], "logStreamName": ended["logs"]["streamName"]}
        said = [event["message"] for event in self.cloud.client("logs").get_log_events(**where, startFromHead=True)["events"]]
        self.assertEqual(ended["buildStatus"], "SUCCEEDED", "".join(said))

    def test_a_build_packs_and_deploys(self):
        role = self.cloud.client("iam").create_role(RoleName="any", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
        self.cloud.client("s3").create_bucket(Bucket="packages")

        self.build(role, "aws cloudformation package --template-file template.yaml --s3-bucket packages --output-template-file packed.yaml",
                   f"aws cloudformation deploy --template-file packed.yaml --stack-name packed --s3-bucket packages --parameter-overrides Role={role}")

        stack = self.cloud.client("cloudformation").describe_stacks(StackName="packed")["Stacks"][0]
        outputs = {row["OutputKey"]: row["OutputValue"] for row in stack["Outputs"]}
        self.assertEqual(self.cloud.client("ssm").get_parameter(Name=outputs["Parameter"])["Parameter"]["Value"], "nested")
        states = self.cloud.client("stepfunctions")
        run = states.start_execution(stateMachineArn=outputs["Machine"])["executionArn"]
        ended = until(lambda: states.describe_execution(executionArn=run), lambda it: it["status"] != "RUNNING")
        self.assertEqual((ended["status"], ended.get("output")), ("SUCCEEDED", '"packed"'))


def write(name, text):
    return f"mkdir -p $(dirname {name}) && cat > {name} <<'END'\n{text}\nEND"
