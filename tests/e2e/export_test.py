"""Taking over a live instance: what is exported is portable, complete, and the same after it was delivered elsewhere."""
import json
import os
import re
import shutil

from delivery import CALLFLOWS, REGIONS, DeliveryTest, edit
from running_cloud import clean_environment, run_trunkline

MODULES = "amzconnect-admin-objects/flow-modules"
RECORD = ".trunkline-export.json"


class ExportTest(DeliveryTest):
    def setUp(self):
        super().setUp()
        self.reset_cloud()
        self.apply()

    def export(self, folder, *words, region=REGIONS[0], code=0):
        environment = clean_environment(AWS_ACCESS_KEY_ID=self.ACCOUNT, AWS_SECRET_ACCESS_KEY="test")
        done = run_trunkline("export", "--instance", self.INSTANCE + region, "-o", os.path.join(self.folder, folder), "--region", region,
                             "--endpoint-url", self.cloud.endpoint, *words, environment=environment)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def files(self, folder):
        """{path below the folder: text} of all flows and modules."""
        found = {}
        for below in (CALLFLOWS, MODULES):
            path = os.path.join(self.folder, folder, below)
            for name in sorted(os.listdir(path)) if os.path.isdir(path) else ():
                with open(os.path.join(path, name), encoding="utf-8") as file:
                    found[f"{below}/{name}"] = file.read()
        return found

    def spoken(self):
        """The transcript of a call and the queue it ended in, without times: the function takes as long as it takes."""
        text, queue = self.call("sales")
        return re.sub(r"(?m)^\d\d:\d\d ", "", text), queue

    def take(self, exported):
        """The center's flows and modules are those that were exported."""
        for below in (CALLFLOWS, MODULES):
            shutil.rmtree(self.path(below))
            shutil.copytree(os.path.join(self.folder, exported, below), self.path(below))

    def test_exports_every_flow_and_module_without_an_arn_or_id(self):
        done = self.export("out")

        exported = self.files("out")
        names = set(os.listdir(self.path(CALLFLOWS))) | set(os.listdir(self.path(MODULES)))
        self.assertEqual({os.path.basename(path) for path in exported}, names)
        for path, text in exported.items():
            self.assertNotRegex(text, r"arn:aws:(connect|lambda|lex)", path)
            self.assertNotRegex(text, r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", path)
            self.assertNotIn(self.ACCOUNT, text, path)
        self.assertIn("${queue:ACME_Sales}", exported[f"{CALLFLOWS}/ACME_Main.json"])
        self.assertRegex(done.stdout, rf"{self.INSTANCE}{REGIONS[0]}: {len(names)} files written, \d+ of AWS left out \(--samples\)\n$")
        self.assertEqual(done.stderr, "")

    def test_gives_the_same_files_and_calls_after_it_was_delivered_to_an_empty_instance(self):
        before = self.spoken()
        self.export("first")
        self.take("first")
        self.reset_cloud()

        self.apply()
        self.export("second")

        self.assertEqual(self.files("second"), self.files("first"))
        self.assertEqual(self.spoken(), before)
        self.assertEqual([region["changes"] for region in self.plan().values()], [[], []])

    def test_gives_the_same_files_in_every_region(self):
        self.export("east")
        self.export("west", region=REGIONS[1])

        self.assertEqual(self.files("west"), self.files("east"))

    def test_reads_again_only_what_changed(self):
        self.export("out")
        edit(self.path(f"{CALLFLOWS}/ACME_Main.json"), '"Text": "Welcome to ACME."', '"Text": "Good day."')
        self.apply()

        done = self.export("out")

        self.assertIn(f"  {CALLFLOWS}/ACME_Main.json\n", done.stdout)
        self.assertRegex(done.stdout, r": 1 file written, \d+ as exported before")
        self.assertIn("Good day.", self.files("out")[f"{CALLFLOWS}/ACME_Main.json"])

    def test_does_not_overwrite_what_somebody_else_wrote(self):
        self.export("out")
        path = os.path.join(self.folder, "out", CALLFLOWS, "ACME_Main.json")
        edit(path, '"Text": "Welcome to ACME."', '"Text": "Mine."')

        done = self.export("out", code=1)

        self.assertRegex(done.stderr, r"ACME_Main.json' is there already and is not what an export wrote; --overwrite replaces it")
        self.assertIn("Mine.", self.files("out")[f"{CALLFLOWS}/ACME_Main.json"])
        self.export("out", "--overwrite")
        self.assertNotIn("Mine.", self.files("out")[f"{CALLFLOWS}/ACME_Main.json"])

    def test_goes_on_after_an_end_in_the_middle(self):
        self.export("whole")
        self.export("part")
        record = os.path.join(self.folder, "part", RECORD)
        with open(record, encoding="utf-8") as file:
            known = json.load(file)
        lost = [flow for flow, row in known["flows"].items() if row["name"] in ("ACME_Main", "ACME_business_hours")]
        for flow in lost:
            os.remove(os.path.join(self.folder, "part", known["flows"].pop(flow)["file"]))
        with open(record, "w", encoding="utf-8") as file:
            json.dump(known, file)

        done = self.export("part")

        self.assertRegex(done.stdout, r": 2 files written, \d+ as exported before")
        self.assertEqual(self.files("part"), self.files("whole"))

    def test_lists_what_cannot_be_resolved(self):
        foreign = "arn:aws:connect:us-east-1:999999999999:instance/aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa/queue/bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb"
        flow = self.flow("ACME_queue_transfer")
        content = flow["Content"].replace('"Text":"', f'"Text":"{foreign} ', 1)
        self.client("connect").update_contact_flow_content(InstanceId=self.instance_id(), ContactFlowId=flow["Id"], Content=content)

        done = self.export("out")

        self.assertRegex(done.stderr, rf"{CALLFLOWS}/ACME_queue_transfer.json.*TL-D012|TL-D012.*{CALLFLOWS}/ACME_queue_transfer.json")
        self.assertIn(foreign, done.stderr)
        self.assertRegex(done.stdout, r"; \d+ references? not resolved\n$")

    def test_takes_what_every_instance_comes_with_on_request(self):
        self.export("out", "--samples")

        self.assertIn(f"{CALLFLOWS}/Default customer queue.json", self.files("out"))

    def test_says_which_instances_there_are(self):
        environment = clean_environment(AWS_ACCESS_KEY_ID=self.ACCOUNT, AWS_SECRET_ACCESS_KEY="test")
        done = run_trunkline("export", "--instance", "nobody", "-o", os.path.join(self.folder, "out"), "--region", REGIONS[0], "--endpoint-url",
                             self.cloud.endpoint, environment=environment)

        self.assertEqual(done.returncode, 1)
        self.assertIn(f"there is no instance 'nobody' in this account and Region; there is {self.INSTANCE}{REGIONS[0]}", done.stderr)
