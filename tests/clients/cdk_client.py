"""CdkClientTest: a bootstrapped cloud, and the CDK's CLI in an application.

The CLI and its library are installed by scripts/install-npm-packages; where they are not, tests with it skip. Applications are in
the folder cdk/ beside this file.
"""
import os
import shutil
import subprocess
import tempfile
import unittest

from clients import ClientTest
from npm import npm_folder
from running_cloud import ACCOUNT, SOURCE, clean_environment

APPLICATION = os.path.join(SOURCE, "tests/clients/cdk")
NPM = npm_folder("tests/clients/cdk")


@unittest.skipUnless(shutil.which("node"), "node is not installed")
@unittest.skipUnless(os.path.isdir(NPM), "the npm packages of tests/clients/cdk are not installed: run scripts/install-npm-packages")
class CdkClientTest(ClientTest):
    KEEPS_STATE = False
    OPTIONS = ("--enforce-iam",)  # what the CDK grants is enough

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        shutil.copytree(APPLICATION, os.path.join(cls.folder, "app"))
        os.symlink(os.path.join(NPM, "node_modules"), os.path.join(cls.folder, "node_modules"))
        cls.cdk("bootstrap", f"aws://{ACCOUNT}/us-east-1", folder=cls.folder)

    @classmethod
    def cdk(cls, *words, check=True, folder=None, **environment):
        """Runs the CDK's CLI in the application; what it said."""
        known = clean_environment(
            AWS_ENDPOINT_URL=cls.cloud.endpoint, AWS_ACCESS_KEY_ID=ACCOUNT, AWS_SECRET_ACCESS_KEY="test", AWS_REGION="us-east-1",
            AWS_EC2_METADATA_DISABLED="true", CDK_DISABLE_CLI_TELEMETRY="true", CDK_VALIDATION="false", NO_COLOR="1")
        run = subprocess.run(
            ["node", os.path.join(NPM, "node_modules/aws-cdk/bin/cdk"), "--no-notices", "--ci", *words], text=True, timeout=300,
            cwd=folder or os.path.join(cls.folder, "app"), env={**known, "HOME": cls.folder, **environment},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        if check and run.returncode:
            raise AssertionError(f"cdk {' '.join(words)} ended with {run.returncode}:\n{run.stdout[-4000:]}")
        return run.stdout

    def deploy(self, assembly, *words, check=True):
        return self.cdk("deploy", "--app", assembly, "--require-approval", "never", "--concurrency", "4", *(words or ["--all"]), check=check)

    def outputs(self, stack):
        found = self.cloud.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
        return {row["OutputKey"].removeprefix("Out"): row["OutputValue"] for row in found["Outputs"]}

    def statuses(self):
        rows = self.cloud.client("cloudformation").list_stacks()["StackSummaries"]
        return {row["StackName"]: row["StackStatus"] for row in reversed(rows)}
