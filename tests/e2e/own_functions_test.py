"""The instance workflow's steps and the association's custom resource, on the embedded cloud."""
import json
import time

from delivery import REGIONS
from own_function import OwnFunctionTest

IN_REGION = REGIONS[0]


class InstanceSteps(OwnFunctionTest):
    HANDLER = "instance"

    def step(self, name):
        return self.invoke(step=name, execution="run-1")

    def test_make_what_apply_makes(self):
        self.hand_over()

        self.assertEqual(self.step("find")["status"], "NONE")
        self.assertEqual(self.step("create")["status"], "CREATION_IN_PROGRESS")
        deadline = time.monotonic() + 30
        while (now := self.step("describe"))["status"] == "CREATION_IN_PROGRESS" and time.monotonic() < deadline:
            pass
        self.assertEqual((now["status"], now["instanceId"]), ("ACTIVE", self.instance_id()))
        made = {name: self.step(name) for name in ("bucket", "storage", "queues", "parameters")}

        self.assertEqual({answer["status"] for answer in made.values()}, {"DONE"}, made)
        self.assertTrue(all(answer["changes"] for answer in made.values()), made)
        self.assertEqual({name: self.step(name)["changes"] for name in made}, {name: [] for name in made})
        self.assertEqual(self.plan("--only", "instance", "--region", IN_REGION)[IN_REGION]["changes"], [])

    def test_say_what_is_wrong_in_the_monorepo(self):
        with open(self.path("amzconnect-instance/lib/instance-stack/configuration.json"), "w", encoding="utf-8") as file:
            file.write('{"instanceAlias": 7}')
        self.hand_over()
        event = {"bucket": "flows", "key": "center.zip", "environment": "dev", "step": "find"}

        got = self.lambda_.invoke(FunctionName="own", Payload=json.dumps(event))

        error = json.loads(got["Payload"].read())
        self.assertEqual((got["FunctionError"], error["errorType"]), ("Unhandled", "invalid"))
        self.assertIn("configuration.json:1:", error["errorMessage"])


class Association(OwnFunctionTest):
    HANDLER = "association"

    def setUp(self):
        super().setUp()
        self.apply("--region", IN_REGION)
        self.cloudformation = self.client("cloudformation")
        self.lookup = f"{self.INSTANCE}{IN_REGION}-customer-lookup"

    def associated(self):
        connect = self.client("connect")
        return connect.list_lambda_functions(InstanceId=self.instance_id())["LambdaFunctions"]

    def stack(self, arn):
        own = self.lambda_.get_function(FunctionName="own")["Configuration"]["FunctionArn"]
        return json.dumps({"Resources": {"Link": {
            "Type": "Custom::TrunklineAssociation",
            "Properties": {"ServiceToken": own, "InstanceId": "{{resolve:ssm:AmazonConnectInstanceId}}", "FunctionArn": arn}}}})

    def wait(self, until):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:  # An answer lingers while the stack is under way.
            stack = self.cloudformation.describe_stacks(StackName="mine")["Stacks"][0]
            if not stack["StackStatus"].endswith("_IN_PROGRESS"):
                break
        events = self.cloudformation.describe_stack_events(StackName="mine")["StackEvents"]
        self.assertEqual(stack["StackStatus"], until, [event.get("ResourceStatusReason") for event in events])
        return events

    def test_follows_its_stack(self):
        arn = self.lambda_.get_function(FunctionName=self.lookup)["Configuration"]["FunctionArn"]
        self.cloudformation.create_stack(StackName="mine", TemplateBody=self.stack(arn))
        self.wait("CREATE_COMPLETE")
        self.assertIn(arn, self.associated())
        self.assertIn("connect.amazonaws.com", self.lambda_.get_policy(FunctionName=self.lookup)["Policy"])
        own = self.lambda_.get_function(FunctionName="own")["Configuration"]["FunctionArn"]
        self.cloudformation.update_stack(StackName="mine", TemplateBody=self.stack(own))
        self.wait("UPDATE_COMPLETE")
        self.assertIn(own, self.associated())
        self.assertNotIn(arn, self.associated())
        self.cloudformation.delete_stack(StackName="mine")
        self.cloudformation.get_waiter("stack_delete_complete").wait(StackName="mine", WaiterConfig={"Delay": 0.1})
        self.assertNotIn(own, self.associated())

    def test_fails_its_stack_with_a_reason_and_lets_it_roll_back(self):
        self.cloudformation.create_stack(StackName="mine", TemplateBody=self.stack("lookup"))

        events = self.wait("ROLLBACK_COMPLETE")

        reasons = " ".join(event.get("ResourceStatusReason", "") for event in events)
        self.assertIn("expected property 'FunctionArn' to be a function's ARN but got 'lookup'", reasons)
