"""What state machines call, with the real services behind it: builds, topics, queues, buses, machines, SDK integrations,
and distributed maps from and to S3."""
import json

from clients import ClientTest, create_open_queue, until

ROLES = ["states.amazonaws.com", "codebuild.amazonaws.com", "codepipeline.amazonaws.com", "events.amazonaws.com"]
TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": ROLES}, "Action": "sts:AssumeRole"}]}
ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
ENVIRONMENT = {"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL"}
CHILD = {"StartAt": "P", "States": {"P": {"Type": "Pass", "Parameters": {"doubled.$": "States.MathAdd($.n, $.n)"}, "End": True}}}


def task(resource, parameters, **more):
    return {"Type": "Task", "Resource": "arn:aws:states:::" + resource, "Parameters": parameters,
            **({} if "Next" in more else {"End": True}), **more}


def one(state, name="T"):
    return {"StartAt": name, "States": {name: state}}


class IntegrationsTest(ClientTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        iam = cls.cloud.client("iam")
        cls.role = iam.create_role(RoleName="all", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
        iam.put_role_policy(RoleName="all", PolicyName="all", PolicyDocument=json.dumps(ALL))

    def setUp(self):
        super().setUp()
        self.states, self.sqs, self.s3 = (self.cloud.client(name) for name in ("stepfunctions", "sqs", "s3"))
        self.name = self.id().rsplit(".", 1)[-1][5:45].replace("_", "-").strip("-")

    def make(self, definition, name=None, **more):
        return self.states.create_state_machine(name=name or self.name, definition=json.dumps(definition), roleArn=self.role,
                                                **more)["stateMachineArn"]

    def run_to_end(self, definition, given=None, name=None):
        """Makes a machine and runs it: the execution when it has ended."""
        started = self.states.start_execution(stateMachineArn=self.make(definition, name), input=json.dumps(given or {}))
        return until(lambda: self.states.describe_execution(executionArn=started["executionArn"]),
                     lambda got: got["status"] != "RUNNING")

    def output(self, definition, given=None, name=None):
        """The output of an execution that does well."""
        ended = self.run_to_end(definition, given, name)
        self.assertEqual(ended["status"], "SUCCEEDED", (ended.get("error"), ended.get("cause")))
        return json.loads(ended["output"])

    def queue(self, suffix=""):
        url = create_open_queue(self.sqs, self.name + suffix)
        return url, self.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]

    def received(self, url):
        """The body of the message that comes."""
        got = self.sqs.receive_message(QueueUrl=url, WaitTimeSeconds=10, MessageAttributeNames=["All"])["Messages"][0]
        self.sqs.delete_message(QueueUrl=url, ReceiptHandle=got["ReceiptHandle"])
        return got["Body"]

    # ---- builds

    def project(self, *commands):
        spec = json.dumps({"version": "0.2", "env": {"exported-variables": ["SAID"]}, "phases": {"build": {"commands": list(commands)}}})
        self.cloud.client("codebuild").create_project(
            name=self.name, environment=ENVIRONMENT, serviceRole=self.role,
            source={"type": "NO_SOURCE", "buildspec": spec}, artifacts={"type": "NO_ARTIFACTS"})

    def test_a_build_is_waited_for_and_gives_its_variables(self):
        self.project("export SAID=$WORD-$WORD")

        build = self.output(one(task("codebuild:startBuild.sync", {
            "ProjectName": self.name, "EnvironmentVariablesOverride": [{"Name": "WORD", "Type": "PLAINTEXT", "Value.$": "$.word"}]})),
            {"word": "hey"})["Build"]

        self.assertEqual((build["BuildStatus"], build["ProjectName"], build["CurrentPhase"]), ("SUCCEEDED", self.name, "COMPLETED"))
        self.assertEqual(build["ExportedEnvironmentVariables"], [{"Name": "SAID", "Value": "hey-hey"}])

    def test_a_build_that_fails_is_caught_with_what_it_was(self):
        self.project("false")
        state = task("codebuild:startBuild.sync", {"ProjectName": self.name}, Catch=[{
            "ErrorEquals": ["States.TaskFailed"], "Next": "Caught"}])
        caught = {"Type": "Pass", "Parameters": {"build.$": "States.StringToJson($.Cause)"}, "End": True}

        got = self.output({"StartAt": "T", "States": {"T": state, "Caught": caught}})

        self.assertEqual(got["build"]["Build"]["BuildStatus"], "FAILED")

    def test_an_execution_that_is_stopped_stops_its_build(self):
        self.project("sleep 60")
        execution = self.states.start_execution(stateMachineArn=self.make(one(task(
            "codebuild:startBuild.sync", {"ProjectName": self.name}))))["executionArn"]
        codebuild = self.cloud.client("codebuild")
        build = until(lambda: codebuild.list_builds_for_project(projectName=self.name)["ids"], bool)[0]

        self.states.stop_execution(executionArn=execution)

        until(lambda: codebuild.batch_get_builds(ids=[build])["builds"][0]["buildStatus"], "STOPPED")

    # ---- messages and events

    def test_messages_go_to_a_topic_a_queue_and_a_bus(self):
        url, queue_arn = self.queue()
        other, other_arn = self.queue("-bus")
        sns, events = self.cloud.client("sns"), self.cloud.client("events")
        topic = sns.create_topic(Name=self.name)["TopicArn"]
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue_arn, Attributes={"RawMessageDelivery": "true"})
        events.put_rule(Name=self.name, EventPattern=json.dumps({"source": ["acme.release"]}))
        events.put_targets(Rule=self.name, Targets=[{"Id": "queue", "Arn": other_arn}])

        said = self.output({"StartAt": "All", "States": {"All": {"Type": "Parallel", "End": True, "Branches": [
            one(task("sns:publish", {"TopicArn": topic, "Message": {"n.$": "$.n"}, "MessageAttributes": {
                "kind": {"DataType": "String", "StringValue": "release"}}}), "Publish"),
            one(task("events:putEvents", {"Entries": [
                {"Source": "acme.release", "DetailType": "Release", "Detail": {"n.$": "$.n"}}]}))]}}}, {"n": 7})
        first = self.received(url)
        self.output(one(task("sqs:sendMessage", {"QueueUrl": url, "MessageBody": {"n.$": "$.n"}})), {"n": 8}, self.name + "-q")

        self.assertEqual(json.loads(first), {"n": 7})
        self.assertEqual(json.loads(self.received(url)), {"n": 8})
        event = json.loads(self.received(other))
        self.assertEqual(event["detail"], {"n": 7})
        self.assertEqual([arn.split(":")[5] for arn in event["resources"]], ["stateMachine", "execution"])
        self.assertTrue(said[0]["MessageId"])
        self.assertEqual(said[1]["FailedEntryCount"], 0)

    def test_a_consumer_of_a_queue_gives_the_token_back(self):
        url, _ = self.queue()
        execution = self.states.start_execution(stateMachineArn=self.make(one(task("sqs:sendMessage.waitForTaskToken", {
            "QueueUrl": url, "MessageBody": {"token.$": "$$.Task.Token"}}))))["executionArn"]

        self.states.send_task_success(taskToken=json.loads(self.received(url))["token"], output='{"ok": true}')

        ended = until(lambda: self.states.describe_execution(executionArn=execution), lambda got: got["status"] != "RUNNING")
        self.assertEqual((ended["status"], json.loads(ended["output"])), ("SUCCEEDED", {"ok": True}))

    def test_an_event_that_is_no_event_fails_the_task(self):
        ended = self.run_to_end(one(task("events:putEvents", {"Entries": [{"Source": "aws.forged", "DetailType": "x", "Detail": {}}]})))

        self.assertEqual(ended["error"], "EventBridge.FailedEntry")
        self.assertEqual(json.loads(ended["cause"])["FailedEntryCount"], 1)

    # ---- machines

    def test_a_machine_that_is_waited_for_gives_its_output(self):
        child = self.make(CHILD, self.name + "-child")
        as_json = self.output(one(task("states:startExecution.sync:2", {"StateMachineArn": child, "Input": {
            "n.$": "$.n", "AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$": "$$.Execution.Id"}})), {"n": 3})
        as_text = self.output(one(task("states:startExecution.sync", {"StateMachineArn": child, "Input": {"n": 4}})), name=self.name + "-t")
        at_once = self.output(one(task("states:startExecution", {"StateMachineArn": child, "Input": {"n": 5}})), name=self.name + "-o")

        self.assertEqual((as_json["Output"], as_json["Status"]), ({"doubled": 6}, "SUCCEEDED"))
        self.assertEqual(as_text["Output"], '{"doubled":8}')
        self.assertEqual(sorted(at_once)[:1], ["ExecutionArn"])

    def test_a_machine_that_fails_fails_who_waits(self):
        child = self.make({"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "NoQueue", "Cause": "there is none"}}}, self.name + "-child")
        ended = self.run_to_end(one(task("states:startExecution.sync:2", {"StateMachineArn": child})))

        self.assertEqual((ended["status"], ended["error"]), ("FAILED", "States.TaskFailed"))
        cause = json.loads(ended["cause"])
        self.assertEqual((cause["Status"], cause["Error"], cause["Cause"]), ("FAILED", "NoQueue", "there is none"))

    # ---- SDK integrations

    def test_services_of_the_sdk_are_called_by_their_operations(self):
        self.cloud.client("ssm").put_parameter(Name="/known", Value="v", Type="String")
        self.s3.create_bucket(Bucket="sdk-bucket")
        calls = {"ssm:getParameter": {"Name": "/known"}, "connect:listInstances": {}, "lexmodelsv2:listBots": {},
                 "s3:putObject": {"Bucket": "sdk-bucket", "Key": "a", "Body": {"x": 1}},
                 "codepipeline:listPipelines": {}, "sfn:listStateMachines": {}, "iam:getRole": {"RoleName": "all"},
                 "sts:getCallerIdentity": {}, "secretsmanager:createSecret": {"Name": "s", "SecretString": "x"},
                 "cloudformation:listStacks": {}, "eventbridge:listEventBuses": {}, "kms:listKeys": {}, "lambda:listFunctions": {},
                 "cloudwatchlogs:describeLogGroups": {}, "codebuild:listProjects": {}, "sqs:listQueues": {}, "sns:listTopics": {},
                 "ecr:describeRepositories": {}, "codestarconnections:listConnections": {}}
        branches = [one(task("aws-sdk:" + name, parameters), name) for name, parameters in calls.items()]

        got = dict(zip(calls, self.output({"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": branches, "End": True}}})))
        body = self.output(one(task("aws-sdk:s3:getObject", {"Bucket": "sdk-bucket", "Key": "a"})), name="get")

        self.assertEqual(got["ssm:getParameter"]["Parameter"]["Value"], "v")
        self.assertEqual(got["connect:listInstances"], {"InstanceSummaryList": []})
        self.assertEqual(got["lexmodelsv2:listBots"], {"BotSummaries": []})
        self.assertEqual(got["sts:getCallerIdentity"]["Arn"].split("/")[:2], ["arn:aws:sts::123456789012:assumed-role", "all"])
        self.assertEqual(body["Body"], '{"x":1}')

    def test_errors_of_the_sdk_are_named_after_their_service(self):
        wanted = {("ssm:getParameter", "Ssm.ParameterNotFoundException"): {"Name": "/unknown"},
                  ("s3:getObject", "S3.NoSuchKeyException"): {"Bucket": "err-bucket", "Key": "unknown"},
                  ("s3:listObjectsV2", "S3.NoSuchBucketException"): {"Bucket": "no-such-bucket-at-all"},
                  ("codepipeline:getPipelineState", "CodePipeline.PipelineNotFoundException"): {"Name": "unknown"},
                  ("iam:getRole", "Iam.NoSuchEntityException"): {"RoleName": "unknown"},
                  ("sfn:describeStateMachine", "Sfn.StateMachineDoesNotExistException"): {
                      "StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:unknown"},
                  ("connect:describeInstance", "Connect.ResourceNotFoundException"): {
                      "InstanceId": "11111111-2222-3333-4444-555555555555"}}
        self.s3.create_bucket(Bucket="err-bucket")
        for (name, error), parameters in wanted.items():
            with self.subTest(name):
                ended = self.run_to_end(one(task("aws-sdk:" + name, parameters)), name=name.replace(":", "-"))
                self.assertEqual((ended["status"], ended.get("error")), ("FAILED", error))

    # ---- distributed maps

    def mapped(self, reader, iterator=None, **more):
        iterator = iterator or {"Type": "Pass", "End": True}
        return one({"Type": "Map", "Label": "M", "MaxConcurrency": 5, "ItemReader": reader, "End": True, "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, **one(iterator, "I")}, **more})

    def reader(self, key, **config):
        return {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": config,
                "Parameters": {"Bucket": self.name, "Key": key}}

    def test_items_are_read_from_files_and_listings(self):
        self.s3.create_bucket(Bucket=self.name)
        files = {"a.csv": 'id,"the name"\n1,"x, y"\r\n2,"said ""hi"""\n', "b.json": '{"deep": [{"n": 1}, {"n": 2}]}',
                 "c.jsonl": '{"n": 1}\n{"n": 2}\n', "d.csv": "1;one\n2;two\n"}
        for key, text in files.items():
            self.s3.put_object(Bucket=self.name, Key=key, Body=text.encode())
        run = iter(range(10))

        def items(reader, **more):
            return self.output(self.mapped(reader, **more), name=f"map{next(run)}")
        self.assertEqual(items(self.reader("a.csv", InputType="CSV", CSVHeaderLocation="FIRST_ROW")),
                         [{"id": "1", "the name": "x, y"}, {"id": "2", "the name": 'said "hi"'}])
        self.assertEqual(items(self.reader("d.csv", InputType="CSV", CSVHeaderLocation="GIVEN", CSVHeaders=["n", "word"],
                                           CSVDelimiter="SEMICOLON", MaxItems=1)), [{"n": "1", "word": "one"}])
        self.assertEqual(items(self.reader("b.json", InputType="JSON", ItemsPointer="/deep")), [{"n": 1}, {"n": 2}])
        self.assertEqual(items(self.reader("c.jsonl", InputType="JSONL"), ItemBatcher={"MaxItemsPerBatch": 2}),
                         [{"Items": [{"n": 1}, {"n": 2}]}])
        listed = items({"Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": {"Bucket": self.name}},
                       ItemSelector={"key.$": "$$.Map.Item.Value.Key"})
        self.assertEqual([item["key"] for item in listed], sorted(files))

    def test_results_are_written_to_a_bucket(self):
        self.s3.create_bucket(Bucket=self.name)
        self.s3.put_object(Bucket=self.name, Key="in.json", Body=b"[1, 2, 3]")
        choose = {"Type": "Choice", "Choices": [{"Variable": "$", "NumericEquals": 2, "Next": "Bad"}], "Default": "Good"}
        definition = self.mapped(
            self.reader("in.json", InputType="JSON"), ToleratedFailureCount=1,
            ResultWriter={"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": self.name, "Prefix": "out"}})
        definition["States"]["T"]["ItemProcessor"].update(StartAt="C", States={
            "C": choose, "Good": {"Type": "Pass", "End": True}, "Bad": {"Type": "Fail", "Error": "Two", "Cause": "it is"}})

        got = self.output(definition)
        details = got["ResultWriterDetails"]
        manifest = json.loads(self.s3.get_object(Bucket=details["Bucket"], Key=details["Key"])["Body"].read())

        def read(kind):
            return [json.loads(self.s3.get_object(Bucket=self.name, Key=file["Key"])["Body"].read())
                    for file in manifest["ResultFiles"][kind]]
        self.assertEqual(sorted(result["Output"] for result in read("SUCCEEDED")[0]), ["1", "3"])
        self.assertEqual([result["Error"] for result in read("FAILED")[0]], ["Two"])
        runs = self.states.list_map_runs(executionArn=self.states.list_executions(
            stateMachineArn=f"arn:aws:states:us-east-1:123456789012:stateMachine:{self.name}")["executions"][0]["executionArn"])["mapRuns"]
        counts = self.states.describe_map_run(mapRunArn=runs[0]["mapRunArn"])["itemCounts"]
        self.assertEqual((counts["succeeded"], counts["failed"], counts["total"]), (2, 1, 3))

    def test_what_cannot_be_read_fails_the_map(self):
        self.s3.create_bucket(Bucket=self.name)
        ended = self.run_to_end(self.mapped(self.reader("missing", InputType="JSON")))

        self.assertEqual((ended["status"], ended["error"]), ("FAILED", "States.ItemReaderFailed"))


class EnforcedIntegrationsTest(IntegrationsTest):
    """The same, where policies decide."""

    OPTIONS = ("--enforce-iam",)

    def test_what_a_role_may_not_do_fails_the_task(self):
        iam = self.cloud.client("iam")
        self.role = iam.create_role(RoleName="nothing", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
        self.sqs.create_queue(QueueName="closed")
        self.s3.create_bucket(Bucket="closed-bucket")
        self.s3.put_object(Bucket="closed-bucket", Key="a", Body=b"[1]")
        url = self.sqs.get_queue_url(QueueName="closed")["QueueUrl"]
        wanted = {"aws-sdk:ssm:getParameter": ({"Name": "/x"}, "Ssm.SsmException", "ssm:GetParameter"),
                  "sqs:sendMessage": ({"QueueUrl": url, "MessageBody": "x"}, "SQS.AmazonSQSException", "sqs:SendMessage"),
                  "lambda:invoke": ({"FunctionName": "f"}, "Lambda.AWSLambdaException", "lambda:InvokeFunction"),
                  "codebuild:startBuild.sync": ({"ProjectName": "p"}, "CodeBuild.AWSCodeBuildException", "codebuild:StartBuild")}
        for resource, (parameters, error, action) in wanted.items():
            with self.subTest(resource):
                ended = self.run_to_end(one(task(resource, parameters)), name="may-not-" + resource.replace(":", "-").replace(".", "-"))
                self.assertEqual((ended["status"], ended["error"]), ("FAILED", error))
                self.assertIn("is not authorized to perform: " + action, ended["cause"])
        self.name = "closed-bucket"
        ended = self.run_to_end(self.mapped(self.reader("a", InputType="JSON")), name="may-not-read")
        self.assertEqual((ended["status"], ended["error"]), ("FAILED", "States.ItemReaderFailed"))
        self.assertIn("s3:GetObject", ended["cause"])
