"""A SAM application with the AWS CLI: `cloudformation package` and `deploy`, then it is called."""
import json
import urllib.request

from builds import BuildTest
from clients import until

TEMPLATE = """
AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Parameters:
  Greeting: {Type: String, Default: hello}
Globals:
  Function:
    Runtime: python3.11
    Timeout: 10
    Environment: {Variables: {GREETING: !Ref Greeting}}
Resources:
  Web:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: code/
      Handler: app.web
      Events:
        Rest: {Type: Api, Properties: {Path: '/orders/{id}', Method: get}}
        Http: {Type: HttpApi, Properties: {Path: /orders, Method: post}}
        Nightly: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: code/
      Handler: app.work
      Environment: {Variables: {RESULTS: !Ref Results}}
      Policies:
        - SQSSendMessagePolicy: {QueueName: !GetAtt Results.QueueName}
      Events:
        Jobs: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn, BatchSize: 1}}
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: flow.asl.json
      DefinitionSubstitutions: {Function: !GetAtt Web.Arn}
      Policies:
        - LambdaInvokePolicy: {FunctionName: !Ref Web}
  Jobs: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60}}
  Results: {Type: AWS::SQS::Queue}
Outputs:
  Rest: {Value: !Ref ServerlessRestApi}
  Http: {Value: !GetAtt ServerlessHttpApi.ApiEndpoint}
  Flow: {Value: !Ref Flow}
  Jobs: {Value: !Ref Jobs}
  Results: {Value: !Ref Results}
"""

CODE = """
import json, os, boto3

def web(event, context):
    return {"statusCode": 200, "body": os.environ["GREETING"] + " " + str(event.get("pathParameters") or event.get("routeKey") or event.get("who"))}

def work(event, context):
    for record in event["Records"]:
        boto3.client("sqs").send_message(QueueUrl=os.environ["RESULTS"], MessageBody=record["body"].upper())
"""

FLOW = {"StartAt": "Call", "States": {"Call": {
    "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True,
    "Parameters": {"FunctionName": "${Function}", "Payload": {"who": "flow"}}, "ResultSelector": {"said.$": "$.Payload.body"}}}}


class ServerlessTest(BuildTest):
    def test_an_application_is_packaged_deployed_and_called(self):
        self.cloud.client("s3").create_bucket(Bucket="artifacts")

        self.build(self.make_role(), {"template.yaml": TEMPLATE, "code/app.py": CODE, "flow.asl.json": json.dumps(FLOW)},
                   "aws cloudformation package --template-file template.yaml --s3-bucket artifacts --output-template-file packed.yaml",
                   "aws cloudformation deploy --template-file packed.yaml --stack-name orders --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND"
                   " --parameter-overrides Greeting=hi")

        outputs = self.outputs("orders")
        self.rest_and_http(outputs)
        self.queue(outputs)
        self.flow(outputs)
        self.assertEqual(len(self.cloud.client("events").list_rules()["Rules"]), 1)

    def rest_and_http(self, outputs):
        rest = f"{self.cloud.endpoint}/_aws/execute-api/{outputs['Rest']}/Prod/orders/7"
        with urllib.request.urlopen(rest) as answer:
            self.assertEqual(answer.read().decode(), "hi {'id': '7'}")
        request = urllib.request.Request(outputs["Http"] + "/orders", data=b"{}", method="POST")
        with urllib.request.urlopen(request) as answer:
            self.assertEqual(answer.read().decode(), "hi POST /orders")

    def queue(self, outputs):
        sqs = self.cloud.client("sqs")
        sqs.send_message(QueueUrl=outputs["Jobs"], MessageBody="work")
        got = until(lambda: sqs.receive_message(QueueUrl=outputs["Results"], WaitTimeSeconds=1).get("Messages"), bool)
        self.assertEqual(got[0]["Body"], "WORK")

    def flow(self, outputs):
        states = self.cloud.client("stepfunctions")
        run = states.start_execution(stateMachineArn=outputs["Flow"], input="{}")["executionArn"]
        done = until(lambda: states.describe_execution(executionArn=run), lambda one: one["status"] != "RUNNING")
        self.assertEqual(json.loads(done["output"]), {"said": "hi flow"}, done)
