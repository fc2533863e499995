"""Subscriptions of CloudWatch Logs through boto3 and the AWS CLI: what a function gets, also after a restart; Insights."""
import json
import time

from clients import until
from functions import FunctionTest

SHOW = ["import base64, gzip", "print('GOT', gzip.decompress(base64.b64decode(event['awslogs']['data'])).decode())"]

STACK = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /sub/stack}}
  Stream: {Type: AWS::Logs::LogStream, Properties: {LogGroupName: !Ref Group, LogStreamName: one}}
  Errors:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref Group
      FilterPattern: '{ $.level = "ERROR" }'
      MetricTransformations: [{MetricName: errors, MetricNamespace: app, MetricValue: "1"}]
  All:
    Type: AWS::Logs::QueryDefinition
    Properties: {Name: all, QueryString: fields @message, LogGroupNames: [!Ref Group]}
  Sink:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.9
      Handler: index.handler
      InlineCode: |
        import base64, gzip
        def handler(event, context):
            print('GOT', gzip.decompress(base64.b64decode(event['awslogs']['data'])).decode())
      Events:
        Lines: {Type: CloudWatchLogs, Properties: {LogGroupName: !Ref Group, FilterPattern: "?one ?two"}}
Outputs:
  Metric: {Value: !Ref Errors}
"""


class LogsSubscriptionsTest(FunctionTest):
    def setUp(self):
        super().setUp()
        self.open()

    def open(self):
        self.logs = self.cloud.client("logs")

    def make(self, group):
        self.logs.create_log_group(logGroupName=group)
        self.logs.create_log_stream(logGroupName=group, logStreamName="one")

    def write(self, group, *messages):
        now = int(time.time() * 1000)
        self.logs.put_log_events(logGroupName=group, logStreamName="one", logEvents=[
            {"timestamp": now, "message": text} for text in messages])

    def got(self, function):
        """What a function was sent, read from its log."""
        try:
            events = self.logs.filter_log_events(logGroupName="/aws/lambda/" + function)["events"]
        except self.logs.exceptions.ResourceNotFoundException:
            return []
        return [json.loads(one["message"][4:]) for one in events if one["message"].startswith("GOT ")]

    def subscribe(self, group, function, pattern=""):
        arn = self.lambda_.get_function(FunctionName=function)["Configuration"]["FunctionArn"]
        wanted = {"logGroupName": group, "filterName": "all", "filterPattern": pattern, "destinationArn": arn}
        said = self.refused("InvalidParameterException", self.logs.put_subscription_filter, **wanted)
        self.assertIn("given CloudWatch Logs permission to execute your function", said)
        self.lambda_.add_permission(FunctionName=function, StatementId="logs", Action="lambda:InvokeFunction",
                                    Principal="logs.amazonaws.com")
        self.logs.put_subscription_filter(**wanted)

    def test_a_function_gets_what_fits(self):
        self.make("/sub/fits")
        self.python("sub-fits", *SHOW)
        self.subscribe("/sub/fits", "sub-fits", '{ $.level = "ERROR" }')
        self.write("/sub/fits", '{"level":"INFO"}', '{"level":"ERROR","n":1}', "plain")

        sent = until(lambda: self.got("sub-fits"), bool)[0]
        self.assertEqual({name: value for name, value in sent.items() if name != "logEvents"}, {
            "messageType": "DATA_MESSAGE", "owner": "123456789012", "logGroup": "/sub/fits", "logStream": "one",
            "subscriptionFilters": ["all"]})
        self.assertEqual([one["message"] for one in sent["logEvents"]], ['{"level":"ERROR","n":1}'])
        shown = self.cloud.aws("logs", "describe-subscription-filters", "--log-group-name", "/sub/fits")
        self.assertEqual([one["filterName"] for one in shown["subscriptionFilters"]], ["all"])
        self.logs.delete_subscription_filter(logGroupName="/sub/fits", filterName="all")

    def test_a_subscription_survives_stop_and_kill_9(self):
        self.make("/sub/kept")
        self.python("sub-kept", *SHOW)
        self.subscribe("/sub/kept", "sub-kept")
        for index, how in enumerate(("stop", "kill")):
            self.restart(how)
            self.open()
            self.write("/sub/kept", f"after {how}")
            until(lambda: len(self.got("sub-kept")), index + 1)

    def test_insights(self):
        self.make("/sub/asked")
        self.write("/sub/asked", '{"level":"ERROR","n":1}', '{"level":"INFO","n":2}', '{"level":"ERROR","n":3}')
        now = int(time.time())
        asked = self.logs.start_query(logGroupName="/sub/asked", startTime=now - 60, endTime=now + 60,
                                      queryString="stats count(*) as times, sum(n) as total by level | sort level")
        done = until(lambda: self.logs.get_query_results(queryId=asked["queryId"]), lambda got: got["status"] == "Complete")

        rows = [{cell["field"]: cell["value"] for cell in row} for row in done["results"]]
        self.assertEqual(rows, [{"level": "ERROR", "times": "2", "total": "4"}, {"level": "INFO", "times": "1", "total": "2"}])
        self.refused("MalformedQueryException", self.logs.start_query, logGroupName="/sub/asked", startTime=now - 60,
                     endTime=now, queryString="nonsense")

    def test_a_stack_subscribes_filters_and_keeps_queries(self):
        stacks = self.cloud.client("cloudformation")
        stacks.create_stack(StackName="sub", TemplateBody=STACK, Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"])
        until(lambda: stacks.describe_stacks(StackName="sub")["Stacks"][0]["StackStatus"], "CREATE_COMPLETE")
        self.write("/sub/stack", "one", "three")

        log = self.logs.describe_log_groups  # the function has a name of its own
        until(lambda: [text for group in log(logGroupNamePrefix="/aws/lambda/sub-Sink")["logGroups"]
                       for event in self.got(group["logGroupName"][len("/aws/lambda/"):])
                       for text in (one["message"] for one in event["logEvents"])], ["one"])
        metric = self.logs.describe_metric_filters(logGroupName="/sub/stack")["metricFilters"][0]
        outputs = {one["OutputKey"]: one["OutputValue"] for one in stacks.describe_stacks(StackName="sub")["Stacks"][0]["Outputs"]}
        self.assertEqual(outputs["Metric"], metric["filterName"])
        self.assertEqual([one["name"] for one in self.logs.describe_query_definitions()["queryDefinitions"]], ["all"])
        stacks.delete_stack(StackName="sub")
        until(lambda: self.logs.describe_query_definitions()["queryDefinitions"], [])
