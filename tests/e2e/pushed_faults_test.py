"""Pushes on a bad day, through the pipelines: nothing is ever half live, and a person is told what to do."""
import json
import os
import signal
import time

from pushed_center import PushedCenterTest
from running_cloud import until

MAIN = "amzconnect-contact-flows/lib/callflows/ACME_Main.json"


class PushedTwice(PushedCenterTest):
    """Deliveries of the webhook: again, late, two at once."""

    def hook(self):
        return self.github(f"/repos/{self.REPOSITORY}/hooks")[0]["id"]

    def delivery_of(self, commit):
        """GitHub's record of the push."""
        url = f"/repos/{self.REPOSITORY}/hooks/{self.hook()}/deliveries"

        def found():
            shown = [self.github(f"{url}/{one['id']}") for one in self.github(url)
                     if one["event"] == "push" and one["status"] != "pending"]
            return [one for one in shown if one["request"]["payload"]["after"] == commit]
        return until(found, bool)[0]

    def replay(self, before, after, pushed):
        """Delivers a push of ours, signed; what the router answers."""
        commit = {"id": after, "added": [], "removed": [], "modified": [MAIN], "timestamp": "2026-11-20T10:00:00Z"}
        path = os.path.join(self.folder, "push.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump({"ref": f"refs/heads/{self.BRANCH}", "before": before, "after": after, "created": False,
                       "deleted": False, "forced": False, "commits": [commit], "head_commit": commit,
                       "repository": {"full_name": self.REPOSITORY, "pushed_at": pushed}}, file)
        return json.loads(self.trunkline("webhook", "replay", path, "--json"))["answer"]

    def test_a_redelivery_starts_nothing_and_says_so(self):
        words = "Is it about sales or finance?"
        self.ask(words)
        commit = self.push()
        self.succeeds("contact-flows", commit)
        before = len(self.executions("contact-flows"))

        again = json.loads(self.trunkline("webhook", "replay", "--recorded", self.delivery_of(commit)["guid"], "--json"))

        self.assertEqual((again["status"], again["answer"]["repeated"]), (200, True))
        self.assertEqual(len(self.executions("contact-flows")), before)
        self.check_live(words)

    def test_a_push_that_arrives_late_does_not_overtake_the_newer_one(self):
        base = self.git("rev-parse", "HEAD")
        self.github(f"/repos/{self.REPOSITORY}/hooks/{self.hook()}", method="DELETE")
        self.addCleanup(self.trunkline, "webhook", "create")
        self.ask("Older words: sales or finance?")
        older = self.push()
        self.ask("Newer words: sales or finance?")
        newer = self.push()
        now = int(time.time())

        first = self.replay(older, newer, now)
        late = self.replay(base, older, now - 1)

        self.assertEqual([one["pipeline"] for one in first["started"]], [self.pipeline("contact-flows")], first)
        self.assertEqual(late["started"], [], late)
        self.succeeds("contact-flows", newer)
        self.assertIsNone(self.of_commit("contact-flows", older))
        self.check_live("Newer words: sales or finance?")
        self.nothing_to_change()

    def test_of_two_pushes_at_once_the_last_is_live(self):
        self.ask("First of two: sales or finance?")
        first = self.push()
        self.ask("Second of two: sales or finance?")
        second = self.push()

        self.succeeds("contact-flows", second)

        self.assertIn(self.ended("contact-flows", first)["status"], ("Succeeded", "Superseded"))
        self.check_live("Second of two: sales or finance?")
        self.nothing_to_change()


class ThrottledPush(PushedCenterTest):
    """What Amazon Connect and the roles refuse while flows are delivered."""

    def test_throttling_is_waited_out(self):
        met = [self.fault(operation, times=3) for operation in (
            "codepipeline:ListPipelines", "connect:SearchContactFlows", "connect:UpdateContactFlowContent")]
        self.ask("Slowly now: sales or finance?")

        self.succeeds("contact-flows", self.push())

        self.assertEqual([one() for one in met], [3] * len(met))
        self.check_live("Slowly now: sales or finance?")

    def test_throttling_without_end_leaves_what_was_live_and_a_retry_delivers(self):
        before = self.texts["ACME_Main"]
        # The first flow is written, all five attempts of the second are refused; then the first is put back.
        self.fault("connect:UpdateContactFlowContent", message="Rate exceeded", after=1, times=5, account=self.ACCOUNT)
        self.ask("After the crowd: sales or finance?")
        commit = self.push()

        told = self.fails("contact-flows", commit, "failed, so it was rolled back", "put back after: update flow",
                          "Rate exceeded, while calling connect:UpdateContactFlowContent",
                          f"trunkline pipelines retry {self.pipeline('contact-flows')}")
        self.assertNotIn("NOT put back", told)
        self.assertIn(before, self.call("sales")[0])
        self.retried("contact-flows")
        self.check_live("After the crowd: sales or finance?")

    def test_a_function_that_dies_in_the_middle_is_called_again_and_finishes(self):
        met = self.fault("connect:UpdateContactFlowContent", times=0, after=1, account=self.ACCOUNT)
        self.ask("Risen again: sales or finance?")
        commit = self.push()
        until(met, bool)

        os.kill(self.function("flow-provisioner"), signal.SIGKILL)
        self.disarm()

        self.succeeds("contact-flows", commit)
        self.check_live("Risen again: sales or finance?")
        self.nothing_to_change()

    def function(self, handler):
        """The process that runs it."""
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{process}/environ", "rb") as file:
                    words = file.read().split(b"\0")
            except OSError:
                continue
            ours = f"AWS_ENDPOINT_URL={self.cloud.endpoint}".encode()
            if f"_HANDLER={handler}".encode() in words and ours in words:
                return int(process)
        raise AssertionError(f"no process runs {handler}")

    def test_a_workflow_that_may_not_invoke_its_function_fails_at_once(self):
        iam = self.client("iam")
        role = next(one["RoleName"] for one in iam.list_roles(PathPrefix="/trunkline/")["Roles"]
                    if one["RoleName"].startswith("amzconnect-contact-flows-dev-MachineRole"))
        policy = iam.get_role_policy(RoleName=role, PolicyName="trunkline")["PolicyDocument"]
        nothing = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "lambda:*", "Resource": "*"}]}
        iam.put_role_policy(RoleName=role, PolicyName="trunkline", PolicyDocument=json.dumps(nothing))
        self.addCleanup(iam.put_role_policy, RoleName=role, PolicyName="trunkline", PolicyDocument=json.dumps(policy))
        self.ask("Permitted again: sales or finance?")

        commit = self.push()

        self.fails("contact-flows", commit, "is not authorized to perform: lambda:InvokeFunction")
        machine = self.client("stepfunctions").list_state_machines()["stateMachines"]
        arn = next(one["stateMachineArn"] for one in machine if one["name"] == "amzconnect-contact-flows-dev")
        execution = self.client("stepfunctions").list_executions(stateMachineArn=arn)["executions"][0]
        self.assertLess((execution["stopDate"] - execution["startDate"]).total_seconds(), 10)
        iam.put_role_policy(RoleName=role, PolicyName="trunkline", PolicyDocument=json.dumps(policy))
        self.retried("contact-flows")
        self.check_live("Permitted again: sales or finance?")


class PushedWithoutWhatItNeeds(PushedCenterTest):
    """What was never made, was taken away, or cannot be had."""

    def start(self, project, branch=None):
        """Starts a branch's pipeline at its head; the execution before."""
        before = self.executions(project, branch)[0]["pipelineExecutionId"]
        self.trunkline("pipelines", "start", self.pipeline(project, branch), "--commit", self.git("rev-parse", "HEAD"))
        return before

    def push_silently(self, branch=None):
        """A push that starts nothing."""
        for hook in self.github(f"/repos/{self.REPOSITORY}/hooks"):
            self.github(f"/repos/{self.REPOSITORY}/hooks/{hook['id']}", method="DELETE")
            self.addCleanup(self.trunkline, "webhook", "create")
        return self.push(branch)

    def test_an_account_whose_roles_are_for_other_tools(self):
        stacks = self.client("cloudformation")
        stacks.update_stack(StackName="amzconnect-roles-dev", UsePreviousTemplate=True, Capabilities=["CAPABILITY_NAMED_IAM"],
                            Parameters=[{"ParameterKey": "pToolingAcountId", "ParameterValue": "999988887777"}])
        until(lambda: stacks.describe_stacks(StackName="amzconnect-roles-dev")["Stacks"][0]["StackStatus"], "UPDATE_COMPLETE")
        self.ask("With roles again: sales or finance?")
        commit = self.push()

        self.fails("contact-flows", commit, f"arn:aws:iam::{self.ACCOUNT}:role/trunkline/trunkline-deploy-dev",
                   "'trunkline bootstrap --env dev' makes it")
        self.trunkline("bootstrap", "--env", "dev")

        self.retried("contact-flows")
        self.check_live("With roles again: sales or finance?")

    def test_an_account_whose_quota_of_instances_is_reached(self):
        connect = self.cloud.client("connect", account="222222222222")
        made = [connect.create_instance(InstanceAlias=f"theirs-{i}", IdentityManagementType="CONNECT_MANAGED",
                                        InboundCallsEnabled=True, OutboundCallsEnabled=True)["Id"] for i in range(2)]
        commit = self.push_silently("staging")
        self.start("instance", "staging")

        self.fails("instance", commit, "Amazon Connect did not create instance 'acme-cc-staging-us-east-1'",
                   "ask for a larger quota", branch="staging")
        connect.delete_instance(InstanceId=made[0])

        self.retried("instance", branch="staging")
        names = sorted(one["InstanceAlias"] for one in connect.list_instances()["InstanceSummaryList"])
        self.assertEqual(names, ["acme-cc-staging-us-east-1", "theirs-1"])

    def test_an_instance_that_amazon_connect_cannot_make(self):
        prod = "333333333333"
        connect = self.cloud.client("connect", account=prod)
        self.fault("connect:CreateInstance", ends="CREATION_FAILED", message="the directory could not be made", account=prod)
        commit = self.push_silently("main")
        self.start("instance", "main")
        self.assertIn("create instance 'acme-cc-prod-us-east-1'", self.asked("instance", commit, "main"))
        self.trunkline("pipelines", "approve", self.pipeline("instance", "main"))

        self.fails("instance", commit, "the directory could not be made", "delete it (trunkline aws connect", branch="main")
        connect.delete_instance(InstanceId=connect.list_instances()["InstanceSummaryList"][0]["Id"])

        self.retried("instance", branch="main")
        self.assertEqual([one["InstanceStatus"] for one in connect.list_instances()["InstanceSummaryList"]], ["ACTIVE"])

    def connect_by(self, arn):
        """The center names this connection, and the pipelines have it."""
        path = os.path.join(self.center, "amzconnect-devops-pipelines/env/devops.json")
        with open(path, encoding="utf-8") as file:
            devops = json.load(file)
        devops["codestarArn"] = arn
        with open(path, "w", encoding="utf-8") as file:
            json.dump(devops, file, indent=2)
        self.trunkline("pipelines", "deploy")

    def test_a_connection_that_is_gone_and_one_that_waits_for_a_person(self):
        connections = self.cloud.client("codestar-connections", account=self.TOOLING)
        connections.delete_connection(ConnectionArn=connections.list_connections()["Connections"][0]["ConnectionArn"])
        self.ask("Connected again: sales or finance?")
        self.push_silently()
        self.fails_at_source("contact-flows", self.start("contact-flows"), "codestarArn", "trunkline pipelines deploy")

        host = connections.create_host(Name="far", ProviderType="GitHubEnterpriseServer", ProviderEndpoint="https://git.example.com")
        self.connect_by(connections.create_connection(ConnectionName="far", HostArn=host["HostArn"])["ConnectionArn"])
        self.fails_at_source("contact-flows", self.start("contact-flows"), "Developer Tools, Connections")

        self.connect_by(connections.create_connection(ConnectionName="ours", ProviderType="GitHub")["ConnectionArn"])
        commit = self.push_silently()
        self.start("contact-flows")
        self.succeeds("contact-flows", commit)
        self.check_live("Connected again: sales or finance?")
