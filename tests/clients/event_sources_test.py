"""Queues that call functions: batches, filters, failures that come again, a restart."""
import json

from clients import until
from functions import FunctionTest

# Tells what it got to another queue.
TELL = ("import boto3, json",
        "boto3.client('sqs').send_message(QueueUrl='{told}', MessageBody=json.dumps([[r['body'], sorted(r['messageAttributes']), r['eventSource']] for r in event['Records']]))")


class EventSourcesTest(FunctionTest):
    def setUp(self):
        super().setUp()
        self.sqs = self.cloud.client("sqs")

    def queue(self, name, **attributes):
        url = self.sqs.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]
        return url, self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def map(self, function, queue_arn, **more):
        made = self.lambda_.create_event_source_mapping(FunctionName=function, EventSourceArn=queue_arn, **more)["UUID"]
        until(lambda: self.lambda_.get_event_source_mapping(UUID=made)["State"], "Enabled")
        return made

    def receive(self, url, seconds=5):
        got = self.sqs.receive_message(QueueUrl=url, WaitTimeSeconds=seconds).get("Messages", [])
        for message in got:
            self.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in got]

    def is_empty(self, url):
        asked = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        return lambda: set(self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=asked)["Attributes"].values()) == {"0"}

    def test_messages_reach_the_function_and_are_gone_also_after_a_restart(self):
        (told, _), (work, arn) = self.queue("told"), self.queue("work")
        self.python("teller", *[line.format(told=told) for line in TELL], Timeout=20)
        self.map("teller", arn)

        self.sqs.send_message(QueueUrl=work, MessageBody="one", MessageAttributes={"a": {"DataType": "String", "StringValue": "x"}})
        self.assertEqual(self.receive(told), [[["one", ["a"], "aws:sqs"]]])
        until(self.is_empty(work), True)

        self.restart("kill")
        self.sqs = self.cloud.client("sqs")
        (told, _), (work, _) = self.queue("told"), self.queue("work")
        self.python("teller2", *[line.format(told=told) for line in TELL], Timeout=20)
        mapping = self.lambda_.list_event_source_mappings(FunctionName="teller")["EventSourceMappings"][0]["UUID"]
        self.lambda_.update_event_source_mapping(UUID=mapping, FunctionName="teller2")
        self.sqs.send_message(QueueUrl=work, MessageBody="two")
        self.assertEqual(self.receive(told, 10), [[["two", [], "aws:sqs"]]])

    def test_filters_drop_what_they_do_not_want(self):
        (told, _), (work, arn) = self.queue("told-f"), self.queue("work-f")
        self.python("filtered", *[line.format(told=told) for line in TELL], Timeout=20)
        self.map("filtered", arn, FilterCriteria={"Filters": [{"Pattern": '{"body": {"kind": ["order"]}}'}]})

        self.sqs.send_message_batch(QueueUrl=work, Entries=[{"Id": str(i), "MessageBody": body} for i, body in enumerate(['{"kind": "noise"}', "text", '{"kind": "order"}'])])

        self.assertEqual(self.receive(told), [[['{"kind": "order"}', [], "aws:sqs"]]])
        until(self.is_empty(work), True)

    def test_a_failed_message_comes_again_and_then_to_the_dead_letters(self):
        (dead, dead_arn) = self.queue("dead")
        (work, arn) = self.queue("failing", VisibilityTimeout="1", RedrivePolicy=json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 2}))
        self.python("partly", "return {'batchItemFailures': [{'itemIdentifier': r['messageId']} for r in event['Records'] if r['body'] == 'bad']}", Timeout=1)
        mapping = self.map("partly", arn, FunctionResponseTypes=["ReportBatchItemFailures"])

        self.sqs.send_message_batch(QueueUrl=work, Entries=[{"Id": body, "MessageBody": body} for body in ("good", "bad")])

        got = until(lambda: self.sqs.receive_message(QueueUrl=dead, WaitTimeSeconds=1).get("Messages", []), bool)
        self.assertEqual([message["Body"] for message in got], ["bad"])
        until(self.is_empty(work), True)
        self.assertEqual(self.lambda_.get_event_source_mapping(UUID=mapping)["LastProcessingResult"], "OK")

    def test_a_disabled_mapping_leaves_messages(self):
        (work, arn) = self.queue("idle")
        self.python("idle", "return 1", Timeout=1)
        mapping = self.map("idle", arn)
        self.lambda_.update_event_source_mapping(UUID=mapping, Enabled=False)
        until(lambda: self.lambda_.get_event_source_mapping(UUID=mapping)["State"], "Disabled")

        self.sqs.send_message(QueueUrl=work, MessageBody="kept")

        # A poller that was under way may take it, and puts it back.
        got = until(lambda: self.sqs.receive_message(QueueUrl=work, WaitTimeSeconds=1).get("Messages", []), bool)
        self.assertEqual([message["Body"] for message in got], ["kept"])
