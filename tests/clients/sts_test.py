"""STS through boto3 and the AWS CLI: who one is, roles that are assumed, signatures."""
import json

from clients import ClientTest

TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "sts:AssumeRole",
     "Condition": {"StringEquals": {"sts:ExternalId": "partner"}}}]})


def session(cloud, service, credentials, **options):
    """A client that signs with issued credentials."""
    return cloud.client(service, aws_access_key_id=credentials["AccessKeyId"],
                        aws_secret_access_key=credentials["SecretAccessKey"],
                        aws_session_token=credentials["SessionToken"], **options)


class CallerTest(ClientTest):
    def test_an_access_key_of_12_digits_is_its_account(self):
        caller = self.cloud.client("sts", account="111111111111").get_caller_identity()

        self.assertEqual(caller["Account"], "111111111111")
        self.assertEqual(caller["Arn"], "arn:aws:iam::111111111111:root")
        self.assertEqual(caller["UserId"], "111111111111")

    def test_any_other_key_means_the_default_account(self):
        caller = self.cloud.aws("sts", "get-caller-identity", account="AKIAIOSFODNN7EXAMPLE")

        self.assertEqual(caller["Account"], "123456789012")

    def test_a_key_tells_its_account(self):
        self.assertEqual(self.cloud.client("sts").get_access_key_info(AccessKeyId="AKIAIOSFODNN7EXAMPLE")["Account"],
                         "123456789012")

    def test_a_session_token_stands_for_its_caller(self):
        made = self.cloud.client("sts").get_session_token(DurationSeconds=900)["Credentials"]

        self.assertEqual(session(self.cloud, "sts", made).get_caller_identity()["Arn"], "arn:aws:iam::123456789012:root")

    def test_what_the_service_cannot_do_is_refused_by_name(self):
        message = self.refusal(self.cloud.client("sts").get_federation_token, Name="bob")["Error"]["Message"]

        self.assertIn("GetFederationToken", message)


class AssumeRoleTest(ClientTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        role = cls.cloud.client("iam", account="222222222222").create_role(
            RoleName="deployer", AssumeRolePolicyDocument=TRUST, MaxSessionDuration=7200)
        cls.role = role["Role"]

    def assume(self, account="111111111111", **more):
        sts = self.cloud.client("sts", account=account)
        return sts.assume_role(**{"RoleArn": self.role["Arn"], "RoleSessionName": "carrier", "ExternalId": "partner", **more})

    def test_an_assumed_role_acts_in_its_own_account(self):
        made = self.assume(SourceIdentity="alice")
        caller = session(self.cloud, "sts", made["Credentials"]).get_caller_identity()

        self.assertEqual(caller["Account"], "222222222222")
        self.assertEqual(caller["Arn"], "arn:aws:sts::222222222222:assumed-role/deployer/carrier")
        self.assertEqual(caller["UserId"], self.role["RoleId"] + ":carrier")
        self.assertEqual(made["AssumedRoleUser"]["Arn"], caller["Arn"])
        self.assertEqual(made["SourceIdentity"], "alice")

    def test_credentials_live_as_long_as_they_were_asked_for(self):
        hour = self.assume()["Credentials"]["Expiration"]
        two = self.assume(DurationSeconds=7200)["Credentials"]["Expiration"]

        self.assertAlmostEqual((two - hour).total_seconds(), 3600, delta=30)

    def test_the_trust_policy_decides(self):
        for wrong in ({"ExternalId": "stranger"}, {"account": "333333333333"}):
            with self.subTest(wrong):
                message = self.refused("AccessDenied", self.assume, **wrong)

                self.assertIn("is not authorized to perform: sts:AssumeRole", message)

    def test_a_role_that_is_not_there_is_denied(self):
        self.refused("AccessDenied", self.assume, RoleArn="arn:aws:iam::222222222222:role/nobody")

    def test_longer_than_the_role_allows_is_refused(self):
        self.assertIn("MaxSessionDuration", self.refused("ValidationError", self.assume, DurationSeconds=7201))

    def test_a_wrong_secret_of_an_issued_key_is_refused(self):
        made = {**self.assume()["Credentials"], "SecretAccessKey": "guessed"}

        self.refused("SignatureDoesNotMatch", session(self.cloud, "sts", made).get_caller_identity)

    def test_a_wrong_token_of_an_issued_key_is_refused(self):
        made = {**self.assume()["Credentials"], "SessionToken": "guessed"}

        self.refused("InvalidClientTokenId", session(self.cloud, "sts", made).get_caller_identity)

    def test_a_session_survives_kill_9(self):
        made = self.assume()["Credentials"]

        self.cloud.restart("kill")

        self.assertEqual(session(self.cloud, "sts", made).get_caller_identity()["Account"], "222222222222")


class SignatureTest(ClientTest):
    OPTIONS = ("--require-signatures",)

    def test_the_secret_test_is_accepted(self):
        self.assertEqual(self.cloud.client("sts").get_caller_identity()["Account"], "123456789012")

    def test_a_wrong_secret_is_refused_in_every_protocol(self):
        for service, operation, status, code in (
                ("sts", "get_caller_identity", 403, "SignatureDoesNotMatch"), ("s3", "list_buckets", 403, "SignatureDoesNotMatch"),
                ("ssm", "describe_parameters", 400, "InvalidSignatureException"),
                ("lambda", "list_functions", 403, "InvalidSignatureException"),
                ("connect", "list_instances", 403, "InvalidSignatureException")):
            with self.subTest(service):
                client = self.cloud.client(service, aws_secret_access_key="wrong")

                response = self.refusal(getattr(client, operation))

                self.assertEqual((response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Code"]), (status, code))

    def test_the_cli_signs_as_expected(self):
        self.cloud.aws("s3api", "create-bucket", "--bucket", "signed")
        self.cloud.aws("s3api", "put-object", "--bucket", "signed", "--key", "a key with blanks & ümläuts")

        listed = self.cloud.aws("s3api", "list-objects-v2", "--bucket", "signed")

        self.assertEqual([one["Key"] for one in listed["Contents"]], ["a key with blanks & ümläuts"])

