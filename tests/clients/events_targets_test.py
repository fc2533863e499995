"""EventBridge and its targets, all real: one event reaches a queue, a topic, a log group, a machine, a build, a function
and a pipeline; what pipelines, builds and machines tell of themselves."""
import json
import os
import tempfile

from center_pipeline import Repository
from clients import until
from functions import FunctionTest

SERVICES = [f"{name}.amazonaws.com" for name in ("states", "codebuild", "codepipeline", "events", "lambda")]
ENVIRONMENT = {"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL"}


def document(principal, action, resource=None):
    statement = {"Effect": "Allow", "Principal": {"Service": principal}, "Action": action,
                 **({"Resource": resource} if resource else {})}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


class TargetsTest(FunctionTest):
    def setUp(self):
        super().setUp()
        self.name = self.id().rsplit(".", 1)[-1][5:40].replace("_", "-").strip("-")
        for service in ("events", "sqs", "sns", "logs", "stepfunctions", "codebuild", "codepipeline", "iam", "s3"):
            setattr(self, service, self.cloud.client(service))
        self.role_of_all = self.iam.create_role(
            RoleName=self.name, AssumeRolePolicyDocument=document(SERVICES, "sts:AssumeRole"))["Role"]["Arn"]
        everything = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
        self.iam.put_role_policy(RoleName=self.name, PolicyName="all", PolicyDocument=json.dumps(everything))
        self.queue_url = self.sqs.create_queue(QueueName=self.name)["QueueUrl"]
        self.queue = self.sqs.get_queue_attributes(QueueUrl=self.queue_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        self.sqs.set_queue_attributes(QueueUrl=self.queue_url, Attributes={
            "Policy": document(["events.amazonaws.com", "sns.amazonaws.com"], "sqs:SendMessage", self.queue)})

    def rule(self, pattern, *targets):
        rule = self.events.put_rule(Name=self.name, EventPattern=json.dumps(pattern))["RuleArn"]
        answer = self.events.put_targets(Rule=self.name, Targets=[{"Id": str(i), **target} for i, target in enumerate(targets)])
        self.assertEqual(answer["FailedEntries"], [])
        return rule

    def put(self, detail):
        answer = self.events.put_events(Entries=[{"Source": "acme.release", "DetailType": "Release", "Detail": json.dumps(detail)}])
        self.assertEqual(answer["FailedEntryCount"], 0)

    def received(self):
        got = self.sqs.receive_message(QueueUrl=self.queue_url, WaitTimeSeconds=10).get("Messages")
        self.assertTrue(got, "no message came")
        self.sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=got[0]["ReceiptHandle"])
        return got[0]["Body"]

    def make_project(self, *commands):
        spec = json.dumps({"version": "0.2", "phases": {"build": {"commands": list(commands)}}})
        return self.codebuild.create_project(
            name=self.name, environment=ENVIRONMENT, serviceRole=self.role_of_all,
            source={"type": "NO_SOURCE", "buildspec": spec}, artifacts={"type": "NO_ARTIFACTS"})["project"]["arn"]

    def make_machine(self):
        return self.stepfunctions.create_state_machine(
            name=self.name, roleArn=self.role_of_all, definition='{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}')["stateMachineArn"]

    def make_pipeline(self):
        """Its source is a repository with one commit; it starts at no push."""
        connection = self.cloud.client("codestar-connections").create_connection(
            ProviderType="GitHub", ConnectionName=self.name[:32])["ConnectionArn"]
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        Repository(self.cloud, os.path.join(folder.name, "checkout"), "acme/" + self.name).push(index__html="x")
        self.s3.create_bucket(Bucket=self.name)

        def action(name, category, provider, configuration, **more):
            kind = {"category": category, "owner": "AWS", "provider": provider, "version": "1"}
            return {"name": name, "actions": [{"name": name, "actionTypeId": kind, "configuration": configuration, **more}]}
        self.codepipeline.create_pipeline(pipeline={
            "name": self.name, "roleArn": self.role_of_all, "artifactStore": {"type": "S3", "location": self.name}, "stages": [
                action("Get", "Source", "CodeStarSourceConnection", {
                    "ConnectionArn": connection, "FullRepositoryId": "acme/" + self.name, "BranchName": "main", "DetectChanges": "false"},
                       outputArtifacts=[{"name": "src"}]),
                action("Site", "Deploy", "S3", {"BucketName": self.name, "Extract": "true"}, inputArtifacts=[{"name": "src"}])]})
        until(lambda: self.runs()[0]["status"], "Succeeded")
        return f"arn:aws:codepipeline:us-east-1:123456789012:{self.name}"

    def runs(self):
        return self.codepipeline.list_pipeline_executions(pipelineName=self.name)["pipelineExecutionSummaries"]

    def test_an_event_reaches_messages_logs_and_functions(self):
        topic = self.sns.create_topic(Name=self.name)["TopicArn"]
        self.sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=document(
            ["events.amazonaws.com"], "sns:Publish", topic))
        self.sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=self.queue, Attributes={"RawMessageDelivery": "true"})
        self.logs.create_log_group(logGroupName="/aws/events/" + self.name)
        self.logs.put_resource_policy(policyName=self.name, policyDocument=document(
            ["events.amazonaws.com", "delivery.logs.amazonaws.com"], ["logs:CreateLogStream", "logs:PutLogEvents"],
            f"arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/{self.name}:*"))
        self.python("notes", "print('noted', event['detail']['n'])")
        function = self.lambda_.get_function(FunctionName="notes")["Configuration"]["FunctionArn"]
        text = {"InputPathsMap": {"n": "$.detail.n"}, "InputTemplate": '"release <n> of <aws.events.rule-name>"'}
        rule = self.rule({"source": ["acme.release"]}, {"Arn": self.queue, "InputPath": "$.detail"},
                         {"Arn": topic, "InputTransformer": text}, {"Arn": function},
                         {"Arn": f"arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/{self.name}"})
        self.lambda_.add_permission(FunctionName="notes", StatementId="rule", Action="lambda:InvokeFunction",
                                    Principal="events.amazonaws.com", SourceArn=rule)

        self.put({"n": 7})

        self.assertEqual(sorted([self.received(), self.received()]), sorted(['{"n":7}', f'"release 7 of {self.name}"']))

        def lines(group):
            try:
                return [one["message"] for one in self.logs.filter_log_events(logGroupName=group)["events"]]
            except self.logs.exceptions.ResourceNotFoundException:
                return []
        told = until(lambda: lines("/aws/events/" + self.name), bool)
        self.assertEqual(json.loads(told[0])["detail"], {"n": 7})
        until(lambda: "noted 7" in "".join(lines("/aws/lambda/notes")), True)

    def test_an_event_starts_a_machine_a_build_and_a_pipeline(self):
        machine, project, pipeline = self.make_machine(), self.make_project("test $N = 8"), self.make_pipeline()
        override = {"InputPathsMap": {"n": "$.detail.n"}, "InputTemplate":
                    '{"environmentVariablesOverride":[{"name":"N","type":"PLAINTEXT","value":"<n>"}]}'}
        self.rule({"source": ["acme.release"], "detail": {"n": [{"numeric": [">", 7]}]}},
                  {"Arn": machine, "RoleArn": self.role_of_all, "InputPath": "$.detail"},
                  {"Arn": project, "RoleArn": self.role_of_all, "InputTransformer": override},
                  {"Arn": pipeline, "RoleArn": self.role_of_all})

        self.put({"n": 7})
        self.put({"n": 8})

        started = until(lambda: self.stepfunctions.list_executions(stateMachineArn=machine)["executions"], bool)
        output = self.stepfunctions.describe_execution(executionArn=started[0]["executionArn"])["output"]
        builds = until(lambda: self.codebuild.list_builds_for_project(projectName=self.name)["ids"], bool)
        until(lambda: self.codebuild.batch_get_builds(ids=builds)["builds"][0]["buildStatus"], "SUCCEEDED")
        until(lambda: [one["status"] for one in self.runs()], ["Succeeded", "Succeeded"])
        self.assertEqual((json.loads(output), len(started), len(builds)), ({"n": 8}, 1, 1))
        self.assertEqual(self.runs()[0]["trigger"]["triggerType"], "CloudWatchEvent")

    def test_pipelines_builds_and_machines_tell_how_they_are(self):
        self.make_pipeline()
        project, machine = self.make_project("true"), self.make_machine()
        self.rule({"detail-type": ["CodePipeline Pipeline Execution State Change", "CodeBuild Build State Change",
                                   "Step Functions Execution Status Change"],
                   "detail": {"$or": [{"state": ["SUCCEEDED"]}, {"build-status": ["SUCCEEDED"]}, {"status": ["SUCCEEDED"]}]}},
                  {"Arn": self.queue})

        self.codepipeline.start_pipeline_execution(name=self.name)
        self.codebuild.start_build(projectName=self.name)
        self.stepfunctions.start_execution(stateMachineArn=machine)

        events = {event["source"]: event for event in (json.loads(self.received()) for _ in range(3))}
        self.assertEqual(sorted(events), ["aws.codebuild", "aws.codepipeline", "aws.states"])
        self.assertEqual(events["aws.codepipeline"]["detail"]["pipeline"], self.name)
        self.assertEqual(events["aws.codebuild"]["detail"]["project-name"], project.split("/")[-1])
        self.assertEqual(events["aws.states"]["detail"]["stateMachineArn"], machine)
        self.assertEqual(events["aws.states"]["detail"]["redriveStatusReason"], "Execution is SUCCEEDED and cannot be redriven")

    def test_what_a_pipeline_needs_of_an_event_survives_a_kill(self):
        machine = self.make_machine()
        self.rule({"source": ["acme.release"]}, {"Arn": machine, "RoleArn": self.role_of_all})

        self.put({"n": 1})
        self.cloud.restart("kill")
        stepfunctions = self.cloud.client("stepfunctions")

        until(lambda: len(stepfunctions.list_executions(stateMachineArn=machine)["executions"]), 1)


class EnforcedTargetsTest(TargetsTest):
    """The same, where policies decide."""

    OPTIONS = ("--enforce-iam",)
