"""The AWS CDK, as a team uses it: bootstrap, deploy, diff, deploy again, destroy; and what was deployed works.

The application is cdk/app.js.
"""
import io
import json
import zipfile

from cdk_client import CdkClientTest
from clients import until
from running_cloud import ACCOUNT

STACKS = ["AcmeCenter", "AcmeData", "AcmeDelivery", "AcmeWork"]


class CdkTest(CdkClientTest):
    def check_first(self):
        work, data = self.outputs("AcmeWork"), self.outputs("AcmeData")
        self.assertEqual((work["Framework"], work["Called"], work["Inlined"]), ("Hello!", "Hello", "inline"))
        self.assertEqual(self.run_machine(work["Machine"], {"name": "Ann"}), {"greeting": "Hello", "name": "Ann"})
        secret = self.cloud.client("secretsmanager").get_secret_value(SecretId=data["SecretArn"])
        self.assertEqual(json.loads(secret["SecretString"])["user"], "acme")
        self.check_messages(data, work)
        log = self.cloud.client("logs").describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{work['Greeter']}")["logGroups"]
        self.assertEqual([group["retentionInDays"] for group in log], [7])

    def check_messages(self, data, work):
        """A notification reaches the queue that subscribed, an event the queue that a rule names."""
        self.cloud.client("sns").publish(TopicArn=data["Alerts"], Message="fire")
        self.cloud.client("events").put_events(Entries=[{"Source": "acme.orders", "DetailType": "Order", "Detail": "{\"n\": 1}", "EventBusName": work["Bus"]}])
        queues = self.cloud.client("sqs")
        queues.send_message(QueueUrl=work["Jobs"], MessageBody="{}")
        self.assertEqual(queues.receive_message(QueueUrl=data["Work"], WaitTimeSeconds=5)["Messages"][0]["Body"], "fire")
        order = queues.receive_message(QueueUrl=work["Orders"], WaitTimeSeconds=5)["Messages"][0]["Body"]
        self.assertEqual(json.loads(order)["detail"], {"n": 1})
        # The function is called with what its queue holds.
        asked = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        until(lambda: set(queues.get_queue_attributes(QueueUrl=work["Jobs"], AttributeNames=asked)["Attributes"].values()), {"0"})

    def run_machine(self, arn, event):
        states = self.cloud.client("stepfunctions")
        run = states.start_execution(stateMachineArn=arn, input=json.dumps(event))["executionArn"]
        ended = until(lambda: states.describe_execution(executionArn=run), lambda it: it["status"] != "RUNNING")
        self.assertEqual(ended["status"], "SUCCEEDED", ended)
        return json.loads(ended["output"])

    def run_pipeline(self):
        """What the pipeline deploys of its source."""
        outputs, calls = self.outputs("AcmeDelivery"), self.outputs("AcmeData")["Calls"]
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("word.txt", "done")
        self.cloud.client("s3").put_object(Bucket=outputs["Artifacts"], Key="source.zip", Body=packed.getvalue())
        pipelines = self.cloud.client("codepipeline")
        run = pipelines.start_pipeline_execution(name=outputs["Pipeline"])["pipelineExecutionId"]
        ended = until(lambda: pipelines.get_pipeline_execution(pipelineName=outputs["Pipeline"], pipelineExecutionId=run)["pipelineExecution"]["status"],
                      lambda status: status != "InProgress", seconds=60)
        self.assertEqual(ended, "Succeeded", pipelines.list_action_executions(pipelineName=outputs["Pipeline"]))
        return self.cloud.client("s3").get_object(Bucket=calls, Key="word.txt")["Body"].read().decode()

    def check_broken(self):
        """A stack that fails is rolled back to what it was."""
        center = self.outputs("AcmeCenter")
        self.cdk("synth", "-q", "-o", "broken", ACME_BROKEN="1", ACME_GREETING="Broken")

        said = self.deploy("broken", "AcmeCenter", "--exclusively", check=False)

        self.assertIn("AcmeCenter/Broken", said)
        self.assertEqual(self.statuses()["AcmeCenter"], "UPDATE_ROLLBACK_COMPLETE")
        instance, _, queue = center["QueueArn"].partition("/queue/")
        kept = self.cloud.client("connect").describe_queue(InstanceId=instance.rpartition("/")[2], QueueId=queue)["Queue"]
        self.assertEqual(kept["Description"], "Hello")

    def check_second(self):
        self.cdk("synth", "-q", "-o", "second", ACME_GREETING="Bonjour")
        diff = self.cdk("diff", "--app", "second")
        self.assertIn("[+] Bonjour", diff)
        self.assertIn("Number of stacks with differences: 3", diff)

        self.deploy("second")

        work = self.outputs("AcmeWork")
        self.assertEqual(work["Framework"], "Bonjour!")
        self.assertEqual(self.run_machine(work["Machine"], {})["greeting"], "Bonjour")

    def test_an_application_is_deployed_changed_and_destroyed(self):
        self.cdk("synth", "-q", "-o", "first")
        self.deploy("first")
        self.assertEqual({name: self.statuses()[name] for name in STACKS}, dict.fromkeys(STACKS, "CREATE_COMPLETE"))
        self.check_first()
        self.assertEqual(self.run_pipeline(), "DONE")
        self.assertEqual(self.deploy("first").count("(no changes)"), len(STACKS))
        self.assertEqual(self.cdk("drift", "--app", "first").count("No drift detected"), len(STACKS))
        self.check_broken()
        self.check_second()

        self.cdk("destroy", "--app", "second", "--all", "--force", "--concurrency", "4")

        # The bucket held objects: its custom resource emptied it.
        self.assertEqual({name: self.statuses()[name] for name in STACKS}, dict.fromkeys(STACKS, "DELETE_COMPLETE"))
        self.assertEqual([bucket["Name"] for bucket in self.cloud.client("s3").list_buckets()["Buckets"]], [f"cdk-hnb659fds-assets-{ACCOUNT}-us-east-1"])
        self.assertEqual(self.cloud.client("lambda").list_functions()["Functions"], [])
        self.assertEqual(self.cloud.client("connect").list_instances()["InstanceSummaryList"], [])
