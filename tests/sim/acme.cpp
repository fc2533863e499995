#include "tests/sim/acme.h"

#include "tests/sim/fixture.h"

namespace trunkline::sim::tests {
namespace {

std::string Main() {
  const std::string sorry = "sorry";
  return Action("log", "UpdateFlowLoggingBehavior", R"({"FlowLoggingBehavior":"Enabled"})",
                {{"next", "voice"}}) +
         "," +
         Action("voice", "UpdateContactTextToSpeechVoice", R"({"TextToSpeechVoice":"Joanna"})",
                {{"next", "welcome"}}) +
         "," +
         Action("welcome", "MessageParticipant", R"({"Text":"Welcome to ACME."})",
                {{"next", "map"}}) +
         "," +
         Action("map", "InvokeLambdaFunction",
                R"({"LambdaFunctionARN":"arn:aws:lambda:eu-central-1:123456789012:function:mapping",
                    "InvocationTimeLimitSeconds":"8"})",
                {{"next", "hook"}, {"Error:NoMatchingError", sorry}}) +
         "," +
         Action("hook", "UpdateContactEventHooks",
                R"({"EventHooks":{"CustomerQueue":"$.External.queue_flow"}})",
                {{"next", "ask"}, {"Error:NoMatchingError", sorry}}) +
         "," +
         Action("ask", "ConnectParticipantWithLexBot",
                R"({"Text":"Which department would you like?",
                    "LexV2Bot":{"AliasArn":"arn:aws:lex:eu-central-1:123456789012:bot-alias/BOT/ACME"}})",
                {{"Equals Sales", "sales"},
                 {"Equals Finance", "finance"},
                 {"Error:NoMatchingCondition", "again"},
                 {"Error:NoMatchingError", sorry}}) +
         "," +
         Action("again", "Loop", R"({"LoopCount":"1"})",
                {{"Equals ContinueLooping", "ask"}, {"Equals DoneLooping", sorry}}) +
         "," +
         Action("sales", "UpdateContactTargetQueue", R"({"QueueId":"$.External.sales"})",
                {{"next", "transfer"}, {"Error:NoMatchingError", sorry}}) +
         "," +
         Action("finance", "UpdateContactTargetQueue", R"({"QueueId":"$.External.finance"})",
                {{"next", "transfer"}, {"Error:NoMatchingError", sorry}}) +
         "," +
         Action("transfer", "TransferToFlow", R"({"ContactFlowId":"queue transfer"})",
                {{"Error:NoMatchingError", sorry}}) +
         "," +
         Action("sorry", "MessageParticipant", R"({"Text":"Sorry, please call again later."})",
                {{"next", "bye"}}) +
         "," + Action("bye", "DisconnectParticipant", "{}");
}

std::string QueueTransfer() {
  return Action("agent", "UpdateContactEventHooks",
                R"({"EventHooks":{"AgentWhisper":"agent whisper"}})",
                {{"next", "customer"}, {"Error:NoMatchingError", "bye"}}) +
         "," +
         Action("customer", "UpdateContactEventHooks",
                R"({"EventHooks":{"CustomerWhisper":"customer whisper"}})",
                {{"next", "go"}, {"Error:NoMatchingError", "bye"}}) +
         "," +
         Action("go", "TransferContactToQueue", "{}",
                {{"Error:NoMatchingError", "bye"}, {"Error:QueueAtCapacity", "bye"}}) +
         "," + Action("bye", "DisconnectParticipant", "{}");
}

std::string Whisper(std::string_view text) {
  return Action("say", "MessageParticipant", R"({"Text":")" + std::string(text) + R"("})",
                {{"next", "end"}}) +
         "," + Action("end", "EndFlowExecution", "{}");
}

BotLocale Departments() {
  const MessageGroup sales{.message = {.content = "I will connect you with our sales team."}};
  const MessageGroup finance{.message = {.content = "I will connect you with finance."}};
  return {
      .locale_id = "en_US",
      .threshold = 0.8,
      .intents = {
          {.name = "Sales", .utterances = {"sales", "buy something"}, .closing_response = {sales}},
          {.name = "Finance",
           .utterances = {"finance", "my invoice"},
           .closing_response = {finance}},
          {.name = "FallbackIntent", .parent = "AMAZON.FallbackIntent"}}};
}

}  // namespace

World AcmeWorld() {
  World world = SmallWorld();
  world.flows = {
      MakeFlow("main", "CONTACT_FLOW", Main()),
      MakeFlow("queue transfer", "CONTACT_FLOW", QueueTransfer()),
      MakeFlow("agent whisper", "AGENT_WHISPER", Whisper("A caller from $.Queue.Name.")),
      MakeFlow("customer whisper", "CUSTOMER_WHISPER", Whisper("You are now being connected.")),
      MakeFlow(
          "customer queue", "CUSTOMER_QUEUE",
          Action("loop", "MessageParticipantIteratively",
                 R"({"Messages":[{"Text":"Thank you for waiting."},{"PromptId":"p-welcome"}]})"))};
  world.bots = {
      {.arn = "arn:aws:lex:eu-central-1:123456789012:bot-alias/BOT/ACME", .name = "ACME_lexbot"}};
  return world;
}

StandIns AcmeStandIns() {
  return {
      .functions =
          {{"mapping",
            {FunctionAnswer(
                R"({"sales":"q-sales","finance":"arn:queue/finance","queue_flow":"customer queue"})")}}},
      .bots = {{"ACME_lexbot", {Departments()}}}};
}

Call AcmeCall() {
  return {.contact_id = "11111111-2222-4333-8444-555555555555",
          .flow = "main",
          .customer = {"+15550100"},
          .system = {"+15550111"},
          .now = *ParseIso8601("2026-11-22T09:30:00Z")};
}

}  // namespace trunkline::sim::tests
