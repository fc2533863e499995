"""apply --rollback on a bad day: after a failure, callers have what they had, and the next apply goes on."""
import json
import os
import shutil

from delivery import CALLFLOWS, LOCALES, REGIONS, ProxiedTest, changes_of, edit
from recording_proxy import denied

HOURS = "amzconnect-admin-objects/hours/ACME_hours.json"
PROMPTS = "amzconnect-admin-objects/prompts"
QUEUES = "amzconnect-instance/lib/instance-stack/configuration.json"


class RolledBackApply(ProxiedTest):
    def live(self):
        """What callers and the next plan see."""
        connect, lex, instance = self.client("connect"), self.client("lexv2-models"), self.instance_id()
        seen = {}
        for one in connect.list_contact_flows(InstanceId=instance, MaxResults=100)["ContactFlowSummaryList"]:
            flow = connect.describe_contact_flow(InstanceId=instance, ContactFlowId=one["Id"])["ContactFlow"]
            seen["flow", flow["Id"]] = {key: flow.get(key) for key in ("Name", "Content", "State", "Description", "Tags")}
        for one in connect.list_queues(InstanceId=instance, QueueTypes=["STANDARD"])["QueueSummaryList"]:
            queue = connect.describe_queue(InstanceId=instance, QueueId=one["Id"])["Queue"]
            seen["queue", one["Id"]] = {key: value for key, value in queue.items() if key != "LastModifiedTime"}
        for one in connect.list_hours_of_operations(InstanceId=instance)["HoursOfOperationSummaryList"]:
            hours = connect.describe_hours_of_operation(InstanceId=instance, HoursOfOperationId=one["Id"])
            seen["hours", one["Id"]] = {key: value for key, value in hours["HoursOfOperation"].items() if key != "LastModifiedTime"}
        # This botocore knows no operation that gives a recording; tests/cli/undo_test.cpp compares those.
        for one in connect.list_prompts(InstanceId=instance)["PromptSummaryList"]:
            seen["prompt", one["Id"]] = one["Name"]
        for kind in ("CALL_RECORDINGS", "CHAT_TRANSCRIPTS"):
            seen["storage", kind] = connect.list_instance_storage_configs(InstanceId=instance, ResourceType=kind)["StorageConfigs"]
        seen["associations"] = connect.list_lambda_functions(InstanceId=instance)["LambdaFunctions"]
        for role in self.client("iam").list_roles(PathPrefix="/")["Roles"]:
            names = self.client("iam").list_role_policies(RoleName=role["RoleName"])["PolicyNames"]
            seen["role", role["RoleName"]] = [self.client("iam").get_role_policy(RoleName=role["RoleName"], PolicyName=name)["PolicyDocument"]
                                              for name in names]
        for bot in lex.list_bots()["botSummaries"]:
            aliases = lex.list_bot_aliases(botId=bot["botId"])["botAliasSummaries"]
            seen["bot", bot["botId"]] = sorted((one["botAliasName"], one["botVersion"]) for one in aliases)
        for function in self.client("lambda").list_functions()["Functions"]:
            alias = self.client("lambda").get_alias(FunctionName=function["FunctionName"], Name="live")
            tags = self.client("lambda").list_tags(Resource=function["FunctionArn"])["Tags"]
            seen["function", function["FunctionName"]] = (alias["FunctionVersion"], tags)
        return seen

    def write_prompt(self, name, recording):
        os.makedirs(self.path(PROMPTS), exist_ok=True)
        with open(self.path(PROMPTS, f"{name}.json"), "w", encoding="utf-8") as file:
            json.dump({"Name": name, "File": f"{name}.wav"}, file)
        with open(self.path(PROMPTS, f"{name}.wav"), "wb") as file:
            file.write(b"RIFF\x04\0\0\0WAVE" + recording)

    def edit_everything(self):
        self.write_prompt("Welcome", b"new")
        self.write_prompt("Another", b"another")
        edit(self.path(QUEUES), '"CallRecordings"', '"Calls"')
        edit(self.path(CALLFLOWS, "ACME_Main.json"), '"Text": "Welcome to ACME."', '"Text": "Good day."')
        edit(self.path(HOURS), "America/New_York", "America/Chicago")
        edit(self.path(QUEUES), "Callers who want to buy", "Buyers")
        edit(self.path(LOCALES), "Sales, with pleasure.", "Sales it is.")
        edit(self.path("amzconnect-lambdas/functions/customer-lookup/src/lookup.py"), "Welcome back to", "Back again at")
        new = self.path(CALLFLOWS, "new.json")
        shutil.copy(self.path(CALLFLOWS, "ACME_agent_whisper.json"), new)
        edit(new, "ACME_agent_whisper", "ACME_new")

    def rolled_back(self, operation):
        self.proxy.reset(lambda call: denied() if call.name == operation else None)
        done = self.run_delivery("apply", "--rollback", "--prune", "--region", REGIONS[0], endpoint=self.proxy.endpoint)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("rolled back after", done.stdout)
        self.assertNotIn("not put back", done.stdout)

    def test_leaves_everything_as_it_was_and_the_next_goes_on(self):
        self.write_prompt("Welcome", b"old")
        self.apply("--region", REGIONS[0])
        before = self.live()
        self.edit_everything()
        # Early, in the middle, and last: what is published is the functions' versions, and the map's after everything.
        for operation in ("connect:CreateContactFlow", "lambda:PublishVersion", "lexv2-models:CreateBotVersion"):
            with self.subTest(operation):
                self.rolled_back(operation)

                self.assertEqual(self.live(), before)

        self.proxy.reset()
        applied = self.apply("--region", REGIONS[0])[REGIONS[0]]

        self.assertLessEqual({("update", "flow", "ACME_Main"), ("create", "flow", "ACME_new"), ("update", "hours", "ACME_hours"),
                              ("update", "queue", "ACME_Sales"), ("update", "prompt", "Welcome"), ("create", "prompt", "Another"),
                              ("update", "storage", "CALL_RECORDINGS"), ("update", "bot", "ACME_lexbot"),
                              ("update", "function", "customer-lookup"), ("update", "mapping", "mapping")},
                             set(changes_of(applied, "done")))
        self.assertEqual(self.plan("--region", REGIONS[0])[REGIONS[0]]["changes"], [])
