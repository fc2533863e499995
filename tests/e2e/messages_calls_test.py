"""Calls that meet something broken: numbers that lead nowhere, functions that fail."""
import json
import os
import re
import shutil
import tempfile
import unittest

from golden import Transcript
from running_cloud import CloudTest, run_trunkline, until

ACCOUNT = "222222222222"
INSTANCE = "broken-dev-us-east-1"
FUNCTIONS = {
    "sleeps": ("python3.12", "app.py", "import time\n\ndef handler(event, context):\n    time.sleep(60)\n"),
    "crashes": ("python3.12", "app.py", "raise RuntimeError('no table')\n\ndef handler(event, context):\n    return {}\n"),
    "raises": ("nodejs20.x", "app.mjs", "export const handler = async () => { throw new Error('no row'); };\n"),
    "exits": ("python3.12", "app.py", "import os\n\ndef handler(event, context):\n    os._exit(3)\n"),
    "nameless": ("python3.12", "app.py", "def other(event, context):\n    return {}\n"),
    "exportless": ("nodejs20.x", "app.mjs", "export const other = async () => ({});\n"),
}


def action(name, kind, parameters=None, following=None, error=None):
    transitions = {"NextAction": following} if following else {}
    if error:
        transitions["Errors"] = [{"ErrorType": "NoMatchingError", "NextAction": error}]
    return {"Identifier": name, "Type": kind, "Parameters": parameters or {}, "Transitions": transitions}


def flow(name):
    actions = [action("Log", "UpdateFlowLoggingBehavior", {"FlowLoggingBehavior": "Enabled"}, "Ask"),
               action("Ask", "InvokeLambdaFunction", {"LambdaFunctionARN": f"${{lambda:{name}}}",
                                                      "InvocationTimeLimitSeconds": "1" if name == "sleeps" else "8"},
                      "Answered", "Sorry"),
               action("Answered", "MessageParticipant", {"Text": "There was an answer."}, "End", "End"),
               action("Sorry", "MessageParticipant", {"Text": "Sorry, that does not work."}, "End", "End"),
               action("End", "DisconnectParticipant")]
    content = {"Version": "2019-10-30", "StartAction": "Log", "Metadata": {}, "Actions": actions}
    return {"Name": name, "ContactFlowType": "CONTACT_FLOW", "Content": content}


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(content if isinstance(content, str) else json.dumps(content, indent=2) + "\n")


def write_center(folder):
    write(f"{folder}/amzconnect-devops-pipelines/env/accountvars.json",
          {"accounts": [{"env": "dev", "branch": "develop", "enabled": True, "account": ACCOUNT, "region": ["us-east-1"],
                         "app": "Broken"}]})
    write(f"{folder}/amzconnect-instance/lib/instance-stack/configuration.json",
          {"instanceAlias": "broken", "instanceStorageBucketName": "broken-storage", "identityManagementType": "CONNECT_MANAGED",
           "instanceStorageConfig": [], "queuesToAdd": []})
    for name, (runtime, file, code) in FUNCTIONS.items():
        place = f"{folder}/amzconnect-lambdas/functions/{name}"
        write(f"{place}/function.json", {"runtime": runtime, "handler": "app.handler", "code": "src", "timeout": 8})
        write(f"{place}/src/{file}", code)
        write(f"{folder}/amzconnect-contact-flows/lib/callflows/{name}.json", flow(name))


class BrokenCalls(CloudTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        center = tempfile.mkdtemp(prefix="trunkline-test-")
        write_center(center)
        done = run_trunkline("apply", "--env", "dev", "--folder", center, environment=cls.cloud.environment())
        shutil.rmtree(center)
        if done.returncode != 0:
            cls.cloud.stop()
            raise AssertionError(done.stdout + done.stderr)

    def setUp(self):
        super().setUp()
        self.said = Transcript(self.folder, ENDPOINT=self.cloud.endpoint)

    def call(self, *words, code):
        return self.said.run("call", *words, code=code, environment=self.cloud.environment())

    def test_of_flows_whose_functions_fail_take_the_error_branch_and_say_why(self):
        for name in FUNCTIONS:
            self.call("--flow", name, "--instance", INSTANCE, "--say", "hello", code=0)
        self.said.text = re.sub(r"(?m)^\d\d:\d\d ", "MM:SS ", self.said.text)
        self.said.check(self, "messages/call-functions.txt")

    def test_that_lead_nowhere(self):
        connect = self.cloud.client("connect", account=ACCOUNT)
        self.addCleanup(connect.close)
        [instance] = connect.list_instances()["InstanceSummaryList"]
        [offer] = connect.search_available_phone_numbers(TargetArn=instance["Arn"], PhoneNumberCountryCode="US",
                                                         PhoneNumberType="DID", MaxResults=1)["AvailableNumbersList"]
        number = offer["PhoneNumber"]
        claimed = connect.claim_phone_number(TargetArn=instance["Arn"], PhoneNumber=number)["PhoneNumberId"]
        until(lambda: connect.describe_phone_number(PhoneNumberId=claimed)["ClaimedPhoneNumberSummary"]["PhoneNumberStatus"]
              ["Status"], "CLAIMED")
        self.said.names["NUMBER"] = number
        self.call(number, code=1)
        self.call("+15550100", code=1)
        self.call("sales", code=1)
        self.call(code=2)
        self.call(number, "--flow", "sleeps", code=2)
        self.call("--flow", "sleeps", code=2)
        self.call("--flow", "sleeps", "--instance", "nowhere", code=1)
        self.call("--flow", "slepes", "--instance", INSTANCE, code=1)
        self.call("--flow", "sleeps", "--instance", INSTANCE, "--account", "999999999999", code=1)
        self.said.check(self, "messages/call-nowhere.txt")


if __name__ == "__main__":
    unittest.main()
