// Contacts that operations start: they live on the cloud's clock.
#include <gmock/gmock.h>

#include "base/text.h"
#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// Waits a minute.
constexpr std::string_view kWaits = R"({"Version":"2019-10-30","StartAction":"mark","Actions":[
  {"Identifier":"mark","Type":"UpdateContactAttributes",
   "Parameters":{"Attributes":{"seen":"yes","who":"$.Attributes.name","task":"$.Name"}},
   "Transitions":{"NextAction":"wait","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"wait","Type":"Wait","Parameters":{"TimeLimitSeconds":"60"},
   "Transitions":{"NextAction":"end","Conditions":[
      {"NextAction":"late","Condition":{"Operator":"Equals","Operands":["WaitCompleted"]}}],
    "Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"late","Type":"UpdateContactAttributes","Parameters":{"Attributes":{"late":"yes"}},
   "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";

constexpr std::string_view kToQueue = R"({"Version":"2019-10-30","StartAction":"queue","Actions":[
  {"Identifier":"queue","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"QUEUE"},
   "Transitions":{"NextAction":"transfer","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"transfer","Type":"TransferContactToQueue","Parameters":{},
   "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"QueueAtCapacity","NextAction":"end"},
                                               {"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";

class StartedContacts : public ConnectTest {
 protected:
  std::string MakeFlow(std::string_view name, std::string_view content,
                       std::string_view type = "CONTACT_FLOW") {
    return std::string(
        DoConnect("CreateContactFlow", {{"Name", name}, {"Type", type}, {"Content", content}})
            .GetString("ContactFlowId"));
  }
  json::Object ChatInput(std::string_view flow) {
    return {{"ContactFlowId", flow},
            {"ParticipantDetails", json::Object{{"DisplayName", "Ada"}}},
            {"Attributes", json::Object{{"name", "Ada"}}}};
  }
  json::Object TaskInput(std::string_view flow) {
    return {{"ContactFlowId", flow}, {"Name", "Call back"}, {"Description", "Ada wants to know"}};
  }
  std::string Start(std::string_view operation, json::Object input) {
    const std::string id(DoConnect(operation, std::move(input)).GetString("ContactId"));
    RunLoop();
    return id;
  }
  json::Object Describe(std::string_view contact) {
    return DoConnect("DescribeContact", {{"ContactId", contact}}).GetObject("Contact");
  }
  json::Object Attributes(std::string_view contact) {
    return DoConnect("GetContactAttributes", {{"InitialContactId", contact}})
        .GetObject("Attributes");
  }
  void AllowCalls() {
    DoConnect("UpdateInstanceAttribute", {{"AttributeType", "OUTBOUND_CALLS"}, {"Value", "true"}});
  }
  // Lets the instance call, and claims a number that its calls may show.
  std::string MakeNumber() {
    AllowCalls();
    DoConnect("ClaimPhoneNumber", {{"PhoneNumber", "+15552000000"}});
    Advance(Milliseconds(50));
    return "+15552000000";
  }
  json::Object CallInput(std::string_view flow) {
    return {{"ContactFlowId", flow},
            {"DestinationPhoneNumber", "+15557654321"},
            {"SourcePhoneNumber", "+15552000000"}};
  }
};

TEST_F(StartedContacts, RunTheirFlowWithWhatTheyWereGiven) {
  const std::string flow = MakeFlow("Waits", kWaits);

  const std::string chat = Start("StartChatContact", ChatInput(flow));

  EXPECT_EQ(Attributes(chat).GetString("seen"), "yes");
  EXPECT_EQ(Attributes(chat).GetString("who"), "Ada");
  const json::Object shown = Describe(chat);
  EXPECT_EQ(shown.GetString("Channel"), "CHAT");
  EXPECT_EQ(shown.GetString("InitiationMethod"), "API");
  EXPECT_EQ(shown.GetString("Arn"), InstanceArn() + "/contact/" + chat);
  EXPECT_FALSE(shown.Has("DisconnectTimestamp"));
}

TEST_F(StartedContacts, AreDescribedBeforeTheirFlowBegins) {
  const std::string flow = MakeFlow("Waits", kWaits);

  const json::Object started = DoConnect("StartTaskContact", TaskInput(flow));

  EXPECT_EQ(Describe(started.GetString("ContactId")).GetString("Name"), "Call back");
}

TEST_F(StartedContacts, WaitOnTheCloudsClock) {
  const std::string chat = Start("StartChatContact", ChatInput(MakeFlow("Waits", kWaits)));

  Advance(std::chrono::seconds(59));
  const bool early = Attributes(chat).Has("late");
  Advance(std::chrono::seconds(2));

  EXPECT_FALSE(early);
  EXPECT_EQ(Attributes(chat).GetString("late"), "yes");
  const json::Object shown = Describe(chat);
  EXPECT_EQ(shown.GetString("DisconnectReason"), "CONTACT_FLOW_DISCONNECT");
  EXPECT_EQ(shown.GetDouble("DisconnectTimestamp") - shown.GetDouble("InitiationTimestamp"), 60);
}

TEST_F(StartedContacts, AnswerTheSameTokenWithTheSameContact) {
  json::Object input = ChatInput(MakeFlow("Waits", kWaits));
  input.Set("ClientToken", "once");
  const json::Object first = DoConnect("StartChatContact", input);

  const json::Object second = DoConnect("StartChatContact", input);
  input.Set("Attributes", json::Object{{"name", "Bob"}});
  const Answered other = AskConnect("StartChatContact", input);

  EXPECT_EQ(first, second);
  EXPECT_THAT(other, Fails(400, "InvalidParameterException", HasSubstr("client token 'once'")));
}

TEST_F(StartedContacts, ChatsNobodyComesToEndAfterFiveMinutes) {
  const std::string flow = MakeFlow("Queue", Replace(kToQueue, "QUEUE", QueueId()));
  const std::string chat = Start("StartChatContact", ChatInput(flow));

  Advance(std::chrono::minutes(5));

  EXPECT_EQ(Describe(chat).GetString("DisconnectReason"), "CUSTOMER_NEVER_ARRIVED");
}

TEST_F(StartedContacts, TasksExpireAfterAWeek) {
  const std::string flow = MakeFlow("Queue", Replace(kToQueue, "QUEUE", QueueId()));
  const std::string task = Start("StartTaskContact", TaskInput(flow));

  Advance(std::chrono::hours(7 * 24 - 1));
  const bool early = Describe(task).Has("DisconnectTimestamp");
  Advance(std::chrono::hours(1));

  EXPECT_FALSE(early);
  EXPECT_EQ(Describe(task).GetString("DisconnectReason"), "EXPIRED");
}

TEST_F(StartedContacts, TasksBeginWhenTheyAreScheduled) {
  json::Object input = TaskInput(MakeFlow("Waits", kWaits));
  input.Set("ScheduledTime", json::Number{EpochSeconds(clock().Now() + std::chrono::minutes(10))});
  const std::string task = Start("StartTaskContact", input);

  Advance(std::chrono::minutes(9));
  const bool early = Attributes(task).Has("seen");
  Advance(std::chrono::minutes(1));
  const json::Object begun = Attributes(task);
  Advance(std::chrono::seconds(59));
  const bool late = Attributes(task).Has("late");

  EXPECT_FALSE(early);
  EXPECT_EQ(begun.GetString("task"), "Call back");
  EXPECT_FALSE(late);
}

TEST_F(StartedContacts, TasksTakeTheFlowOfTheirQuickConnect) {
  const std::string flow = MakeFlow("Waits", kWaits, "QUEUE_TRANSFER");
  const std::string connect(
      DoConnect("CreateQuickConnect",
                {{"Name", "Tasks"},
                 {"QuickConnectConfig",
                  json::Object{{"QuickConnectType", "QUEUE"},
                               {"QueueConfig",
                                json::Object{{"QueueId", QueueId()}, {"ContactFlowId", flow}}}}}})
          .GetString("QuickConnectId"));

  const std::string task =
      Start("StartTaskContact", {{"QuickConnectId", connect}, {"Name", "Look"}});

  EXPECT_EQ(Attributes(task).GetString("seen"), "yes");
}

TEST_F(StartedContacts, CallsShowTheNumberTheyComeFrom) {
  const std::string number = MakeNumber();

  const std::string call = Start("StartOutboundVoiceContact", CallInput(MakeFlow("Waits", kWaits)));

  const json::Object shown = Describe(call);
  EXPECT_EQ(shown.GetString("Channel"), "VOICE");
  EXPECT_EQ(shown.GetObject("CustomerEndpoint").GetString("Address"), "+15557654321");
  EXPECT_EQ(shown.GetObject("SystemEndpoint").GetString("Address"), number);
}

TEST_F(StartedContacts, CallsNeedANumberOfTheInstance) {
  AllowCalls();
  const std::string flow = MakeFlow("Waits", kWaits);
  json::Object without = CallInput(flow);
  without.Remove("SourcePhoneNumber");
  json::Object queue = without;
  queue.Set("QueueId", QueueId());

  EXPECT_THAT(AskConnect("StartOutboundVoiceContact", CallInput(flow)),
              Fails(400, "InvalidParameterException", HasSubstr("'+15552000000' is not claimed")));
  EXPECT_THAT(
      AskConnect("StartOutboundVoiceContact", without),
      Fails(400, "InvalidParameterException", HasSubstr("a SourcePhoneNumber or a QueueId")));
  EXPECT_THAT(AskConnect("StartOutboundVoiceContact", queue),
              Fails(400, "InvalidParameterException", HasSubstr("no outbound caller id number")));
}

TEST_F(StartedContacts, CallsAreNotMadeWhereTheInstanceMakesNone) {
  const json::Object input = CallInput(MakeFlow("Waits", kWaits));

  EXPECT_THAT(AskConnect("StartOutboundVoiceContact", input),
              Fails(403, "OutboundContactNotPermittedException", HasSubstr("OUTBOUND_CALLS")));
}

TEST_F(StartedContacts, BeginInPublishedContactFlowsOnly) {
  const std::string whisper = FlowId("Default agent whisper");

  EXPECT_THAT(AskConnect("StartChatContact", ChatInput("00000000-0000-0000-0000-000000000000")),
              Fails(404, "ResourceNotFoundException", HasSubstr("flow")));
  EXPECT_THAT(AskConnect("StartChatContact", ChatInput(whisper)),
              Fails(400, "InvalidParameterException", HasSubstr("AGENT_WHISPER")));
}

TEST_F(StartedContacts, TakeAttributesOfNoMoreThan32Kilobytes) {
  json::Object named = ChatInput(MakeFlow("Waits", kWaits));
  json::Object large = named;
  named.Set("Attributes", json::Object{{"a b", "c"}});
  large.Set("Attributes",
            json::Object{{"a", std::string(20000, 'x')}, {"b", std::string(20000, 'x')}});

  EXPECT_THAT(AskConnect("StartChatContact", named),
              Fails(400, "InvalidParameterException", HasSubstr("'a b'")));
  EXPECT_THAT(AskConnect("StartChatContact", large),
              Fails(400, "InvalidParameterException", HasSubstr("40002 bytes")));
}

TEST_F(StartedContacts, AreQueuedAndAnsweredByTheStandIn) {
  const std::string flow = MakeFlow("Queue", Replace(kToQueue, "QUEUE", QueueId()));

  const std::string chat = Start("StartChatContact", ChatInput(flow));
  Advance(std::chrono::seconds(30));

  const json::Object shown = Describe(chat);
  EXPECT_EQ(shown.GetObject("QueueInfo").GetString("Id"), QueueId());
  EXPECT_EQ(shown.GetObject("AgentInfo").GetString("Id"), "agent");
  EXPECT_TRUE(shown.GetObject("AgentInfo").Has("ConnectedToAgentTimestamp"));
}

TEST_F(StartedContacts, AreStopped) {
  MakeNumber();
  const std::string flow = MakeFlow("Queue", Replace(kToQueue, "QUEUE", QueueId()));
  const std::string chat = Start("StartChatContact", ChatInput(flow));
  const std::string call = Start("StartOutboundVoiceContact", CallInput(flow));

  DoConnect("StopContact", {{"ContactId", chat}});
  DoConnect("StopContact", {{"ContactId", call}});

  EXPECT_EQ(Describe(chat).GetString("DisconnectReason"), "API");
  EXPECT_THAT(AskConnect("StopContact", {{"ContactId", chat}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("is not active")));
  EXPECT_THAT(AskConnect("StopContact", {{"ContactId", call}}),
              Fails(410, "ContactNotFoundException", HasSubstr("is not active")));
}

TEST_F(StartedContacts, TakeAttributesFromOutside) {
  const std::string chat = Start("StartChatContact", ChatInput(MakeFlow("Waits", kWaits)));

  DoConnect("UpdateContactAttributes",
            {{"InitialContactId", chat}, {"Attributes", json::Object{{"tier", "gold"}}}});

  EXPECT_EQ(Attributes(chat).GetString("tier"), "gold");
  EXPECT_EQ(Attributes(chat).GetString("name"), "Ada");
  EXPECT_EQ(Describe(chat).GetObject("Attributes").GetString("tier"), "gold");
}

TEST_F(StartedContacts, TasksHaveReferencesAndOtherNames) {
  json::Object input = TaskInput(MakeFlow("Waits", kWaits));
  input.Set("References",
            json::Object{{"Ticket", json::Object{{"Type", "URL"}, {"Value", "https://x.test/1"}}},
                         {"Owner", json::Object{{"Type", "STRING"}, {"Value", "Ada"}}}});
  const std::string task = Start("StartTaskContact", input);

  DoConnect("UpdateContact", {{"ContactId", task}, {"Name", "Call back soon"}});

  const json::Object urls = DoConnect(
      "ListContactReferences", {{"ContactId", task}, {"ReferenceTypes", json::Array{"URL"}}});
  ASSERT_THAT(urls.GetArray("ReferenceSummaryList"), SizeIs(1));
  EXPECT_EQ(urls.GetArray("ReferenceSummaryList")[0].AsObject().GetObject("Url").GetString("Value"),
            "https://x.test/1");
  EXPECT_EQ(Describe(task).GetString("Name"), "Call back soon");
}

TEST_F(StartedContacts, OfAnotherInstanceAreNotFound) {
  const std::string chat = Start("StartChatContact", ChatInput(MakeFlow("Waits", kWaits)));
  const std::string other = MakeInstance("other");

  for (const std::string_view operation : {"DescribeContact", "StopContact"}) {
    EXPECT_THAT(Ask("connect", operation, {{"InstanceId", other}, {"ContactId", chat}}),
                Fails(404, "ResourceNotFoundException", HasSubstr("contact")));
  }
}

TEST_F(StartedContacts, AreDescribedAfterARestartThatEndedThem) {
  const std::string chat = Start("StartChatContact", ChatInput(MakeFlow("Waits", kWaits)));

  Restart();

  const json::Object shown = Describe(chat);
  EXPECT_EQ(shown.GetString("DisconnectReason"), "OTHER");
  EXPECT_EQ(Attributes(chat).GetString("who"), "Ada");
  EXPECT_THAT(AskConnect("StopContact", {{"ContactId", chat}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("is not active")));
  DoConnect("UpdateContactAttributes",
            {{"InitialContactId", chat}, {"Attributes", json::Object{{"tier", "gold"}}}});
  EXPECT_EQ(Attributes(chat).GetString("tier"), "gold");
}

}  // namespace
}  // namespace trunkline::cloud::tests
