"""What holds for all services: accounts and Regions do not see each other, what is not there says so in its own protocol."""
import json
import urllib.request

from clients import ClientTest, send


class IsolationTest(ClientTest):
    HERE = {"account": "111111111111", "region": "us-east-1"}
    OTHER_ACCOUNT = {"account": "222222222222", "region": "us-east-1"}
    OTHER_REGION = {"account": "111111111111", "region": "eu-central-1"}

    def names(self, where):
        """Everything somebody sees of what setUpClass made."""
        client = lambda service: self.cloud.client(service, **where)
        return {
            "ssm": [one["Name"] for one in client("ssm").describe_parameters()["Parameters"]],
            "logs": [one["logGroupName"] for one in client("logs").describe_log_groups()["logGroups"]],
            "lex": [one["botName"] for one in client("lexv2-models").list_bots()["botSummaries"]],
            "connect": [one["InstanceAlias"] for one in client("connect").list_instances()["InstanceSummaryList"]],
            "iam": [one["RoleName"] for one in client("iam").list_roles()["Roles"]],
            "s3": [one["Name"] for one in client("s3").list_buckets()["Buckets"]],
            "lambda": [one["FunctionName"] for one in client("lambda").list_functions()["Functions"]],
        }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        client = lambda service: cls.cloud.client(service, **cls.HERE)
        client("ssm").put_parameter(Name="mine", Value="1", Type="String")
        client("logs").create_log_group(logGroupName="mine")
        client("connect").create_instance(IdentityManagementType="CONNECT_MANAGED", InstanceAlias="mine-alone",
                                          InboundCallsEnabled=True, OutboundCallsEnabled=False)
        trust = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lexv2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
        role = client("iam").create_role(RoleName="mine", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
        client("lexv2-models").create_bot(botName="mine", roleArn=role, dataPrivacy={"childDirected": False}, idleSessionTTLInSeconds=300)
        client("s3").create_bucket(Bucket="mine-alone")

    def test_what_is_made_here_is_here(self):
        self.assertEqual(self.names(self.HERE), {"ssm": ["mine"], "logs": ["mine"], "lex": ["mine"], "connect": ["mine-alone"],
                                                 "iam": ["mine"], "s3": ["mine-alone"], "lambda": []})

    def test_another_account_sees_nothing(self):
        self.assertEqual(set(map(tuple, self.names(self.OTHER_ACCOUNT).values())), {()})

    def test_another_region_sees_what_is_global(self):
        seen = self.names(self.OTHER_REGION)

        self.assertEqual({service: names for service, names in seen.items() if names}, {"iam": ["mine"], "s3": ["mine-alone"]})

    def test_an_alias_of_an_instance_is_taken_everywhere(self):
        other = self.cloud.client("connect", **self.OTHER_ACCOUNT)

        message = self.refused("InvalidRequestException", other.create_instance, IdentityManagementType="CONNECT_MANAGED",
                               InstanceAlias="Mine-Alone", InboundCallsEnabled=True, OutboundCallsEnabled=True)

        self.assertIn("Mine-Alone", message)


class NotImplementedTest(ClientTest):
    METRICS = {"InstanceId": "i", "Filters": {"Queues": ["q"]}, "CurrentMetrics": [{"Name": "AGENTS_ONLINE", "Unit": "COUNT"}]}
    CALLS = (
        ("ssm", "list_documents", {}, 400, "UnknownOperationException"),  # JSON 1.1
        ("connect", "get_current_metric_data", METRICS, 404, "UnknownOperationException"),  # REST-JSON
        ("iam", "list_server_certificates", {}, 400, "InvalidAction"),  # Query
        ("s3", "get_object_torrent", {"Bucket": "b", "Key": "k"}, 501, "NotImplemented"),  # REST-XML
    )

    def test_an_operation_that_is_not_there_names_itself(self):
        for service, method, parameters, status, code in self.CALLS:
            with self.subTest(service):
                response = self.refusal(getattr(self.cloud.client(service), method), **parameters)

                name = "".join(word.capitalize() for word in method.split("_"))
                self.assertIn(f"operation '{name}' of service '{service}' is not implemented", response["Error"]["Message"])
                self.assertEqual((response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Code"]), (status, code))
                self.assertTrue(response["ResponseMetadata"]["RequestId"])

    def test_a_service_that_is_not_there_names_itself(self):
        for service, method in (("kinesis", "list_streams"), ("ec2", "describe_instances")):
            with self.subTest(service):
                message = self.refusal(getattr(self.cloud.client(service), method))["Error"]["Message"]

                self.assertIn(f"'{service}'", message)
                self.assertIn("not implemented", message)

    def test_an_operation_nobody_knows_is_refused(self):
        status, answer, _ = send(self.cloud, "ssm", "POST", "/", "{}", headers={"X-Amz-Target": "AmazonSSM.InventNothing",
                                                                             "Content-Type": "application/x-amz-json-1.1"})

        self.assertEqual((status, answer["__type"]), (400, "UnknownOperationException"))

    def test_a_body_that_is_no_json_is_refused(self):
        status, answer, _ = send(self.cloud, "ssm", "POST", "/", "{", headers={"X-Amz-Target": "AmazonSSM.GetParameter",
                                                                            "Content-Type": "application/x-amz-json-1.1"})

        self.assertEqual((status, answer["__type"]), (400, "SerializationException"))

    def test_health_names_the_services(self):
        with urllib.request.urlopen(self.cloud.endpoint + "/_trunkline/health", timeout=20) as response:
            health = json.load(response)

        self.assertEqual(health["status"], "running")
        self.assertLessEqual({"connect", "lexv2-models", "lexv2-runtime", "lambda", "s3", "sts", "iam", "ssm", "logs"},
                             set(health["services"]))


class ResetTest(ClientTest):
    def test_a_reset_forgets_everything_for_good(self):
        self.cloud.client("ssm").put_parameter(Name="gone", Value="1", Type="String")
        self.cloud.client("s3").create_bucket(Bucket="gone")
        self.cloud.client("s3").put_object(Bucket="gone", Key="k", Body=b"x")

        with urllib.request.urlopen(urllib.request.Request(self.cloud.endpoint + "/_trunkline/reset", method="POST"), timeout=20):
            pass
        self.cloud.restart("kill")

        self.assertEqual(self.cloud.client("ssm").describe_parameters()["Parameters"], [])
        self.assertEqual(self.cloud.client("s3").list_buckets()["Buckets"], [])
