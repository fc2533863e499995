"""A repository of the workshop that knows nothing of Trunkline: delivered as it is, in both link modes."""
import json
import re

from delivery import CALLFLOWS, REGIONS, WorkshopTest, changes_of

FLOWS = ("ACME_Main", "ACME_agent_whisper", "ACME_customer_queue", "ACME_customer_whisper", "ACME_queue_transfer")


class WorkshopRepository(WorkshopTest):
    """Each test delivers to a fresh cloud."""

    def setUp(self):
        super().setUp()
        self.reset_cloud()

    def attribute_mode(self):
        with open(self.path("trunkline.json"), "w", encoding="utf-8") as settings:
            settings.write('{"linkMode": "attribute"}')

    def references(self, region=REGIONS[0]):
        """What the delivered flows name: (flow, action's type, text) of each ARN and attribute."""
        found = set()
        for name in FLOWS:
            for action in json.loads(self.flow(name, region)["Content"])["Actions"]:
                parameters = json.dumps(action["Parameters"])
                for text in re.findall(r'"(\$\.External\.\w+|arn:[^"]*)"', parameters):
                    found.add((name, action["Type"], text))
        return found

    def mapping_invocations(self, region=REGIONS[0]):
        groups = self.client("logs", region).describe_log_groups(logGroupNamePrefix="/aws/lambda/")["logGroups"]
        group = "/aws/lambda/" + self.INSTANCE + region + "-mapping"
        if group not in [one["logGroupName"] for one in groups]:
            return 0
        events = self.client("logs", region).filter_log_events(logGroupName=group)["events"]
        return sum(event["message"].startswith("REPORT") for event in events)

    def check_call(self, region):
        transcript, queue = self.call("sales", region=region)
        told = re.findall(r"^\d\d:\d\d  (?:(?:system|bot|to agent) +)([^-].*)$", transcript, re.MULTILINE)
        self.assertEqual(told, [
            "Good day, this is ACME.", "Who would you like to talk to, sales or finance?",
            "All colleagues are talking, please stay on the line. (repeats)", "ACME_Sales",
            "Here comes your colleague at ACME."], transcript)
        self.assertIn(f"- function {self.INSTANCE}{region}-mapping is invoked\n", transcript)
        self.assertEqual(queue, "ACME_Sales")

    def check_unchanged(self):
        again = self.apply()
        for region in REGIONS:
            self.assertEqual(changes_of(again[region]), [])
            self.assertGreater(again[region]["unchanged"], 15)

    def test_has_what_the_workshop_has(self):
        with open(self.path(CALLFLOWS, "ACME_Main.json"), encoding="utf-8") as file:
            main = json.load(file)

        self.assertEqual(sorted(main), ["ContactFlowType", "Content", "Name"])
        self.assertIn("<<ARNREPLACE>>", main["Content"])
        self.assertIn("$.External.ACME_lexbot", main["Content"])
        with open(self.path("amzconnect-instance/lib/instance-stack/configuration.json"), encoding="utf-8") as file:
            self.assertIn('"instanceAlias": "MyWorkshop-ABC"', file.read())

    def test_is_linked_statically_unless_told_otherwise(self):
        applied = self.apply()

        for region in REGIONS:
            self.assertGreater(len(applied[region]["done"]), 15)
            references = self.references(region)
            self.assertFalse([text for _, _, text in references if text.startswith("$")], references)
            self.assertEqual({text.split(":")[3] for _, _, text in references}, {region})
            self.assertEqual({text.split(":")[4] for _, _, text in references}, {self.ACCOUNT})
            self.assertEqual(len(references), 8)
            self.check_call(region)
        self.check_unchanged()

    def test_keeps_its_attributes_where_the_mapping_function_serves_them(self):
        self.attribute_mode()

        self.apply()

        for region in REGIONS:
            references = self.references(region)
            self.assertEqual({text for _, _, text in references if text.startswith("$")}, {
                "$.External." + name for name in (
                    "ACME_Finance", "ACME_Sales", "ACME_agent_whisper", "ACME_customer_queue",
                    "ACME_customer_whisper", "ACME_lexbot", "ACME_queue_transfer")})
            self.assertEqual([kind for _, kind, text in references if text.startswith("arn:")],
                             ["InvokeLambdaFunction"])
            self.assertEqual(self.mapping_invocations(region), 0)
            self.check_call(region)
            self.assertEqual(self.mapping_invocations(region), 1)
        self.check_unchanged()

    def test_changes_its_flows_only_when_the_link_mode_changes(self):
        self.apply()
        self.attribute_mode()

        applied = self.apply()

        self.assertEqual(changes_of(applied[REGIONS[0]], "done"),
                         [("update", "flow", "ACME_Main"), ("update", "flow", "ACME_queue_transfer")])
        self.check_call(REGIONS[0])

    def test_is_refused_for_an_environment_without_an_account(self):
        done = self.run_delivery("apply", env="staging")

        self.assertEqual(done.returncode, 1)
        self.assertIn("XXXXXXXXXXXX", done.stderr)
        self.assertRegex(done.stderr, r"accountvars\.json:\d+:\d+: error: ")
