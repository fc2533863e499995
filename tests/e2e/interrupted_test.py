"""Deliveries that are cut short anywhere: the next one finishes them, and nothing is lost or there twice."""
import json
import signal

from interruptions import InterruptedTest
from recording_proxy import REFUSED


class KilledApply(InterruptedTest):
    def test_is_finished_by_the_next(self):
        for number in self.points(6):
            with self.subTest(killed_at_write=number):
                self.reset_cloud()

                code, _, _ = self.apply_and_do(number, lambda process: process.kill())

                self.assertEqual(code, -signal.SIGKILL)
                self.check_finished_by_the_next()


class StoppedApply(InterruptedTest):
    def test_finishes_what_is_under_way_and_says_what_is_left(self):
        for number in self.points(4):
            with self.subTest(stopped_at_write=number):
                self.reset_cloud()

                code, out, err = self.apply_and_do(number, lambda process: process.send_signal(signal.SIGINT))

                self.assertEqual(code, 1, out + err)
                self.assertRegex(out, r"\d+ not tried because the run was stopped; apply again to go on")
                self.assertNotIn("failed", out + err)
                self.check_finished_by_the_next()

    def test_ends_at_once_when_told_twice(self):
        def stop_twice(process):
            process.send_signal(signal.SIGINT)
            while process.poll() is None:
                process.send_signal(signal.SIGINT)

        code, _, _ = self.apply_and_do(20, stop_twice)

        self.assertEqual(code, 128 + signal.SIGINT)
        self.check_finished_by_the_next()


class KilledCloud(InterruptedTest):
    KEEPS_STATE = True

    def created(self):
        """The ids of what the cloud has answered to have made, by operation."""
        made = {}
        for call, answer in list(self.proxy.answers):
            if call.name in ("connect:CreateQueue", "connect:CreateContactFlow") and answer.status == 200:
                ids = [value for key, value in json.loads(answer.body).items() if key.endswith("Id")]
                made.setdefault(call.name, set()).update(ids)
        return made

    def test_fails_the_apply_clearly_and_loses_nothing(self):
        for number in self.points(3):
            with self.subTest(cloud_killed_at_write=number):
                self.reset_cloud()

                def kill(_):
                    self.cloud.kill()
                    self.proxy.spoil = lambda call: REFUSED
                    return REFUSED

                code, out, err = self.apply_and_do(number, kill)
                made = self.created()
                self.cloud.start()
                self.proxy.lead_to(self.cloud.endpoint)

                self.assertEqual(code, 1, out)
                self.assertRegex(err, r"error: .*127\.0\.0\.1")
                self.assertRegex(err, r"\n  while (calling|reading) ")
                self.check_finished_by_the_next()
                connect, instance = self.client("connect"), self.instance_id()
                queues = connect.list_queues(InstanceId=instance)["QueueSummaryList"]
                self.assertLessEqual(made.get("connect:CreateQueue", set()), {queue["Id"] for queue in queues})
                flows = connect.list_contact_flows(InstanceId=instance, MaxResults=100)["ContactFlowSummaryList"]
                self.assertLessEqual(made.get("connect:CreateContactFlow", set()), {flow["Id"] for flow in flows})
