// Amazon Connect and Lex V2 through stacks.
#include "base/json_write.h"
#include "tests/cloud/cloudformation/connect_stacks.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr std::string_view kFlow =
    R"({"Version":"2019-10-30","StartAction":"end","Actions":[{"Identifier":"end",)"
    R"("Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";

constexpr std::string_view kInstance = R"(
Resources:
  Instance:
    Type: AWS::Connect::Instance
    Properties:
      IdentityManagementType: CONNECT_MANAGED
      InstanceAlias: acme-dev
      Attributes: {InboundCalls: true, OutboundCalls: 'false', ContactflowLogs: true}
)";

constexpr std::string_view kHours = R"(
  Hours:
    Type: AWS::Connect::HoursOfOperation
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      Name: Always
      TimeZone: Europe/Berlin
      Config: [{Day: MONDAY, StartTime: {Hours: 0, Minutes: '0'}, EndTime: {Hours: 0, Minutes: 0}}]
      HoursOfOperationOverrides:
        - {OverrideName: Fair, EffectiveFrom: '2027-01-01', EffectiveTill: '2027-01-02',
           OverrideConfig: [{Day: FRIDAY, StartTime: {Hours: 9, Minutes: 0}, EndTime: {Hours: 10, Minutes: 0}}]}
)";

class ConnectTypes : public ConnectStacks {};

TEST_F(ConnectTypes, AnInstanceIsActiveWithItsAttributesAndCanBeUpdated) {
  const std::string outputs =
      "Outputs: {Id: {Value: !GetAtt Instance.Id}, Status: {Value: !GetAtt "
      "Instance.InstanceStatus}}";
  Deploy(std::string(kInstance) + outputs);

  EXPECT_EQ(Output("Status"), "ACTIVE");
  EXPECT_EQ(Output("Id"), Instance());
  EXPECT_EQ(Ask("DescribeInstance").GetObject("Instance").GetBool("OutboundCallsEnabled", true),
            false);
  const json::Object logs =
      Ask("DescribeInstanceAttribute", {{"AttributeType", "CONTACTFLOW_LOGS"}});
  EXPECT_EQ(logs.GetObject("Attribute").GetString("Value"), "true");

  std::string changed = std::string(kInstance) + outputs;
  changed.replace(changed.find("ContactflowLogs: true"), 21, "ContactflowLogs: false");
  Deploy(changed);

  EXPECT_EQ(Ask("DescribeInstanceAttribute", {{"AttributeType", "CONTACTFLOW_LOGS"}})
                .GetObject("Attribute")
                .GetString("Value"),
            "false");
  Delete();
  EXPECT_THAT(Do("connect", "ListInstances").GetArray("InstanceSummaryList"), IsEmpty());
}

std::string QueueTemplate(std::string_view queue) {
  return std::string(kInstance) + std::string(kHours) +
         fmt::format(R"(
  Queue:
    Type: AWS::Connect::Queue
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      HoursOfOperationArn: !GetAtt Hours.HoursOfOperationArn
{}
  Quick:
    Type: AWS::Connect::QuickConnect
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      Name: Desk
      QuickConnectConfig: {{QuickConnectType: PHONE_NUMBER, PhoneConfig: {{PhoneNumber: '+4930123456'}}}}
Outputs: {{Type: {{Value: !GetAtt Queue.Type}}, Arn: {{Value: !Ref Queue}}}}
)",
                     queue);
}

TEST_F(ConnectTypes, AQueueIsMadeUpdatedByItsOwnOperationsAndDeleted) {
  Deploy(QueueTemplate(R"(      Name: Sales
      Description: first
      MaxContacts: '10'
      QuickConnectArns: [!GetAtt Quick.QuickConnectArn]
      Tags: [{Key: team, Value: blue}])"));
  EXPECT_EQ(Output("Type"), "STANDARD");
  EXPECT_THAT(Output("Arn"), HasSubstr(":instance/" + Instance() + "/queue/"));
  EXPECT_EQ(Drift(), "IN_SYNC");
  const std::string arn = Output("Arn");
  const json::Object key{{"QueueId", IdOf("Queue")}};
  EXPECT_THAT(Ask("ListQueueQuickConnects", key).GetArray("QuickConnectSummaryList"), SizeIs(1));

  Deploy(QueueTemplate(R"(      Name: Selling
      MaxContacts: 5
      Status: DISABLED)"));

  EXPECT_EQ(Output("Arn"), arn);
  const json::Object queue = Ask("DescribeQueue", key).GetObject("Queue");
  EXPECT_EQ(queue.GetString("Name"), "Selling");
  EXPECT_EQ(queue.GetString("Status"), "DISABLED");
  EXPECT_EQ(queue.GetInt("MaxContacts"), 5);
  EXPECT_FALSE(queue.GetObject("Tags").Has("team"));
  EXPECT_EQ(queue.GetObject("Tags").GetString("aws:cloudformation:logical-id"), "Queue");
  EXPECT_THAT(Ask("ListQueueQuickConnects", key).GetArray("QuickConnectSummaryList"), IsEmpty());
  Delete();
}

TEST_F(ConnectTypes, AnInstanceThatIsBeingMadeIsReadyAfterARestart) {
  Begin(kInstance);
  Advance(Milliseconds(10));
  Restart();

  Finish();

  EXPECT_THAT(Do("connect", "ListInstances").GetArray("InstanceSummaryList"), SizeIs(1));
}

TEST_F(ConnectTypes, HoursHaveTheirOverrides) {
  Deploy(std::string(kInstance) + std::string(kHours));

  const json::Object overrides =
      Ask("ListHoursOfOperationOverrides", {{"HoursOfOperationId", IdOf("Hours")}});
  ASSERT_THAT(overrides.GetArray("HoursOfOperationOverrideList"), SizeIs(1));
  EXPECT_EQ(overrides.GetArray("HoursOfOperationOverrideList")[0].AsObject().GetString("Name"),
            "Fair");

  std::string without(kHours);
  without.resize(without.find("      HoursOfOperationOverrides"));
  Deploy(std::string(kInstance) + without);

  EXPECT_THAT(Ask("ListHoursOfOperationOverrides", {{"HoursOfOperationId", IdOf("Hours")}})
                  .GetArray("HoursOfOperationOverrideList"),
              IsEmpty());
}

std::string FlowTemplate(std::string_view more) {
  return std::string(kInstance) + fmt::format(R"(
  Flow:
    Type: AWS::Connect::ContactFlow
    Properties: {{InstanceArn: !GetAtt Instance.Arn, Name: Main, Type: CONTACT_FLOW, Content: '{}'{}}}
  FlowVersion:
    Type: AWS::Connect::ContactFlowVersion
    Properties: {{ContactFlowId: !GetAtt Campaign.ContactFlowArn, Description: one}}
  Campaign:
    Type: AWS::Connect::ContactFlow
    Properties: {{InstanceArn: !GetAtt Instance.Arn, Name: Campaign, Type: CAMPAIGN, Content: '{}'}}
  Origin: {{Type: AWS::Connect::ApprovedOrigin, Properties: {{InstanceId: !GetAtt Instance.Arn, Origin: 'https://acme.example'}}}}
  Skill:
    Type: AWS::Connect::PredefinedAttribute
    Properties: {{InstanceArn: !GetAtt Instance.Arn, Name: Language, Values: {{StringList: [en, de]}}}}
  Number:
    Type: AWS::Connect::PhoneNumber
    Properties: {{TargetArn: !GetAtt Instance.Arn, Type: DID, CountryCode: US}}
  Recordings:
    Type: AWS::Connect::InstanceStorageConfig
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      ResourceType: CALL_RECORDINGS
      StorageType: S3
      S3Config: {{BucketName: !Ref Bucket, BucketPrefix: calls}}
  Bucket: {{Type: AWS::S3::Bucket}}
Outputs:
  Version: {{Value: !GetAtt FlowVersion.Version}}
  VersionArn: {{Value: !Ref FlowVersion}}
  Address: {{Value: !GetAtt Number.Address}}
)",
                                              kFlow, more, kFlow);
}

TEST_F(ConnectTypes, AFlowAVersionANumberAndSettingsOfTheInstance) {
  Deploy(FlowTemplate(""));

  EXPECT_EQ(Output("Version"), "1");
  EXPECT_EQ(Output("VersionArn"), PhysicalId("Campaign") + ":1");
  EXPECT_THAT(Output("Address"), StartsWith("+1"));
  EXPECT_THAT(Ask("ListApprovedOrigins").GetArray("Origins"), SizeIs(1));
  EXPECT_EQ(Drift(), "IN_SYNC");

  Deploy(FlowTemplate(", State: ARCHIVED, Description: old"));

  const json::Object flow =
      Ask("DescribeContactFlow", {{"ContactFlowId", IdOf("Flow")}}).GetObject("ContactFlow");
  EXPECT_EQ(flow.GetString("State"), "ARCHIVED");
  EXPECT_EQ(flow.GetString("Description"), "old");
  Delete();
}

TEST_F(ConnectTypes, AFlowThatConnectRefusesFailsWithItsReason) {
  std::string yaml = FlowTemplate("");
  yaml.replace(yaml.find("DisconnectParticipant"), 21, "FlyToTheMoon");

  EXPECT_THAT(DeployFails(yaml, "Flow"), HasSubstr("FlyToTheMoon"));
}

std::string PeopleTemplate(std::string_view queues, std::string_view user) {
  return std::string(kInstance) + std::string(kHours) +
         fmt::format(R"(
  Queue:
    Type: AWS::Connect::Queue
    Properties: {{InstanceArn: !GetAtt Instance.Arn, Name: Sales, HoursOfOperationArn: !GetAtt Hours.HoursOfOperationArn}}
  Profile:
    Type: AWS::Connect::RoutingProfile
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      Name: Agents
      Description: all
      DefaultOutboundQueueArn: !GetAtt Queue.QueueArn
      MediaConcurrencies: [{{Channel: VOICE, Concurrency: 1}}]
      {}
  Security:
    Type: AWS::Connect::SecurityProfile
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      SecurityProfileName: Agents
      Permissions: [BasicAgentAccess]
  User:
    Type: AWS::Connect::User
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      Username: jane
      Password: Secret-123
      RoutingProfileArn: !GetAtt Profile.RoutingProfileArn
      SecurityProfileArns: [!GetAtt Security.SecurityProfileArn]
      PhoneConfig: {{PhoneType: SOFT_PHONE, AutoAccept: {}}}
      IdentityInfo: {{FirstName: Jane, LastName: Doe}}
)",
                     queues, user);
}

TEST_F(ConnectTypes, ProfilesAndUsersAreUpdatedInPlace) {
  constexpr std::string_view kQueues =
      "QueueConfigs: [{Delay: 0, Priority: 1, QueueReference: {Channel: VOICE, QueueArn: !GetAtt "
      "Queue.QueueArn}}]";
  Deploy(PeopleTemplate(kQueues, "false"));
  const json::Object profile{{"RoutingProfileId", IdOf("Profile")}};
  EXPECT_THAT(
      Ask("ListRoutingProfileQueues", profile).GetArray("RoutingProfileQueueConfigSummaryList"),
      SizeIs(1));
  EXPECT_EQ(Drift(), "IN_SYNC");
  const std::string user = IdOf("User");

  Deploy(PeopleTemplate("", "true"));

  EXPECT_THAT(
      Ask("ListRoutingProfileQueues", profile).GetArray("RoutingProfileQueueConfigSummaryList"),
      IsEmpty());
  EXPECT_EQ(IdOf("User"), user);
  EXPECT_TRUE(Ask("DescribeUser", {{"UserId", user}})
                  .GetObject("User")
                  .GetObject("PhoneConfig")
                  .GetBool("AutoAccept"));
  Delete();
}

std::string BotTemplate(std::string_view utterance, std::string_view version) {
  return std::string(kInstance) + fmt::format(R"(
  LexRole:
    Type: AWS::IAM::Role
    Properties: {{AssumeRolePolicyDocument: {{Version: '2012-10-17', Statement: [{{Effect: Allow, Principal: {{Service: lexv2.amazonaws.com}}, Action: 'sts:AssumeRole'}}]}}}}
  Bot:
    Type: AWS::Lex::Bot
    Properties:
      Name: ACME_bot
      RoleArn: !GetAtt LexRole.Arn
      DataPrivacy: {{ChildDirected: false}}
      IdleSessionTTLInSeconds: 300
      AutoBuildBotLocales: true
      BotLocales:
      - LocaleId: en_US
        NluConfidenceThreshold: 0.4
        VoiceSettings: {{VoiceId: Joanna, Engine: neural}}
        SlotTypes:
        - Name: Department
          SlotTypeValues: [{{SampleValue: {{Value: sales}}, Synonyms: [{{Value: selling}}]}}, {{SampleValue: {{Value: support}}}}]
          ValueSelectionSetting: {{ResolutionStrategy: TOP_RESOLUTION}}
        Intents:
        - Name: GetDepartment
          SampleUtterances: [{{Utterance: '{}'}}]
          Slots:
          - Name: Department
            SlotTypeName: Department
            ValueElicitationSetting: {{SlotConstraint: Required, PromptSpecification: {{MaxRetries: 2, AllowInterrupt: true, MessageGroupsList: [{{Message: {{PlainTextMessage: {{Value: 'Which?'}}}}}}]}}}}
          SlotPriorities: [{{Priority: 1, SlotName: Department}}]
        - Name: FallbackIntent
          ParentIntentSignature: AMAZON.FallbackIntent
  {}:
    Type: AWS::Lex::BotVersion
    Properties: {{BotId: !Ref Bot, BotVersionLocaleSpecification: [{{LocaleId: en_US, BotVersionLocaleDetails: {{SourceBotVersion: DRAFT}}}}]}}
  BotAlias:
    Type: AWS::Lex::BotAlias
    Properties: {{BotId: !Ref Bot, BotAliasName: live, BotVersion: !GetAtt {}.BotVersion, BotAliasLocaleSettings: [{{LocaleId: en_US, BotAliasLocaleSetting: {{Enabled: true}}}}]}}
  BotPolicy:
    Type: AWS::Lex::ResourcePolicy
    Properties: {{ResourceArn: !GetAtt BotAlias.Arn, Policy: {{Version: '2012-10-17', Statement: [{{Sid: connect, Effect: Allow, Principal: {{Service: connect.amazonaws.com}}, Action: ['lex:RecognizeText','lex:StartConversation'], Resource: !GetAtt BotAlias.Arn, Condition: {{StringEquals: {{'aws:SourceAccount': !Ref AWS::AccountId}}, ArnEquals: {{'aws:SourceArn': !GetAtt Instance.Arn}}}}}}]}}}}
  Association:
    Type: AWS::Connect::IntegrationAssociation
    DependsOn: BotPolicy
    Properties: {{InstanceId: !GetAtt Instance.Arn, IntegrationType: LEX_BOT, IntegrationArn: !GetAtt BotAlias.Arn}}
Outputs: {{Arn: {{Value: !GetAtt Bot.Arn}}, Alias: {{Value: !GetAtt BotAlias.Arn}}, Version: {{Value: !GetAtt {}.BotVersion}}}}
)",
                                              utterance, version, version, version);
}

TEST_F(ConnectTypes, ABotIsBuiltVersionedAliasedAndConnected) {
  Deploy(BotTemplate("I need {Department}", "VersionA"));

  const std::string bot = PhysicalId("Bot");
  EXPECT_EQ(Output("Arn"), "arn:aws:lex:eu-central-1:111122223333:bot/" + bot);
  EXPECT_EQ(Output("Version"), "1");
  EXPECT_THAT(PhysicalId("BotAlias"), MatchesRegex("[A-Z0-9]{10}\\|" + bot));
  const json::Object said = Do("lexv2-runtime", "RecognizeText",
                               {{"botId", bot},
                                {"botAliasId", PhysicalId("BotAlias").substr(0, 10)},
                                {"localeId", "en_US"},
                                {"sessionId", "one-caller"},
                                {"text", "I need selling"}});
  EXPECT_THAT(json::Write(said), HasSubstr("\"interpretedValue\":\"sales\""));
}

TEST_F(ConnectTypes, AChangedLocaleIsBroughtUpToDateAndBuiltAgain) {
  Deploy(BotTemplate("I need {Department}", "VersionA"));
  const std::string bot = PhysicalId("Bot");
  const auto intents = [&] {
    return Do("lexv2-models", "ListIntents",
              {{"botId", bot}, {"botVersion", "DRAFT"}, {"localeId", "en_US"}})
        .GetArray("intentSummaries");
  };
  const json::Array before = intents();

  Deploy(BotTemplate("give me {Department}", "VersionB"));

  EXPECT_EQ(PhysicalId("Bot"), bot);
  EXPECT_EQ(Output("Version"), "2");
  EXPECT_EQ(intents().size(), before.size());
  const json::Object said = Do("lexv2-runtime", "RecognizeText",
                               {{"botId", bot},
                                {"botAliasId", PhysicalId("BotAlias").substr(0, 10)},
                                {"localeId", "en_US"},
                                {"sessionId", "one-caller"},
                                {"text", "give me support"}});
  EXPECT_THAT(json::Write(said), HasSubstr("\"interpretedValue\":\"support\""));
  Delete();
}

TEST_F(ConnectTypes, ABotFileIsRefusedPrecisely) {
  EXPECT_THAT(DeployFails(R"(
Resources:
  Bot:
    Type: AWS::Lex::Bot
    Properties:
      Name: b
      RoleArn: arn:aws:iam::111122223333:role/aws-service-role/lexv2.amazonaws.com/r
      DataPrivacy: {ChildDirected: false}
      IdleSessionTTLInSeconds: 300
      BotFileS3Location: {S3Bucket: files, S3ObjectKey: bot.zip}
)",
                          "Bot"),
              HasSubstr("does not implement BotFileS3Location"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
