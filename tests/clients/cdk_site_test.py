"""The AWS CDK's constructs that lean on Lambda's layers, URLs and destinations: BucketDeployment, addFunctionUrl, onFailure.

The application is cdk/site.js. BucketDeployment runs the AWS CLI of its layer at /opt/awscli, so it needs a machine that lets
functions have mounts of their own.
"""
import json
import shutil
import subprocess
import unittest
import urllib.request

from cdk_client import CdkClientTest


def may_mount():
    tool = shutil.which("unshare")
    return tool and subprocess.run([tool, "-Urm", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0


@unittest.skipUnless(may_mount(), "this machine does not let processes have mounts of their own")
class CdkSiteTest(CdkClientTest):
    def deploy_site(self, color):
        self.cdk("synth", "-q", "--app", "node site.js", "-o", color, ACME_COLOR=color)
        self.deploy(color)
        return self.outputs("AcmeSite")

    def page(self, bucket, key):
        return self.cloud.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode()

    def check_function(self, outputs):
        with urllib.request.urlopen(outputs["Url"] + "Ann", timeout=20) as response:
            self.assertEqual(json.load(response), {"greeting": "Hello, Ann!"})
        self.cloud.client("lambda").invoke(FunctionName=outputs["Greeter"], InvocationType="Event", Payload=json.dumps({"n": 1}))
        messages = self.cloud.client("sqs").receive_message(QueueUrl=outputs["Failures"], WaitTimeSeconds=10)["Messages"]
        record = json.loads(messages[0]["Body"])
        self.assertEqual((record["requestPayload"], record["responsePayload"]["errorMessage"]), ({"n": 1}, "nobody to greet"))

    def test_a_site_is_deployed_changed_and_destroyed(self):
        outputs = self.deploy_site("red")
        self.assertEqual(self.page(outputs["Pages"], "index.html"), "<h1>ACME</h1>\n")
        self.assertEqual(json.loads(self.page(outputs["Pages"], "settings.json")), {"color": "red"})
        self.check_function(outputs)

        self.deploy_site("blue")
        self.assertEqual(json.loads(self.page(outputs["Pages"], "settings.json")), {"color": "blue"})

        self.cdk("destroy", "--app", "blue", "--all", "--force")
        self.assertEqual(self.statuses()["AcmeSite"], "DELETE_COMPLETE")
        self.assertEqual(self.cloud.client("lambda").list_layers()["Layers"], [])
