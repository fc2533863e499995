"""CloudFormation through boto3 and the AWS CLI: stacks, change sets, custom resources that really run; a restart."""
import json
import os
import tempfile
import time

from clients import SOON, until
from functions import PYTHON, FunctionTest, packed

# Answers as cfn-response does.
CUSTOM = """
import json, urllib.request
def handler(event, context):
    data = {"Answer": event["ResourceProperties"]["Question"].upper()}
    body = {"Status": "SUCCESS", "PhysicalResourceId": "the-thing", "StackId": event["StackId"],
            "RequestId": event["RequestId"], "LogicalResourceId": event["LogicalResourceId"], "Data": data}
    request = urllib.request.Request(event["ResponseURL"], json.dumps(body).encode(), method="PUT", headers={"Content-Type": ""})
    urllib.request.urlopen(request).read()
"""


def parameter(name, value):
    return {"Type": "AWS::SSM::Parameter", "Properties": {"Name": name, "Type": "String", "Value": value}}


class StacksTest(FunctionTest):
    def setUp(self):
        super().setUp()
        self.cfn = self.cloud.client("cloudformation")
        self.ssm = self.cloud.client("ssm")

    deployed_at = 0

    def create(self, name, resources, **more):
        body = json.dumps({"Resources": resources, **more})
        self.cfn.create_stack(StackName=name, TemplateBody=body)
        self.cfn.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig=SOON)

    def value(self, name):
        return self.ssm.get_parameter(Name=name)["Parameter"]["Value"]

    def deploy(self, name, template, *more, check=True):
        # The CLI names its change sets by the second.
        until(lambda: int(time.time()), lambda second: second > self.deployed_at)
        type(self).deployed_at = int(time.time()) + 1
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "template.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(template)
            return self.cloud.aws("cloudformation", "deploy", "--stack-name", name, "--template-file", path, *more, check=check)

    def test_a_stack_lives_and_goes(self):
        self.create("life", {"A": parameter("/life", "1")}, Outputs={"O": {"Value": {"Ref": "A"}}})

        stack = self.cfn.describe_stacks(StackName="life")["Stacks"][0]
        events = self.cfn.describe_stack_events(StackName="life")["StackEvents"]
        self.cfn.delete_stack(StackName="life")
        self.cfn.get_waiter("stack_delete_complete").wait(StackName="life", WaiterConfig=SOON)

        self.assertEqual(stack["Outputs"], [{"OutputKey": "O", "OutputValue": "/life"}])
        self.assertEqual([one["ResourceStatus"] for one in events][::-1],
                         ["CREATE_IN_PROGRESS"] * 3 + ["CREATE_COMPLETE"] * 2)
        self.refused("ParameterNotFound", self.ssm.get_parameter, Name="/life")
        self.refused("ValidationError", self.cfn.describe_stacks, StackName="life")

    def test_the_cli_deploys_and_says_when_nothing_changed(self):
        template = "Parameters: {V: {Type: String, Default: one}}\nResources:\n  A:\n    Type: AWS::SSM::Parameter\n" \
                   "    Properties: {Name: /deployed, Type: String, Value: !Sub '${V}-${AWS::Region}'}\n"
        self.deploy("deployed", template)
        first = self.value("/deployed")
        again = self.deploy("deployed", template)
        self.deploy("deployed", template, "--parameter-overrides", "V=two")

        self.assertEqual((first, self.value("/deployed")), ("one-us-east-1", "two-us-east-1"))
        self.assertIn("No changes to deploy", str(again))

    def test_a_custom_resource_runs_its_function(self):
        made = self.lambda_.create_function(FunctionName="custom", Role=self.role, Code={"ZipFile": packed(app__py=CUSTOM)}, **PYTHON)
        self.lambda_.get_waiter("function_active_v2").wait(FunctionName="custom", WaiterConfig=SOON)

        self.create("custom", {
            "C": {"Type": "Custom::Thing", "Properties": {"ServiceToken": made["FunctionArn"], "Question": "why"}},
            "A": parameter("/custom", {"Fn::GetAtt": ["C", "Answer"]})})
        resource = self.cfn.describe_stack_resource(StackName="custom", LogicalResourceId="C")["StackResourceDetail"]
        self.cfn.delete_stack(StackName="custom")
        self.cfn.get_waiter("stack_delete_complete").wait(StackName="custom", WaiterConfig=SOON)

        self.assertEqual(resource["PhysicalResourceId"], "the-thing")

    def test_a_failure_is_rolled_back(self):
        body = json.dumps({"Resources": {"A": parameter("/back", "1"), "B": {**parameter("aws-refused", "1"), "DependsOn": "A"}}})
        self.cfn.create_stack(StackName="back", TemplateBody=body)
        until(lambda: self.cfn.describe_stacks(StackName="back")["Stacks"][0]["StackStatus"], "ROLLBACK_COMPLETE")

        self.refused("ParameterNotFound", self.ssm.get_parameter, Name="/back")

    def test_a_change_set_looks_into_nested_stacks(self):
        s3 = self.cloud.client("s3")
        s3.create_bucket(Bucket="nested-templates")
        s3.put_object(Bucket="nested-templates", Key="child", Body=json.dumps({"Resources": {"A": parameter("/nested", "1")}}))
        url = f"{s3.meta.endpoint_url}/nested-templates/child"
        nested = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}

        root = self.cfn.create_change_set(StackName="nesting", ChangeSetName="root", ChangeSetType="CREATE", IncludeNestedStacks=True,
                                          TemplateBody=json.dumps({"Resources": {"N": nested}}))
        self.cfn.get_waiter("change_set_create_complete").wait(ChangeSetName=root["Id"], WaiterConfig=SOON)
        change = self.cfn.describe_change_set(ChangeSetName=root["Id"])["Changes"][0]["ResourceChange"]
        inner = self.cfn.describe_change_set(ChangeSetName=change["ChangeSetId"])
        self.cfn.execute_change_set(ChangeSetName=root["Id"])
        self.cfn.get_waiter("stack_create_complete").wait(StackName="nesting", WaiterConfig=SOON)

        self.assertEqual((inner["RootChangeSetId"], inner["Changes"][0]["ResourceChange"]["LogicalResourceId"]), (root["Id"], "A"))
        self.assertEqual(self.value("/nested"), "1")

    def test_a_macro_that_fails_fails_its_stack_and_its_change_set(self):
        code = "def handler(event, context):\n    return {'status': 'failed', 'errorMessage': 'not today'}\n"
        made = self.lambda_.create_function(FunctionName="macro", Role=self.role, Code={"ZipFile": packed(app__py=code)}, **PYTHON)
        self.lambda_.get_waiter("function_active_v2").wait(FunctionName="macro", WaiterConfig=SOON)
        self.create("macros", {"M": {"Type": "AWS::CloudFormation::Macro", "Properties": {"Name": "Never", "FunctionName": made["FunctionArn"]}}})
        wanted = {"TemplateBody": json.dumps({"Transform": "Never", "Resources": {"A": parameter("/never", "1")}}), "Capabilities": ["CAPABILITY_AUTO_EXPAND"]}

        self.cfn.create_stack(StackName="never", **wanted)
        change_set = self.cfn.create_change_set(StackName="other", ChangeSetName="never", ChangeSetType="CREATE", **wanted)

        stack = self.cfn.describe_stacks(StackName="never")["Stacks"][0]
        reasons = [one.get("ResourceStatusReason", "") for one in self.cfn.describe_stack_events(StackName="never")["StackEvents"]]
        shown = self.cfn.describe_change_set(ChangeSetName=change_set["Id"])
        self.assertEqual((stack["StackStatus"], shown["Status"]), ("ROLLBACK_COMPLETE", "FAILED"))
        self.assertTrue(reasons[1].endswith("::Never failed with: not today. Rollback requested by user."), reasons)
        self.assertTrue(shown["StatusReason"].endswith("::Never failed with: not today"), shown)

    def test_errors(self):
        self.assertIn("Stack with id none does not exist", self.refused("ValidationError", self.cfn.describe_stacks, StackName="none"))
        self.refused("ValidationError", self.cfn.validate_template, TemplateBody="{")
        self.create("errors", {"A": parameter("/errors", "1")})
        self.refused("ChangeSetNotFound", self.cfn.describe_change_set, StackName="errors", ChangeSetName="none")

    def test_stacks_survive_stop_and_kill_9(self):
        self.create("kept", {"A": parameter("/kept", "1")})
        for how in ("stop", "kill"):
            self.restart(how)
            self.cfn = self.cloud.client("cloudformation")

            self.assertEqual(self.cfn.describe_stacks(StackName="kept")["Stacks"][0]["StackStatus"], "CREATE_COMPLETE")
        body = json.dumps({"Resources": {"A": parameter("/kept", "2")}})
        self.cfn.update_stack(StackName="kept", TemplateBody=body)
        self.cfn.get_waiter("stack_update_complete").wait(StackName="kept", WaiterConfig=SOON)
        self.ssm = self.cloud.client("ssm")
        self.assertEqual(self.value("/kept"), "2")
