"""IAM through boto3: roles, their policies, managed policies and versions, tags, service-linked roles."""
import json

from clients import SOON, ClientTest

TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
READ = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
WRITE = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::a b/*"}]}
BASIC = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"


class IamTest(ClientTest):
    def setUp(self):
        super().setUp()
        self.iam = self.cloud.client("iam")

    def make_role(self, name, **more):
        return self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST), **more)["Role"]

    def make_policy(self, name, document=READ, **more):
        return self.iam.create_policy(PolicyName=name, PolicyDocument=json.dumps(document), **more)["Policy"]

    def test_a_role_comes_back_with_its_trust(self):
        made = self.make_role("life", Path="/team/", Description="words", MaxSessionDuration=7200)
        self.iam.get_waiter("role_exists").wait(RoleName="life", WaiterConfig=SOON)
        got = self.iam.get_role(RoleName="life")["Role"]

        self.assertEqual(made["Arn"], "arn:aws:iam::123456789012:role/team/life")
        self.assertTrue(made["RoleId"].startswith("AROA"))
        self.assertEqual(got["AssumeRolePolicyDocument"], TRUST)
        self.assertEqual((got["Description"], got["MaxSessionDuration"], got["Path"]), ("words", 7200, "/team/"))
        self.assertEqual(got["CreateDate"], made["CreateDate"])

    def test_a_role_is_changed_and_deleted(self):
        self.make_role("changed")
        self.iam.update_role(RoleName="changed", Description="new", MaxSessionDuration=3600)
        self.iam.update_assume_role_policy(RoleName="changed", PolicyDocument=json.dumps({**TRUST, "Id": "x"}))
        got = self.iam.get_role(RoleName="changed")["Role"]
        again = self.iam.update_role_description(RoleName="changed", Description="newer")["Role"]
        self.iam.delete_role(RoleName="changed")

        self.assertEqual((got["Description"], got["AssumeRolePolicyDocument"]["Id"], again["Description"]), ("new", "x", "newer"))
        self.refused("NoSuchEntity", self.iam.get_role, RoleName="changed")

    def test_errors(self):
        self.make_role("twice")

        self.refused("EntityAlreadyExists", self.make_role, name="Twice")
        self.refused("NoSuchEntity", self.iam.delete_role, RoleName="none")
        self.refused("MalformedPolicyDocument", self.iam.create_role, RoleName="bad", AssumeRolePolicyDocument="{")
        self.refused("NoSuchEntity", self.iam.attach_role_policy, RoleName="twice", PolicyArn=BASIC + "X")

    def test_roles_are_listed_in_pages(self):
        for index in range(5):
            self.make_role(f"paged-{index}", Path="/paged/")

        pages = list(self.iam.get_paginator("list_roles").paginate(PathPrefix="/paged/", PaginationConfig={"PageSize": 2}))

        self.assertEqual([one["RoleName"] for page in pages for one in page["Roles"]], [f"paged-{i}" for i in range(5)])
        self.assertEqual(len(pages), 3)

    def test_inline_policies(self):
        self.make_role("inline")
        self.iam.put_role_policy(RoleName="inline", PolicyName="one", PolicyDocument=json.dumps(READ))
        self.iam.put_role_policy(RoleName="inline", PolicyName="one", PolicyDocument=json.dumps(WRITE))
        self.iam.put_role_policy(RoleName="inline", PolicyName="two", PolicyDocument=json.dumps(READ))
        got = self.iam.get_role_policy(RoleName="inline", PolicyName="one")["PolicyDocument"]
        names = self.iam.get_paginator("list_role_policies").paginate(
            RoleName="inline", PaginationConfig={"PageSize": 1}).build_full_result()["PolicyNames"]
        self.refused("DeleteConflict", self.iam.delete_role, RoleName="inline")
        self.iam.delete_role_policy(RoleName="inline", PolicyName="one")

        self.assertEqual((got, names), (WRITE, ["one", "two"]))
        self.refused("NoSuchEntity", self.iam.get_role_policy, RoleName="inline", PolicyName="one")

    def test_attached_policies(self):
        self.make_role("attached")
        arn = self.make_policy("to-attach")["Arn"]
        for one in (BASIC, arn):
            self.iam.attach_role_policy(RoleName="attached", PolicyArn=one)
        attached = self.iam.list_attached_role_policies(RoleName="attached")["AttachedPolicies"]
        who = self.iam.list_entities_for_policy(PolicyArn=arn)["PolicyRoles"]
        count = self.iam.get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"]
        self.refused("DeleteConflict", self.iam.delete_role, RoleName="attached")
        self.refused("DeleteConflict", self.iam.delete_policy, PolicyArn=arn)
        self.iam.detach_role_policy(RoleName="attached", PolicyArn=arn)

        self.assertEqual(sorted(one["PolicyName"] for one in attached), ["AWSLambdaBasicExecutionRole", "to-attach"])
        self.assertEqual(([one["RoleName"] for one in who], count), (["attached"], 1))
        self.refused("NoSuchEntity", self.iam.detach_role_policy, RoleName="attached", PolicyArn=arn)

    def test_a_permissions_boundary(self):
        boundary = self.make_policy("boundary")["Arn"]
        self.make_role("bounded", PermissionsBoundary=boundary)
        got = self.iam.get_role(RoleName="bounded")["Role"]["PermissionsBoundary"]
        self.iam.put_role_permissions_boundary(RoleName="bounded", PermissionsBoundary=BASIC)
        other = self.iam.get_role(RoleName="bounded")["Role"]["PermissionsBoundary"]["PermissionsBoundaryArn"]
        self.iam.delete_role_permissions_boundary(RoleName="bounded")

        self.assertEqual((got["PermissionsBoundaryArn"], other), (boundary, BASIC))
        self.assertNotIn("PermissionsBoundary", self.iam.get_role(RoleName="bounded")["Role"])

    def test_tags(self):
        self.make_role("tagged", Tags=[{"Key": "a", "Value": "1"}])
        self.iam.tag_role(RoleName="tagged", Tags=[{"Key": "b", "Value": "2"}, {"Key": "a", "Value": "3"}])
        both = self.iam.list_role_tags(RoleName="tagged")["Tags"]
        self.iam.untag_role(RoleName="tagged", TagKeys=["a"])

        self.assertCountEqual(both, [{"Key": "a", "Value": "3"}, {"Key": "b", "Value": "2"}])
        self.assertEqual(self.iam.get_role(RoleName="tagged")["Role"]["Tags"], [{"Key": "b", "Value": "2"}])

    def test_a_service_linked_role(self):
        made = self.iam.create_service_linked_role(AWSServiceName="connect.amazonaws.com", CustomSuffix="x1")["Role"]
        self.refused("UnmodifiableEntity", self.iam.delete_role, RoleName=made["RoleName"])
        task = self.iam.delete_service_linked_role(RoleName=made["RoleName"])["DeletionTaskId"]

        self.assertEqual(made["RoleName"], "AWSServiceRoleForAmazonConnect_x1")
        self.assertEqual(self.iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"], "SUCCEEDED")
        self.refused("NoSuchEntity", self.iam.get_role, RoleName=made["RoleName"])

    def test_roles_and_policies_survive_kill_9(self):
        arn = self.make_policy("kept-policy", WRITE)["Arn"]
        self.make_role("kept", Tags=[{"Key": "a", "Value": "1"}])
        self.iam.put_role_policy(RoleName="kept", PolicyName="inline", PolicyDocument=json.dumps(READ))
        self.iam.attach_role_policy(RoleName="kept", PolicyArn=arn)

        self.cloud.restart("kill")

        again = self.cloud.client("iam")
        self.assertEqual(again.get_role(RoleName="kept")["Role"]["Tags"], [{"Key": "a", "Value": "1"}])
        self.assertEqual(again.get_role_policy(RoleName="kept", PolicyName="inline")["PolicyDocument"], READ)
        self.assertEqual(again.list_attached_role_policies(RoleName="kept")["AttachedPolicies"][0]["PolicyArn"], arn)
        self.assertEqual(again.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]["Document"], WRITE)

    def test_versions_of_a_policy(self):
        arn = self.make_policy("versioned", Description="words", Path="/team/")["Arn"]
        self.iam.get_waiter("policy_exists").wait(PolicyArn=arn, WaiterConfig=SOON)
        second = self.iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(WRITE), SetAsDefault=True)["PolicyVersion"]
        got = self.iam.get_policy_version(PolicyArn=arn, VersionId="v2")["PolicyVersion"]
        self.refused("DeleteConflict", self.iam.delete_policy_version, PolicyArn=arn, VersionId="v2")
        self.refused("DeleteConflict", self.iam.delete_policy, PolicyArn=arn)
        self.iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
        self.iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
        listed = self.iam.list_policy_versions(PolicyArn=arn)["Versions"]

        self.assertEqual(arn, "arn:aws:iam::123456789012:policy/team/versioned")
        self.assertEqual((second["VersionId"], got["Document"], got["IsDefaultVersion"]), ("v2", WRITE, True))
        self.assertEqual([(one["VersionId"], one["IsDefaultVersion"]) for one in listed], [("v1", True)])

    def test_a_policy_has_five_versions_at_most(self):
        arn = self.make_policy("many")["Arn"]
        for _ in range(4):
            self.iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(READ))

        self.refused("LimitExceeded", self.iam.create_policy_version, PolicyArn=arn, PolicyDocument=json.dumps(READ))

    def test_policies_are_listed_by_whose_they_are(self):
        made = {self.make_policy(f"listed-{i}")["Arn"] for i in range(3)}
        paginator = self.iam.get_paginator("list_policies")

        own = paginator.paginate(Scope="Local", PaginationConfig={"PageSize": 2}).build_full_result()["Policies"]
        aws = paginator.paginate(Scope="AWS").build_full_result()["Policies"]

        self.assertLessEqual(made, {one["Arn"] for one in own})
        self.assertIn(BASIC, {one["Arn"] for one in aws})
        self.assertTrue(all(one["Arn"].startswith("arn:aws:iam::aws:") for one in aws))

    def test_tags_and_errors(self):
        arn = self.make_policy("tagged-policy", Tags=[{"Key": "a", "Value": "1"}])["Arn"]
        self.iam.tag_policy(PolicyArn=arn, Tags=[{"Key": "b", "Value": "2"}])
        self.iam.untag_policy(PolicyArn=arn, TagKeys=["a"])

        self.assertEqual(self.iam.list_policy_tags(PolicyArn=arn)["Tags"], [{"Key": "b", "Value": "2"}])
        self.refused("EntityAlreadyExists", self.make_policy, name="tagged-policy")
        self.refused("MalformedPolicyDocument", self.make_policy, name="bad", document={"Statement": "x"})
        self.iam.delete_policy(PolicyArn=arn)
        self.refused("NoSuchEntity", self.iam.get_policy, PolicyArn=arn)

    def test_what_clients_ask_about_the_account(self):
        self.assertEqual(self.iam.get_user()["User"]["Arn"], "arn:aws:iam::123456789012:root")
        self.assertEqual(self.iam.list_account_aliases()["AccountAliases"], [])
        self.make_role("plain")
        self.assertEqual(self.iam.list_instance_profiles_for_role(RoleName="plain")["InstanceProfiles"], [])
        self.refused("NoSuchEntity", self.iam.get_user, UserName="nobody")


class IdentitiesTest(ClientTest):
    """Users, groups, keys and instance profiles, also through the AWS CLI."""

    def setUp(self):
        super().setUp()
        self.iam = self.cloud.client("iam")

    def test_a_user_with_groups_and_keys(self):
        self.iam.create_user(UserName="ada", Path="/team/", Tags=[{"Key": "team", "Value": "blue"}])
        self.iam.get_waiter("user_exists").wait(UserName="ada", WaiterConfig=SOON)
        self.iam.create_group(GroupName="ops")
        self.iam.add_user_to_group(GroupName="ops", UserName="ada")
        key = self.iam.create_access_key(UserName="ada")["AccessKey"]
        self.cloud.restart("kill")
        self.iam = self.cloud.client("iam")
        theirs = self.cloud.client("sts", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])

        self.assertEqual(theirs.get_caller_identity()["Arn"], "arn:aws:iam::123456789012:user/team/ada")
        self.assertEqual(self.iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])["AccessKeyLastUsed"]["ServiceName"], "sts")
        self.assertEqual([one["UserName"] for one in self.iam.get_group(GroupName="ops")["Users"]], ["ada"])
        self.refused("DeleteConflict", self.iam.delete_user, UserName="ada")
        self.iam.delete_access_key(UserName="ada", AccessKeyId=key["AccessKeyId"])
        self.iam.remove_user_from_group(GroupName="ops", UserName="ada")
        self.iam.delete_user(UserName="ada")
        self.refused("NoSuchEntity", self.iam.get_user, UserName="ada")

    def test_what_else_a_user_has(self):
        self.iam.create_user(UserName="ida")
        self.iam.create_login_profile(UserName="ida", Password="Correct-horse-1", PasswordResetRequired=True)
        made = self.iam.create_service_specific_credential(UserName="ida", ServiceName="codecommit.amazonaws.com")["ServiceSpecificCredential"]

        self.assertTrue(self.cloud.aws("iam", "get-login-profile", "--user-name", "ida")["LoginProfile"]["PasswordResetRequired"])
        self.assertEqual(made["ServiceUserName"], "ida-at-123456789012")
        self.refused("DeleteConflict", self.iam.delete_user, UserName="ida")

    def test_an_open_id_provider(self):
        arn = self.iam.create_open_id_connect_provider(
            Url="https://id.example.com", ClientIDList=["app"], ThumbprintList=["0" * 40])["OpenIDConnectProviderArn"]

        self.assertEqual(arn, "arn:aws:iam::123456789012:oidc-provider/id.example.com")
        self.assertEqual(self.iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ClientIDList"], ["app"])
        self.assertEqual(self.iam.list_open_id_connect_providers()["OpenIDConnectProviderList"], [{"Arn": arn}])

    def test_the_cli_makes_an_instance_profile(self):
        self.iam.create_role(RoleName="web", AssumeRolePolicyDocument=json.dumps(TRUST))
        self.cloud.aws("iam", "create-instance-profile", "--instance-profile-name", "web")
        self.cloud.aws("iam", "add-role-to-instance-profile", "--instance-profile-name", "web", "--role-name", "web")

        profile = self.cloud.aws("iam", "get-instance-profile", "--instance-profile-name", "web")["InstanceProfile"]

        self.assertEqual(profile["Roles"][0]["AssumeRolePolicyDocument"], TRUST)
        self.refused("DeleteConflict", self.iam.delete_role, RoleName="web")

    def test_details_of_the_account(self):
        self.iam.create_user(UserName="eve")
        self.iam.put_user_policy(UserName="eve", PolicyName="read", PolicyDocument=json.dumps(READ))

        pages = self.iam.get_paginator("get_account_authorization_details").paginate(Filter=["User"], PaginationConfig={"PageSize": 1})
        users = {one["UserName"]: one for page in pages for one in page["UserDetailList"]}

        self.assertEqual(users["eve"]["UserPolicyList"][0]["PolicyDocument"], READ)
        self.assertGreaterEqual(self.cloud.aws("iam", "get-account-summary")["SummaryMap"]["Users"], 1)
