"""Every role has what it needs and nothing more: a center lives its whole life on a cloud that enforces policies and counts which
statement let which call through (GET /_trunkline/access). A statement that was not needed is named here with its reason, and the
test that needs it.
"""
import json
import os
import re
import urllib.request

from center_life import PEOPLE, CenterLifeTest
from stacks_center import DEV, TOOLING

OWN_STACK = "amzconnect-supporting-infra-"  # of the user's own template
# Statements that this life does not need, and why they are there all the same.
GUARDS = "test_guards_hold_whatever_else_is_attached: nothing else that is ever attached to the role reaches so far"
ELSEWHERE = {
    ("trunkline-operator-<env>", "ReadAlarms"): "StacksTest.shift_callers",
    ("trunkline-build-test", "Report"): "the embedded cloud keeps reports without asking; CodeBuild's guide names the permission",
    ("trunkline-cfn-<env>", "KeepInstances"): "test_no_stack_makes_or_deletes_an_instance",
    **{(role, guard): GUARDS for role in ("trunkline-cfn-<env>", "trunkline-tooling-cfn")
       for guard in ("KeepBoundaries", "KeepGuardedRoles", "KeepTheBoundary")},
}


def plain(name):
    """A role's name without what CloudFormation adds, the same for every environment."""
    return re.sub(r"-[A-Za-z0-9]{12}$", "", re.sub(r"-(dev|staging|prod)(?=-|$)", "-<env>", name))


class PermissionsTest(CenterLifeTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with urllib.request.urlopen(cls.cloud.endpoint + "/_trunkline/access") as answer:
            cls.report = json.load(answer)

    def statements(self):
        """{(role or boundary, statement): how often it was needed}, over all environments and Regions. "Trust": who takes the role."""
        found = {}
        for policy in self.report["policies"]:
            role = re.fullmatch(r"(?:inline policy 'trunkline' of role|trust policy of role|managed policy) '(?:arn:.*:policy/trunkline/)?"
                                r"((?:trunkline|amzconnect)-.*)'", policy["policy"])
            if not role or OWN_STACK in role[1]:
                continue
            for row in policy["statements"]:
                key = (plain(role[1]), row["statement"])
                found[key] = found.get(key, 0) + row["needed"]
        return found

    def test_every_statement_is_needed(self):
        unneeded = {key for key, needed in self.statements().items() if not needed}
        self.assertEqual(unneeded, set(ELSEWHERE))

    def decision(self, role, account, action, resource):
        """Of a call that the role makes when somebody attaches a policy that allows everything."""
        everything = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
        answer = self.cloud.client("iam", account=account).simulate_principal_policy(
            PolicySourceArn=f"arn:aws:iam::{account}:role/trunkline/{role}", PolicyInputList=[everything], ActionNames=[action], ResourceArns=[resource])
        return answer["EvaluationResults"][0]["EvalDecision"]

    def test_guards_hold_whatever_else_is_attached(self):
        for role, account, boundary, own in (("trunkline-cfn-dev", DEV, "trunkline-boundary", "trunkline-deploy-dev"),
                                             ("trunkline-tooling-cfn", TOOLING, "trunkline-tooling-boundary", "trunkline-tooling-cfn")):
            iam = f"arn:aws:iam::{account}:"
            for action, resource, expected in (
                    ("iam:DeleteRolePermissionsBoundary", iam + "role/trunkline/amzconnect-x", "explicitDeny"),
                    ("iam:CreatePolicyVersion", iam + f"policy/trunkline/{boundary}", "explicitDeny"),
                    ("iam:PutRolePolicy", iam + f"role/trunkline/{own}", "explicitDeny"),
                    ("iam:PutRolePolicy", iam + "role/trunkline/amzconnect-x", "allowed")):
                with self.subTest(role=role, action=action, resource=resource):
                    self.assertEqual(self.decision(role, account, action, resource), expected)

    def test_no_stack_makes_or_deletes_an_instance(self):
        instance = f"arn:aws:connect:us-east-1:{DEV}:instance/i"
        for action in ("CreateInstance", "DeleteInstance", "ReplicateInstance"):
            self.assertEqual(self.decision("trunkline-cfn-dev", DEV, f"connect:{action}", instance), "explicitDeny")

    def test_nobody_uses_a_bucket_without_tls(self):
        everything = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
        for account, bucket in ((TOOLING, f"amzconnect-artifacts-{TOOLING}-us-east-1"), (DEV, f"amzconnect-instance-dev-{DEV}-us-east-1"),
                                (DEV, f"amzconnect-flows-dev-{DEV}-us-east-1")):
            policy = self.cloud.client("s3", account=account).get_bucket_policy(Bucket=bucket)["Policy"]
            for tls, expected in (("false", "explicitDeny"), ("true", "allowed")):
                answer = self.cloud.client("iam", account=account).simulate_custom_policy(
                    PolicyInputList=[everything], ResourcePolicy=policy, ResourceOwner=account, CallerArn=f"arn:aws:iam::{account}:user/ann",
                    ActionNames=["s3:GetObject"], ResourceArns=[f"arn:aws:s3:::{bucket}/x"], ContextEntries=[
                        {"ContextKeyName": "aws:SecureTransport", "ContextKeyValues": [tls], "ContextKeyType": "boolean"}])
                self.assertEqual(answer["EvaluationResults"][0]["EvalDecision"], expected, bucket)

    def test_the_development_machine_gets_the_program_with_nothing_to_spare(self):
        with open(os.path.join(self.work, "synth/amzconnect-development-machine.template.json"), encoding="utf-8") as file:
            text = json.dumps(json.load(file)["Resources"]["Role"]["Properties"]["Policies"][0]["PolicyDocument"])
        for name, value in {**self.program, "AWS::Partition": "aws"}.items():
            text = text.replace("${" + name + "}", value)
        document = json.loads(text.replace(json.dumps({"Ref": "CodeBucketKeyArn"}), json.dumps(self.keys["us-east-1"])))
        for statement in document["Statement"]:
            if isinstance(statement["Resource"], dict):
                statement["Resource"] = statement["Resource"]["Fn::Sub"]
        for left_out in (None, *document["Statement"]):
            with self.subTest(without=left_out and left_out["Sid"]):
                rest = {**document, "Statement": [one for one in document["Statement"] if one != left_out]}
                if left_out is None:
                    self.get_program(rest)
                else:
                    self.refused("AccessDenied", self.get_program, document=rest)

    def get_program(self, document):
        """The program, in a role of the tooling account that may do this."""
        iam = self.cloud.client("iam", account=TOOLING)
        iam.put_role_policy(RoleName="people", PolicyName="machine", PolicyDocument=json.dumps(document))
        keys = self.cloud.client("sts", account=TOOLING).assume_role(RoleArn=PEOPLE, RoleSessionName="machine")["Credentials"]
        s3 = self.cloud.client("s3", account=TOOLING, aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"],
                               aws_session_token=keys["SessionToken"])
        return s3.get_object(Bucket=self.program["CodeBucket"], Key=self.program["CodeKey"])
