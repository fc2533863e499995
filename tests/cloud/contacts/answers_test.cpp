// Contacts that ask the cloud's real functions and bots.
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "base/zip.h"
#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kAskFunction = R"({"Version":"2019-10-30","StartAction":"ask","Actions":[
  {"Identifier":"ask","Type":"InvokeLambdaFunction",
   "Parameters":{"LambdaFunctionARN":"FUNCTION","InvocationTimeLimitSeconds":"3",
                 "LambdaInvocationAttributes":{"who":"Ada"}},
   "Transitions":{"NextAction":"tell","Errors":[{"ErrorType":"NoMatchingError","NextAction":"sorry"}]}},
  {"Identifier":"tell","Type":"MessageParticipant","Parameters":{"Text":"$.External.greeting"},
   "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"sorry","Type":"MessageParticipant","Parameters":{"Text":"sorry"},
   "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";

constexpr std::string_view kAskBot = R"({"Version":"2019-10-30","StartAction":"ask","Actions":[
  {"Identifier":"ask","Type":"ConnectParticipantWithLexBot",
   "Parameters":{"Text":"Which department?","LexV2Bot":{"AliasArn":"ALIAS"}},
   "Transitions":{"NextAction":"other","Conditions":[
     {"NextAction":"sales","Condition":{"Operator":"Equals","Operands":["Sales"]}}],
    "Errors":[{"ErrorType":"NoMatchingCondition","NextAction":"other"},
              {"ErrorType":"NoMatchingError","NextAction":"other"}]}},
  {"Identifier":"sales","Type":"MessageParticipant","Parameters":{"Text":"Sales it is."},
   "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"other","Type":"MessageParticipant","Parameters":{"Text":"Something else."},
   "Transitions":{"NextAction":"end","Errors":[{"ErrorType":"NoMatchingError","NextAction":"end"}]}},
  {"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";

class ContactAnswers : public ConnectTest {
 protected:
  json::Object Post(std::string_view path, const json::Object& body) {
    net::Request request;
    request.method = "POST";
    request.target = "/_trunkline/contacts" + std::string(path);
    request.body = json::Write(body);
    const net::Response response = Send(std::move(request));
    auto value = json::Parse(response.body);
    return value && value->IsObject() ? value->AsObject() : json::Object();
  }
  static std::vector<std::string> Heard(const json::Object& shown) {
    std::vector<std::string> texts;
    for (const json::Value& line : shown.GetArray("lines")) {
      if (line.AsObject().GetString("Speaker") == "system")
        texts.emplace_back(line.AsObject().GetString("Text"));
    }
    return texts;
  }
  void MakeFlow(std::string_view content) {
    DoConnect("CreateContactFlow",
              {{"Name", "Main"}, {"Type", "CONTACT_FLOW"}, {"Content", content}});
  }
  // A Python function whose handler is `body`; associated with the instance.
  std::string MakeFunction(std::string_view body) {
    json::Object policy{
        {"Version", "2012-10-17"},
        {"Statement",
         json::Array{json::Object{{"Effect", "Allow"},
                                  {"Principal", json::Object{{"Service", "lambda.amazonaws.com"}}},
                                  {"Action", "sts:AssumeRole"}}}}};
    Do("iam", "CreateRole",
       {{"RoleName", "runner"}, {"AssumeRolePolicyDocument", json::Write(policy)}});
    const std::string code = "def handler(event, context):\n    " + std::string(body) + "\n";
    const std::string arn(
        Do("lambda", "CreateFunction",
           {{"FunctionName", "greet"},
            {"Runtime", "python3.11"},
            {"Handler", "main.handler"},
            {"Timeout", 10},
            {"Role", "arn:aws:iam::" + account() + ":role/runner"},
            {"Code", json::Object{{"ZipFile", *WriteZip({{.name = "main.py", .bytes = code}})}}}})
            .GetString("FunctionArn"));
    Advance(Milliseconds(100));
    DoConnect("AssociateLambdaFunction", {{"FunctionArn", arn}});
    return arn;
  }
  // A bot with the intents Sales and Finance; its test alias is associated with the instance.
  std::string MakeBot() {
    const std::string bot(Do("lexv2-models", "CreateBot",
                             {{"botName", "Departments"},
                              {"roleArn", "arn:aws:iam::" + account() + ":role/bot"},
                              {"dataPrivacy", json::Object{{"childDirected", false}}},
                              {"idleSessionTTLInSeconds", 300}})
                              .GetString("botId"));
    Advance(Milliseconds(100));
    const json::Object place{{"botId", bot}, {"botVersion", "DRAFT"}, {"localeId", "en_US"}};
    Do("lexv2-models", "CreateBotLocale", Merged(place, {{"nluIntentConfidenceThreshold", 0.4}}));
    Advance(Milliseconds(100));
    for (const std::string_view intent : {"Sales", "Finance"}) {
      Do("lexv2-models", "CreateIntent",
         Merged(place,
                {{"intentName", intent},
                 {"sampleUtterances", json::Array{json::Object{{"utterance", ToLower(intent)}}}}}));
    }
    Do("lexv2-models", "BuildBotLocale", place);
    Advance(Milliseconds(200));
    const std::string arn =
        fmt::format("arn:aws:lex:{}:{}:bot-alias/{}/TSTALIASID", region(), account(), bot);
    DoConnect("AssociateBot", {{"LexV2Bot", json::Object{{"AliasArn", arn}}}});
    return arn;
  }
};

TEST_F(ContactAnswers, ComeFromTheFunctionTheFlowInvokes) {
  const std::string arn =
      MakeFunction(R"(return {"greeting": "Hello " + event["Details"]["Parameters"]["who"]})");
  MakeFlow(Replace(kAskFunction, "FUNCTION", arn));

  const json::Object shown = Post("", {{"instanceId", "acme"}, {"flow", "Main"}});

  EXPECT_THAT(Heard(shown), ElementsAre("Hello Ada"));
}

TEST_F(ContactAnswers, NameTheFunctionAndNotItsAlias) {
  MakeFunction("return {'greeting': 'hello'}");
  const std::string alias(
      Do("lambda", "CreateAlias",
         {{"FunctionName", "greet"}, {"Name", "live"}, {"FunctionVersion", "$LATEST"}})
          .GetString("AliasArn"));
  DoConnect("AssociateLambdaFunction", {{"FunctionArn", alias}});
  MakeFlow(Replace(kAskFunction, "FUNCTION", alias));

  const json::Object shown = Post("", {{"instanceId", "acme"}, {"flow", "Main"}});

  EXPECT_THAT(shown.GetString("text"), HasSubstr("function greet is invoked"));
  EXPECT_THAT(Heard(shown), ElementsAre("hello"));
}

TEST_F(ContactAnswers, AreErrorsWhenTheFunctionFails) {
  const std::string arn = MakeFunction(R"(raise Exception("broken"))");
  MakeFlow(Replace(kAskFunction, "FUNCTION", arn));

  const json::Object shown = Post("", {{"instanceId", "acme"}, {"flow", "Main"}});

  EXPECT_THAT(Heard(shown), ElementsAre("sorry"));
}

TEST_F(ContactAnswers, NeedTheStatementThatAssociatingWrote) {
  const std::string arn = MakeFunction(R"(return {"greeting": "Hello"})");
  MakeFlow(Replace(kAskFunction, "FUNCTION", arn));
  const json::Object policy = Do("lambda", "GetPolicy", {{"FunctionName", "greet"}});
  Do("lambda", "RemovePermission",
     {{"FunctionName", "greet"}, {"StatementId", "connect-" + instance()}});

  const json::Object shown = Post("", {{"instanceId", "acme"}, {"flow", "Main"}});

  EXPECT_THAT(std::string(policy.GetString("Policy")), HasSubstr(InstanceArn()));
  EXPECT_THAT(Heard(shown), ElementsAre("sorry"));
}

TEST_F(ContactAnswers, ComeFromTheBotTheFlowAsks) {
  MakeFlow(Replace(kAskBot, "ALIAS", MakeBot()));
  const json::Object started = Post("", {{"instanceId", "acme"}, {"flow", "Main"}});

  const json::Object shown =
      Post(fmt::format("/{}/events", started.GetString("contactId")), {{"say", "sales"}});

  EXPECT_THAT(Heard(started), ElementsAre("Which department?"));
  EXPECT_EQ(shown.GetString("intent"), "Sales");
  EXPECT_THAT(Heard(shown), ElementsAre("Sales it is."));
}

TEST_F(ContactAnswers, AreWithdrawnWhenTheBotIsDisassociated) {
  const std::string arn = MakeBot();
  const json::Object with = Do("lexv2-models", "DescribeResourcePolicy", {{"resourceArn", arn}});

  DoConnect("DisassociateBot", {{"LexV2Bot", json::Object{{"AliasArn", arn}}}});

  EXPECT_THAT(std::string(with.GetString("policy")), HasSubstr("connect-" + instance()));
  const json::Object without =
      Ask("lexv2-models", "DescribeResourcePolicy", {{"resourceArn", arn}}).output;
  EXPECT_THAT(std::string(without.GetString("policy")), Not(HasSubstr("connect-" + instance())));
}

}  // namespace
}  // namespace trunkline::cloud::tests
