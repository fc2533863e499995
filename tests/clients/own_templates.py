"""A template of a user's own with what such templates may hold, in three states: made, changed, and with little left."""
import copy

BOUNDARY = {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:policy/trunkline/trunkline-boundary"}
INSTANCE = "{{resolve:ssm:AmazonConnectInstanceId}}"
INSTANCE_ARN = {"Fn::Sub": "arn:aws:connect:${AWS::Region}:${AWS::AccountId}:instance/" + INSTANCE}
# CloudFormation's own name of a stack's resource is not for machines and log groups: these have names.
NAME = "amzconnect-supporting-infra-own"
CODE = {"ZipFile": "def handler(event, context):\n    return {}\n"}
MACHINE = {"StartAt": "Wait", "States": {"Wait": {"Type": "Pass", "End": True}}}


def trusting(service):
    return {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": f"{service}.amazonaws.com"}, "Action": "sts:AssumeRole"}]}


def resource(name, **properties):
    return {"Type": f"AWS::{name}", "Properties": properties}


def get(name, what="Arn"):
    return {"Fn::GetAtt": [name, what]}


def role(service, **more):
    return resource("IAM::Role", Path="/trunkline/", AssumeRolePolicyDocument=trusting(service), PermissionsBoundary=BOUNDARY, **more)


def association(**what):
    return {"Type": "Custom::Association", "Properties": {"InstanceId": INSTANCE, **what, "ServiceToken": {
        "Fn::Sub": "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:amzconnect-association-dev"}}}


def bot_locale(*utterances):
    return {"LocaleId": "en_US", "NluConfidenceThreshold": 0.4, "Intents": [
        {"Name": "Hello", "SampleUtterances": [{"Utterance": utterance} for utterance in utterances]},
        {"Name": "FallbackIntent", "ParentIntentSignature": "AMAZON.FallbackIntent"}]}


def tags(value):
    return [{"Key": "team", "Value": value}]


# Associating a bot's alias is asked of the association function.
MADE = {
    "Role": role("lambda", ManagedPolicyArns=["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"], Tags=tags("a"), Policies=[
        {"PolicyName": "own", "PolicyDocument": {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": get("Table")}]}}]),
    "MachineRole": role("states"), "RuleRole": role("events"), "BotRole": role("lexv2"),
    "Table": resource("DynamoDB::Table", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                      AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}], Tags=tags("a")),
    "Alarm": resource("CloudWatch::Alarm", Namespace="AWS/Lambda", MetricName="Errors", Statistic="Sum", Period=60, EvaluationPeriods=1,
                      Threshold=1, ComparisonOperator="GreaterThanThreshold"),
    "Topic": resource("SNS::Topic", DisplayName="a", Tags=tags("a"), Subscription=[{"Protocol": "sqs", "Endpoint": get("Queue")}]),
    "Queue": resource("SQS::Queue", VisibilityTimeout=30, Tags=tags("a")),
    "Bucket": resource("S3::Bucket", Tags=tags("a"), VersioningConfiguration={"Status": "Enabled"}, BucketEncryption={
        "ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]},
        LifecycleConfiguration={"Rules": [{"Id": "tidy", "Status": "Enabled", "ExpirationInDays": 9}]}),
    "BucketPolicy": resource("S3::BucketPolicy", Bucket={"Ref": "Bucket"}, PolicyDocument={"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Principal": "*", "Action": "s3:DeleteBucket", "Resource": get("Bucket"),
         "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}),
    "Secret": resource("SecretsManager::Secret", GenerateSecretString={"PasswordLength": 20}, Tags=tags("a")),
    "Group": resource("Logs::LogGroup", LogGroupName=NAME, RetentionInDays=7, Tags=tags("a")),
    "Rule": resource("Events::Rule", ScheduleExpression="rate(1 day)", Targets=[
        {"Id": "topic", "Arn": {"Ref": "Topic"}}, {"Id": "machine", "Arn": {"Ref": "Machine"}, "RoleArn": get("RuleRole")}]),
    "Machine": resource("StepFunctions::StateMachine", StateMachineName=NAME, RoleArn=get("MachineRole"), Definition=MACHINE, Tags=tags("a")),
    "Parameter": resource("SSM::Parameter", Name=NAME, Type="String", Value="a", Tags={"team": "a"}),
    "Function": resource("Lambda::Function", Runtime="python3.9", Handler="index.handler", Role=get("Role"), Code=CODE,
                         ReservedConcurrentExecutions=2, Tags=tags("a")),
    "Version": resource("Lambda::Version", FunctionName={"Ref": "Function"}),
    "Alias": resource("Lambda::Alias", FunctionName={"Ref": "Function"}, FunctionVersion=get("Version", "Version"), Name="live"),
    "Retries": resource("Lambda::EventInvokeConfig", FunctionName={"Ref": "Function"}, Qualifier="$LATEST", MaximumRetryAttempts=0),
    "Permission": resource("Lambda::Permission", FunctionName={"Ref": "Function"}, Action="lambda:InvokeFunction", Principal="sns.amazonaws.com"),
    "Hours": resource("Connect::HoursOfOperation", Name="Own hours", TimeZone="UTC", Config=[], InstanceArn=INSTANCE_ARN),
    "Bot": resource("Lex::Bot", Name=NAME, RoleArn=get("BotRole"), DataPrivacy={"ChildDirected": False}, IdleSessionTTLInSeconds=300,
                    AutoBuildBotLocales=True, BotLocales=[bot_locale("hello")]),
    "BotVersion": resource("Lex::BotVersion", BotId={"Ref": "Bot"}, BotVersionLocaleSpecification=[
        {"LocaleId": "en_US", "BotVersionLocaleDetails": {"SourceBotVersion": "DRAFT"}}]),
    "BotAlias": resource("Lex::BotAlias", BotId={"Ref": "Bot"}, BotAliasName="live", BotVersion=get("BotVersion", "BotVersion")),
    "FunctionAssociation": association(FunctionArn=get("Function")), "BotAssociation": association(BotAliasArn=get("BotAlias")),
}


def changed():
    after = copy.deepcopy(MADE)

    def change(name, **properties):
        after[name]["Properties"].update(properties)

    for name in ("Role", "Table", "Topic", "Queue", "Bucket", "Secret", "Group", "Machine", "Function"):
        change(name, Tags=[{"Key": "owner", "Value": "b"}])
    change("Parameter", Value="b", Tags={"owner": "b"})
    change("Role", Description="changed", AssumeRolePolicyDocument=trusting("events"), ManagedPolicyArns=[], Policies=[])
    change("Role", AssumeRolePolicyDocument={"Version": "2012-10-17", "Statement": [
        *trusting("lambda")["Statement"], *trusting("events")["Statement"]]})
    change("Table", TimeToLiveSpecification={"AttributeName": "expires", "Enabled": True},
           PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}, DeletionProtectionEnabled=False,
           AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("id", "color")],
           GlobalSecondaryIndexes=[{"IndexName": "by-color", "KeySchema": [{"AttributeName": "color", "KeyType": "HASH"}],
                                    "Projection": {"ProjectionType": "ALL"}}])
    change("Alarm", Threshold=2)
    change("Topic", DisplayName="b", Subscription=[])
    change("Queue", VisibilityTimeout=60)
    change("Bucket", LifecycleConfiguration={"Rules": [{"Id": "tidy", "Status": "Enabled", "ExpirationInDays": 8}]})
    change("Secret", Description="changed")
    change("Rule", ScheduleExpression="rate(2 days)", Targets=[{"Id": "topic", "Arn": {"Ref": "Topic"}}])
    change("Machine", Definition={**MACHINE, "Comment": "changed"})
    change("Function", Timeout=9, Code={"ZipFile": "def handler(event, context):\n    return 1\n"})
    change("Alias", Description="changed")
    change("Retries", MaximumRetryAttempts=1)
    change("Hours", TimeZone="CET")
    change("Bot", BotLocales=[bot_locale("hello", "hi")], IdleSessionTTLInSeconds=400)
    change("BotAlias", Description="changed")
    del after["Group"]["Properties"]["RetentionInDays"]
    del after["Function"]["Properties"]["ReservedConcurrentExecutions"]
    return after


def template(resources):
    return {"Resources": resources}


TEMPLATES = [template(MADE), template(changed()), template({"Parameter": MADE["Parameter"]})]
