"""Delivering a center to an embedded cloud, and calling it: what whole-run tests have in common."""
import json
import os
import shutil
import urllib.request

from recording_proxy import Proxy
from running_cloud import SOURCE, CloudTest, clean_environment, run_trunkline

CALLFLOWS = "amzconnect-contact-flows/lib/callflows"
LOCALES = "amzconnect-supporting-infra/lib/infra-stack/bots/ACME_lexbot/Locales.json"
REGIONS = ("us-east-1", "us-west-2")


def edit(path, before, after):
    """Replaces one text in a file; the text must be there."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if before not in text:
        raise AssertionError(f"'{before}' does not stand in {path}")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(before, after))


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def changes_of(region_report, key="changes"):
    return [(change["action"], change["kind"], change["name"]) for change in region_report[key]]


class DeliveryTest(CloudTest):
    """`self.center` is a center of the test's own, `account` its dev account, `instance` the name of its instance."""

    ACCOUNT = "111111111111"
    INSTANCE = "acme-cc-dev-"
    SETTINGS = {}  # of the deliveries' environment

    def setUp(self):
        super().setUp()
        self.center = os.path.join(self.folder, "center")
        self.write_center()

    def write_center(self):
        done = run_trunkline("init", self.center)
        self.assertEqual(done.returncode, 0, done.stderr)

    def reset_cloud(self):
        post(self.cloud.endpoint + "/_trunkline/reset", {})

    def path(self, *names):
        return os.path.join(self.center, *names)

    def run_delivery(self, command, *words, endpoint=None, env="dev"):
        return run_trunkline(command, "--env", env, "--folder", self.center, "--endpoint-url",
                             endpoint or self.cloud.endpoint, *words, environment=clean_environment(**self.SETTINGS))

    def deliver(self, command, *words, endpoint=None):
        """Runs plan or apply to success: what it reports of each Region, by its name."""
        done = self.run_delivery(command, "--json", *words, endpoint=endpoint)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return {region["region"]: region for region in json.loads(done.stdout)["regions"]}

    def apply(self, *words, endpoint=None):
        return self.deliver("apply", *words, endpoint=endpoint)

    def plan(self, *words, endpoint=None):
        return self.deliver("plan", *words, endpoint=endpoint)

    def client(self, service, region=REGIONS[0]):
        return self.cloud.client(service, region, account=self.ACCOUNT)

    def instance_id(self, region=REGIONS[0]):
        instances = self.client("connect", region).list_instances()["InstanceSummaryList"]
        self.assertEqual([one["InstanceAlias"] for one in instances], [self.INSTANCE + region])
        return instances[0]["Id"]

    def flow(self, name, region=REGIONS[0]):
        """What describe-contact-flow says of it."""
        connect, instance = self.client("connect", region), self.instance_id(region)
        flows = connect.list_contact_flows(InstanceId=instance, MaxResults=100)["ContactFlowSummaryList"]
        found = [one["Id"] for one in flows if one["Name"] == name]
        self.assertEqual(len(found), 1, name)
        return connect.describe_contact_flow(InstanceId=instance, ContactFlowId=found[0])["ContactFlow"]

    def call(self, *says, region=REGIONS[0], flow="ACME_Main"):
        """Calls the flow, says each text, hangs up; the whole transcript and the queue the caller ended in."""
        contacts = self.cloud.endpoint + "/_trunkline/contacts"
        status = post(contacts, {"instanceId": self.INSTANCE + region, "flow": flow, "account": self.ACCOUNT,
                                 "region": region})
        text, contact = status["text"], status["contactId"]
        for event in [{"say": say} for say in says] + [{"hangup": True}]:
            if not status["ended"]:
                status = post(f"{contacts}/{contact}/events", event)
                text += status["text"]
        return text, status.get("queue", "")


class WorkshopTest(DeliveryTest):
    """The same with the workshop's repository, as it stands in tests/data/workshop."""

    ACCOUNT = "111122223333"
    INSTANCE = "myworkshop-abc-dev-"

    def write_center(self):
        shutil.copytree(os.path.join(SOURCE, "tests/data/workshop"), self.center)


class ProxiedTest(DeliveryTest):
    """Each test begins with an empty cloud, and a proxy before it. These tests deliver very often, and no call of
    theirs needs the mapping function: a small file stands in for its program."""

    SETTINGS = {"TRUNKLINE_BOOTSTRAP": os.path.abspath(__file__)}

    def setUp(self):
        super().setUp()
        self.reset_cloud()
        self.proxy = Proxy(self.cloud.endpoint)
        self.addCleanup(self.proxy.close)
