"""What a bucket tells when objects come and go: functions, queues, topics, and EventBridge."""
import json

from clients import create_open_queue, until
from functions import FunctionTest


class NotificationsTest(FunctionTest):
    def setUp(self):
        super().setUp()
        self.name = self.id().rsplit(".", 1)[-1][5:40].replace("_", "-").strip("-")
        for service in ("s3", "sqs", "sns", "events", "logs"):
            setattr(self, service, self.cloud.client(service))
        self.s3.create_bucket(Bucket=self.name)
        self.queue_url = create_open_queue(self.sqs, self.name)
        self.queue = self.sqs.get_queue_attributes(QueueUrl=self.queue_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def tell(self, **configuration):
        self.s3.put_bucket_notification_configuration(Bucket=self.name, NotificationConfiguration=configuration)

    def received(self):
        """The next message."""
        got = self.sqs.receive_message(QueueUrl=self.queue_url, WaitTimeSeconds=10).get("Messages")
        self.assertTrue(got, "no message came")
        self.sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=got[0]["ReceiptHandle"])
        return json.loads(got[0]["Body"])

    def put(self, key, body=b"text"):
        self.s3.put_object(Bucket=self.name, Key=key, Body=body)

    def test_a_queue_is_told_of_the_keys_that_a_filter_lets_pass(self):
        rules = [{"Name": "prefix", "Value": "in/"}, {"Name": "suffix", "Value": ".csv"}]
        self.tell(QueueConfigurations=[{"Id": "files", "QueueArn": self.queue, "Events": ["s3:ObjectCreated:*", "s3:ObjectRemoved:Delete"],
                                        "Filter": {"Key": {"FilterRules": rules}}}])
        self.put("other.csv")
        self.put("in/a.txt")
        self.put("in/a b.csv", b"1,2")
        created = self.received()["Records"][0]
        self.s3.delete_object(Bucket=self.name, Key="in/a b.csv")
        removed = self.received()["Records"][0]

        self.assertEqual((created["eventName"], created["s3"]["configurationId"], created["s3"]["bucket"]["name"]),
                         ("ObjectCreated:Put", "files", self.name))
        self.assertEqual((created["s3"]["object"]["key"], created["s3"]["object"]["size"]), ("in/a+b.csv", 3))
        self.assertEqual((removed["eventName"], removed["s3"]["object"]["key"]), ("ObjectRemoved:Delete", "in/a+b.csv"))
        self.assertLess(created["s3"]["object"]["sequencer"], removed["s3"]["object"]["sequencer"] + "0")

    def test_a_topic_is_told_of_copies_and_uploads_in_parts(self):
        statement = {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sns:Publish", "Resource": "*"}
        topic = self.sns.create_topic(Name=self.name, Attributes={
            "Policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})})["TopicArn"]
        self.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=self.queue, Attributes={"RawMessageDelivery": "true"})
        self.tell(TopicConfigurations=[{"TopicArn": topic, "Events": ["s3:ObjectCreated:Copy", "s3:ObjectCreated:CompleteMultipartUpload"]}])
        self.put("a")
        self.s3.copy_object(Bucket=self.name, Key="b", CopySource=f"{self.name}/a")
        upload = self.s3.create_multipart_upload(Bucket=self.name, Key="c")["UploadId"]
        part = self.s3.upload_part(Bucket=self.name, Key="c", UploadId=upload, PartNumber=1, Body=b"x")["ETag"]
        self.s3.complete_multipart_upload(Bucket=self.name, Key="c", UploadId=upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part}]})

        names = sorted(self.received()["Records"][0]["eventName"] for _ in range(2))
        self.assertEqual(names, ["ObjectCreated:CompleteMultipartUpload", "ObjectCreated:Copy"])

    def test_a_function_is_called_where_its_policy_allows_it(self):
        functions = []
        for name in ("closed", "open"):
            self.python(name, "print('got', event['Records'][0]['s3']['object']['key'])")
            functions.append(self.lambda_.get_function(FunctionName=name)["Configuration"]["FunctionArn"])
        self.lambda_.add_permission(FunctionName="open", StatementId="s3", Action="lambda:InvokeFunction", Principal="s3.amazonaws.com",
                                    SourceArn=f"arn:aws:s3:::{self.name}", SourceAccount="123456789012")
        self.tell(LambdaFunctionConfigurations=[
            {"LambdaFunctionArn": one, "Events": ["s3:ObjectCreated:*"], "Filter": {"Key": {"FilterRules": [{"Name": "prefix", "Value": key}]}}}
            for one, key in zip(functions, "ab")])
        self.put("a")
        self.put("b")

        def said(name):
            try:
                return "".join(one["message"] for one in self.logs.filter_log_events(logGroupName="/aws/lambda/" + name)["events"])
            except self.logs.exceptions.ResourceNotFoundException:
                return ""
        until(lambda: "got b" in said("open"), True)
        self.assertEqual(said("closed"), "")

    def test_eventbridge_is_told_of_versions_and_delete_markers(self):
        self.s3.put_bucket_versioning(Bucket=self.name, VersioningConfiguration={"Status": "Enabled"})
        self.tell(EventBridgeConfiguration={})
        self.events.put_rule(Name=self.name, EventPattern=json.dumps({"source": ["aws.s3"], "detail": {"bucket": {"name": [self.name]}}}))
        self.events.put_targets(Rule=self.name, Targets=[{"Id": "1", "Arn": self.queue}])
        version = self.s3.put_object(Bucket=self.name, Key="a b", Body=b"text")["VersionId"]
        created = self.received()
        self.s3.delete_object(Bucket=self.name, Key="a b")
        marked = self.received()
        self.s3.delete_object(Bucket=self.name, Key="a b", VersionId=version)
        removed = self.received()

        self.assertEqual((created["detail-type"], created["detail"]["reason"], created["detail"]["object"]["key"], created["detail"]["object"]["version-id"]),
                         ("Object Created", "PutObject", "a b", version))
        self.assertEqual((marked["detail-type"], marked["detail"]["deletion-type"]), ("Object Deleted", "Delete Marker Created"))
        self.assertEqual((removed["detail"]["deletion-type"], removed["detail"]["object"]["version-id"]), ("Permanently Deleted", version))
        self.assertEqual(created["resources"], [f"arn:aws:s3:::{self.name}"])

    def test_a_notice_survives_a_kill(self):
        self.tell(QueueConfigurations=[{"QueueArn": self.queue, "Events": ["s3:ObjectCreated:*"]}])
        self.put("a")

        self.cloud.restart("kill")
        self.sqs = self.cloud.client("sqs")

        self.queue_url = self.sqs.get_queue_url(QueueName=self.name)["QueueUrl"]
        self.assertEqual(self.received()["Records"][0]["s3"]["object"]["key"], "a")
