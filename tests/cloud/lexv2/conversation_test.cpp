// lexv2-runtime: turns with a bot, sessions, and the code hook, which is a function that really
// runs.
#include <gmock/gmock.h>

#include "base/json_write.h"
#include "base/zip.h"
#include "tests/cloud/lexv2/lex_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class LexConversation : public LexTest {
 protected:
  // A version of the bot as it stands in DRAFT, behind an alias.
  void Deploy(std::string_view hook_arn = {}) {
    Build();
    alias_ = MakeAlias("dev", PublishVersion(), hook_arn);
  }
  json::Object Where(std::string_view session = "ada") const {
    return {
        {"botId", bot()}, {"botAliasId", alias_}, {"localeId", "en_US"}, {"sessionId", session}};
  }
  Answered Ask(std::string_view operation, json::Object input) {
    return CloudTest::Ask("lexv2-runtime", operation, input);
  }
  Answered AskSay(std::string_view text) {
    json::Object input = Where();
    input.Set("text", text);
    return Ask("RecognizeText", std::move(input));
  }
  json::Object Say(std::string_view text) {
    Answered answered = AskSay(text);
    EXPECT_THAT(answered, Succeeds());
    return std::move(answered.output);
  }
  static json::Object IntentOf(const json::Object& answer) {
    return answer.GetObject("sessionState").GetObject("intent");
  }
  static std::vector<std::string> Heard(const json::Object& answer) {
    return Texts(answer.GetArray("messages"), "content");
  }
  // An intent with one required slot, a number.
  void MakeAskingIntent(json::Object more = {}) {
    const std::string intent = MakeIntent("Order", {"order something"}, more);
    json::Object text{{"plainTextMessage", json::Object{{"value", "How many?"}}}};
    json::Object group{{"message", std::move(text)}};
    json::Object prompt{{"messageGroups", json::Array{std::move(group)}}, {"maxRetries", 2}};
    json::Object elicitation{{"slotConstraint", "Required"},
                             {"promptSpecification", std::move(prompt)}};
    const json::Object slot = DoLex("CreateSlot", {{"intentId", intent},
                                                   {"slotName", "Count"},
                                                   {"slotTypeId", "AMAZON.Number"},
                                                   {"valueElicitationSetting", elicitation}});
    json::Object sample{{"utterance", "order something"}};
    json::Object first{{"priority", 1}, {"slotId", slot.GetString("slotId")}};
    more.Set("intentId", intent);
    more.Set("intentName", "Order");
    more.Set("sampleUtterances", json::Array{std::move(sample)});
    more.Set("slotPriorities", json::Array{std::move(first)});
    DoLex("UpdateIntent", more);
  }
  // A function for the hook, whose handler has `body`; its ARN.
  std::string MakeHook(std::string_view body) {
    json::Object statement{{"Effect", "Allow"},
                           {"Principal", json::Object{{"Service", "lambda.amazonaws.com"}}},
                           {"Action", "sts:AssumeRole"}};
    const json::Object policy{{"Version", "2012-10-17"},
                              {"Statement", json::Array{std::move(statement)}}};
    Do("iam", "CreateRole",
       {{"RoleName", "runner"}, {"AssumeRolePolicyDocument", json::Write(policy)}});
    const std::string code = "def handler(event, context):\n    " + std::string(body) + "\n";
    json::Object zip{{"ZipFile", *WriteZip({{.name = "main.py", .bytes = code}})}};
    const json::Object made = Do("lambda", "CreateFunction",
                                 {{"FunctionName", "hook"},
                                  {"Runtime", "python3.11"},
                                  {"Handler", "main.handler"},
                                  {"Timeout", 10},
                                  {"Role", "arn:aws:iam::" + account() + ":role/runner"},
                                  {"Code", std::move(zip)}});
    Settle();
    Do("lambda", "AddPermission",
       {{"FunctionName", "hook"},
        {"StatementId", "lex"},
        {"Action", "lambda:InvokeFunction"},
        {"Principal", "lexv2.amazonaws.com"},
        {"SourceAccount", account()}});
    return std::string(made.GetString("FunctionArn"));
  }

  std::string alias_;
};

TEST_F(LexConversation, UnderstandsWhatAnIntentIsTaughtBy) {
  MakeIntent("Sales", {"sales please"});
  MakeIntent("Support", {"help me"});
  Deploy();

  EXPECT_EQ(IntentOf(Say("help me")).GetString("name"), "Support");
  EXPECT_EQ(IntentOf(Say("sales please")).GetString("state"), "ReadyForFulfillment");
}

TEST_F(LexConversation, FallsBackWhenItDoesNotUnderstand) {
  MakeIntent("Sales", {"sales please"});
  Deploy();

  EXPECT_EQ(IntentOf(Say("xyzzy")).GetString("name"), "FallbackIntent");
}

TEST_F(LexConversation, AsksForASlotAndTakesTheAnswer) {
  MakeAskingIntent();
  Deploy();

  const json::Object asked = Say("order something");
  const json::Object answered = Say("three");

  EXPECT_THAT(Heard(asked), ElementsAre("How many?"));
  const json::Object action = asked.GetObject("sessionState").GetObject("dialogAction");
  EXPECT_EQ(action.GetString("type"), "ElicitSlot");
  EXPECT_EQ(action.GetString("slotToElicit"), "Count");
  EXPECT_EQ(IntentOf(answered).GetString("state"), "ReadyForFulfillment");
  EXPECT_EQ(IntentOf(answered).GetObject("slots").GetObject("Count").GetObject("value").GetString(
                "interpretedValue"),
            "3");
}

TEST_F(LexConversation, GoesOnAfterARestart) {
  MakeAskingIntent();
  Deploy();
  Say("order something");

  Restart();

  EXPECT_EQ(IntentOf(Say("three")).GetString("state"), "ReadyForFulfillment");
}

TEST_F(LexConversation, IsForgottenWhenItIsIdleForTooLong) {
  MakeAskingIntent();
  Deploy();
  Say("order something");

  Advance(std::chrono::seconds(301));

  EXPECT_EQ(IntentOf(Say("three")).GetString("name"), "FallbackIntent");
}

TEST_F(LexConversation, SpeaksAsTheAliasesVersionDoes) {
  MakeIntent("Sales", {"sales please"});
  Deploy();
  MakeIntent("Support", {"help me"});
  Build();

  EXPECT_EQ(IntentOf(Say("help me")).GetString("name"), "FallbackIntent");
  alias_ = "TSTALIASID";
  EXPECT_EQ(IntentOf(Say("help me")).GetString("name"), "Support") << "the test alias is DRAFT";
}

TEST_F(LexConversation, NeedsALocaleThatIsBuilt) {
  MakeIntent("Sales", {"sales please"});
  alias_ = "TSTALIASID";

  EXPECT_THAT(AskSay("sales please"),
              Fails(404, "ResourceNotFoundException",
                    "locale 'en_US' of version DRAFT is NotBuilt; build it first"));
}

TEST_F(LexConversation, NeedsALocaleThatTheAliasEnables) {
  MakeIntent("Sales", {"sales please"});
  Deploy();
  json::Object input = Where();
  input.Set("localeId", "de_DE");
  input.Set("text", "Vertrieb");

  EXPECT_THAT(
      Ask("RecognizeText", std::move(input)),
      Fails(404, "ResourceNotFoundException", "locale 'de_DE' is not enabled in alias 'dev'"));
}

// ---- sessions

TEST_F(LexConversation, HasASessionThatCanBeReadAndDeleted) {
  MakeAskingIntent();
  Deploy();
  EXPECT_EQ(Ask("GetSession", Where()).status, 404);
  Say("order something");

  const json::Object session = Ask("GetSession", Where()).output;

  EXPECT_EQ(IntentOf(session).GetString("name"), "Order");
  EXPECT_EQ(Ask("GetSession", Where("grace")).status, 404) << "each session stands alone";
  EXPECT_THAT(Ask("DeleteSession", Where()), Succeeds());
  EXPECT_THAT(Ask("DeleteSession", Where()),
              Fails(404, "ResourceNotFoundException", "there is no session 'ada'"));
}

TEST_F(LexConversation, TakesASessionThatSomebodyPutThere) {
  MakeAskingIntent();
  Deploy();
  json::Object action{{"type", "ElicitSlot"}, {"slotToElicit", "Count"}};
  json::Object intent{{"name", "Order"}, {"state", "InProgress"}};
  json::Object input = Where();
  input.Set("sessionState",
            json::Object{{"dialogAction", std::move(action)}, {"intent", std::move(intent)}});

  EXPECT_THAT(Ask("PutSession", input), Succeeds());

  EXPECT_EQ(IntentOf(Say("four")).GetString("name"), "Order");
}

TEST_F(LexConversation, TakesNoSessionWithAnIntentThatIsNotThere) {
  MakeIntent("Sales", {"sales please"});
  Deploy();
  json::Object input = Where();
  input.Set("sessionState", json::Object{{"intent", json::Object{{"name", "Nope"}}}});

  EXPECT_THAT(Ask("PutSession", input),
              Fails(400, "ValidationException", "the bot has no intent 'Nope'"));
}

// ---- hooks

TEST_F(LexConversation, LetsTheHookFulfilTheIntent) {
  const std::string hook = MakeHook(
      R"(intent = dict(event["sessionState"]["intent"], state="Fulfilled"); )"
      R"(return {"sessionState": {"dialogAction": {"type": "Close"}, "intent": intent}, )"
      R"("messages": [{"contentType": "PlainText", "content": event["invocationSource"]}]})");
  MakeIntent("Sales", {"sales please"}, {{"fulfillmentCodeHook", json::Object{{"enabled", true}}}});
  Deploy(hook);

  const json::Object answer = Say("sales please");

  EXPECT_EQ(IntentOf(answer).GetString("state"), "Fulfilled");
  EXPECT_THAT(Heard(answer), ElementsAre("FulfillmentCodeHook"));
}

TEST_F(LexConversation, TheHooksFunctionMustLetTheAliasIn) {
  const std::string hook = MakeHook("return {}");
  Do("lambda", "RemovePermission", {{"FunctionName", "hook"}, {"StatementId", "lex"}});
  MakeIntent("Sales", {"sales please"}, {{"fulfillmentCodeHook", json::Object{{"enabled", true}}}});
  Deploy(hook);

  const Answered answered = AskSay("sales please");

  EXPECT_EQ(answered.code, "DependencyFailedException");
  EXPECT_THAT(answered.message, HasSubstr("Please check the policy on this function."));
}

TEST_F(LexConversation, SaysThatTheHookFailed) {
  const std::string hook = MakeHook(R"(raise Exception("broken"))");
  MakeIntent("Sales", {"sales please"}, {{"fulfillmentCodeHook", json::Object{{"enabled", true}}}});
  Deploy(hook);

  const Answered answered = AskSay("sales please");

  EXPECT_EQ(answered.code, "DependencyFailedException");
  EXPECT_THAT(answered.message, HasSubstr("broken"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
