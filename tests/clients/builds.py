"""BuildTest: commands with files, run as a build: its AWS CLI talks to the cloud in all of its commands (`cloudformation package`, too)."""
import json

from clients import ClientTest, until

TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": ["codebuild.amazonaws.com", "lambda.amazonaws.com", "states.amazonaws.com"]}, "Action": "sts:AssumeRole"}]}


class BuildTest(ClientTest):
    KEEPS_STATE = False

    def make_role(self):
        """The ARN of a role that builds, functions and state machines may have."""
        return self.cloud.client("iam").create_role(RoleName="any", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]

    def build(self, role, files, *commands):
        """A build of these commands that does well."""
        spec = {"version": "0.2", "phases": {"build": {"commands": [write(name, text) for name, text in files.items()] + list(commands)}}}
        builds = self.cloud.client("codebuild")
        builds.create_project(name="package", serviceRole=role, artifacts={"type": "NO_ARTIFACTS"}, source={"type": "NO_SOURCE", "buildspec": json.dumps(spec)},
                              environment={"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL"})
        started = builds.start_build(projectName="package")["build"]["id"]
        ended = until(lambda: builds.batch_get_builds(ids=[started])["builds"][0], lambda build: build["buildComplete"], seconds=90)
        where = {"logGroupName": ended["logs"]["groupName"], "logStreamName": ended["logs"]["streamName"]}
        said = [event["message"] for event in self.cloud.client("logs").get_log_events(**where, startFromHead=True)["events"]]
        self.assertEqual(ended["buildStatus"], "SUCCEEDED", "".join(said))

    def outputs(self, stack):
        described = self.cloud.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
        return {row["OutputKey"]: row["OutputValue"] for row in described["Outputs"]}


def write(name, text):
    return f"mkdir -p $(dirname {name}) && cat > {name} <<'END'\n{text}\nEND"
