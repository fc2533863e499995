#include "tests/sim/testing_fixture.h"

#include <chrono>

#include <gtest/gtest.h>

#include "base/finding_text.h"
#include "base/text.h"
#include "tests/sim/fixture.h"

namespace trunkline::sim::tests {
namespace {

std::string ActionJson(std::string_view id, std::string_view type, std::string_view parameters) {
  return fmt::format(R"({{"Identifier":"{}","Type":"{}","Parameters":{},"Transitions":{{}}}})", id,
                     type, parameters);
}

std::string Instruct(std::string_view id, std::string_view instruction) {
  return ActionJson(id, "SendInstruction",
                    fmt::format(R"({{"ActionType":"SendInstruction","Actor":"Customer",)"
                                R"("Instruction":{}}})",
                                instruction));
}

std::string Control(std::string_view id, std::string_view command) {
  return ActionJson(id, "TestControl",
                    fmt::format(R"({{"ActionType":"TestControl","Command":{}}})", command));
}

std::string EventJson(std::string_view type, std::string_view properties) {
  return fmt::format(R"({{"Identifier":"e","Type":"{}","Actor":"System","Properties":{}}})", type,
                     properties);
}

}  // namespace

std::string Observe(std::string_view id, std::string_view event, std::string_view actions,
                    std::string_view next, std::string_view usage) {
  return fmt::format(
      R"({{"Identifier":"{}","Event":{},"Actions":[{}],{}"Transitions":{{"NextObservations":[{}]}}}})",
      id, event, actions, usage.empty() ? "" : fmt::format(R"("Usage":{},)", usage),
      next.empty() ? "" : fmt::format(R"("{}")", next));
}

std::string Initiated() {
  return EventJson("TestInitiated", "{}");
}
std::string Completed() {
  return EventJson("TestCompleted", "{}");
}
std::string Hears(std::string_view text, std::string_view matching) {
  return EventJson(
      "MessageReceived",
      fmt::format(R"({{"Text":"{}","MatchingCriteria":{{"Type":"{}"}}}})", text, matching));
}
std::string Begins(std::string_view type, std::string_view parameters) {
  return EventJson("FlowActionStarted",
                   fmt::format(R"({{"ActionType":"{}","ActionParameters":{}}})", type, parameters));
}
std::string Succeeds(std::string_view type, std::string_view parameters) {
  return EventJson("FlowActionCompleted",
                   fmt::format(R"({{"ActionType":"{}","ActionParameters":{}}})", type, parameters));
}

std::string Press(std::string_view id, std::string_view keys) {
  return Instruct(id, fmt::format(R"({{"Type":"DtmfInput","Properties":{{"Value":"{}"}}}})", keys));
}
std::string SayWords(std::string_view id, std::string_view words) {
  return Instruct(id,
                  fmt::format(R"({{"Type":"Utterance","Properties":{{"Value":"{}"}}}})", words));
}
std::string HangUp(std::string_view id) {
  return Instruct(id, R"({"Type":"Disconnect"})");
}
std::string Expect(std::string_view id, std::string_view reference, std::string_view op,
                   std::string_view operand) {
  return ActionJson(id, "Assert",
                    fmt::format(R"({{"Namespace":"{}","Operator":"{}","Operand":"{}"}})", reference,
                                op, operand));
}
std::string Replace(std::string_view id, std::string_view type, std::string_view parameters,
                    std::string_view strategy) {
  return ActionJson(id, "OverrideSystemBehavior",
                    fmt::format(R"({{"ActionType":"OverrideSystemBehavior","Behavior":{{)"
                                R"("Type":"FlowAction","Properties":{{"ActionType":"{}",)"
                                R"("ActionParameters":{},"Strategy":{}}}}}}})",
                                type, parameters, strategy));
}
std::string Mock(std::string_view result) {
  return fmt::format(
      R"({{"Type":"MockResponse","Response":{{"Type":"ExecutionResult","ExecutionResult":{}}}}})",
      result);
}
std::string Failing(std::string_view error) {
  return fmt::format(
      R"({{"Type":"MockResponse","Response":{{"Type":"Error","Error":{{"Value":"{}"}}}}}})", error);
}
std::string Stop(std::string_view id) {
  return Control(id, R"({"Type":"EndTest"})");
}
std::string Log(std::string_view id, std::string_view label, std::string_view text) {
  return Control(
      id, fmt::format(R"({{"Type":"LogData","Properties":{{"Expressions":{{"{}":"{}"}}}}}})", label,
                      text));
}

std::string WrittenTest(const std::vector<std::string>& observations, std::string_view type) {
  return fmt::format(
      R"({{"Name":"a test","EntryPoint":{{"Type":"{}","{}EntryPointParameters":{{"FlowId":"main"}}}},)"
      R"("Content":{{"Version":"2019-10-30","Observations":[{}]}}}})",
      type, type == "CHAT" ? "Chat" : "VoiceCall", Join(observations, ","));
}

TestCase ReadGood(const std::string& text, TestMode mode) {
  ReadTest read = ReadTestCase(text, "tests/a.json", mode);
  EXPECT_EQ(ToText(read.findings), "");
  return read.test.value_or(TestCase());
}

std::vector<std::string> Wrong(const std::string& text, TestMode mode) {
  std::vector<std::string> said;
  for (const Finding& finding : ReadTestCase(text, "tests/a.json", mode).findings)
    said.push_back(fmt::format("{}: {}", finding.code, finding.message));
  return said;
}

World TestedWorld() {
  World world = SmallWorld();
  const std::string hours = world.hours.front().id;
  world.functions = {{.arn = "arn:aws:lambda:us-east-1:1:function:lookup", .name = "lookup"}};
  const auto queue = [](std::string_view id, std::string_view name) {
    return Action(id, "UpdateContactTargetQueue", fmt::format(R"({{"QueueId":"{}"}})", name),
                  {{"next", "transfer"}, {"Error:NoMatchingError", "sorry"}});
  };
  const std::string actions =
      Action("welcome", "MessageParticipant", R"({"Text":"Welcome to us."})", {{"next", "hours"}}) +
      "," +
      Action("hours", "CheckHoursOfOperation",
             fmt::format(R"({{"HoursOfOperationId":"{}"}})", hours),
             {{"Equals True", "lookup"},
              {"Equals False", "closed"},
              {"Error:NoMatchingError", "sorry"}}) +
      "," +
      Action(
          "lookup", "InvokeLambdaFunction",
          R"({"LambdaFunctionARN":"arn:aws:lambda:us-east-1:1:function:lookup","InvocationTimeLimitSeconds":"3"})",
          {{"next", "hello"}, {"Error:NoMatchingError", "menu"}}) +
      "," +
      Action("hello", "MessageParticipant", R"({"Text":"Hello $.External.name"})",
             {{"next", "menu"}}) +
      "," +
      Action(
          "menu", "GetParticipantInput",
          R"({"Text":"For sales, press 1. For finance, press 2.","InputTimeLimitSeconds":"5","StoreInput":"False"})",
          {{"Equals 1", "sales"},
           {"Equals 2", "finance"},
           {"Error:NoMatchingCondition", "sorry"},
           {"Error:NoMatchingError", "sorry"},
           {"Error:InputTimeLimitExceeded", "sorry"}}) +
      "," + queue("sales", world.queues[0].id) + "," + queue("finance", world.queues[1].id) + "," +
      Action("transfer", "TransferContactToQueue", "{}",
             {{"Error:QueueAtCapacity", "full"}, {"Error:NoMatchingError", "sorry"}}) +
      "," +
      Action("closed", "MessageParticipant", R"({"Text":"We are closed."})", {{"next", "bye"}}) +
      "," +
      Action("full", "MessageParticipant", R"({"Text":"All lines are taken."})",
             {{"next", "bye"}}) +
      "," + Action("sorry", "MessageParticipant", R"({"Text":"Sorry."})", {{"next", "bye"}}) + "," +
      Action("bye", "DisconnectParticipant", "{}");
  world.flows = {MakeFlow("main", "CONTACT_FLOW", actions)};
  world.answering.mode = Answering::Mode::kNobody;
  return world;
}

TestOutcome Played(World world, const std::vector<std::string>& observations) {
  return RunTestCase(ReadGood(WrittenTest(observations)),
                     std::make_shared<const World>(std::move(world)), {},
                     {.at = TimePoint(std::chrono::seconds(1767718800))});
}

TestOutcome Played(const std::vector<std::string>& observations) {
  return Played(TestedWorld(), observations);
}

}  // namespace trunkline::sim::tests
