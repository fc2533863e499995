"""Deliveries on a bad day: throttling, lost connections, missing permissions."""
import collections
import json

from delivery import REGIONS, changes_of
from interruptions import FailingTest
from recording_proxy import CUT, LOST, REFUSED, denied, throttled

# One of each service and kind of call.
SOME_CALLS = ("connect:CreateInstance", "connect:SearchQueues", "connect:UpdateContactFlowContent",
              "lambda:PublishVersion", "lexv2-models:CreateIntent", "ssm:PutParameter")


class ThrottledApply(FailingTest):
    def test_waits_and_succeeds(self):
        seen = self.spoil_once(SOME_CALLS, throttled)

        done = self.run_apply()

        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(seen, set(SOME_CALLS))
        self.check_delivered()

    def test_gives_up_on_what_is_throttled_for_good_and_says_so(self):
        self.proxy.reset(lambda call: throttled() if call.name == "ssm:PutParameter" else None)

        done = self.run_apply()

        self.assertEqual(done.returncode, 1)
        self.assertIn("error: Rate exceeded\n  while calling ssm:PutParameter in us-east-1\n"
                      "  while delivering parameter 'AmazonConnectInstanceId' to us-east-1\n", done.stderr)
        self.assertEqual(self.call("sales")[1], "ACME_Sales")


class DisconnectedApply(FailingTest):
    def test_tries_again_when_the_cloud_was_not_reached(self):
        for how in (REFUSED, CUT, LOST):
            with self.subTest(how):
                self.reset_cloud()
                names = SOME_CALLS if how == REFUSED else ("connect:SearchQueues", "connect:UpdateContactFlowContent",
                                                           "connect:CreateInstance", "ssm:PutParameter")
                seen = self.spoil_once(names, how)

                done = self.run_apply()

                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(seen, set(names))
                self.check_delivered()

    def test_goes_on_with_what_it_made_when_the_answer_was_lost(self):
        names = ("connect:CreateQueue", "connect:CreateContactFlow", "connect:CreateContactFlowModule",
                 "connect:CreateHoursOfOperation", "connect:AssociateBot", "connect:AssociateLambdaFunction",
                 "lambda:CreateFunction", "lexv2-models:CreateBot", "s3:CreateBucket", "iam:CreateRole")
        seen = self.spoil_once(names, LOST)

        done = self.run_apply()

        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(seen, set(names))
        self.check_delivered()
        connect, instance = self.client("connect"), self.instance_id()
        queues = connect.list_queues(InstanceId=instance, QueueTypes=["STANDARD"])["QueueSummaryList"]
        for things in ([queue["Name"] for queue in queues],
                       [bot["botName"] for bot in self.client("lexv2-models").list_bots()["botSummaries"]]):
            self.assertEqual(max(collections.Counter(things).values()), 1, things)

    def test_leaves_alone_what_somebody_else_has_by_that_name(self):
        alias = self.INSTANCE + REGIONS[0]
        self.cloud.client("connect", account="999988887777").create_instance(
            InstanceAlias=alias, IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=True,
            OutboundCallsEnabled=True)

        done = self.run_apply()

        self.assertEqual(done.returncode, 1)
        self.assertIn(alias, done.stderr)
        self.assertIn("  while calling connect:CreateInstance in us-east-1\n"
                      f"  while delivering instance '{alias}' to us-east-1\n", done.stderr)
        self.assertEqual(self.proxy.writes().count("connect:CreateInstance"), 1)


class DeniedApply(FailingTest):
    def test_fails_what_is_denied_and_blocks_only_what_depends_on_it(self):
        self.proxy.reset(lambda call: denied() if call.name == "connect:CreateHoursOfOperation" else None)

        done = self.run_apply("--json")

        self.assertEqual(done.returncode, 1)
        self.assertIn("  failed us-east-1  create hours 'ACME_hours'\n"
                      "error: you may not do this\n"
                      "  while calling connect:CreateHoursOfOperation in us-east-1\n"
                      "  while delivering hours 'ACME_hours' to us-east-1\n", done.stderr)
        region = json.loads(done.stdout)["regions"][0]
        self.assertEqual(changes_of(region, "failed"), [("create", "hours", "ACME_hours")])
        self.assertEqual({(kind, name) for _, kind, name in changes_of(region, "notTried")}, {
            ("module", "ACME_business_hours"), ("flow", "ACME_Main"), ("mapping", "mapping"),
            ("function association", "mapping")})
        done_names = {(kind, name) for _, kind, name in changes_of(region, "done")}
        self.assertLessEqual({("queue", "ACME_Sales"), ("bot", "ACME_lexbot"), ("function", "customer-lookup"),
                              ("flow", "ACME_queue_transfer"), ("flow", "ACME_customer_whisper")}, done_names)

    def test_does_not_go_on_to_other_regions(self):
        self.proxy.reset(lambda call: denied() if call.name == "lexv2-models:CreateBot" else None)

        done = self.run_delivery("apply", endpoint=self.proxy.endpoint)

        self.assertEqual(done.returncode, 1)
        self.assertIn("  1 failed\n", done.stdout)
        self.assertRegex(done.stdout, r"  \d+ not tried because of that; apply again to go on\n")
        self.assertIn("us-west-2: not tried, because the primary Region did not succeed\n", done.stdout)
        self.assertEqual([call for call in self.proxy.calls if call.region == REGIONS[1]], [])

    def test_changes_nothing_when_it_may_not_read(self):
        self.proxy.reset(lambda call: denied() if call.name == "connect:ListInstances" else None)

        done = self.run_apply()

        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stderr.splitlines()[-3:], [
            "error: you may not do this", "  while calling connect:ListInstances in us-east-1",
            "  while reading the instances of us-east-1"])
        self.assertEqual(self.proxy.writes(), [])
