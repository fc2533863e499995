"""Every statement of the roles that deliver flows is needed: without it the pipeline of contact-flows fails, and says which action
is missing. What the embedded cloud does not ask for is named here.
"""
import json
import os

from stacks_center import DEV, TOOLING, DeployedCenterTest

PIPELINE = "amzconnect-contact-flows-develop"
# Needed on AWS only: the embedded cloud writes functions' logs itself, lets pipelines use connections and take action roles by
# trust. The others are for what a changed flow alone does not make: the map and its role, permissions of functions and bots.
NOT_ASKED_HERE = {"WriteItsLog", "UseConnection", "ActInTarget", "KeepReports", "KeepMapRoles", "MakeMapRoles", "GiveMapRoles", "PublishMap",
                  "LetFlowsUseBots", "PermitBots", "PermitFunctions", "ReadParameters", "ReadBucket", "UndoMap", "UndoMapRole"}


class StatementsTest(DeployedCenterTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.push("develop")
        for project in ("instance", "supporting-infra", "admin-objects", "lambdas", "contact-flows"):
            ended = cls.run_pipeline(f"amzconnect-{project}-develop")
            assert set(map(str, ended.values())) == {"Succeeded"}, ended

    def roles(self):
        """(account, name) of those that the pipeline uses."""
        yield TOOLING, "trunkline-pipeline-deliver-dev"
        yield DEV, "trunkline-deploy-dev"
        names = [role["RoleName"] for role in self.cloud.client("iam", account=DEV).list_roles(PathPrefix="/trunkline/")["Roles"]]
        for name in names:
            # The machine's only statement: tests/e2e/pushed_faults_test.py.
            if name.startswith("amzconnect-contact-flows-dev-FunctionRole"):
                yield DEV, name

    def push_a_changed_flow(self):
        """So that there is something to deliver."""
        path = os.path.join(self.center, "amzconnect-contact-flows/lib/callflows/ACME_customer_hold.json")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("the line,", "the line, please,", 1))
        self.push("develop")

    def test_without_any_statement_the_pipeline_fails(self):
        for account, role in self.roles():
            iam = self.cloud.client("iam", account=account)
            document = iam.get_role_policy(RoleName=role, PolicyName="trunkline")["PolicyDocument"]
            for left_out in document["Statement"]:
                if left_out["Sid"] in NOT_ASKED_HERE:
                    continue
                with self.subTest(role=role, statement=left_out["Sid"]):
                    rest = {**document, "Statement": [one for one in document["Statement"] if one != left_out]}
                    iam.put_role_policy(RoleName=role, PolicyName="trunkline", PolicyDocument=json.dumps(rest))
                    self.push_a_changed_flow()
                    ended = self.run_pipeline(PIPELINE)
                    iam.put_role_policy(RoleName=role, PolicyName="trunkline", PolicyDocument=json.dumps(document))
                    self.assertNotEqual(set(map(str, ended.values())), {"Succeeded"})
                    self.assertRegex(str(ended), "not authorized to perform|answered with 403")
