"""`up --enforce-iam` through boto3: roles of a target account as a delivery has them, in miniature. A deploy role passes one
stack role; the stack role makes roles only within a boundary; nobody lifts the boundary; an operator needs an external id."""
import json

from botocore.exceptions import ClientError
from clients import ACCOUNT, ClientTest, until

TARGET = "222222222222"
BOUNDARY = f"arn:aws:iam::{TARGET}:policy/trunkline/boundary"
STACK_ROLE = f"arn:aws:iam::{TARGET}:role/trunkline/cfn-dev"
TRUST_LAMBDA = {"Service": "lambda.amazonaws.com"}

WITHIN_BOUNDARY = {"StringEquals": {"iam:PermissionsBoundary": BOUNDARY}}
STACK_STATEMENTS = [
    {"Effect": "Allow", "Action": ["sqs:*", "iam:GetRole*", "iam:TagRole"], "Resource": "*"},
    {"Effect": "Allow", "Action": ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:DeleteRolePolicy"],
     "Resource": f"arn:aws:iam::{TARGET}:role/trunkline/*", "Condition": WITHIN_BOUNDARY},
    {"Effect": "Allow", "Action": "iam:DeleteRole", "Resource": f"arn:aws:iam::{TARGET}:role/trunkline/*"},
    {"Effect": "Deny", "Action": ["iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary", "iam:CreatePolicyVersion"],
     "Resource": "*"},
]
DEPLOY_STATEMENTS = [
    {"Effect": "Allow", "Action": "cloudformation:*", "Resource": f"arn:aws:cloudformation:*:{TARGET}:stack/amzconnect-*/*"},
    {"Effect": "Allow", "Action": "iam:PassRole", "Resource": STACK_ROLE,
     "Condition": {"StringEquals": {"iam:PassedToService": "cloudformation.amazonaws.com"}}},
]


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(principal, **more):
    return document({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **more})


def template(boundary):
    role = {"Path": "/trunkline/", "RoleName": "made", "AssumeRolePolicyDocument": json.loads(trust(TRUST_LAMBDA))}
    if boundary:
        role["PermissionsBoundary"] = BOUNDARY
    return json.dumps({"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": role}}})


class EnforceTest(ClientTest):
    OPTIONS = ("--enforce-iam",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        iam = cls.cloud.client("iam", account=TARGET)
        iam.create_policy(PolicyName="boundary", Path="/trunkline/",
                          PolicyDocument=document({"Effect": "Allow", "Action": ["sqs:*", "logs:*"], "Resource": "*"}))
        tooling = cls.cloud.client("iam")
        for name in ("pipeline-dev", "somebody"):
            tooling.create_role(RoleName=name, Path="/trunkline/", AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))
            tooling.put_role_policy(RoleName=name, PolicyName="assume", PolicyDocument=document(
                {"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": f"arn:aws:iam::{TARGET}:role/trunkline/*"}))
        only_pipelines = {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/trunkline/pipeline-*"}}
        for name, principal, more, statements in (
                ("deploy-dev", {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, {"Condition": only_pipelines}, DEPLOY_STATEMENTS),
                ("cfn-dev", {"Service": "cloudformation.amazonaws.com"},
                 {"Condition": {"StringEquals": {"aws:SourceAccount": TARGET}}}, STACK_STATEMENTS),
                ("operator-dev", {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
                 {"Condition": {"StringEquals": {"sts:ExternalId": "acme-7"}}}, STACK_STATEMENTS)):
            iam.create_role(RoleName=name, Path="/trunkline/", AssumeRolePolicyDocument=trust(principal, **more))
            iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document(*statements))

    def session(self, account, role, by=None, **more):
        """Keys of a role's session; taken by the account itself, or by another session."""
        sts = self.cloud.client("sts", account=ACCOUNT, **(by or {}))
        given = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/trunkline/{role}", RoleSessionName="test", **more)["Credentials"]
        return {"aws_access_key_id": given["AccessKeyId"], "aws_secret_access_key": given["SecretAccessKey"],
                "aws_session_token": given["SessionToken"]}

    def operator(self):
        return self.session(TARGET, "operator-dev", by=self.session(ACCOUNT, "somebody"), ExternalId="acme-7")

    def deploy(self):
        return self.session(TARGET, "deploy-dev", by=self.session(ACCOUNT, "pipeline-dev"))

    def end_of(self, stacks, name):
        ended = until(lambda: stacks.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"],
                      lambda status: not status.endswith("IN_PROGRESS"))
        reasons = [one.get("ResourceStatusReason", "") for one in stacks.describe_stack_events(StackName=name)["StackEvents"]]
        return ended, " ".join(reasons)

    def test_only_pipelines_get_the_deploy_role(self):
        self.deploy()

        self.refused("AccessDenied", self.session, account=TARGET, role="deploy-dev", by=self.session(ACCOUNT, "somebody"))

    def test_an_operator_needs_the_external_id(self):
        somebody = self.session(ACCOUNT, "somebody")
        self.session(TARGET, "operator-dev", by=somebody, ExternalId="acme-7")

        self.refused("AccessDenied", self.session, account=TARGET, role="operator-dev", by=somebody)
        self.refused("AccessDenied", self.session, account=TARGET, role="operator-dev", by=somebody, ExternalId="acme-8")

    def test_the_deploy_role_passes_the_stack_role_only(self):
        stacks = self.cloud.client("cloudformation", **self.deploy())
        asked = {"StackName": "amzconnect-passed", "TemplateBody": template(True), "Capabilities": ["CAPABILITY_NAMED_IAM"]}

        message = self.refused("AccessDenied", stacks.create_stack, **asked, RoleARN=f"arn:aws:iam::{TARGET}:role/trunkline/operator-dev")
        self.assertIn("iam:PassRole", message)
        self.refused("AccessDenied", stacks.create_stack, **{**asked, "StackName": "other"}, RoleARN=STACK_ROLE)

        stacks.create_stack(**asked, RoleARN=STACK_ROLE)
        self.assertEqual(self.end_of(stacks, "amzconnect-passed")[0], "CREATE_COMPLETE")
        made = self.cloud.client("iam", account=TARGET).get_role(RoleName="made")["Role"]
        self.assertEqual(made["PermissionsBoundary"]["PermissionsBoundaryArn"], BOUNDARY)
        stacks.delete_stack(StackName="amzconnect-passed")
        with self.assertRaises(ClientError):
            until(lambda: self.end_of(stacks, "amzconnect-passed")[0], "nothing")

    def test_a_stack_makes_no_role_without_the_boundary(self):
        stacks = self.cloud.client("cloudformation", **self.deploy())

        stacks.create_stack(StackName="amzconnect-escalates", TemplateBody=template(False), RoleARN=STACK_ROLE,
                            Capabilities=["CAPABILITY_NAMED_IAM"])
        status, reasons = self.end_of(stacks, "amzconnect-escalates")

        self.assertEqual(status, "ROLLBACK_COMPLETE")
        self.assertIn("is not authorized to perform: iam:CreateRole on resource: "
                      f"arn:aws:iam::{TARGET}:role/trunkline/made", reasons)

    def test_nobody_lifts_the_boundary(self):
        iam = self.cloud.client("iam", **self.operator())
        iam.create_role(RoleName="bounded", Path="/trunkline/", PermissionsBoundary=BOUNDARY, AssumeRolePolicyDocument=trust(TRUST_LAMBDA))
        self.cloud.client("iam", account=TARGET).create_role(RoleName="free", Path="/trunkline/",
                                                             AssumeRolePolicyDocument=trust(TRUST_LAMBDA))
        everything = document({"Effect": "Allow", "Action": "*", "Resource": "*"})

        iam.put_role_policy(RoleName="bounded", PolicyName="all", PolicyDocument=everything)
        self.refused("AccessDenied", iam.put_role_policy, RoleName="free", PolicyName="all", PolicyDocument=everything)
        self.refused("AccessDenied", iam.delete_role_permissions_boundary, RoleName="bounded")
        self.refused("AccessDenied", iam.put_role_permissions_boundary, RoleName="bounded", PermissionsBoundary="arn:aws:iam::aws:policy/AdministratorAccess")
        self.refused("AccessDenied", iam.create_policy_version, PolicyArn=BOUNDARY, PolicyDocument=everything, SetAsDefault=True)
        self.refused("AccessDenied", iam.attach_role_policy, RoleName="operator-dev", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")

    def test_a_role_within_the_boundary_does_no_more_than_it_allows(self):
        root = self.cloud.client("iam", account=TARGET)
        root.create_role(RoleName="all", Path="/trunkline/", PermissionsBoundary=BOUNDARY, AssumeRolePolicyDocument=trust({"AWS": ACCOUNT}))
        root.attach_role_policy(RoleName="all", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
        keys = self.session(TARGET, "all", by=self.session(ACCOUNT, "somebody"))

        self.cloud.client("sqs", **keys).create_queue(QueueName="calls")
        message = self.refused("AccessDenied", self.cloud.client("iam", **keys).list_roles)

        self.assertIn("because no permissions boundary allows the iam:ListRoles action", message)

    def test_a_user_does_what_its_groups_allow_until_its_key_is_inactive(self):
        root = self.cloud.client("iam")
        root.create_user(UserName="ada")
        root.create_group(GroupName="readers")
        root.put_group_policy(GroupName="readers", PolicyName="self", PolicyDocument=document(
            {"Effect": "Allow", "Action": "iam:GetUser", "Resource": f"arn:aws:iam::{ACCOUNT}:user/${{aws:username}}"}))
        key = root.create_access_key(UserName="ada")["AccessKey"]
        iam = self.cloud.client("iam", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])

        self.refused("AccessDenied", iam.get_user)
        root.add_user_to_group(GroupName="readers", UserName="ada")
        self.assertEqual(iam.get_user()["User"]["UserName"], "ada")
        self.refused("AccessDenied", iam.list_users)
        root.update_access_key(UserName="ada", AccessKeyId=key["AccessKeyId"], Status="Inactive")
        self.refused("InvalidClientTokenId", iam.get_user)

    def test_the_simulator_says_what_would_happen(self):
        iam = self.cloud.client("iam", account=TARGET)

        answer = iam.simulate_principal_policy(PolicySourceArn=STACK_ROLE, ActionNames=["iam:CreateRole", "sqs:CreateQueue",
                                                                                        "iam:DeleteRolePermissionsBoundary"],
                                               ResourceArns=[f"arn:aws:iam::{TARGET}:role/trunkline/x"])
        decisions = {one["EvalActionName"]: one["EvalDecision"] for one in answer["EvaluationResults"]}

        self.assertEqual(decisions, {"iam:CreateRole": "implicitDeny", "sqs:CreateQueue": "allowed",
                                     "iam:DeleteRolePermissionsBoundary": "explicitDeny"})
