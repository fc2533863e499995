// The participant service: chats as the customer's client sees them.
#include <gmock/gmock.h>

#include "base/json_write.h"
#include "base/text.h"
#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view kEvent = "application/vnd.amazonaws.connect.event.";

// Greets, waits ten seconds, and puts the chat into the queue.
constexpr std::string_view kGreets = R"({"Version":"2019-10-30","StartAction":"greet","Actions":[
  {"Identifier":"greet","Type":"MessageParticipant","Parameters":{"Text":"Hello $.Attributes.name."},
   "Transitions":{"NextAction":"ask","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"ask","Type":"MessageParticipant","Parameters":{"Text":"Who is next?"},
   "Transitions":{"NextAction":"wait","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"wait","Type":"Wait","Parameters":{"TimeLimitSeconds":"10"},
   "Transitions":{"NextAction":"end","Conditions":[
      {"NextAction":"queue","Condition":{"Operator":"Equals","Operands":["WaitCompleted"]}}],
    "Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"queue","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"QUEUE"},
   "Transitions":{"NextAction":"transfer","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"transfer","Type":"TransferContactToQueue","Parameters":{},
   "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"QueueAtCapacity","NextAction":"end"},
                                               {"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";

constexpr std::string_view kSays = R"({"Version":"2019-10-30","StartAction":"one","Actions":[
  {"Identifier":"one","Type":"MessageParticipant","Parameters":{"Text":"One."},
   "Transitions":{"NextAction":"two","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"two","Type":"MessageParticipant","Parameters":{"Text":"Two."},
   "Transitions":{"NextAction":"wait","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"wait","Type":"Wait","Parameters":{"TimeLimitSeconds":"600"},
   "Transitions":{"NextAction":"end","Conditions":[
      {"NextAction":"end","Condition":{"Operator":"Equals","Operands":["WaitCompleted"]}}],
    "Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";

class Chats : public ConnectTest {
 protected:
  // Starts a chat that runs `content`, and connects to it.
  void StartChat(std::string_view content, json::Object more = {}) {
    const std::string flow(
        DoConnect("CreateContactFlow",
                  {{"Name", "Chat"}, {"Type", "CONTACT_FLOW"}, {"Content", content}})
            .GetString("ContactFlowId"));
    const json::Object started = DoConnect(
        "StartChatContact", Merged({{"ContactFlowId", flow},
                                    {"ParticipantDetails", json::Object{{"DisplayName", "Ada"}}},
                                    {"Attributes", json::Object{{"name", "Ada"}}}},
                                   more));
    contact_ = started.GetString("ContactId");
    participant_ = started.GetString("ParticipantId");
    participant_token_ = started.GetString("ParticipantToken");
    connection_ = Connect().GetObject("ConnectionCredentials").GetString("ConnectionToken");
    RunLoop();
  }
  json::Object Connect() {
    return Do("connectparticipant", "CreateParticipantConnection",
              {{"Type", json::Array{"WEBSOCKET", "CONNECTION_CREDENTIALS"}},
               {"ParticipantToken", participant_token_}});
  }
  Answered AskChat(std::string_view operation, json::Object input = {}) {
    input.Set("ConnectionToken", connection_);
    return Ask("connectparticipant", operation, input);
  }
  json::Object DoChat(std::string_view operation, json::Object input = {}) {
    Answered answered = AskChat(operation, std::move(input));
    EXPECT_THAT(answered, Succeeds()) << "of " << operation;
    RunLoop();
    return std::move(answered.output);
  }
  json::Object Say(std::string_view text) {
    return DoChat("SendMessage", {{"ContentType", "text/plain"}, {"Content", text}});
  }
  // "SYSTEM: Hello.", or "AGENT participant.joined".
  std::vector<std::string> Heard(json::Object input = {}) {
    if (!input.Has("MaxResults")) input.Set("MaxResults", 100);
    if (!input.Has("SortOrder")) input.Set("SortOrder", "ASCENDING");
    std::vector<std::string> lines;
    const json::Object page = DoChat("GetTranscript", std::move(input));
    next_ = page.GetString("NextToken");
    for (const json::Value& one : page.GetArray("Transcript")) {
      const json::Object& item = one.AsObject();
      const std::string role(item.GetString("ParticipantRole"));
      const std::string_view type = item.GetString("ContentType");
      lines.push_back(item.GetString("Type") == "MESSAGE"
                          ? role + ": " + std::string(item.GetString("Content"))
                          : role + " " + std::string(type.substr(kEvent.size())));
    }
    return lines;
  }
  net::Response Post(std::string_view path, const json::Object& body) {
    net::Request request;
    request.method = "POST";
    request.target = "/_trunkline/contacts" + std::string(path);
    request.body = json::Write(body);
    return Send(std::move(request));
  }
  std::string Greets() { return Replace(kGreets, "QUEUE", QueueId()); }

  std::string contact_, participant_, participant_token_, connection_, next_;
};

TEST_F(Chats, AreHeldWithTheFlowAndThenWithAnAgent) {
  StartChat(Greets());

  Say("me");
  Advance(std::chrono::seconds(20));

  EXPECT_THAT(Heard(), ElementsAre("CUSTOMER participant.joined", "SYSTEM: Hello Ada.",
                                   "SYSTEM: Who is next?", "CUSTOMER: me", HasSubstr("SYSTEM: "),
                                   "AGENT participant.joined"));
}

TEST_F(Chats, BeginWithTheMessageTheyWereStartedWith) {
  StartChat(kSays, {{"InitialMessage",
                     json::Object{{"ContentType", "text/plain"}, {"Content", "I need help"}}}});

  EXPECT_THAT(Heard(), ElementsAre("CUSTOMER participant.joined", "CUSTOMER: I need help",
                                   "SYSTEM: One.", "SYSTEM: Two."));
}

TEST_F(Chats, CarryTheAgentsWords) {
  StartChat(Greets());
  const net::Response early = Post("/" + contact_ + "/events", {{"agentSays", "Hello?"}});
  Say("me");
  Advance(std::chrono::seconds(20));

  const net::Response said = Post("/" + contact_ + "/events", {{"agentSays", "How can I help?"}});

  EXPECT_EQ(early.status, 409);
  EXPECT_EQ(said.status, 200) << said.body;
  EXPECT_THAT(Heard(), Contains("AGENT: How can I help?"));
}

TEST_F(Chats, WaitForAnAgentWhereTheUserWantsToPlayHer) {
  const net::Response set = Post("/answering", {{"answering", "manual"}});
  StartChat(Greets());
  Say("me");
  Advance(std::chrono::minutes(1));
  const std::vector<std::string> before = Heard();

  Post("/" + contact_ + "/events", {{"agent", ""}});

  EXPECT_EQ(set.status, 200) << set.body;
  EXPECT_THAT(before, Not(Contains("AGENT participant.joined")));
  EXPECT_THAT(Heard(), Contains("AGENT participant.joined"));
}

TEST_F(Chats, EndWhenTheCustomerLeaves) {
  StartChat(Greets());

  DoChat("DisconnectParticipant");

  EXPECT_EQ(DoConnect("DescribeContact", {{"ContactId", contact_}})
                .GetObject("Contact")
                .GetString("DisconnectReason"),
            "CUSTOMER_DISCONNECT");
  for (const std::string_view operation : {"GetTranscript", "DisconnectParticipant"})
    EXPECT_THAT(AskChat(operation), Fails(403, "AccessDeniedException", "Access denied"));
}

TEST_F(Chats, CanBeReadAndNotContinuedWhenTheFlowHasEndedThem) {
  StartChat(kSays);

  Advance(std::chrono::minutes(11));

  EXPECT_THAT(Heard(), Contains(" chat.ended"));
  EXPECT_THAT(AskChat("SendMessage", {{"ContentType", "text/plain"}, {"Content", "Hello?"}}),
              Fails(403, "AccessDeniedException", "Access denied"));
}

TEST_F(Chats, AreOpenToThoseWithATokenOnly) {
  StartChat(Greets());

  EXPECT_THAT(Ask("connectparticipant", "GetTranscript", {{"ConnectionToken", "guessed"}}),
              Fails(403, "AccessDeniedException", "Access denied"));
  EXPECT_THAT(Ask("connectparticipant", "GetTranscript", {{"ConnectionToken", participant_token_}}),
              Fails(403, "AccessDeniedException", "Access denied"));
  EXPECT_THAT(Ask("connectparticipant", "CreateParticipantConnection",
                  {{"Type", json::Array{"WEBSOCKET"}}, {"ParticipantToken", connection_}}),
              Fails(403, "AccessDeniedException", "Access denied"));
}

TEST_F(Chats, NeedNoSignature) {
  StartChat(kSays);
  net::Request request =
      Encode("connectparticipant", "GetTranscript", {{"ConnectionToken", connection_}});
  request.headers.Remove("Authorization");

  const net::Response plain = Send(request);
  request.headers.Set("Authorization", "AWS4-HMAC-SHA256 Credential=//us-east-1/execute-api");
  const net::Response badly_signed = Send(request);

  EXPECT_EQ(plain.status, 200) << plain.body;
  EXPECT_EQ(badly_signed.status, 200) << badly_signed.body;
}

TEST_F(Chats, MayBeHeldFromPagesOfOtherOrigins) {
  net::Request preflight;
  preflight.method = "OPTIONS";
  preflight.target = "/participant/message";
  preflight.headers.Set("Access-Control-Request-Headers", "content-type,x-amz-bearer");

  const net::Response allowed = Send(preflight);
  const Answered denied =
      Ask("connectparticipant", "GetTranscript", {{"ConnectionToken", "guessed"}});

  EXPECT_EQ(allowed.status, 204);
  EXPECT_EQ(allowed.headers.Get("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(denied.response.headers.Get("Access-Control-Allow-Origin"), "*");
}

TEST_F(Chats, TakeMessagesOnceForEachClientToken) {
  StartChat(kSays);
  const json::Object message{
      {"ContentType", "text/plain"}, {"Content", "again"}, {"ClientToken", "once"}};

  const json::Object first = DoChat("SendMessage", message);
  const json::Object second = DoChat("SendMessage", message);

  EXPECT_EQ(first, second);
  EXPECT_THAT(Heard(), SizeIs(4));
}

TEST_F(Chats, RefuseWhatTheyDoNotSupport) {
  StartChat(kSays);

  EXPECT_THAT(AskChat("SendMessage", {{"ContentType", "text/markdown"}, {"Content", "*hello*"}}),
              Fails(400, "ValidationException", HasSubstr("'text/markdown' is not supported")));
  EXPECT_THAT(
      AskChat("SendMessage", {{"ContentType", "text/plain"}, {"Content", std::string(1025, 'x')}}),
      Fails(400, "ValidationException", HasSubstr("at most 1024")));
  EXPECT_THAT(AskChat("SendEvent", {{"ContentType", "text/plain"}}),
              Fails(400, "ValidationException", HasSubstr("no event of a participant")));
}

TEST_F(Chats, SayThatAttachmentsAreNotImplemented) {
  StartChat(kSays);

  EXPECT_THAT(
      AskChat("StartAttachmentUpload", {{"ContentType", "text/plain"},
                                        {"AttachmentSizeInBytes", 1},
                                        {"AttachmentName", "a.txt"},
                                        {"ClientToken", "a"}})
          .message,
      HasSubstr("'StartAttachmentUpload' of service 'connectparticipant' is not implemented"));
}

TEST_F(Chats, KeepNoTyping) {
  StartChat(kSays);

  const json::Object sent = DoChat("SendEvent", {{"ContentType", std::string(kEvent) + "typing"}});

  EXPECT_TRUE(sent.Has("Id"));
  EXPECT_THAT(Heard(), SizeIs(3));
}

TEST_F(Chats, ShowTheirTranscriptInPages) {
  StartChat(kSays);

  const std::vector<std::string> last = Heard({{"MaxResults", 2}});
  const std::vector<std::string> rest = Heard({{"MaxResults", 2}, {"NextToken", next_}});
  const std::string end = next_;
  const std::vector<std::string> first = Heard({{"MaxResults", 1}, {"ScanDirection", "FORWARD"}});
  const std::vector<std::string> recent =
      Heard({{"StartPosition", json::Object{{"MostRecent", 1}}}});
  const std::vector<std::string> down = Heard({{"SortOrder", "DESCENDING"}});

  EXPECT_THAT(last, ElementsAre("SYSTEM: One.", "SYSTEM: Two."));
  EXPECT_THAT(rest, ElementsAre("CUSTOMER participant.joined"));
  EXPECT_THAT(end, IsEmpty());
  EXPECT_THAT(first, ElementsAre("CUSTOMER participant.joined"));
  EXPECT_THAT(recent, ElementsAre("SYSTEM: Two."));
  EXPECT_THAT(down, ElementsAre("SYSTEM: Two.", "SYSTEM: One.", "CUSTOMER participant.joined"));
  EXPECT_THAT(AskChat("GetTranscript", {{"NextToken", "X1"}}),
              Fails(400, "ValidationException", HasSubstr("NextToken")));
}

TEST_F(Chats, EndWithTheCloud) {
  StartChat(kSays);

  Restart();

  EXPECT_THAT(AskChat("GetTranscript"), Fails(403, "AccessDeniedException", "Access denied"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
