"""Callers come to a new version of a function step by step: on the embedded cloud, with its weights, its alarms and a run that dies."""
import json
import os
import signal
import subprocess

from delivery import REGIONS, DeliveryTest, edit
from running_cloud import BINARY, clean_environment

FUNCTION = "amzconnect-lambdas/functions/customer-lookup/"
REGION = REGIONS[0]


class ShiftTest(DeliveryTest):
    def setUp(self):
        super().setUp()
        self.lambda_ = self.client("lambda")
        self.cloudwatch = self.client("cloudwatch")
        self.name = f"{self.INSTANCE}{REGION}-customer-lookup"
        self.cloudwatch.put_metric_alarm(
            AlarmName="lookup-errors", Namespace="AWS/Lambda", MetricName="Errors", Statistic="Sum", Period=60, EvaluationPeriods=1,
            Threshold=1, ComparisonOperator="GreaterThanThreshold")
        self.cloudwatch.set_alarm_state(AlarmName="lookup-errors", StateValue="OK", StateReason="quiet")

    def prefer(self, **preference):
        with open(self.path(FUNCTION, "function.json"), encoding="utf-8") as file:
            function = json.load(file)
        function["deploymentPreference"] = preference
        with open(self.path(FUNCTION, "function.json"), "w", encoding="utf-8") as file:
            json.dump(function, file)

    def callers(self):
        """The version that callers get, and the weights of others."""
        alias = self.lambda_.get_alias(FunctionName=self.name, Name="live")
        return alias["FunctionVersion"], alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})

    def begin(self):
        """Begins to deliver the functions; the process, once callers are shifted."""
        words = ("apply", "--env", "dev", "--only", "lambdas", "--region", REGION, "--folder", self.center, "--endpoint-url", self.cloud.endpoint)
        process = subprocess.Popen([BINARY, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean_environment())
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        told = process.stderr.readline()
        while told and "of the calls" not in told:
            told = process.stderr.readline()
        self.assertIn("-> us-east-1  function 'customer-lookup': version", told)
        return process

    def test_callers_are_shifted_stopped_by_an_alarm_and_shifted_on_after_a_death(self):
        self.apply("--region", REGION)
        self.assertEqual(self.callers(), ("1", {}))
        edit(self.path(FUNCTION, "src/lookup.py"), "Welcome back to", "Back again at")
        self.prefer(percent=50, minutes=0.02, alarms=["lookup-errors"])

        planned = self.run_delivery("plan", "--region", REGION).stdout
        shifted = self.run_delivery("apply", "--region", REGION)

        self.assertIn("update function 'customer-lookup' (differs; callers: 50 % for 1.2 s, then all)", planned)
        self.assertEqual(shifted.returncode, 0, shifted.stderr)
        self.assertIn("version 2 has 50 % of the calls for 1.2 s", shifted.stderr)
        self.assertEqual(self.callers(), ("2", {}))

        edit(self.path(FUNCTION, "src/lookup.py"), "Back again at", "Here is")
        self.prefer(percent=50, minutes=0.04, alarms=["lookup-errors"])
        run = self.begin()
        self.assertEqual(self.callers(), ("2", {"3": 0.5}))
        self.cloudwatch.set_alarm_state(AlarmName="lookup-errors", StateValue="ALARM", StateReason="callers hear nothing")
        self.assertIn("alarm 'lookup-errors' is in ALARM (callers hear nothing): all callers of function 'customer-lookup' have version 2 "
                      "again, version 3 had 50 % of the calls", run.communicate(timeout=60)[1])
        self.assertEqual((run.returncode, self.callers()), (1, ("2", {})))
        untouched = self.run_delivery("apply", "--only", "lambdas", "--region", REGION)
        self.assertIn("function 'customer-lookup' was not touched", untouched.stderr)

        self.cloudwatch.set_alarm_state(AlarmName="lookup-errors", StateValue="OK", StateReason="quiet")
        self.prefer(percent=50, minutes=10, alarms=["lookup-errors"])
        run = self.begin()
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        self.assertEqual(self.callers(), ("2", {"4": 0.5}))
        self.prefer(percent=50, minutes=0.02, alarms=["lookup-errors"])
        goes_on = self.run_delivery("apply", "--only", "lambdas", "--region", REGION)
        self.assertIn("version 4 has 50 % of the calls for 1.2 s, from where a delivery was interrupted", goes_on.stderr)
        self.assertEqual(self.callers(), ("4", {}))
        self.assertEqual(self.plan("--only", "lambdas", "--region", REGION)[REGION]["changes"], [])

        edit(self.path(FUNCTION, "src/lookup.py"), "Here is", "Hello from")
        self.prefer(type="Canary10Percent30Minutes")
        run = self.begin()
        run.send_signal(signal.SIGINT)
        self.assertIn("the delivery was stopped: all callers of function 'customer-lookup' have version 4 again", run.communicate(timeout=60)[1])
        self.assertEqual(self.callers(), ("4", {}))

    def test_a_build_without_the_time_refuses_before_anything_is_changed(self):
        self.SETTINGS = {"TRUNKLINE_LONGEST_SHIFT_MINUTES": "15"}
        self.apply("--region", REGION)
        edit(self.path(FUNCTION, "src/lookup.py"), "Welcome back to", "Back again at")
        self.prefer(type="Canary10Percent30Minutes")

        refused = self.run_delivery("apply", "--region", REGION)

        self.assertEqual(refused.returncode, 1)
        self.assertIn("shifting the callers of function 'customer-lookup' takes 30 min, and this run has 15 min for it", refused.stderr)
        self.assertIn("function.json:1:", refused.stderr)
        self.assertEqual(self.callers(), ("1", {}))
