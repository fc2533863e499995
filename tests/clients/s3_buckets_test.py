"""Buckets of S3 through boto3: their life, what is configured on them, who owns them; a restart."""
import datetime
import json

from clients import SOON, ClientTest

POLICY = {"Version": "2012-10-17", "Statement": [
    {"Sid": "Read", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "s3:GetObject",
     "Resource": "arn:aws:s3:::configured/*"}]}
ENCRYPTION = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}]}
LIFECYCLE = {"Rules": [{"ID": "old", "Filter": {"Prefix": "tmp/"}, "Status": "Enabled", "Expiration": {"Days": 7}}]}
CORS = [{"AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["https://example.com"], "AllowedHeaders": ["*"], "MaxAgeSeconds": 60}]
WEBSITE = {"IndexDocument": {"Suffix": "index.html"}, "ErrorDocument": {"Key": "error.html"}}
BLOCK = {"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True}


class BucketsTest(ClientTest):
    def setUp(self):
        super().setUp()
        self.s3 = self.cloud.client("s3")

    def test_a_bucket_is_made_found_and_removed(self):
        self.s3.create_bucket(Bucket="life")
        self.s3.get_waiter("bucket_exists").wait(Bucket="life", WaiterConfig=SOON)
        self.s3.delete_bucket(Bucket="life")
        self.s3.get_waiter("bucket_not_exists").wait(Bucket="life", WaiterConfig=SOON)

        self.refused("NoSuchBucket", self.s3.list_objects_v2, Bucket="life")
        self.assertEqual(self.refusal(self.s3.head_bucket, Bucket="life")["Error"]["Code"], "404")

    def test_a_bucket_stands_in_its_region(self):
        europe = self.cloud.client("s3", region="eu-central-1")
        europe.create_bucket(Bucket="in-europe", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        self.s3.create_bucket(Bucket="in-virginia")

        self.assertEqual(europe.get_bucket_location(Bucket="in-europe")["LocationConstraint"], "eu-central-1")
        self.assertIsNone(self.s3.get_bucket_location(Bucket="in-virginia")["LocationConstraint"])

    def test_a_region_that_is_not_the_clients_is_refused(self):
        self.refused("IllegalLocationConstraintException", self.cloud.client("s3", region="eu-central-1").create_bucket,
                     Bucket="without-constraint")

    def test_names_belong_to_one_account_and_are_checked(self):
        other = self.cloud.client("s3", account="222222222222", region="eu-west-1")
        self.s3.create_bucket(Bucket="taken")

        self.refused("BucketAlreadyExists", other.create_bucket, Bucket="taken",
                     CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        self.refused("InvalidBucketName", self.s3.create_bucket, Bucket="192.168.1.1")
        self.assertNotIn("taken", [one["Name"] for one in other.list_buckets()["Buckets"]])

    def test_making_ones_own_again_is_a_conflict_outside_virginia(self):
        europe = self.cloud.client("s3", region="eu-central-1")
        how = {"CreateBucketConfiguration": {"LocationConstraint": "eu-central-1"}}
        europe.create_bucket(Bucket="mine-already", **how)

        self.refused("BucketAlreadyOwnedByYou", europe.create_bucket, Bucket="mine-already", **how)

    def test_a_bucket_that_is_not_empty_stays(self):
        self.s3.create_bucket(Bucket="full")
        self.s3.put_object(Bucket="full", Key="one", Body=b"")

        self.refused("BucketNotEmpty", self.s3.delete_bucket, Bucket="full")

    def test_an_unknown_operation_is_refused_by_name(self):
        self.s3.create_bucket(Bucket="asked")

        response = self.refusal(self.s3.get_object_torrent, Bucket="asked", Key="k")

        self.assertIn("GetObjectTorrent", response["Error"]["Message"])
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], 501)


class BucketConfigurationTest(ClientTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cloud.client("s3").create_bucket(Bucket="configured")

    def setUp(self):
        super().setUp()
        self.s3 = self.cloud.client("s3")

    def test_encryption(self):
        self.s3.put_bucket_encryption(Bucket="configured", ServerSideEncryptionConfiguration=ENCRYPTION)

        kept = self.s3.get_bucket_encryption(Bucket="configured")

        self.assertEqual(kept["ServerSideEncryptionConfiguration"], ENCRYPTION)
        self.s3.delete_bucket_encryption(Bucket="configured")
        default = self.s3.get_bucket_encryption(Bucket="configured")["ServerSideEncryptionConfiguration"]["Rules"][0]
        self.assertEqual(default["ApplyServerSideEncryptionByDefault"], {"SSEAlgorithm": "AES256"})

    def test_policy(self):
        self.refused("NoSuchBucketPolicy", self.s3.get_bucket_policy, Bucket="configured")
        self.s3.put_bucket_policy(Bucket="configured", Policy=json.dumps(POLICY))
        kept = json.loads(self.s3.get_bucket_policy(Bucket="configured")["Policy"])
        status = self.s3.get_bucket_policy_status(Bucket="configured")["PolicyStatus"]
        self.refused("MalformedPolicy", self.s3.put_bucket_policy, Bucket="configured", Policy="{}")
        self.s3.delete_bucket_policy(Bucket="configured")

        self.assertEqual((kept, status["IsPublic"]), (POLICY, False))
        self.refused("NoSuchBucketPolicy", self.s3.get_bucket_policy, Bucket="configured")

    def test_tags(self):
        self.refused("NoSuchTagSet", self.s3.get_bucket_tagging, Bucket="configured")
        self.s3.put_bucket_tagging(Bucket="configured", Tagging={"TagSet": [{"Key": "team", "Value": "blue+@"}]})
        kept = self.s3.get_bucket_tagging(Bucket="configured")["TagSet"]
        self.s3.delete_bucket_tagging(Bucket="configured")

        self.assertEqual(kept, [{"Key": "team", "Value": "blue+@"}])
        self.refused("NoSuchTagSet", self.s3.get_bucket_tagging, Bucket="configured")

    def test_inventories(self):
        wanted = {"Id": "daily", "IsEnabled": True, "IncludedObjectVersions": "All", "Schedule": {"Frequency": "Daily"},
                  "Destination": {"S3BucketDestination": {"Bucket": "arn:aws:s3:::configured", "Format": "CSV"}}}
        self.s3.put_bucket_inventory_configuration(Bucket="configured", Id="daily", InventoryConfiguration=wanted)

        self.assertEqual(self.s3.get_bucket_inventory_configuration(Bucket="configured", Id="daily")["InventoryConfiguration"], wanted)
        self.assertEqual(self.s3.list_bucket_inventory_configurations(Bucket="configured")["InventoryConfigurationList"], [wanted])

    def test_lifecycle(self):
        self.refused("NoSuchLifecycleConfiguration", self.s3.get_bucket_lifecycle_configuration, Bucket="configured")
        self.s3.put_bucket_lifecycle_configuration(Bucket="configured", LifecycleConfiguration=LIFECYCLE)
        kept = self.s3.get_bucket_lifecycle_configuration(Bucket="configured")["Rules"]
        self.s3.delete_bucket_lifecycle(Bucket="configured")

        self.assertEqual(kept, LIFECYCLE["Rules"])
        self.refused("NoSuchLifecycleConfiguration", self.s3.get_bucket_lifecycle_configuration, Bucket="configured")

    def test_cors(self):
        self.refused("NoSuchCORSConfiguration", self.s3.get_bucket_cors, Bucket="configured")
        self.s3.put_bucket_cors(Bucket="configured", CORSConfiguration={"CORSRules": CORS})
        kept = self.s3.get_bucket_cors(Bucket="configured")["CORSRules"]
        self.s3.delete_bucket_cors(Bucket="configured")

        self.assertEqual(kept, CORS)

    def test_website(self):
        self.refused("NoSuchWebsiteConfiguration", self.s3.get_bucket_website, Bucket="configured")
        self.s3.put_bucket_website(Bucket="configured", WebsiteConfiguration=WEBSITE)
        kept = self.s3.get_bucket_website(Bucket="configured")
        self.s3.delete_bucket_website(Bucket="configured")

        self.assertEqual({name: kept[name] for name in WEBSITE}, WEBSITE)

    def test_public_access_block_and_ownership(self):
        self.s3.put_public_access_block(Bucket="configured", PublicAccessBlockConfiguration=BLOCK)
        block = self.s3.get_public_access_block(Bucket="configured")["PublicAccessBlockConfiguration"]
        self.s3.put_bucket_ownership_controls(Bucket="configured", OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]})
        owner = self.s3.get_bucket_ownership_controls(Bucket="configured")["OwnershipControls"]["Rules"]
        self.s3.delete_public_access_block(Bucket="configured")
        self.s3.delete_bucket_ownership_controls(Bucket="configured")

        self.assertEqual((block, owner), (BLOCK, [{"ObjectOwnership": "BucketOwnerEnforced"}]))
        self.refused("NoSuchPublicAccessBlockConfiguration", self.s3.get_public_access_block, Bucket="configured")
        self.refused("OwnershipControlsNotFoundError", self.s3.get_bucket_ownership_controls, Bucket="configured")

    def test_what_is_off_says_so(self):
        self.assertNotIn("Status", self.s3.get_bucket_versioning(Bucket="configured"))
        self.assertNotIn("LoggingEnabled", self.s3.get_bucket_logging(Bucket="configured"))
        self.assertNotIn("QueueConfigurations", self.s3.get_bucket_notification_configuration(Bucket="configured"))
        self.assertEqual(self.s3.get_bucket_request_payment(Bucket="configured")["Payer"], "BucketOwner")
        self.refused("ObjectLockConfigurationNotFoundError", self.s3.get_object_lock_configuration, Bucket="configured")
        self.refused("ReplicationConfigurationNotFoundError", self.s3.get_bucket_replication, Bucket="configured")

    def test_what_is_turned_on_stays_on(self):
        logging = {"LoggingEnabled": {"TargetBucket": "configured", "TargetPrefix": "log/"}}
        events = {"EventBridgeConfiguration": {}}
        self.s3.put_bucket_logging(Bucket="configured", BucketLoggingStatus=logging)
        self.s3.put_bucket_notification_configuration(Bucket="configured", NotificationConfiguration=events)
        self.s3.put_bucket_accelerate_configuration(Bucket="configured", AccelerateConfiguration={"Status": "Enabled"})
        self.s3.put_bucket_request_payment(Bucket="configured", RequestPaymentConfiguration={"Payer": "Requester"})
        kept = (self.s3.get_bucket_logging(Bucket="configured")["LoggingEnabled"],
                self.s3.get_bucket_notification_configuration(Bucket="configured")["EventBridgeConfiguration"],
                self.s3.get_bucket_accelerate_configuration(Bucket="configured")["Status"],
                self.s3.get_bucket_request_payment(Bucket="configured")["Payer"])
        self.s3.put_bucket_logging(Bucket="configured", BucketLoggingStatus={})
        self.s3.put_bucket_notification_configuration(Bucket="configured", NotificationConfiguration={})
        self.s3.put_bucket_request_payment(Bucket="configured", RequestPaymentConfiguration={"Payer": "BucketOwner"})

        self.assertEqual(kept, (logging["LoggingEnabled"], {}, "Enabled", "Requester"))
        self.assertNotIn("LoggingEnabled", self.s3.get_bucket_logging(Bucket="configured"))

    def test_replication(self):
        self.s3.create_bucket(Bucket="replicated")
        rule = {"ID": "all", "Priority": 1, "Filter": {"Prefix": ""}, "Status": "Enabled", "DeleteMarkerReplication": {"Status": "Disabled"},
                "Destination": {"Bucket": "arn:aws:s3:::configured"}}
        how = {"Role": "arn:aws:iam::123456789012:role/replicator", "Rules": [rule]}
        put = lambda: self.s3.put_bucket_replication(Bucket="replicated", ReplicationConfiguration=how)
        self.refused("InvalidRequest", put)
        self.s3.put_bucket_versioning(Bucket="replicated", VersioningConfiguration={"Status": "Enabled"})
        put()
        kept = self.s3.get_bucket_replication(Bucket="replicated")["ReplicationConfiguration"]
        self.s3.delete_bucket_replication(Bucket="replicated")

        self.assertEqual(kept, how)
        self.refused("ReplicationConfigurationNotFoundError", self.s3.get_bucket_replication, Bucket="replicated")

    def test_acl(self):
        self.s3.put_bucket_acl(Bucket="configured", ACL="private")
        acl = self.s3.get_bucket_acl(Bucket="configured")

        self.assertEqual([one["Permission"] for one in acl["Grants"]], ["FULL_CONTROL"])
        self.assertEqual(acl["Grants"][0]["Grantee"]["ID"], acl["Owner"]["ID"])

    def test_all_of_it_survives_kill_9(self):
        self.s3.create_bucket(Bucket="configured-too")
        self.s3.put_bucket_versioning(Bucket="configured-too", VersioningConfiguration={"Status": "Enabled"})
        self.s3.put_bucket_lifecycle_configuration(Bucket="configured-too", LifecycleConfiguration=LIFECYCLE)

        self.cloud.restart("kill")

        again = self.cloud.client("s3")
        self.assertEqual(again.get_bucket_versioning(Bucket="configured-too")["Status"], "Enabled")
        self.assertEqual(again.get_bucket_lifecycle_configuration(Bucket="configured-too")["Rules"], LIFECYCLE["Rules"])

    def test_locked_objects_stay(self):
        self.s3.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
        version = self.s3.put_object(Bucket="locked", Key="k", Body=b"x")["VersionId"]
        self.s3.put_object_legal_hold(Bucket="locked", Key="k", LegalHold={"Status": "ON"})

        hold = self.s3.get_object_legal_hold(Bucket="locked", Key="k")["LegalHold"]["Status"]
        self.refused("AccessDenied", self.s3.delete_object, Bucket="locked", Key="k", VersionId=version)
        self.s3.put_object_legal_hold(Bucket="locked", Key="k", LegalHold={"Status": "OFF"})
        self.s3.delete_object(Bucket="locked", Key="k", VersionId=version)
        self.assertEqual(hold, "ON")
        self.assertNotIn("Versions", self.s3.list_object_versions(Bucket="locked"))

    def test_retention_is_given_by_the_bucket_or_the_object(self):
        self.s3.create_bucket(Bucket="retained", ObjectLockEnabledForBucket=True)
        rule = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}}
        self.s3.put_object_lock_configuration(Bucket="retained", ObjectLockConfiguration=rule)
        version = self.s3.put_object(Bucket="retained", Key="k", Body=b"x", ContentMD5="ndTkYSaMgDT1yFZOFVxnpg==")["VersionId"]
        default = self.s3.get_object_retention(Bucket="retained", Key="k")["Retention"]
        later = default["RetainUntilDate"] + datetime.timedelta(days=1)
        self.s3.put_object_retention(Bucket="retained", Key="k", Retention={"Mode": "GOVERNANCE", "RetainUntilDate": later})

        self.assertEqual(self.s3.get_object_lock_configuration(Bucket="retained")["ObjectLockConfiguration"], rule)
        self.assertEqual(default["Mode"], "GOVERNANCE")
        self.assertEqual(self.s3.get_object_retention(Bucket="retained", Key="k")["Retention"]["RetainUntilDate"], later)
        self.refused("AccessDenied", self.s3.delete_object, Bucket="retained", Key="k", VersionId=version)
        self.s3.delete_object(Bucket="retained", Key="k", VersionId=version, BypassGovernanceRetention=True)
