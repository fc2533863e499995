"""The CDK deploys the templates of `trunkline synth` as it does any other that is included: cdk/include.js."""
import os

from cdk_client import CdkClientTest
from running_cloud import ACCOUNT, run_trunkline


class CdkIncludeTest(CdkClientTest):
    def include(self, stack):
        """Deploys the template as it is; what the stack says of itself."""
        self.cdk("deploy", "--app", "node include.js", "--require-approval", "never", stack, ACME_STACK=stack, ACME_ACCOUNT=ACCOUNT,
                 ACME_TEMPLATE=os.path.join(self.folder, f"synth/{stack}.template.json"))
        return self.outputs(stack)

    def test_deploys_roles_and_an_artifact_store(self):
        center = os.path.join(self.folder, "center")
        self.assertEqual(run_trunkline("init", center).returncode, 0)
        done = run_trunkline("synth", "--folder", center, "-o", os.path.join(self.folder, "synth"))
        self.assertEqual(done.returncode, 0, done.stderr)

        roles, store = self.include("amzconnect-roles-dev"), self.include("amzconnect-artifacts")

        self.assertEqual(roles["DeployRoleArn"], f"arn:aws:iam::{ACCOUNT}:role/trunkline/trunkline-deploy-dev")
        self.assertEqual(store["BucketName"], f"amzconnect-artifacts-{ACCOUNT}-us-east-1")
