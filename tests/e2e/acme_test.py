"""The center that `trunkline init` writes, delivered again and again: only what changed is touched."""
import json
import re

from delivery import CALLFLOWS, LOCALES, REGIONS, DeliveryTest, changes_of, edit
from recording_proxy import Proxy

WELCOME = '"Text": "Welcome to ACME."'
EDITS = [
    # what is edited, before, after, the changes of a plan
    (f"{CALLFLOWS}/ACME_Main.json", WELCOME, '"Text": "Good day, ACME here."', [("update", "flow", "ACME_Main")]),
    ("amzconnect-admin-objects/hours/ACME_hours.json", "America/New_York", "America/Chicago",
     [("update", "hours", "ACME_hours")]),
    ("amzconnect-admin-objects/flow-modules/ACME_business_hours.json", '"Description": "', '"Description": "Now: ',
     [("update", "module", "ACME_business_hours")]),
    ("amzconnect-instance/lib/instance-stack/configuration.json", "Callers who want to buy", "Buyers",
     [("update", "queue", "ACME_Sales")]),
    ("amzconnect-lambdas/functions/customer-lookup/src/lookup.py", "Welcome back to", "Back again at",
     [("update", "function", "customer-lookup")]),
    (LOCALES, "Sales, with pleasure.", "Sales it is.", [("update", "bot", "ACME_lexbot")]),
]


class FirstDelivery(DeliveryTest):
    def test_does_in_both_regions_what_the_plan_showed(self):
        planned = self.plan()

        applied = self.apply()

        self.assertEqual(tuple(applied), REGIONS)
        for region in REGIONS:
            self.assertEqual(sorted(changes_of(applied[region], "done")), sorted(changes_of(planned[region])))
            self.assertGreater(len(applied[region]["done"]), 20)
            transcript, queue = self.call("sales", region=region)
            self.assertIn("Welcome to ACME.", transcript)
            self.assertEqual(queue, "ACME_Sales", transcript)

    def test_is_told_as_text_line_by_line(self):
        plan = self.run_delivery("plan")
        apply = self.run_delivery("apply")

        self.assertEqual((plan.returncode, apply.returncode), (0, 0), plan.stderr + apply.stderr)
        for region in REGIONS:
            section = plan.stdout.split(f"{region}: ")[1].split("\nus-")[0]
            planned = re.findall(r"^  [+~] (.*)$", section, re.MULTILINE)
            done = re.findall(rf"^  ok {region}  (.*)$", apply.stderr, re.MULTILINE)
            self.assertEqual(sorted(done), sorted(planned))
            self.assertRegex(apply.stdout, rf"(?m)^{region}: {len(planned)} resources changed in ")

    def setUp(self):
        super().setUp()
        self.reset_cloud()


class NextDelivery(DeliveryTest):
    """Each test begins with the center delivered as the template has it."""

    def setUp(self):
        super().setUp()
        self.apply()
        self.proxy = Proxy(self.cloud.endpoint)
        self.addCleanup(self.proxy.close)

    def test_of_an_unchanged_center_writes_nothing(self):
        for command, words in (("plan", []), ("apply", []), ("apply", ["--region", REGIONS[1]])):
            self.proxy.reset()
            done = self.run_delivery(command, *words, endpoint=self.proxy.endpoint)

            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(self.proxy.writes(), [])
            for region in words[1:] or REGIONS:
                self.assertRegex(done.stdout, rf"(?m)^{region}: nothing to change, \d\d resources are as wanted$")

    def test_of_an_unchanged_center_asks_little(self):
        self.apply(endpoint=self.proxy.endpoint)

        for region in REGIONS:
            calls = self.proxy.in_region(region)
            print(f"\n{region}: {len(calls)} calls for a plan without changes: {' '.join(calls)}")
            self.assertLessEqual(len(calls), 26)
            self.assertNotIn("connect:DescribeContactFlow", calls)

    def test_changes_only_what_was_edited(self):
        for file, before, after, changes in EDITS:
            with self.subTest(file):
                edit(self.path(file), before, after)

                planned = self.plan()
                applied = self.apply()

                for region in REGIONS:
                    self.assertEqual(changes_of(planned[region]), changes)
                    self.assertEqual(changes_of(applied[region], "done"), changes)
                    self.assertEqual({change["why"] for change in planned[region]["changes"]}, {"differs"})
                self.assertEqual(self.plan()[REGIONS[0]]["changes"], [])

    def test_brings_an_edited_flow_to_the_caller(self):
        self.assertNotIn("Good day", self.call("sales")[0])
        edit(self.path(CALLFLOWS, "ACME_Main.json"), WELCOME, '"Text": "Good day, ACME here."')
        edit(self.path("amzconnect-lambdas/functions/customer-lookup/src/lookup.py"), '"Welcome to ACME."',
             '"Good day, ACME here."')

        self.apply()

        for region in REGIONS:
            self.assertIn("Good day, ACME here.", self.call("sales", region=region)[0])

    def test_brings_an_edited_bot_to_the_caller_as_a_new_version_behind_the_alias(self):
        before = self.bot_version()
        self.assertEqual(self.call("shopping")[1], "")
        edit(self.path(LOCALES), '"utterance": "sales"', '"utterance": "shopping"')
        edit(self.path(LOCALES), "Sales, with pleasure.", "Have fun.")

        self.apply()

        self.assertEqual(self.bot_version(), before + 1)
        transcript, queue = self.call("shopping")
        self.assertIn("Have fun.", transcript)
        self.assertEqual(queue, "ACME_Sales", transcript)

    def test_tells_an_edit_made_in_the_console_and_undoes_it(self):
        flow = self.flow("ACME_customer_whisper")
        edited = flow["Content"].replace("You are now being connected.", "Hold the line.")
        self.assertNotEqual(edited, flow["Content"])
        self.client("connect").update_contact_flow_content(
            InstanceId=self.instance_id(), ContactFlowId=flow["Id"], Content=edited)

        plan = self.run_delivery("plan")

        self.assertIn("~ update flow 'ACME_customer_whisper' (was changed since it was delivered)", plan.stdout)
        self.assertEqual(plan.stdout.count("~"), 1)
        self.assertEqual(changes_of(self.apply()[REGIONS[0]], "done"), [("update", "flow", "ACME_customer_whisper")])
        restored = self.flow("ACME_customer_whisper")["Content"]
        self.assertEqual(json.loads(restored), json.loads(flow["Content"]))
        self.assertEqual(self.plan()[REGIONS[0]]["changes"], [])

    def test_may_be_of_one_project_only(self):
        edit(self.path(CALLFLOWS, "ACME_Main.json"), WELCOME, '"Text": "Only me."')
        edit(self.path(LOCALES), "Sales, with pleasure.", "Not me.")

        applied = self.apply("--only", "contact-flows")

        self.assertEqual(changes_of(applied[REGIONS[0]], "done"), [("update", "flow", "ACME_Main")])
        self.assertEqual(changes_of(self.plan()[REGIONS[0]]), [("update", "bot", "ACME_lexbot")])

    def bot_version(self):
        lex = self.client("lexv2-models")
        bot = lex.list_bots()["botSummaries"][0]["botId"]
        aliases = lex.list_bot_aliases(botId=bot)["botAliasSummaries"]
        return max(int(alias["botVersion"]) for alias in aliases if alias["botAliasName"] == "dev")
