"""An application's resources through a stack, as boto3 makes it: what the stack says is what the services know."""
import json

from clients import SOON, ClientTest, until

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


# One of each type of the services that deliver and connect. `Word` changes what can be changed in place.
DELIVERY = """
Parameters:
  Word: {Type: String, Default: one}
  Number: {Type: Number, Default: 30}
  Break: {Type: String, Default: 'no'}
Conditions:
  Broken: !Equals [!Ref Break, 'yes']
  First: !Equals [!Ref Word, one]
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      Description: !Ref Word
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
      Tags: [{Key: word, Value: !Ref Word}]
  KeyAlias:
    Type: AWS::KMS::Alias
    Properties: {AliasName: alias/delivery, TargetKeyId: !Ref Key}
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties:
      Description: !Ref Word
      KmsKeyId: !Ref Key
      SecretString: !Sub '{"word": "${Word}"}'
      Tags: [{Key: word, Value: !Ref Word}]
  SecretPolicy:
    Type: AWS::SecretsManager::ResourcePolicy
    Properties:
      SecretId: !Ref Secret
      ResourcePolicy: {Version: '2012-10-17', Statement: [{Sid: !Ref Word, Effect: Deny, Principal: '*', Action: 'secretsmanager:DeleteSecret', Resource: '*', Condition: {StringEquals: {'aws:PrincipalAccount': '000000000000'}}}]}
  Topic:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: !Ref Word, Tags: [{Key: word, Value: !Ref Word}]}
  TopicPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Topic]
      PolicyDocument: {Version: '2012-10-17', Statement: [{Sid: !Ref Word, Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: 'sns:Publish', Resource: !Ref Topic}]}
  Dead:
    Type: AWS::SQS::Queue
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: !Ref Number
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
      Tags: [{Key: word, Value: !Ref Word}]
  QueuePolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument: {Version: '2012-10-17', Statement: [{Sid: !Ref Word, Effect: Allow, Principal: '*', Action: 'sqs:SendMessage', Resource: !GetAtt Queue.Arn}]}
  Subscription:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Queue.Arn, RawMessageDelivery: true, FilterPolicy: {word: [!Ref Word]}}
  Bus:
    Type: AWS::Events::EventBus
    Properties: {Name: delivery, Description: !Ref Word}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      Description: !Ref Word
      EventPattern: {source: [!Ref Word]}
      Targets: [{Id: queue, Arn: !GetAtt Queue.Arn}]
  EventConnection:
    Type: AWS::Events::Connection
    Properties:
      Description: !Ref Word
      AuthorizationType: API_KEY
      AuthParameters: {ApiKeyAuthParameters: {ApiKeyName: x-key, ApiKeyValue: !Ref Word}}
  Repository:
    Type: AWS::ECR::Repository
    Properties:
      RepositoryName: delivery
      ImageScanningConfiguration: {ScanOnPush: !If [First, true, false]}
      LifecyclePolicy: {LifecyclePolicyText: !Sub '{"rules":[{"rulePriority":1,"description":"${Word}","selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":5},"action":{"type":"expire"}}]}'}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Allow, Principal: {Service: [states.amazonaws.com, codebuild.amazonaws.com, codepipeline.amazonaws.com]}, Action: 'sts:AssumeRole'}]
      Policies: [{PolicyName: all, PolicyDocument: {Version: '2012-10-17', Statement: [{Sid: !Ref Word, Effect: Allow, Action: '*', Resource: '*'}]}}]
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      DefinitionString: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "${Said}", "End": true}}}'
      DefinitionSubstitutions: {Said: !Ref Word}
      Tags: [{Key: word, Value: !Ref Word}]
  Activity:
    Type: AWS::StepFunctions::Activity
    Properties: {Name: delivery, Tags: [{Key: word, Value: !Ref Word}]}
  Project:
    Type: AWS::CodeBuild::Project
    Properties:
      Description: !Ref Word
      ServiceRole: !GetAtt Role.Arn
      Artifacts: {Type: CODEPIPELINE}
      Source: {Type: CODEPIPELINE, BuildSpec: !Sub '{"version": 0.2, "phases": {"build": {"commands": ["echo ${Word}"]}}}'}
      Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: 'aws/codebuild/standard:7.0', EnvironmentVariables: [{Name: WORD, Value: !Ref Word}]}
      TimeoutInMinutes: !Ref Number
      Tags: [{Key: word, Value: !Ref Word}]
  Reports:
    Type: AWS::CodeBuild::ReportGroup
    Properties: {Type: TEST, ExportConfig: {ExportConfigType: NO_EXPORT}, Tags: [{Key: word, Value: !Ref Word}]}
  Connection:
    Type: AWS::CodeConnections::Connection
    Properties: {ConnectionName: delivery, ProviderType: GitHub, Tags: [{Key: word, Value: !Ref Word}]}
  Artifacts:
    Type: AWS::S3::Bucket
    Properties: {VersioningConfiguration: {Status: Enabled}, Tags: [{Key: word, Value: !Ref Word}]}
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: !GetAtt Role.Arn
      PipelineType: V2
      ArtifactStore: {Type: S3, Location: !Ref Artifacts}
      RestartExecutionOnUpdate: false
      Stages:
      - Name: Source
        Actions: [{Name: Source, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: '1'}, OutputArtifacts: [{Name: source}],
                   Configuration: {ConnectionArn: !Ref Connection, FullRepositoryId: acme/center, BranchName: !Ref Word}}]
      - Name: Build
        Actions: [{Name: Build, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: '1'}, InputArtifacts: [{Name: source}], Configuration: {ProjectName: !Ref Project}}]
      Tags: [{Key: word, Value: !Ref Word}]
  # The last of all: what it names does not exist.
  Breaks:
    Type: AWS::SNS::Subscription
    Condition: Broken
    DependsOn: [KeyAlias, SecretPolicy, TopicPolicy, QueuePolicy, Subscription, Rule, EventConnection, Repository, Machine, Activity, Reports, Pipeline]
    Properties: {TopicArn: !Sub '${Topic}-none', Protocol: sqs, Endpoint: !GetAtt Queue.Arn}
"""


class DeliveryTypesTest(ClientTest):
    KEEPS_STATE = False

    def setUp(self):
        super().setUp()
        self.stacks = self.cloud.client("cloudformation")

    def of(self, service, operation, **input):
        answer = getattr(self.cloud.client(service), operation)(**input)
        return {key: value for key, value in answer.items() if key != "ResponseMetadata"}

    def resources(self, name):
        return {row["LogicalResourceId"]: row["PhysicalResourceId"] for row in self.stacks.describe_stack_resources(StackName=name)["StackResources"]}

    def world(self, name):
        """What the services say of the stack's resources, without the times of changes and the numbers of versions."""
        at = self.resources(name)
        rule = at["Rule"].rpartition("/")[2]
        secret, topic, queue, machine = at["Secret"], at["Topic"], at["Queue"], at["Machine"]
        world = {
            "key": self.of("kms", "describe_key", KeyId=at["Key"]), "key tags": self.of("kms", "list_resource_tags", KeyId=at["Key"]),
            "alias": self.of("kms", "list_aliases", KeyId=at["Key"]),
            "secret": self.of("secretsmanager", "describe_secret", SecretId=secret),
            "value": self.of("secretsmanager", "get_secret_value", SecretId=secret), "secret policy": self.of("secretsmanager", "get_resource_policy", SecretId=secret),
            "topic": self.of("sns", "get_topic_attributes", TopicArn=topic), "topic tags": self.of("sns", "list_tags_for_resource", ResourceArn=topic),
            "subscription": self.of("sns", "get_subscription_attributes", SubscriptionArn=at["Subscription"]),
            "queue": self.of("sqs", "get_queue_attributes", QueueUrl=queue, AttributeNames=["All"]), "queue tags": self.of("sqs", "list_queue_tags", QueueUrl=queue),
            "bus": self.of("events", "describe_event_bus", Name="delivery"), "rule": self.of("events", "describe_rule", Name=rule, EventBusName="delivery"),
            "targets": self.of("events", "list_targets_by_rule", Rule=rule, EventBusName="delivery"),
            "event connection": self.of("events", "describe_connection", Name=at["EventConnection"]),
            "repository": self.of("ecr", "describe_repositories", repositoryNames=["delivery"]),
            "lifecycle": self.of("ecr", "get_lifecycle_policy", repositoryName="delivery"),
            "role": self.of("iam", "get_role_policy", RoleName=at["Role"], PolicyName="all"),
            "machine": self.of("stepfunctions", "describe_state_machine", stateMachineArn=machine),
            "machine tags": self.of("stepfunctions", "list_tags_for_resource", resourceArn=machine),
            "activity": self.of("stepfunctions", "list_tags_for_resource", resourceArn=at["Activity"]),
            "project": self.of("codebuild", "batch_get_projects", names=[at["Project"]]),
            "reports": self.of("codebuild", "batch_get_report_groups", reportGroupArns=[at["Reports"]]),
            "connection": self.of("codestar-connections", "list_tags_for_resource", ResourceArn=at["Connection"]),
            "artifacts": self.of("s3", "get_bucket_tagging", Bucket=at["Artifacts"]),
            "pipeline": self.of("codepipeline", "get_pipeline", name=at["Pipeline"]),
        }
        return at, json.loads(json.dumps(world, default=str, sort_keys=True), object_hook=without_times)

    def update(self, name, waiter, **parameters):
        rows = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
        self.stacks.update_stack(StackName=name, UsePreviousTemplate=True, Parameters=rows, Capabilities=["CAPABILITY_IAM"])
        until(lambda: self.status(name), lambda status: not status.endswith("_IN_PROGRESS"))
        self.assertEqual(self.status(name), waiter, self.failures(name))

    def status(self, name):
        return self.stacks.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]

    def failures(self, name):
        return [(event["LogicalResourceId"], event["ResourceStatusReason"]) for event in self.stacks.describe_stack_events(StackName=name)["StackEvents"]
                if event["ResourceStatus"].endswith("FAILED")]

    def create(self, name):
        self.stacks.create_stack(StackName=name, TemplateBody=DELIVERY, Capabilities=["CAPABILITY_IAM"])
        until(lambda: self.status(name), lambda status: not status.endswith("_IN_PROGRESS"))
        self.assertEqual(self.status(name), "CREATE_COMPLETE", self.failures(name))

    def test_every_type_is_made_changed_rolled_back_and_deleted(self):
        self.create("delivery")
        first, before = self.world("delivery")
        self.assertEqual(before["queue"]["Attributes"]["VisibilityTimeout"], "30")
        self.assertEqual(json.loads(before["value"]["SecretString"]), {"word": "one"})

        # All is changed, then the last resource fails: all is as it was.
        self.update("delivery", "UPDATE_ROLLBACK_COMPLETE", Word="two", Number="60", Break="yes")
        again, after = self.world("delivery")
        self.assertEqual(again, first)
        self.maxDiff = None
        self.assertEqual(after, before)

        self.update("delivery", "UPDATE_COMPLETE", Word="two", Number="60")
        again, after = self.world("delivery")
        self.assertEqual(again, first)  # nothing was replaced
        self.assertEqual([name for name in before if before[name] == after[name]], ["alias", "bus", "targets"])

        self.stacks.delete_stack(StackName="delivery")
        self.stacks.get_waiter("stack_delete_complete").wait(StackName="delivery", WaiterConfig=SOON)
        self.refused("NotFound", self.cloud.client("sns").get_topic_attributes, TopicArn=first["Topic"])
        self.refused("StateMachineDoesNotExist", self.cloud.client("stepfunctions").describe_state_machine, stateMachineArn=first["Machine"])
        self.assertEqual(self.cloud.client("codepipeline").list_pipelines()["pipelines"], [])
        self.assertEqual(self.cloud.client("kms").describe_key(KeyId=first["Key"])["KeyMetadata"]["KeyState"], "PendingDeletion")


def without_times(row):
    """A change and its reversal leave these behind."""
    return {key: value for key, value in row.items()
            if not any(word in key for word in ("Date", "Time", "lastModified", "updated", "VersionId", "version", "revisionId")) or "Timeout" in key}
