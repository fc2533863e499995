"""An application's resources through a stack, as boto3 makes it: what the stack says is what the services know."""
import json

from clients import SOON, ClientTest

TEMPLATE = """
Parameters:
  Answer: {Type: String, Default: first}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]
      ManagedPolicyArns: [!Sub 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Environment: {Variables: {ANSWER: !Ref Answer}}
      Code:
        ZipFile: |
          import os
          def handler(event, context):
              return os.environ["ANSWER"]
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: !Sub '/aws/lambda/${Function}', RetentionInDays: 7}
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: {Status: Enabled}
      PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}
Outputs:
  Function: {Value: !Ref Function}
  Bucket: {Value: !Ref Bucket}
"""


class ResourceTypesTest(ClientTest):
    def setUp(self):
        super().setUp()
        self.stacks = self.cloud.client("cloudformation")

    def finished(self, waiter):
        self.stacks.get_waiter(waiter).wait(StackName="types", WaiterConfig=SOON)
        return {row["OutputKey"]: row["OutputValue"] for row in self.stacks.describe_stacks(StackName="types")["Stacks"][0].get("Outputs", [])}

    def answer(self, name):
        return json.load(self.cloud.client("lambda").invoke(FunctionName=name)["Payload"])

    def test_an_application_is_deployed_updated_and_deleted(self):
        self.stacks.create_stack(StackName="types", TemplateBody=TEMPLATE, Capabilities=["CAPABILITY_IAM"])
        made = self.finished("stack_create_complete")
        self.assertEqual(self.answer(made["Function"]), "first")
        self.assertEqual(self.cloud.client("s3").get_bucket_versioning(Bucket=made["Bucket"])["Status"], "Enabled")

        self.stacks.update_stack(StackName="types", UsePreviousTemplate=True, Capabilities=["CAPABILITY_IAM"],
                                 Parameters=[{"ParameterKey": "Answer", "ParameterValue": "second"}])
        self.assertEqual(self.finished("stack_update_complete"), made)
        self.assertEqual(self.answer(made["Function"]), "second")

        self.stacks.delete_stack(StackName="types")
        self.stacks.get_waiter("stack_delete_complete").wait(StackName="types", WaiterConfig=SOON)
        self.refused("ResourceNotFoundException", self.cloud.client("lambda").get_function, FunctionName=made["Function"])
