"""The templates of `trunkline synth` on an embedded cloud that enforces policies: what a person deploys, what the pipelines then
deliver, and what nobody may do.
"""
import json
import os
import unittest

from clients import until
from running_cloud import run_trunkline
from stacks_center import DEV, TOOLING, DeployedCenterTest, resource, trusting


class StacksTest(DeployedCenterTest):
    def test_what_a_person_deploys(self):
        tooling = self.outputs("amzconnect-tooling", TOOLING)
        roles = self.outputs("amzconnect-roles-dev", DEV)

        self.assertEqual(roles["DeployRoleArn"], f"arn:aws:iam::{DEV}:role/trunkline/trunkline-deploy-dev")
        self.assertTrue(tooling["PayloadUrl"].endswith("/github"), tooling)
        pipelines = self.cloud.client("codepipeline", account=TOOLING).list_pipelines()["pipelines"]
        self.assertEqual([one["name"] for one in pipelines if one["name"].endswith("-develop")], [
            "amzconnect-admin-objects-develop", "amzconnect-contact-flows-develop", "amzconnect-instance-develop",
            "amzconnect-lambdas-develop", "amzconnect-supporting-infra-develop"])

    def test_pipelines_deliver_the_whole_center_and_nothing_twice(self):
        self.push("develop")

        # The last two again: what is there is updated by the same roles.
        for project in ("instance", "supporting-infra", "admin-objects", "lambdas", "contact-flows", "instance", "contact-flows"):
            with self.subTest(project=project):
                ended = self.run_pipeline(f"amzconnect-{project}-develop")
                self.assertEqual({name: one for name, one in ended.items() if one != "Succeeded"}, {},
                                 self.log("amzconnect-synth") + self.log("amzconnect-deliver-dev"))

        self.shift_callers()
        stacks = self.cloud.client("cloudformation", "us-west-2", DEV).describe_stacks()["Stacks"]
        self.assertEqual(sorted(one["StackName"] for one in stacks), [
            "amzconnect-contact-flows-dev", "amzconnect-instance-dev", "amzconnect-supporting-infra-tables-dev"])
        self.assertIn("test -d functions", self.log("amzconnect-test"))
        planned = run_trunkline("plan", "--env", "dev", "--folder", self.center, environment=self.cloud.environment(account=DEV))
        self.assertEqual(planned.returncode, 0, planned.stderr)
        self.assertEqual(planned.stdout.count("nothing to change"), 2, planned.stdout)

    def shift_callers(self):
        """A changed function of which a share of the callers have the new version first, and an alarm is looked at."""
        for region in ("us-east-1", "us-west-2"):
            self.cloud.client("cloudwatch", region, DEV).put_metric_alarm(
                AlarmName="lookup-errors", Namespace="AWS/Lambda", MetricName="Errors", Statistic="Sum", Period=60, EvaluationPeriods=1,
                Threshold=1, ComparisonOperator="GreaterThanThreshold", TreatMissingData="notBreaching")
        path = "amzconnect-lambdas/functions/customer-lookup/function.json"
        with open(os.path.join(self.center, path), encoding="utf-8") as file:
            function = json.load(file)
        self.write(path, {**function, "memory": 256, "deploymentPreference": {"percent": 50, "minutes": 0.01, "alarms": ["lookup-errors"]}})
        self.push("develop")

        ended = self.run_pipeline("amzconnect-lambdas-develop")

        # The pipelines were made before anything was to be shifted.
        self.assertIn("then trunkline apply --env", str(ended["Deploy-us-east-1.Deliver"]))
        self.assertIn("this run has no time for it", self.log("amzconnect-deliver-dev"))
        self.push("main")
        self.assertEqual({*map(str, self.run_pipeline("amzconnect-devops-pipelines-main").values())}, {"Succeeded"})
        ended = self.run_pipeline("amzconnect-lambdas-develop")
        self.assertEqual({name: one for name, one in ended.items() if one != "Succeeded"}, {}, self.log("amzconnect-deliver-dev"))
        self.assertIn("function 'customer-lookup': version 2 has 50 % of the calls for 0.6 s", self.log("amzconnect-deliver-dev"))

    def test_failing_tests_of_functions_end_their_pipeline_before_anything_is_delivered(self):
        tests = {"unit": ["true"], "integration": ["cd functions && echo '3 of 4 calls answered' && test -d nowhere"], "coverage": ["echo never"]}
        self.write("amzconnect-lambdas/test.json", tests)
        self.addCleanup(self.write, "amzconnect-lambdas/test.json", {"unit": ["test -d functions"]})
        self.push("develop")

        ended = self.run_pipeline("amzconnect-lambdas-develop")
        shown = run_trunkline("pipelines", "status", "lambdas-develop", "--folder", self.center, environment=self.cloud.environment(account=TOOLING))

        self.assertEqual([name for name, one in ended.items() if one == "Succeeded"], ["Source.Source", "Source.Program", "Build.Synth"])
        self.assertIn(f"Error while executing command: {tests['integration'][0]}. Reason: exit status 1", str(ended["Testing.Test"]))
        self.assertNotIn("Deploy-us-east-1.Deliver", ended)
        self.assertIn("| 3 of 4 calls answered", shown.stdout)
        self.assertNotIn("never", self.log("amzconnect-test"))

    def test_the_pipelines_update_themselves(self):
        self.write("trunkline.json", {"approvals": ["staging"]})
        self.push("main")

        ended = self.run_pipeline("amzconnect-devops-pipelines-main")

        self.assertEqual({name: one for name, one in ended.items() if one != "Succeeded"}, {}, self.log("amzconnect-synth"))
        stages = {environment: [stage["name"] for stage in self.pipeline(f"amzconnect-instance-{branch}")["stages"]]
                  for environment, branch in (("staging", "staging"), ("prod", "main"))}
        self.assertEqual(stages, {"staging": ["Source", "Build", "Approval", "Deploy-us-east-1"],
                                  "prod": ["Source", "Build", "Deploy-us-east-1"]})

    def test_the_service_role_takes_apart_and_makes_what_the_tooling_stack_holds(self):
        without = {"pipelines": {"startedBy": "triggers"}, "approvals": []}
        staging = "amzconnect-devops-pipelines/env/accountvars.json"
        with open(os.path.join(self.center, staging), encoding="utf-8") as file:
            accounts = json.load(file)
        accounts["accounts"][1]["enabled"] = False

        self.assertEqual(self.update_tooling({"trunkline.json": without, staging: accounts}), [])
        accounts["accounts"][1]["enabled"] = True
        self.assertEqual(self.update_tooling({"trunkline.json": {}, staging: accounts}), [])

    def pipeline(self, name):
        return self.cloud.client("codepipeline", account=TOOLING).get_pipeline(name=name)["pipeline"]

    def test_no_stack_makes_a_role_without_the_boundary(self):
        free = resource("IAM::Role", Path="/trunkline/", AssumeRolePolicyDocument=trusting("lambda"))
        client = self.cloud.client("cloudformation", account=DEV)
        client.create_stack(StackName="amzconnect-free", TemplateBody=json.dumps({"Resources": {"Role": free}}), Capabilities=["CAPABILITY_IAM"],
                            OnFailure="DO_NOTHING", RoleARN=f"arn:aws:iam::{DEV}:role/trunkline/trunkline-cfn-dev")

        until(lambda: client.describe_stacks(StackName="amzconnect-free")["Stacks"][0]["StackStatus"], "CREATE_FAILED")

        events = client.describe_stack_events(StackName="amzconnect-free")["StackEvents"]
        self.assertTrue([row for row in events if "is not authorized to perform: iam:CreateRole" in row.get("ResourceStatusReason", "")], events)

    def test_nobody_but_pipelines_and_builds_takes_the_roles(self):
        sts = self.cloud.client("sts", account=TOOLING)
        for role in ("deploy", "operator"):
            self.refused("AccessDenied", sts.assume_role, RoleArn=f"arn:aws:iam::{DEV}:role/trunkline/trunkline-{role}-dev", RoleSessionName="ann")


if __name__ == "__main__":
    unittest.main()
