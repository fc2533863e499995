"""The roles of all target accounts as one stack set of the tooling account."""
import json
import os

from clients import ClientTest, until
from running_cloud import run_trunkline

TOOLING, ACCOUNTS = "444444444444", {"dev": "111111111111", "staging": "222222222222", "prod": "333333333333"}


class StackSetTest(ClientTest):
    KEEPS_STATE = False

    def make_role(self, account, name, trusted):
        """One of the two roles of self-managed stack sets, as AWS documents them."""
        iam = self.cloud.client("iam", account=account)
        trust = {"Effect": "Allow", "Principal": trusted, "Action": "sts:AssumeRole"}
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}))
        iam.attach_role_policy(RoleName=name, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")

    def test_makes_the_roles_of_every_environment(self):
        center, out = os.path.join(self.folder, "center"), os.path.join(self.folder, "synth")
        run_trunkline("init", center)
        self.assertEqual(run_trunkline("synth", "--folder", center, "-o", out).returncode, 0)
        self.make_role(TOOLING, "AWSCloudFormationStackSetAdministrationRole", {"Service": "cloudformation.amazonaws.com"})
        for account in ACCOUNTS.values():
            self.make_role(account, "AWSCloudFormationStackSetExecutionRole", {"AWS": f"arn:aws:iam::{TOOLING}:root"})

        self.cloud.aws("cloudformation", "deploy", "--stack-name", "amzconnect-roles-stack-set", "--capabilities", "CAPABILITY_NAMED_IAM",
                       "--template-file", os.path.join(out, "amzconnect-roles-stack-set.template.json"), account=TOOLING)

        for environment, account in ACCOUNTS.items():
            iam = self.cloud.client("iam", account=account)
            names = until(lambda: [role["RoleName"] for role in iam.list_roles(PathPrefix="/trunkline/")["Roles"]], lambda names: len(names) == 3)
            self.assertEqual(names, [f"trunkline-{kind}-{environment}" for kind in ("cfn", "deploy", "operator")])
