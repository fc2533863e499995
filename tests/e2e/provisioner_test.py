"""The flow provisioner as it runs on AWS: a function that delivers a monorepo's flows from a zip, all or nothing."""
import json
import os

from delivery import CALLFLOWS, REGIONS, DeliveryTest, changes_of, edit
from own_function import TRUST, OwnFunctionTest
from running_cloud import run_trunkline

GREETING = '"Text": "Welcome to ACME."'


class Provisioner(OwnFunctionTest):
    HANDLER = "flow-provisioner"

    def provision(self):
        self.hand_over()
        report = self.invoke()
        stored = json.load(self.s3.get_object(Bucket="flows", Key="center.zip.report.json")["Body"])
        self.assertEqual(stored, report)
        return report

    def live_flows(self):
        """Every flow with its content and tags, and the map's version."""
        connect, instance = self.client("connect"), self.instance_id()
        ids = [one["Id"] for one in connect.list_contact_flows(InstanceId=instance, MaxResults=100)["ContactFlowSummaryList"]]
        flows = [connect.describe_contact_flow(InstanceId=instance, ContactFlowId=one)["ContactFlow"] for one in ids]
        version = self.lambda_.get_alias(FunctionName=f"{self.INSTANCE}{REGIONS[0]}-mapping", Name="live")["FunctionVersion"]
        return sorted((one["Name"], one["Content"], sorted(one["Tags"].items())) for one in flows), version

    def test_changes_nothing_after_apply_nor_apply_after_it(self):
        self.apply()
        before = self.live_flows()

        report = self.provision()

        self.assertTrue(report["ok"], report["message"])
        self.assertEqual(report["changes"], [])
        self.assertEqual(self.live_flows(), before)
        edit(self.path(CALLFLOWS, "ACME_Main.json"), GREETING, '"Text": "Good day, ACME here."')
        self.assertEqual(changes_of(self.provision()), [("update", "flow", "ACME_Main")])
        self.assertEqual(self.apply("--region", REGIONS[0])[REGIONS[0]]["done"], [])

    def test_delivers_sets_aside_and_takes_back(self):
        self.apply()
        whisper = self.path(CALLFLOWS, "ACME_agent_whisper.json")
        with open(whisper, encoding="utf-8") as file:
            text = file.read()
        before = self.flow("ACME_agent_whisper")["Id"]
        edit(whisper, "ACME_agent_whisper", "ACME_whisper_two")
        for flow in os.listdir(self.path(CALLFLOWS)):
            path = self.path(CALLFLOWS, flow)
            with open(path, encoding="utf-8") as file:
                if "flow:ACME_agent_whisper" in file.read():
                    edit(path, "flow:ACME_agent_whisper", "flow:ACME_whisper_two")

        report = self.provision()

        self.assertIn(("set aside", "flow", "ACME_agent_whisper"), changes_of(report), report["message"])
        self.assertEqual(self.flow("z_ACME_agent_whisper")["Id"], before)
        self.assertEqual(self.provision()["changes"], [])
        self.assertEqual(changes_of(self.plan("--prune", "--region", REGIONS[0])[REGIONS[0]]), [])
        with open(self.path(CALLFLOWS, "again.json"), "w", encoding="utf-8") as file:
            file.write(text)
        self.provision()
        self.assertEqual(self.flow("ACME_agent_whisper")["Id"], before)

    def test_leaves_production_untouched_when_a_flow_is_wrong(self):
        self.apply()
        before = self.live_flows()
        edit(self.path(CALLFLOWS, "ACME_Main.json"), "${queue:ACME_Sales}", "${queue:ACME_Slaes}")
        edit(self.path(CALLFLOWS, "ACME_queue_transfer.json"), "DisconnectParticipant", "DisconectParticipant")

        report = self.provision()

        self.assertFalse(report["ok"])
        self.assertIn("nothing was changed", report["message"])
        self.assertIn("ACME_Slaes", report["message"])
        self.assertEqual(self.live_flows(), before)

    def test_says_what_has_to_be_delivered_first(self):
        report = self.provision()

        self.assertFalse(report["ok"])
        self.assertIn("is not there yet", report["message"])


class Phone(DeliveryTest):
    def phone(self, command, *words):
        done = run_trunkline("phone", command, *words, "--env", "dev", "--folder", self.center, "--endpoint-url",
                             self.cloud.endpoint, "--json")
        return done

    def test_numbers_are_claimed_attached_listed_and_released(self):
        self.apply()
        found = json.loads(self.phone("search", "--country", "US").stdout)["numbers"]
        claimed = self.phone("claim", found[0]["number"], "--flow", "ACME_Main")

        self.assertEqual(claimed.returncode, 0, claimed.stderr)
        number = json.loads(claimed.stdout)["number"]
        self.assertEqual(number, found[0]["number"])
        self.assertEqual([(one["number"], one["flow"]) for one in json.loads(self.phone("list").stdout)["numbers"]],
                         [(number, "ACME_Main")])
        again = self.phone("claim", number)
        self.assertEqual((again.returncode, json.loads(again.stdout)["number"]), (0, number))
        wrong = self.phone("attach", number, "--flow", "ACME_Mian")
        self.assertEqual(wrong.returncode, 1)
        self.assertIn("did you mean 'ACME_Main'?", wrong.stderr)
        self.assertIn("give --yes", self.phone("release", number).stderr)
        self.assertEqual(self.phone("release", number, "--yes").returncode, 0)
        self.assertEqual(json.loads(self.phone("list").stdout)["numbers"], [])


class Drift(DeliveryTest):
    def drift(self):
        done = run_trunkline("drift", "--env", "dev", "--region", REGIONS[0], "--folder", self.center, "--endpoint-url",
                             self.cloud.endpoint, "--json")
        report = json.loads(done.stdout)
        drifted = [(one["kind"], one["name"], one["what"]) for one in report["regions"][0]["drifted"]]
        self.assertEqual(done.returncode, 1 if drifted else 0, done.stderr)
        return drifted

    def test_is_told_of_what_others_changed_only(self):
        self.apply("--region", REGIONS[0])
        self.assertEqual(self.drift(), [])
        connect, instance = self.client("connect"), self.instance_id()
        whisper = self.flow("ACME_agent_whisper")
        connect.update_contact_flow_content(
            InstanceId=instance, ContactFlowId=whisper["Id"], Content=self.flow("Default agent whisper")["Content"])
        queues = connect.search_queues(InstanceId=instance, MaxResults=100)["Queues"]
        sales, basic = [[one for one in queues if one["Name"] == name][0] for name in ("ACME_Sales", "BasicQueue")]
        connect.update_queue_max_contacts(InstanceId=instance, QueueId=sales["QueueId"], MaxContacts=3)
        connect.update_queue_max_contacts(InstanceId=instance, QueueId=basic["QueueId"], MaxContacts=3)
        mapping = f"{self.INSTANCE}{REGIONS[0]}-mapping"
        self.client("lambda").update_alias(FunctionName=mapping, Name="live", FunctionVersion="$LATEST")

        self.assertEqual(self.drift(), [
            ("flow", "ACME_agent_whisper", "its content was changed"),
            ("mapping", "mapping", "its alias 'live' leads to version $LATEST, which is not the delivered one"),
            ("queue", "ACME_Sales", "its hours, description or limit were changed")])


class Destroy(DeliveryTest):
    def destroy(self, *words):
        return run_trunkline("destroy", "--env", "dev", "--folder", self.center, "--endpoint-url", self.cloud.endpoint,
                             "--json", *words)

    def test_takes_away_what_was_delivered_and_nothing_else(self):
        self.client("iam").create_role(RoleName="theirs", AssumeRolePolicyDocument=TRUST)
        self.apply()
        claimed = run_trunkline("phone", "claim", "--flow", "ACME_Main", "--env", "dev", "--folder", self.center,
                                "--endpoint-url", self.cloud.endpoint)
        self.assertEqual(claimed.returncode, 0, claimed.stderr)

        refused = [self.destroy("--yes"), self.destroy("--release-numbers")]
        done = self.destroy("--yes", "--release-numbers")

        self.assertIn("say --release-numbers", refused[0].stderr)
        self.assertIn("give --yes", refused[1].stderr)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual([role["RoleName"] for role in self.client("iam").list_roles()["Roles"]
                          if not role["Path"].startswith("/aws-")], ["theirs"])
        for region in REGIONS:
            self.assertEqual(self.client("lambda", region).list_functions()["Functions"], [])
            self.assertEqual(self.client("lexv2-models", region).list_bots()["botSummaries"], [])
            self.assertEqual(self.client("ssm", region).describe_parameters()["Parameters"], [])
        self.assertEqual(self.client("s3").list_buckets()["Buckets"], [])
        again = self.destroy("--yes")
        self.assertEqual((again.returncode, json.loads(again.stdout)["regions"][0]["changes"]), (0, []), again.stderr)
