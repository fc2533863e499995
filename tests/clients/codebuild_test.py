"""CodeBuild through boto3 and the AWS CLI: builds that really run, what they take and leave; stopping; kill -9."""
import io
import json
import os
import pathlib
import subprocess
import zipfile

from clients import ClientTest, until

TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "codebuild.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
ENVIRONMENT = {"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL"}
RELEASE = """
version: 0.2
env:
  shell: bash
  parameter-store: {SECRET: /build/secret}
  exported-variables: [RELEASE]
phases:
  install:
    runtime-versions: {python: 3.11}
    commands: [cd app]
  build:
    commands:
      - export RELEASE=r-$(cat number)
      - echo "the secret is $SECRET"
      - aws s3 cp number s3://release/from-the-build
      - python3 -c 'import json, os; print(json.dumps({"account":os.environ["AWS_REGION"]}))'
      - trunkline --version >/dev/null && echo trunkline is there
      - mkdir out && cp number out
artifacts:
  files: ['**/*']
  base-directory: app/out
  name: $RELEASE.zip
"""


class BuildsTest(ClientTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.role = cls.cloud.client("iam").create_role(
            RoleName="builder", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]

    def setUp(self):
        super().setUp()
        self.codebuild = self.cloud.client("codebuild")

    def project(self, name, *commands, **more):
        """A project of these commands, or of what `more` says."""
        spec = json.dumps({"version": "0.2", "phases": {"build": {"commands": list(commands)}}})
        given = {"source": {"type": "NO_SOURCE", "buildspec": spec}, "artifacts": {"type": "NO_ARTIFACTS"}, **more}
        return self.codebuild.create_project(name=name, environment=ENVIRONMENT, serviceRole=self.role, **given)["project"]

    def show(self, build):
        return self.codebuild.batch_get_builds(ids=[build])["builds"][0]

    def start(self, project, **more):
        return self.codebuild.start_build(projectName=project, **more)["build"]["id"]

    def build(self, project, **more):
        started = self.start(project, **more)
        return until(lambda: self.show(started), lambda build: build["buildComplete"], seconds=90)

    def log(self, build):
        """What its commands wrote."""
        where = {"logGroupName": build["logs"]["groupName"], "logStreamName": build["logs"]["streamName"]}
        events = self.cloud.client("logs").get_log_events(**where, startFromHead=True)["events"]
        lines = [one["message"].rstrip("\n") for one in events]
        return [line for line in lines if not line.startswith("[Container]")]

    def test_a_build_takes_a_zip_and_leaves_a_zip(self):
        s3 = self.cloud.client("s3")
        s3.create_bucket(Bucket="release")
        self.cloud.client("ssm").put_parameter(Name="/build/secret", Value="hush-hush", Type="SecureString")
        source = io.BytesIO()
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr("buildspec.yml", RELEASE)
            archive.writestr("app/number", "42\n")
        s3.put_object(Bucket="release", Key="source.zip", Body=source.getvalue())
        self.project("release", source={"type": "S3", "location": "release/source.zip"},
                     artifacts={"type": "S3", "location": "release", "packaging": "ZIP", "overrideArtifactName": True})

        build = self.build("release")

        log = self.log(build)
        self.assertEqual(build["buildStatus"], "SUCCEEDED", log)
        self.assertIn("the secret is ***", log)
        self.assertIn('{"account": "us-east-1"}', log)
        self.assertIn("trunkline is there", log)
        self.assertEqual(build["exportedEnvironmentVariables"], [{"name": "RELEASE", "value": "r-42"}])
        self.assertEqual(build["artifacts"]["location"], "arn:aws:s3:::release/r-42.zip")
        made = s3.get_object(Bucket="release", Key="r-42.zip")["Body"].read()
        self.assertEqual(zipfile.ZipFile(io.BytesIO(made)).read("number"), b"42\n")
        self.assertEqual(s3.get_object(Bucket="release", Key="from-the-build")["Body"].read(), b"42\n")

    def test_a_build_clones_a_repository(self):
        url = self.cloud.endpoint + "/_trunkline/git/acme/app.git"
        run = lambda *words: subprocess.run(["git", "-C", self.folder, *words], check=True, capture_output=True,
                                            text=True, env={**os.environ, "HOME": self.folder}).stdout.strip()
        pathlib.Path(self.folder, "buildspec.yml").write_text(
            "version: 0.2\nphases: {build: {commands: ['git log --format=%s', 'echo $CODEBUILD_RESOLVED_SOURCE_VERSION']}}\n")
        run("init", "--quiet", "--initial-branch", "main")
        run("add", ".")
        run("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "-m", "first words")
        run("push", "--quiet", url, "main")
        self.project("cloned", source={"type": "GITHUB", "location": "https://github.com/acme/app.git"})

        build = self.build("cloned", sourceVersion="main")

        self.assertEqual(self.log(build), ["first words", run("rev-parse", "HEAD")], build["phases"])
        self.assertEqual(build["resolvedSourceVersion"], run("rev-parse", "HEAD"))

    def test_a_failed_command_is_named(self):
        self.project("fails", "exit 7")

        build = self.build("fails")

        phase = next(one for one in build["phases"] if one["phaseType"] == "BUILD")
        self.assertEqual(build["buildStatus"], "FAILED")
        self.assertEqual(phase["contexts"], [{"statusCode": "COMMAND_EXECUTION_ERROR",
                                              "message": "Error while executing command: exit 7. Reason: exit status 7"}])

    def test_errors(self):
        self.refused("ResourceNotFoundException", self.codebuild.start_build, projectName="none")
        self.refused("InvalidInputException", self.project, name="no blanks")
        self.refused("InvalidInputException", self.project, name="nowhere", source={"type": "S3", "location": "bucket"})
        self.assertEqual(self.codebuild.batch_get_builds(ids=["none:1"])["buildsNotFound"], ["none:1"])

    def test_builds_are_listed_page_by_page(self):
        self.project("listed", "true")
        builds = [self.start("listed") for _ in range(3)]

        listed = self.codebuild.get_paginator("list_builds_for_project").paginate(
            projectName="listed", sortOrder="ASCENDING").build_full_result()["ids"]

        self.assertEqual(listed, builds)

    def test_the_cli_stops_a_build(self):
        self.project("stopped", "sleep 600")
        build = self.cloud.aws("codebuild", "start-build", "--project-name", "stopped")["build"]["id"]
        until(lambda: self.show(build)["currentPhase"], "BUILD")

        stopped = self.cloud.aws("codebuild", "stop-build", "--id", build)["build"]

        self.assertEqual((stopped["buildStatus"], stopped["currentPhase"]), ("STOPPED", "COMPLETED"))

    def test_a_build_ends_with_the_cloud_that_was_killed(self):
        mark = pathlib.Path(self.folder, "process")
        self.project("killed", f"echo $$ > {mark}.new && mv {mark}.new {mark} && sleep 600")
        build = self.start("killed")
        until(mark.exists, True)
        process = pathlib.Path("/proc", mark.read_text().strip())

        self.cloud.restart("kill")
        self.codebuild = self.cloud.client("codebuild")

        until(process.exists, False)
        shown = until(lambda: self.show(build), lambda one: one["buildComplete"])
        self.assertEqual(shown["buildStatus"], "FAULT")
        self.assertIn("restarted", shown["phases"][-2]["contexts"][0]["message"])
        self.assertEqual(self.codebuild.list_projects()["projects"].count("killed"), 1)
