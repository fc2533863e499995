#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kContacts = "/_trunkline/contacts";

// Asks for a digit: 1 leads to the queue, 2 to a goodbye.
constexpr std::string_view kMenu = R"({"Version":"2019-10-30","StartAction":"log","Actions":[
  {"Identifier":"log","Type":"UpdateFlowLoggingBehavior","Parameters":{"FlowLoggingBehavior":"Enabled"},
   "Transitions":{"NextAction":"ask"}},
  {"Identifier":"ask","Type":"GetParticipantInput",
   "Parameters":{"Text":"Press 1 for the queue.","StoreInput":"False","InputTimeLimitSeconds":"5"},
   "Transitions":{"NextAction":"bye","Conditions":[
     {"NextAction":"queue","Condition":{"Operator":"Equals","Operands":["1"]}},
     {"NextAction":"bye","Condition":{"Operator":"Equals","Operands":["2"]}}],
    "Errors":[{"ErrorType":"NoMatchingCondition","NextAction":"bye"},{"ErrorType":"NoMatchingError","NextAction":"bye"},
              {"ErrorType":"InputTimeLimitExceeded","NextAction":"late"}]}},
  {"Identifier":"queue","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"QUEUE"},
   "Transitions":{"NextAction":"transfer","Errors":[{"ErrorType":"NoMatchingError","NextAction":"bye"}]}},
  {"Identifier":"transfer","Type":"TransferContactToQueue","Parameters":{},
   "Transitions":{"NextAction":"bye","Errors":[{"ErrorType":"QueueAtCapacity","NextAction":"full"},
                                               {"ErrorType":"NoMatchingError","NextAction":"bye"}]}},
  {"Identifier":"late","Type":"MessageParticipant","Parameters":{"Text":"Too late."},
   "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"full","Type":"MessageParticipant","Parameters":{"Text":"The queue is full."},
   "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"bye","Type":"MessageParticipant","Parameters":{"Text":"Goodbye."},
   "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";

class Contacts : public ConnectTest {
 protected:
  net::Response Post(std::string path, const json::Object& body) {
    net::Request request;
    request.method = "POST";
    request.target = std::string(kContacts) + path;
    request.body = json::Write(body);
    return Send(std::move(request));
  }
  json::Object Get(std::string path) {
    net::Request request;
    request.target = std::string(kContacts) + path;
    return Body(Send(std::move(request)));
  }
  static json::Object Body(const net::Response& response) {
    auto value = json::Parse(response.body);
    return value && value->IsObject() ? value->AsObject() : json::Object();
  }
  // Starts a contact, or gives it an event: what is shown of it.
  json::Object Call(const json::Object& body) {
    const net::Response response = Post("", body);
    EXPECT_EQ(response.status, 200) << response.body;
    contact_ = Body(response).GetString("contactId");
    return Body(response);
  }
  json::Object Give(const json::Object& event) {
    const net::Response response = Post("/" + contact_ + "/events", event);
    EXPECT_EQ(response.status, 200) << response.body;
    return Body(response);
  }
  static std::vector<std::string> Heard(const json::Object& shown,
                                        std::string_view speaker = "system") {
    std::vector<std::string> texts;
    for (const json::Value& line : shown.GetArray("lines")) {
      if (line.AsObject().GetString("Speaker") == speaker)
        texts.emplace_back(line.AsObject().GetString("Text"));
    }
    return texts;
  }
  std::string MakeFlow(std::string_view name, std::string_view content) {
    return std::string(DoConnect("CreateContactFlow",
                                 {{"Name", name}, {"Type", "CONTACT_FLOW"}, {"Content", content}})
                           .GetString("ContactFlowId"));
  }
  std::string MakeMenu() { return MakeFlow("Menu", Replace(kMenu, "QUEUE", QueueId())); }
  // Claims a number and attaches the flow to it.
  std::string MakeNumber(std::string_view flow_id) {
    const std::string number = "+15552000000";
    const std::string id(
        DoConnect("ClaimPhoneNumber", {{"PhoneNumber", number}}).GetString("PhoneNumberId"));
    Advance(Milliseconds(50));
    DoConnect("AssociatePhoneNumberContactFlow",
              {{"PhoneNumberId", id}, {"ContactFlowId", flow_id}});
    return number;
  }
  const std::string& contact() const { return contact_; }

 private:
  std::string contact_;
};

TEST_F(Contacts, RunTheFlowOfTheNumberTheyCall) {
  const std::string number = MakeNumber(MakeMenu());

  const json::Object shown = Call({{"number", number}, {"from", "+15559999999"}});

  EXPECT_EQ(shown.GetString("instance"), "acme");
  EXPECT_EQ(shown.GetString("account"), "111122223333");
  EXPECT_EQ(shown.GetString("region"), "eu-central-1");
  EXPECT_EQ(shown.GetString("flow"), "Menu");
  EXPECT_THAT(Heard(shown), ElementsAre("Press 1 for the queue."));
  EXPECT_EQ(shown.GetArray("waitsFor"), (json::Array{"keys", "time"}));
  EXPECT_EQ(shown.GetInt("timer"), 5000);
  EXPECT_THAT(std::string(shown.GetString("text")), HasSubstr("Press 1 for the queue."));
}

TEST_F(Contacts, GoOnWithWhatTheCallerDoes) {
  MakeMenu();
  Call({{"instanceId", "acme"}, {"flow", "Menu"}});

  const json::Object shown = Give({{"press", "2"}});

  EXPECT_THAT(Heard(shown), ElementsAre("Goodbye."));
  EXPECT_TRUE(shown.GetBool("ended"));
  EXPECT_EQ(Body(Post("/" + contact() + "/events", {{"press", "1"}})).GetString("message"),
            "contact '" + contact() + "' has ended: the flow hung up");
}

TEST_F(Contacts, EndInTheQueueWhereAnAgentTakesThem) {
  MakeMenu();
  Call({{"instanceId", instance()}, {"flow", "Menu"}});

  const json::Object shown = Give({{"press", "1"}});

  EXPECT_EQ(shown.GetString("queue"), "BasicQueue");
  EXPECT_EQ(shown.GetString("phase"), "talking");
  EXPECT_THAT(Heard(shown, "agent"), Contains("BasicQueue"));
}

TEST_F(Contacts, WaitInTheQueueWhenNobodyAnswers) {
  MakeMenu();
  Call({{"instanceId", instance()}, {"flow", "Menu"}, {"answering", "nobody"}});

  const json::Object shown = Give({{"press", "1"}});

  EXPECT_EQ(shown.GetString("phase"), "queued");
  EXPECT_THAT(Heard(shown), Contains(HasSubstr("Please stay on the line")));
}

TEST_F(Contacts, FillAQueueUpToItsLimit) {
  DoConnect("UpdateQueueMaxContacts", {{"QueueId", QueueId()}, {"MaxContacts", 1}});
  MakeMenu();
  Call({{"instanceId", instance()}, {"flow", "Menu"}, {"answering", "nobody"}});
  Give({{"press", "1"}});

  Call({{"instanceId", instance()}, {"flow", "Menu"}, {"answering", "nobody"}});

  EXPECT_THAT(Heard(Give({{"press", "1"}})), ElementsAre("The queue is full."));
}

TEST_F(Contacts, LetTimePassWhenToldTo) {
  MakeMenu();
  Call({{"instanceId", instance()}, {"flow", "Menu"}});

  EXPECT_THAT(Heard(Give({{"advance", 1000}})), IsEmpty());
  EXPECT_THAT(Heard(Give({{"silence", true}})), ElementsAre("Too late."));
}

TEST_F(Contacts, KeepTheirTranscript) {
  MakeMenu();
  Call({{"instanceId", instance()}, {"flow", "Menu"}});
  Give({{"press", "2"}});

  const json::Object shown = Get("/" + contact());

  EXPECT_THAT(Heard(shown), ElementsAre("Press 1 for the queue.", "Goodbye."));
  EXPECT_THAT(Heard(shown, "caller"), ElementsAre(HasSubstr("2")));
  EXPECT_THAT(Names(Get("").GetArray("contacts"), "contactId"), ElementsAre(contact()));
}

TEST_F(Contacts, AreForgottenByAReset) {
  MakeMenu();
  Call({{"instanceId", instance()}, {"flow", "Menu"}});

  ASSERT_TRUE(cloud().Reset());

  EXPECT_THAT(Get("").GetArray("contacts"), IsEmpty());
}

TEST_F(Contacts, WriteAFlowLogWhereItIsSwitchedOn) {
  MakeMenu();
  DoConnect("UpdateInstanceAttribute", {{"AttributeType", "CONTACTFLOW_LOGS"}, {"Value", "true"}});
  Call({{"instanceId", instance()}, {"flow", "Menu"}});
  Give({{"press", "2"}});

  const json::Object log =
      Do("logs", "GetLogEvents",
         {{"logGroupName", "/aws/connect/acme"}, {"logStreamName", contact()}});

  EXPECT_THAT(Names(log.GetArray("events"), "message"),
              Contains(AllOf(HasSubstr("\"ContactFlowModuleType\":\"GetParticipantInput\""),
                             HasSubstr("\"ContactFlowId\":\"arn:aws:connect:"))));
}

TEST_F(Contacts, TakeTheErrorBranchOfAFunctionThatDoesNotLetThemIn) {
  const std::string arn = "arn:aws:lambda:us-east-1:999988887777:function:mapping";
  DoConnect("AssociateLambdaFunction", {{"FunctionArn", arn}});
  MakeFlow(
      "Ask",
      R"({"Version":"2019-10-30","StartAction":"ask","Actions":[{"Identifier":"ask",)"
      R"("Type":"InvokeLambdaFunction","Parameters":{"LambdaFunctionARN":")" +
          arn +
          R"(","InvocationTimeLimitSeconds":"8"},"Transitions":{"NextAction":"good","Errors":[)"
          R"({"ErrorType":"NoMatchingError","NextAction":"bad"}]}},)"
          R"({"Identifier":"good","Type":"MessageParticipant","Parameters":{"Text":"good"},)"
          R"("Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},)"
          R"({"Identifier":"bad","Type":"MessageParticipant","Parameters":{"Text":"bad"},)"
          R"("Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},)"
          R"({"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})");

  const json::Object shown = Call({{"instanceId", instance()}, {"flow", "Ask"}});

  EXPECT_THAT(Heard(shown), ElementsAre("bad"));
}

struct WrongStart {
  std::string_view body;
  int status;
  std::string_view message;
};

class WrongStarts : public Contacts, public ::testing::WithParamInterface<WrongStart> {};

TEST_P(WrongStarts, AreRefused) {
  net::Request request;
  request.method = "POST";
  request.target = kContacts;
  request.body = GetParam().body;

  const net::Response response = Send(std::move(request));

  EXPECT_EQ(response.status, GetParam().status);
  EXPECT_EQ(Body(response).GetString("message"), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Of, WrongStarts,
    ::testing::Values(
        WrongStart{"{}", 400, "expected either a 'number', or an 'instanceId' with a 'flow'"},
        WrongStart{"[]", 400, "expected an object but got an array"},
        WrongStart{R"({"numbr":"+1"})", 400, "'numbr' is not known here: did you mean 'number'?"},
        WrongStart{R"({"number":5})", 400, "expected a string in 'number' but got a number"},
        WrongStart{R"({"instanceId":"acme"})", 400, "expected a 'flow' beside the 'instanceId'"},
        WrongStart{R"({"number":"+15550000000"})", 404,
                   "nobody has claimed the number '+15550000000'"},
        WrongStart{R"({"instanceId":"nope","flow":"x"})", 404, "instance 'nope' does not exist"},
        WrongStart{R"({"instanceId":"acme","region":"us-east-1","flow":"x"})", 404,
                   "instance 'acme' does not exist in Region us-east-1"},
        WrongStart{R"({"instanceId":"acme","flow":"x"})", 404,
                   "flow 'x' does not exist in the instance"},
        WrongStart{R"({"instanceId":"acme","flow":"x","channel":"fax"})", 400,
                   "expected 'voice' or 'chat' in 'channel' but got 'fax'"}));

TEST_F(Contacts, TakeOneEventAtATime) {
  MakeMenu();
  Call({{"instanceId", instance()}, {"flow", "Menu"}});

  EXPECT_EQ(
      Body(Post("/" + contact() + "/events", {{"press", "1"}, {"say", "x"}})).GetString("message"),
      "expected one event, such as {\"say\": \"sales\"}, but got 2");
  EXPECT_EQ(Body(Post("/" + contact() + "/events", {{"pres", "1"}})).GetString("message"),
            "'pres' is not known here: did you mean 'press'?");
  EXPECT_EQ(Post("/nope/events", {{"press", "1"}}).status, 404);
}

TEST_F(Contacts, NeedAnInstanceThatTakesCalls) {
  const std::string number = MakeNumber(MakeMenu());
  DoConnect("UpdateInstanceAttribute", {{"AttributeType", "INBOUND_CALLS"}, {"Value", "false"}});

  EXPECT_EQ(Body(Post("", {{"number", number}})).GetString("message"),
            "instance 'acme' takes no inbound calls: its attribute INBOUND_CALLS is false");
}

}  // namespace
}  // namespace trunkline::cloud::tests
