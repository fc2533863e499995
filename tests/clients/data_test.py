"""KMS, Secrets Manager, SNS, EventBridge, SQS and ECR through boto3 and the AWS CLI; they deliver to each other and to functions."""
import datetime
import hashlib
import http.server
import json
import threading

from clients import create_open_queue, send, until
from functions import FunctionTest, packed

ROTATE = """
import boto3
def handler(event, context):
    secrets = boto3.client("secretsmanager")
    arn, token, step = event["SecretId"], event["ClientRequestToken"], event["Step"]
    if step == "createSecret":
        secrets.put_secret_value(SecretId=arn, ClientRequestToken=token, SecretString="rotated", VersionStages=["AWSPENDING"])
    if step == "testSecret":
        assert secrets.get_secret_value(SecretId=arn, VersionStage="AWSPENDING")["SecretString"] == "rotated"
    if step == "finishSecret":
        stages = secrets.describe_secret(SecretId=arn)["VersionIdsToStages"]
        current = [one for one, labels in stages.items() if "AWSCURRENT" in labels][0]
        secrets.update_secret_version_stage(SecretId=arn, VersionStage="AWSCURRENT", MoveToVersionId=token, RemoveFromVersionId=current)
"""


class HearingTest(FunctionTest):
    def logged(self, function, text):
        logs = self.cloud.client("logs")

        def found():
            try:
                events = logs.filter_log_events(logGroupName=f"/aws/lambda/{function}")["events"]
            except logs.exceptions.ResourceNotFoundException:
                return False
            return any(text in one["message"] for one in events)

        until(found, True)
        return True


class KeysTest(FunctionTest):
    def test_a_secret_goes_through_the_cli_and_back(self):
        kms = self.cloud.client("kms")
        key = kms.create_key(Description="for tests")["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName="alias/cli", TargetKeyId=key)

        cipher = self.cloud.aws("kms", "encrypt", "--key-id", "alias/cli", "--plaintext", "aGVsbG8=")["CiphertextBlob"]
        plain = self.cloud.aws("kms", "decrypt", "--ciphertext-blob", cipher)["Plaintext"]

        self.assertEqual(plain, "aGVsbG8=")
        self.refused("NotFoundException", kms.describe_key, KeyId="alias/none")

    def test_keys_survive_kill_9(self):
        kms = self.cloud.client("kms")
        key = kms.create_key()["KeyMetadata"]["KeyId"]
        cipher = kms.encrypt(KeyId=key, Plaintext=b"kept", EncryptionContext={"a": "b"})["CiphertextBlob"]
        self.cloud.restart("kill")

        got = self.cloud.client("kms").decrypt(CiphertextBlob=cipher, EncryptionContext={"a": "b"})
        self.assertEqual(got["Plaintext"], b"kept")


class SecretsTest(FunctionTest):
    def test_a_secret_is_made_read_and_changed(self):
        secrets = self.cloud.client("secretsmanager")
        made = secrets.create_secret(Name="team/token", SecretString="one")
        secrets.put_secret_value(SecretId="team/token", SecretString="two")

        text = self.cloud.aws("secretsmanager", "get-secret-value", "--secret-id", made["ARN"])["SecretString"]
        self.assertEqual(text, "two")
        self.assertEqual(secrets.get_secret_value(SecretId="team/token", VersionStage="AWSPREVIOUS")["SecretString"], "one")
        self.refused("ResourceNotFoundException", secrets.get_secret_value, SecretId="none")

    def test_a_function_rotates_a_secret(self):
        secrets = self.cloud.client("secretsmanager")
        function = self.create("rotate", packed(app__py=ROTATE), Timeout=60)["FunctionArn"]
        secrets.create_secret(Name="rotated", SecretString="first")
        self.refused("AccessDeniedException", secrets.rotate_secret, SecretId="rotated", RotationLambdaARN=function)
        self.lambda_.add_permission(FunctionName="rotate", StatementId="s", Action="lambda:InvokeFunction",
                                    Principal="secretsmanager.amazonaws.com")
        secrets.rotate_secret(SecretId="rotated", RotationLambdaARN=function, RotationRules={"AutomaticallyAfterDays": 30})

        until(lambda: "LastRotatedDate" in secrets.describe_secret(SecretId="rotated"), True)
        self.assertEqual(secrets.get_secret_value(SecretId="rotated")["SecretString"], "rotated")


class QueuesTest(FunctionTest):
    def test_boto3_of_old_speaks_the_query_protocol(self):
        sqs = self.cloud.client("sqs")
        url = sqs.create_queue(QueueName="old", Attributes={"VisibilityTimeout": "60"})["QueueUrl"]
        sent = sqs.send_message(QueueUrl=url, MessageBody="hello", MessageAttributes={
            "kind": {"DataType": "String", "StringValue": "test"}, "raw": {"DataType": "Binary", "BinaryValue": b"\0\xff"}})
        got = sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"], AttributeNames=["All"])["Messages"][0]
        sqs.delete_message(QueueUrl=url, ReceiptHandle=got["ReceiptHandle"])

        self.assertTrue(url.startswith(self.cloud.endpoint), url)
        self.assertEqual((got["Body"], got["MD5OfBody"]), ("hello", hashlib.md5(b"hello").hexdigest()))
        self.assertEqual(got["MessageAttributes"]["raw"]["BinaryValue"], b"\0\xff")
        self.assertEqual(got["MD5OfMessageAttributes"], sent["MD5OfMessageAttributes"])
        self.assertEqual(got["Attributes"]["ApproximateReceiveCount"], "1")
        self.assertNotIn("Messages", sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1))
        self.refused("AWS.SimpleQueueService.NonExistentQueue", sqs.get_queue_url, QueueName="none")

    def test_the_cli_reads_what_it_writes(self):
        url = self.cloud.aws("sqs", "create-queue", "--queue-name", "cli")["QueueUrl"]
        self.cloud.aws("sqs", "send-message", "--queue-url", url, "--message-body", "m")
        self.cloud.aws("sqs", "tag-queue", "--queue-url", url, "--tags", "a=1")

        self.assertEqual(self.cloud.aws("sqs", "list-queue-tags", "--queue-url", url)["Tags"], {"a": "1"})
        self.assertIn(url, self.cloud.aws("sqs", "list-queues")["QueueUrls"])
        self.assertEqual(self.cloud.aws("sqs", "receive-message", "--queue-url", url)["Messages"][0]["Body"], "m")

    def ask(self, operation, **body):
        """The JSON protocol, which boto3 of old does not speak."""
        return send(self.cloud, "sqs", "POST", "/", body, headers={
            "X-Amz-Target": "AmazonSQS." + operation, "Content-Type": "application/x-amz-json-1.0"})[:2]

    def test_messages_move_home(self):
        sqs = self.cloud.client("sqs")
        dead = sqs.create_queue(QueueName="home-dead")["QueueUrl"]
        dead_arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        policy = json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 1})
        home = sqs.create_queue(QueueName="home", Attributes={"RedrivePolicy": policy, "VisibilityTimeout": "0"})["QueueUrl"]
        sqs.send_message(QueueUrl=home, MessageBody="lost")
        until(lambda: (sqs.receive_message(QueueUrl=home), sqs.get_queue_attributes(
            QueueUrl=dead, AttributeNames=["ApproximateNumberOfMessages"])["Attributes"]["ApproximateNumberOfMessages"])[1], "1")

        self.assertEqual(self.ask("StartMessageMoveTask", SourceArn=dead_arn)[0], 200)
        task = until(lambda: self.ask("ListMessageMoveTasks", SourceArn=dead_arn)[1]["Results"][0],
                     lambda found: found["Status"] == "COMPLETED")

        self.assertEqual((task["ApproximateNumberOfMessagesMoved"], task["SourceArn"]), (1, dead_arn))
        self.assertEqual(sqs.receive_message(QueueUrl=home, WaitTimeSeconds=5)["Messages"][0]["Body"], "lost")

    def test_a_message_without_a_body(self):
        url = self.cloud.client("sqs").create_queue(QueueName="empty")["QueueUrl"]
        status, answer = self.ask("SendMessage", QueueUrl=url)

        self.assertEqual((status, answer["message"]), (400, "The request must contain the parameter MessageBody."))
        self.assertTrue(answer["__type"].endswith("MissingRequiredParameterException"), answer)


class NotificationsTest(HearingTest):
    def test_a_function_gets_what_is_published(self):
        sns = self.cloud.client("sns")
        topic = sns.create_topic(Name="to-function")["TopicArn"]
        function = self.python("heard", "print('heard', event['Records'][0]['Sns']['Message'])")["FunctionArn"]
        self.lambda_.add_permission(FunctionName="heard", StatementId="s", Action="lambda:InvokeFunction",
                                    Principal="sns.amazonaws.com", SourceArn=topic)
        sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=function)
        sns.publish(TopicArn=topic, Message="good news")

        self.assertTrue(self.logged("heard", "heard good news"))

    def test_a_webhook_confirms_and_is_called(self):
        heard = []

        class Hook(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Hook)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sns = self.cloud.client("sns")
        topic = sns.create_topic(Name="hook")["TopicArn"]
        sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=f"http://127.0.0.1:{server.server_port}/")
        until(lambda: len(heard), 1)
        sns.confirm_subscription(TopicArn=topic, Token=heard[0]["Token"])
        sns.publish(TopicArn=topic, Message="called")

        until(lambda: len(heard), 2)
        self.assertEqual((heard[0]["Type"], heard[1]["Message"]), ("SubscriptionConfirmation", "called"))


class EventsTest(HearingTest):
    def test_an_event_invokes_a_function_that_lets_it(self):
        events = self.cloud.client("events")
        rule = events.put_rule(Name="to-function", EventPattern=json.dumps({"source": ["acme"]}))["RuleArn"]
        function = self.python("ruled", "print('ruled', event['detail']['n'])")["FunctionArn"]
        self.lambda_.add_permission(FunctionName="ruled", StatementId="s", Action="lambda:InvokeFunction",
                                    Principal="events.amazonaws.com", SourceArn=rule)
        events.put_targets(Rule="to-function", Targets=[{"Id": "f", "Arn": function}])
        put = events.put_events(Entries=[{"Source": "acme", "DetailType": "t", "Detail": json.dumps({"n": 7})}])

        self.assertEqual(put["FailedEntryCount"], 0)
        self.assertTrue(self.logged("ruled", "ruled 7"))

    def test_archived_events_are_sent_again(self):
        events, sqs = self.cloud.client("events"), self.cloud.client("sqs")
        queue = create_open_queue(sqs, "replayed")
        bus = events.create_event_bus(Name="replayed")["EventBusArn"]
        archive = events.create_archive(ArchiveName="replayed", EventSourceArn=bus)["ArchiveArn"]
        put = [{"Source": "acme", "DetailType": "t", "Detail": json.dumps({"n": n}), "EventBusName": "replayed"} for n in (1, 2)]
        events.put_events(Entries=put)
        events.put_rule(Name="replayed", EventBusName="replayed", EventPattern=json.dumps({"source": ["acme"]}))
        events.put_targets(Rule="replayed", EventBusName="replayed", Targets=[
            {"Id": "q", "Arn": "arn:aws:sqs:us-east-1:123456789012:replayed"}])
        now = datetime.datetime.now(datetime.timezone.utc)
        hour = datetime.timedelta(hours=1)

        events.start_replay(ReplayName="again", EventSourceArn=archive, EventStartTime=now - hour, EventEndTime=now + hour,
                            Destination={"Arn": bus})
        until(lambda: events.describe_replay(ReplayName="again")["State"], "COMPLETED")

        got = []
        until(lambda: got.extend(sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages", [])) or len(got), 2)
        bodies = [json.loads(one["Body"]) for one in got]
        self.assertEqual(sorted(one["detail"]["n"] for one in bodies), [1, 2])
        self.assertEqual({one["replay-name"] for one in bodies}, {"again"})

    def test_the_cli_lists_what_it_puts(self):
        self.cloud.aws("events", "put-rule", "--name", "cli", "--schedule-expression", "rate(5 minutes)")

        self.assertEqual([one["Name"] for one in self.cloud.aws("events", "list-rules", "--name-prefix", "cli")["Rules"]], ["cli"])


class RegistryTest(FunctionTest):
    def test_an_image_is_put_and_listed(self):
        ecr = self.cloud.client("ecr")
        ecr.create_repository(repositoryName="app")
        layer = b"layer"
        digest = "sha256:" + hashlib.sha256(layer).hexdigest()
        upload = ecr.initiate_layer_upload(repositoryName="app")["uploadId"]
        ecr.upload_layer_part(repositoryName="app", uploadId=upload, partFirstByte=0, partLastByte=len(layer) - 1, layerPartBlob=layer)
        ecr.complete_layer_upload(repositoryName="app", uploadId=upload, layerDigests=[digest])
        manifest = json.dumps({"schemaVersion": 2, "layers": [{"digest": digest, "size": len(layer)}]})
        ecr.put_image(repositoryName="app", imageManifest=manifest, imageTag="v1")

        listed = self.cloud.aws("ecr", "list-images", "--repository-name", "app")["imageIds"]
        self.assertEqual([one["imageTag"] for one in listed], ["v1"])
        self.refused("RepositoryNotFoundException", ecr.list_images, repositoryName="none")
