// IAM, S3, Lambda and Logs through stacks.
#include "base/json_read.h"
#include "tests/cloud/cloudformation/types_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::SizeIs;
using ::testing::StartsWith;

class FoundationTypes : public TypesTest {};

constexpr std::string_view kTrust =
    "{Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: "
    "lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}";

std::string RoleTemplate(std::string_view more) {
  return fmt::format(R"(
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
{}
Outputs:
  Arn: {{Value: !GetAtt Role.Arn}}
  Id: {{Value: !GetAtt Role.RoleId}}
  Name: {{Value: !Ref Role}}
)",
                     kTrust, more);
}

TEST_F(FoundationTypes, ARoleHasAGeneratedNameItsPoliciesAndTheStacksTags) {
  Deploy(RoleTemplate(R"(      ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess]
      Policies: [{PolicyName: own, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]}}]
      Tags: [{Key: team, Value: blue}])"));

  const std::string name = Output("Name");
  EXPECT_THAT(name, MatchesRegex("app-Role-[A-Za-z0-9]{12}"));
  EXPECT_EQ(Output("Arn"), "arn:aws:iam::111122223333:role/" + name);
  EXPECT_THAT(Output("Id"), StartsWith("AROA"));
  const json::Object attached = Do("iam", "ListAttachedRolePolicies", {{"RoleName", name}});
  EXPECT_THAT(attached.GetArray("AttachedPolicies"), SizeIs(1));
  Do("iam", "GetRolePolicy", {{"RoleName", name}, {"PolicyName", "own"}});
  const json::Object tags = Do("iam", "ListRoleTags", {{"RoleName", name}});
  EXPECT_EQ(tags.GetArray("Tags"), json::Array({json::Object{{"Key", "team"}, {"Value", "blue"}}}));
}

TEST_F(FoundationTypes, ARoleIsUpdatedInPlace) {
  Deploy(RoleTemplate(R"(      Description: first
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess]
      Policies: [{PolicyName: own, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]}}])"));
  const std::string name = Output("Name");

  Deploy(RoleTemplate(R"(      MaxSessionDuration: '7200'
      ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess]
      Policies: [{PolicyName: other, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]}}])"));

  EXPECT_EQ(Output("Name"), name);
  const json::Object role = Do("iam", "GetRole", {{"RoleName", name}}).GetObject("Role");
  EXPECT_EQ(role.GetInt("MaxSessionDuration"), 7200);
  EXPECT_EQ(role.GetString("Description"), "");
  const json::Object policies = Do("iam", "ListRolePolicies", {{"RoleName", name}});
  EXPECT_EQ(policies.GetArray("PolicyNames"), json::Array{"other"});
  EXPECT_EQ(Drift(), "IN_SYNC");
}

TEST_F(FoundationTypes, ABucketForAccessLogsLetsThemIn) {
  Deploy(R"(
Resources:
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      AccessControl: LogDeliveryWrite
      OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}
)");

  const json::Object acl = Do("s3", "GetBucketAcl", {{"Bucket", PhysicalId("Logs")}});
  ASSERT_THAT(acl.GetArray("Grants"), SizeIs(3));
  const json::Object& grant = acl.GetArray("Grants")[1].AsObject();
  EXPECT_EQ(grant.GetString("Permission"), "WRITE");
  EXPECT_EQ(grant.GetObject("Grantee").GetString("URI"),
            "http://acs.amazonaws.com/groups/s3/LogDelivery");
}

TEST_F(FoundationTypes, AStacksSecretGoesAtOnceAndMayBeMadeAgain) {
  constexpr std::string_view kSecret = R"(
Resources:
  Key:
    Type: AWS::SecretsManager::Secret
    Properties: {Name: acme/key, SecretString: s}
)";
  Deploy(kSecret);
  Delete();
  Forget();

  Deploy(kSecret);

  EXPECT_EQ(
      Do("secretsmanager", "GetSecretValue", {{"SecretId", "acme/key"}}).GetString("SecretString"),
      "s");
}

TEST_F(FoundationTypes, ADeletedRoleTakesItsPoliciesWithIt) {
  Deploy(RoleTemplate("      ManagedPolicyArns: [arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess]"));
  const std::string name = Output("Name");

  Delete();

  EXPECT_EQ(Ask("iam", "GetRole", {{"RoleName", name}}).code, "NoSuchEntity");
}

TEST_F(FoundationTypes, AnUnknownPropertyBelowTheTopIsRefused) {
  EXPECT_THAT(DeployFails(R"(
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: {Statu: Enabled}
)",
                          "Bucket"),
              HasSubstr("#/VersioningConfiguration: extraneous key [Statu] is not permitted"));
}

TEST_F(FoundationTypes, AWebsiteIsPutAsATemplateWritesIt) {
  Deploy(R"(
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: pages
      WebsiteConfiguration:
        IndexDocument: index.html
        ErrorDocument: error.html
        RoutingRules:
          - RoutingRuleCondition: {KeyPrefixEquals: old/}
            RedirectRule: {ReplaceKeyWith: moved.html}
)");

  const json::Object website = Do("s3", "GetBucketWebsite", {{"Bucket", "pages"}});
  EXPECT_EQ(website.GetObject("IndexDocument").GetString("Suffix"), "index.html");
  EXPECT_EQ(website.GetObject("ErrorDocument").GetString("Key"), "error.html");
  const json::Object& rule = website.GetArray("RoutingRules")[0].AsObject();
  EXPECT_EQ(rule.GetObject("Condition").GetString("KeyPrefixEquals"), "old/");
  EXPECT_EQ(rule.GetObject("Redirect").GetString("ReplaceKeyWith"), "moved.html");
}

TEST_F(FoundationTypes, APropertyIsAnAttributeToo) {
  Deploy(R"(
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: News}}
Outputs:
  Shown: {Value: !GetAtt Topic.DisplayName}
)");

  EXPECT_EQ(Output("Shown"), "News");
}

TEST_F(FoundationTypes, APolicyIsForSomebody) {
  EXPECT_THAT(DeployFails(R"(
Resources:
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: p
      PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}
)",
                          "Policy"),
              HasSubstr("At least one of [Groups,Roles,Users] must be non-empty."));
}

TEST_F(FoundationTypes, APolicyIsPutIntoEachOfItsRoles) {
  const auto yaml = [](std::string_view action) {
    return fmt::format(R"(
Resources:
  Role: {{Type: AWS::IAM::Role, Properties: {{RoleName: r, AssumeRolePolicyDocument: {}}}}}
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: p
      PolicyDocument: {{Version: '2012-10-17', Statement: [{{Effect: Allow, Action: '{}', Resource: '*'}}]}}
      Roles: [!Ref Role]
  Managed:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {{Version: '2012-10-17', Statement: [{{Effect: Allow, Action: '{}', Resource: '*'}}]}}
      Roles: [!Ref Role]
Outputs:
  Managed: {{Value: !Ref Managed}}
)",
                       kTrust, action, action);
  };
  Deploy(yaml("s3:GetObject"));
  Deploy(yaml("s3:PutObject"));

  const json::Object policy = Do("iam", "GetRolePolicy", {{"RoleName", "r"}, {"PolicyName", "p"}});
  EXPECT_THAT(policy.GetString("PolicyDocument"), HasSubstr("PutObject"));
  const json::Object managed =
      Do("iam", "GetPolicy", {{"PolicyArn", Output("Managed")}}).GetObject("Policy");
  EXPECT_EQ(managed.GetString("DefaultVersionId"), "v2");
  EXPECT_EQ(managed.GetInt("AttachmentCount"), 1);
  Delete();
}

constexpr std::string_view kBucket = R"(
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: Delete
    Properties:
      VersioningConfiguration: {Status: Enabled}
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - BucketKeyEnabled: true
            ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms'}
      PublicAccessBlockConfiguration:
        {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}
      OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}
      LifecycleConfiguration:
        Rules:
          - {Id: old, Status: Enabled, Prefix: logs/, ExpirationInDays: 30,
             NoncurrentVersionExpiration: {NoncurrentDays: '7'}}
      CorsConfiguration:
        CorsRules: [{AllowedMethods: [GET], AllowedOrigins: ['*'], MaxAge: 60}]
      Tags: [{Key: team, Value: blue}]
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Version: '2012-10-17'
        Statement: [{Effect: Deny, Principal: '*', Action: 's3:*', Resource: !GetAtt Bucket.Arn,
                     Condition: {Bool: {'aws:SecureTransport': 'false'}}}]
Outputs:
  Name: {Value: !Ref Bucket}
  Domain: {Value: !GetAtt Bucket.RegionalDomainName}
)";

TEST_F(FoundationTypes, ABucketGetsAllThatItsTemplateSays) {
  Deploy(kBucket);

  const std::string name = Output("Name");
  EXPECT_THAT(name, MatchesRegex("app-bucket-[a-z0-9]{12}"));
  EXPECT_EQ(Output("Domain"), name + ".s3.eu-central-1.amazonaws.com");
  const json::Object lifecycle = Do("s3", "GetBucketLifecycleConfiguration", {{"Bucket", name}});
  const json::Object& rule = lifecycle.GetArray("Rules")[0].AsObject();
  EXPECT_EQ(rule.GetObject("Expiration").GetInt("Days"), 30);
  EXPECT_EQ(rule.GetObject("NoncurrentVersionExpiration").GetInt("NoncurrentDays"), 7);
  EXPECT_EQ(Do("s3", "GetBucketVersioning", {{"Bucket", name}}).GetString("Status"), "Enabled");
  Do("s3", "GetBucketPolicy", {{"Bucket", name}});
  EXPECT_EQ(Drift(), "IN_SYNC");
}

TEST_F(FoundationTypes, ABucketLosesWhatItsTemplateNoLongerSays) {
  Deploy(kBucket);
  const std::string name = Output("Name");

  Deploy(R"(
Resources: {Bucket: {Type: AWS::S3::Bucket}}
Outputs: {Name: {Value: !Ref Bucket}}
)");

  EXPECT_EQ(Output("Name"), name);
  EXPECT_EQ(Ask("s3", "GetBucketPolicy", {{"Bucket", name}}).code, "NoSuchBucketPolicy");
  EXPECT_EQ(Ask("s3", "GetBucketCors", {{"Bucket", name}}).code, "NoSuchCORSConfiguration");
  EXPECT_EQ(Do("s3", "GetBucketVersioning", {{"Bucket", name}}).GetString("Status"), "Suspended");
}

TEST_F(FoundationTypes, DriftNamesThePropertyThatSomebodyChanged) {
  Deploy(kBucket);
  Do("s3", "PutBucketVersioning",
     {{"Bucket", Output("Name")},
      {"VersioningConfiguration", json::Object{{"Status", "Suspended"}}}});

  EXPECT_THAT(Drift(), HasSubstr("/VersioningConfiguration/Status"));
}

std::string FunctionTemplate(std::string_view code, std::string_view more) {
  return fmt::format(R"(
Resources:
  Role: {{Type: AWS::IAM::Role, Properties: {{AssumeRolePolicyDocument: {}}}}}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Code: {{ZipFile: '{}'}}
{}
  Version: {{Type: AWS::Lambda::Version, Properties: {{FunctionName: !Ref Function}}}}
  Alias:
    Type: AWS::Lambda::Alias
    Properties: {{FunctionName: !Ref Function, FunctionVersion: !GetAtt Version.Version, Name: live}}
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Alias
      Action: lambda:InvokeFunction
      Principal: connect.amazonaws.com
      SourceAccount: !Ref AWS::AccountId
Outputs:
  Name: {{Value: !Ref Function}}
  Arn: {{Value: !GetAtt Function.Arn}}
  Version: {{Value: !Ref Version}}
  Alias: {{Value: !Ref Alias}}
)",
                     kTrust, code, more);
}

TEST_F(FoundationTypes, AFunctionHasInlineCodeAVersionAnAliasAndAPermission) {
  Deploy(FunctionTemplate("def handler(e, c): return 1", "      Timeout: '10'"));

  const std::string name = Output("Name");
  const std::string arn = "arn:aws:lambda:eu-central-1:111122223333:function:" + name;
  EXPECT_EQ(Output("Arn"), arn);
  EXPECT_EQ(Output("Version"), arn + ":1");
  EXPECT_EQ(Output("Alias"), arn + ":live");
  const json::Object function = Do("lambda", "GetFunctionConfiguration", {{"FunctionName", name}});
  EXPECT_EQ(function.GetInt("Timeout"), 10);
  EXPECT_EQ(function.GetString("State"), "Active");
  const json::Object policy =
      Do("lambda", "GetPolicy", {{"FunctionName", name}, {"Qualifier", "live"}});
  EXPECT_THAT(policy.GetString("Policy"), HasSubstr("connect.amazonaws.com"));
  EXPECT_EQ(Drift(), "IN_SYNC");
}

TEST_F(FoundationTypes, AFunctionIsUpdatedInPlaceAndGoesWithTheStack) {
  Deploy(FunctionTemplate("def handler(e, c): return 1", "      Timeout: 10"));
  const std::string name = Output("Name");
  const json::Object before = Do("lambda", "GetFunctionConfiguration", {{"FunctionName", name}});

  Deploy(FunctionTemplate("def handler(e, c): return 2",
                          "      Environment: {Variables: {ANSWER: 1}}\n"
                          "      ReservedConcurrentExecutions: 3"));

  const json::Object after = Do("lambda", "GetFunctionConfiguration", {{"FunctionName", name}});
  EXPECT_NE(after.GetString("CodeSha256"), before.GetString("CodeSha256"));
  EXPECT_EQ(after.GetInt("Timeout"), 3);
  EXPECT_EQ(after.GetObject("Environment").GetObject("Variables").GetString("ANSWER"), "1");
  Delete();
  EXPECT_EQ(Ask("lambda", "GetFunction", {{"FunctionName", name}}).code,
            "ResourceNotFoundException");
}

TEST_F(FoundationTypes, InlineCodeIsForNodeAndPythonOnly) {
  EXPECT_THAT(DeployFails(R"(
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties: {Runtime: java21, Handler: a.B, Role: 'arn:aws:iam::111122223333:role/r', Code: {ZipFile: x}}
)",
                          "Function"),
              HasSubstr("ZipFile can only be used when Runtime is"));
}

TEST_F(FoundationTypes, ALogGroupKeepsItsNameWhileItsRetentionChanges) {
  const auto yaml = [](std::string_view properties) {
    return fmt::format(R"(
Resources:
  Group: {{Type: AWS::Logs::LogGroup, Properties: {{LogGroupName: /acme{}}}}}
  Stream: {{Type: AWS::Logs::LogStream, Properties: {{LogGroupName: !Ref Group, LogStreamName: s}}}}
Outputs: {{Arn: {{Value: !GetAtt Group.Arn}}}}
)",
                       properties);
  };
  Deploy(yaml(", RetentionInDays: 7"));
  EXPECT_EQ(Output("Arn"), "arn:aws:logs:eu-central-1:111122223333:log-group:/acme:*");
  EXPECT_EQ(Drift(), "IN_SYNC");

  Deploy(yaml(""));

  const json::Object groups = Do("logs", "DescribeLogGroups");
  EXPECT_FALSE(groups.GetArray("logGroups")[0].AsObject().Has("retentionInDays"));
  Delete();
  EXPECT_THAT(Do("logs", "DescribeLogGroups").GetArray("logGroups"), SizeIs(0));
}

}  // namespace
}  // namespace trunkline::cloud::tests
