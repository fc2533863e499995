"""Every resource type, property and reference of the templates of `trunkline synth`, against AWS's own schemas.

The schemas are in npm's @aws-cdk/aws-service-spec, which scripts/install-npm-packages installs; where it is not, this skips.
"""
import json
import os
import shutil
import subprocess
import unittest

from npm import npm_folder
from running_cloud import SOURCE, ProgramTest, run_trunkline

SPEC = os.path.join(SOURCE, "tests/clients/spec")
NPM = npm_folder("tests/clients/spec")
BROKEN = {"Parameters": {"P": {"Type": "String"}}, "Resources": {
    "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"DelaySeconds": "soon", "Colour": "red", "QueueName": {"Ref": "Nobody"}}},
    "Rule": {"Type": "AWS::Events::Rule", "DependsOn": ["Other"], "Properties": {"Targets": [{"Id": "x"}]}},
    "Thing": {"Type": "AWS::Nothing::Thing"},
    "Alias": {"Type": "AWS::KMS::Alias", "Properties": {"AliasName": {"Fn::Sub": "alias/${P}"}, "TargetKeyId": {"Fn::GetAtt": ["Queue", "Nope"]}}}}}


@unittest.skipUnless(shutil.which("node"), "node is not installed")
@unittest.skipUnless(os.path.isdir(NPM), "the npm packages of tests/clients/spec are not installed: run scripts/install-npm-packages")
class StacksSchemaTest(ProgramTest):
    def check(self, *files):
        done = subprocess.run(["node", os.path.join(SPEC, "check.js"), os.path.join(NPM, "node_modules"), *files], text=True,
                              capture_output=True, timeout=100, stdin=subprocess.DEVNULL)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def write(self, path, value):
        path = os.path.join(self.folder, path)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(value, file)
        return path

    def synth(self):
        """The templates of the center in the folder, by name."""
        out = os.path.join(self.folder, "synth")
        done = run_trunkline("synth", "--folder", os.path.join(self.folder, "center"), "-o", out)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [os.path.join(out, name) for name in sorted(os.listdir(out)) if name.endswith(".template.json")]

    def test_all_templates_hold_to_the_schemas(self):
        run_trunkline("init", os.path.join(self.folder, "center"))

        found = self.check(*self.synth())

        self.assertEqual(found["problems"], [])
        self.assertGreater(found["properties"], 2000)
        self.assertGreater(len(found["checked"]), 30)
        self.assertEqual(found["checked"]["AWS::CodePipeline::Pipeline"], 16)

    def test_those_with_triggers_and_own_templates_do_too(self):
        run_trunkline("init", os.path.join(self.folder, "center"))
        self.write("center/trunkline.json", {"pipelines": {"startedBy": "triggers"}})
        self.write("center/amzconnect-lambdas/tables.template.json", {"Resources": {}})

        found = self.check(*self.synth())

        self.assertEqual(found["problems"], [])
        self.assertNotIn("AWS::ApiGatewayV2::Api", found["checked"])

    def test_the_check_finds_what_is_wrong(self):
        self.assertEqual(self.check(self.write("broken.json", BROKEN))["problems"], [
            "broken.json: Queue.DelaySeconds: expected a whole number but got \"soon\"",
            "broken.json: Queue: there is no property 'Colour'",
            "broken.json: Queue: nothing is named 'Nobody'",
            "broken.json: Rule.Targets[0]: property 'Arn' is required",
            "broken.json: Rule: depends on 'Other', which is not there",
            "broken.json: Thing: there is no type 'AWS::Nothing::Thing'",
            "broken.json: Alias: 'AWS::SQS::Queue' has no attribute 'Nope'"])


if __name__ == "__main__":
    unittest.main()
