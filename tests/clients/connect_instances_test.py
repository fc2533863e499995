"""Instances of Amazon Connect: their life, attributes, storage, associations with functions, bots and others, origins and keys."""
import json

from clients import SOON, ClientTest, until
from connect_center import ConnectTest, create_instance
from functions import TRUST, packed

S3_CONFIG = {"StorageType": "S3", "S3Config": {"BucketName": "recordings", "BucketPrefix": "calls"}}
STREAM = {"StorageType": "KINESIS_STREAM", "KinesisStreamConfig": {"StreamArn": "arn:aws:kinesis:us-east-1:123456789012:stream/records"}}


class InstancesTest(ClientTest):
    def setUp(self):
        super().setUp()
        # Two instances are all an account may have in a Region: every test has an account of its own.
        number = 300000000000 + int.from_bytes(self.id().encode()[-4:], "big")
        self.connect = self.cloud.client("connect", account=str(number)[:12])

    def create(self, alias, **more):
        return self.connect.create_instance(**{"IdentityManagementType": "CONNECT_MANAGED", "InstanceAlias": alias,
                                               "InboundCallsEnabled": True, "OutboundCallsEnabled": False, **more})

    def test_an_instance_is_created_in_the_background(self):
        made = self.create("life")
        early = self.connect.describe_instance(InstanceId=made["Id"])["Instance"]
        late = until(lambda: self.connect.describe_instance(InstanceId=made["Id"])["Instance"], lambda one: one["InstanceStatus"] == "ACTIVE")
        listed = self.connect.list_instances()["InstanceSummaryList"]

        self.assertEqual((early["InstanceStatus"], early["InstanceAlias"]), ("CREATION_IN_PROGRESS", "life"))
        self.assertEqual((late["InboundCallsEnabled"], late["OutboundCallsEnabled"], late["Arn"]), (True, False, made["Arn"]))
        self.assertEqual([one["Id"] for one in listed], [made["Id"]])

    def test_a_new_instance_comes_with_what_amazon_connect_puts_into_it(self):
        instance = {"InstanceId": create_instance(self.connect, "furnished")}
        names = lambda listing: {one["Name"] for one in next(value for value in listing.values() if isinstance(value, list))}

        self.assertIn("BasicQueue", {one.get("Name") for one in self.connect.list_queues(**instance)["QueueSummaryList"]})
        self.assertIn("Basic Hours", names(self.connect.list_hours_of_operations(**instance)))
        self.assertIn("Basic Routing Profile", names(self.connect.list_routing_profiles(**instance)))
        self.assertLessEqual({"Admin", "Agent", "CallCenterManager", "QualityAnalyst"}, names(self.connect.list_security_profiles(**instance)))
        self.assertIn("Sample inbound flow (first contact experience)", names(self.connect.list_contact_flows(**instance)))
        self.assertLessEqual({"Available", "Offline"}, names(self.connect.list_agent_statuses(**instance)))

    def test_a_deleted_instance_is_gone_with_all_it_had(self):
        instance = create_instance(self.connect, "deleted")
        self.connect.delete_instance(InstanceId=instance)

        self.refused("ResourceNotFoundException", self.connect.list_queues, InstanceId=instance)
        self.assertTrue(self.create("deleted")["Id"])

    def test_errors(self):
        self.create("first")
        self.refused("InvalidRequestException", self.create, alias="First")
        self.create("second")
        self.refused("ServiceQuotaExceededException", self.create, alias="third")
        self.refused("InvalidRequestException", self.create, alias="directory", IdentityManagementType="EXISTING_DIRECTORY")
        self.refused("ResourceNotFoundException", self.connect.describe_instance, InstanceId="00000000-0000-0000-0000-000000000000")

    def test_a_client_token_makes_one_instance(self):
        first = self.create("once", ClientToken="token")

        self.assertEqual(self.create("once", ClientToken="token")["Id"], first["Id"])

    def test_an_instance_that_was_being_created_when_killed_becomes_active(self):
        made = self.create("killed")
        self.cloud.restart("kill")
        self.setUp()

        until(lambda: self.connect.describe_instance(InstanceId=made["Id"])["Instance"]["InstanceStatus"], "ACTIVE")
        self.assertTrue(self.connect.list_queues(InstanceId=made["Id"])["QueueSummaryList"])


class AttributesTest(ConnectTest):
    def test_attributes_are_read_and_changed(self):
        which = {"InstanceId": self.instance, "AttributeType": "CONTACTFLOW_LOGS"}
        before = self.connect.describe_instance_attribute(**which)["Attribute"]["Value"]
        self.connect.update_instance_attribute(**which, Value="true")
        self.connect.update_instance_attribute(InstanceId=self.instance, AttributeType="OUTBOUND_CALLS", Value="false")
        self.restart("kill")
        listed = {one["AttributeType"]: one["Value"] for one in self.listed("list_instance_attributes")}

        self.assertEqual(before, "false")
        self.assertEqual((listed["CONTACTFLOW_LOGS"], listed["OUTBOUND_CALLS"], listed["INBOUND_CALLS"]), ("true", "false", "true"))
        self.assertFalse(self.connect.describe_instance(InstanceId=self.instance)["Instance"]["OutboundCallsEnabled"])
        self.refused("InvalidParameterException", self.connect.update_instance_attribute, **which, Value="perhaps")

    def test_storage_is_associated_changed_and_taken_away(self):
        self.cloud.client("s3").create_bucket(Bucket="recordings")
        kind = {"InstanceId": self.instance, "ResourceType": "CALL_RECORDINGS"}
        made = self.connect.associate_instance_storage_config(**kind, StorageConfig=S3_CONFIG)["AssociationId"]
        changed = {"StorageType": "S3", "S3Config": {"BucketName": "recordings", "BucketPrefix": "other"}}
        self.connect.update_instance_storage_config(**kind, AssociationId=made, StorageConfig=changed)
        self.restart("stop")
        got = self.connect.describe_instance_storage_config(**kind, AssociationId=made)["StorageConfig"]
        listed = self.listed("list_instance_storage_configs", ResourceType="CALL_RECORDINGS")
        self.connect.disassociate_instance_storage_config(**kind, AssociationId=made)

        self.assertEqual((got["S3Config"]["BucketPrefix"], got["AssociationId"]), ("other", made))
        self.assertEqual([one["AssociationId"] for one in listed], [made])
        self.refused("ResourceNotFoundException", self.connect.describe_instance_storage_config, **kind, AssociationId=made)

    def test_storage_fits_what_is_stored(self):
        associate = lambda kind, config: self.connect.associate_instance_storage_config(
            InstanceId=self.instance, ResourceType=kind, StorageConfig=config)

        self.assertTrue(associate("CONTACT_TRACE_RECORDS", STREAM)["AssociationId"])
        self.refused("InvalidParameterException", associate, kind="CALL_RECORDINGS", config=STREAM)
        self.refused("InvalidRequestException", associate, kind="CHAT_TRANSCRIPTS", config={
            "StorageType": "S3", "S3Config": {"BucketName": "nobody-has-it", "BucketPrefix": "x"}})
        self.refused("ResourceConflictException", associate, kind="CONTACT_TRACE_RECORDS", config=STREAM)

    def test_origins(self):
        for origin in ("https://example.com", "https://example.org"):
            self.connect.associate_approved_origin(InstanceId=self.instance, Origin=origin)
        self.refused("ResourceConflictException", self.connect.associate_approved_origin, InstanceId=self.instance, Origin="https://example.com")
        self.connect.disassociate_approved_origin(InstanceId=self.instance, Origin="https://example.org")

        self.assertEqual(self.listed("list_approved_origins"), ["https://example.com"])

    def test_keys(self):
        key = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"
        made = [self.connect.associate_security_key(InstanceId=self.instance, Key=key)["AssociationId"] for _ in range(2)]
        self.refused("ServiceQuotaExceededException", self.connect.associate_security_key, InstanceId=self.instance, Key=key)
        self.connect.disassociate_security_key(InstanceId=self.instance, AssociationId=made[0])

        self.assertEqual([(one["AssociationId"], one["Key"]) for one in self.listed("list_security_keys")], [(made[1], key)])
        self.refused("ResourceNotFoundException", self.connect.disassociate_security_key, InstanceId=self.instance, AssociationId=made[0])

    def test_integrations(self):
        make = {"InstanceId": self.instance, "IntegrationType": "EVENT", "IntegrationArn": "arn:aws:app-integrations:us-east-1:123456789012:event-integration/x",
                "SourceApplicationUrl": "https://example.com", "SourceApplicationName": "CRM", "SourceType": "SALESFORCE"}
        made = self.connect.create_integration_association(**make)
        self.refused("DuplicateResourceException", self.connect.create_integration_association, **make)
        self.restart("kill")
        listed = self.listed("list_integration_associations", IntegrationType="EVENT")
        self.connect.delete_integration_association(InstanceId=self.instance, IntegrationAssociationId=made["IntegrationAssociationId"])

        self.assertEqual([(one["IntegrationAssociationArn"], one["SourceApplicationName"]) for one in listed], [(made["IntegrationAssociationArn"], "CRM")])
        self.assertEqual(self.listed("list_integration_associations"), [])

    def test_a_function_is_associated_and_may_be_called_by_the_instance(self):
        role = self.cloud.client("iam").create_role(RoleName="f", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
        functions = self.cloud.client("lambda")
        arn = functions.create_function(FunctionName="answer", Role=role, Runtime="python3.9", Handler="a.b", Code={"ZipFile": packed(a__py="")})["FunctionArn"]
        self.connect.associate_lambda_function(InstanceId=self.instance, FunctionArn=arn)
        policy = json.loads(functions.get_policy(FunctionName="answer")["Policy"])["Statement"][0]
        self.restart("kill")
        listed = self.listed("list_lambda_functions")
        self.refused("ResourceConflictException", self.connect.associate_lambda_function, InstanceId=self.instance, FunctionArn=arn)
        self.connect.disassociate_lambda_function(InstanceId=self.instance, FunctionArn=arn)

        self.assertEqual((policy["Principal"], policy["Condition"]["ArnLike"]["AWS:SourceArn"][-36:]), ({"Service": "connect.amazonaws.com"}, self.instance))
        self.assertEqual((listed, self.listed("list_lambda_functions")), ([arn], []))
        self.refused("ResourceNotFoundException", self.cloud.client("lambda").get_policy, FunctionName="answer")
        self.refused("ResourceNotFoundException", self.connect.associate_lambda_function, InstanceId=self.instance, FunctionArn=arn + "-none")

    def test_a_bot_is_associated(self):
        lex = self.cloud.client("lexv2-models")
        trust = json.dumps(TRUST).replace("lambda", "lexv2")
        role = self.cloud.client("iam").create_role(RoleName="b", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
        bot = lex.create_bot(botName="asked", roleArn=role, dataPrivacy={"childDirected": False}, idleSessionTTLInSeconds=300)["botId"]
        lex.get_waiter("bot_available").wait(botId=bot, WaiterConfig=SOON)
        arn = f"arn:aws:lex:us-east-1:123456789012:bot-alias/{bot}/TSTALIASID"
        self.connect.associate_bot(InstanceId=self.instance, LexV2Bot={"AliasArn": arn})
        policy = json.loads(lex.describe_resource_policy(resourceArn=arn)["policy"])["Statement"]
        self.restart("kill")
        listed = self.listed("list_bots", LexVersion="V2")
        self.connect.disassociate_bot(InstanceId=self.instance, LexV2Bot={"AliasArn": arn})

        self.assertEqual(len(policy), 1)
        self.assertEqual((listed, self.listed("list_bots", LexVersion="V2")), ([{"LexV2Bot": {"AliasArn": arn}}], []))
        self.refused("ResourceNotFoundException", self.connect.associate_bot, InstanceId=self.instance, LexV2Bot={"AliasArn": arn.replace(bot, "NOSUCHBOT1")})
