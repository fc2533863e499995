#include "flow/link.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "base/json_read.h"

namespace trunkline::flow {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kQueueArn[] = "arn:aws:connect:eu-west-1:111122223333:instance/i/queue/q";
constexpr char kMappingArn[] = "arn:aws:lambda:eu-west-1:111122223333:function:mapping";

SymbolTable Table() {
  SymbolTable table;
  table.Add(ResourceKind::kQueue, "Sales", {.arn = kQueueArn, .id = "q", .number = {}});
  table.Add(ResourceKind::kQueue, "Basic Queue", {.arn = "arn:basic", .id = "b", .number = {}});
  table.Add(ResourceKind::kFlow, "Main", {.arn = "arn:flow:main", .id = "f", .number = {}});
  table.Add(ResourceKind::kPrompt, "Music", {.arn = "arn:prompt:music", .id = "p", .number = {}});
  table.Add(ResourceKind::kLambda, "mapping", {.arn = kMappingArn, .id = {}, .number = {}});
  table.Add(ResourceKind::kLambda, "lookup", {.arn = "arn:lambda:lookup", .id = {}, .number = {}});
  table.Add(ResourceKind::kModule, "Pay", {.arn = "arn:module:pay", .id = "m", .number = {}});
  table.Add(ResourceKind::kNumber, "main", {.arn = "arn:number", .id = "n", .number = "+15550100"});
  return table;
}

// A flow of actions "a", "b", ... in a row; each is {type, parameters}.
struct Step {
  std::string type;
  std::string parameters;
};
std::string FlowOf(const std::vector<Step>& steps, const std::string& metadata = "{}") {
  std::string actions;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const char next = static_cast<char>('a' + i + 1);
    actions += fmt::format(
        R"({}{{"Identifier":"{}","Type":"{}","Parameters":{},"Transitions":{{"NextAction":"{}","Errors":[]}}}})",
        i == 0 ? "" : ",\n", static_cast<char>('a' + i), steps[i].type, steps[i].parameters, next);
  }
  return fmt::format(R"({{"Version":"2019-10-30","StartAction":"a","Metadata":{},"Actions":[
{},
{{"Identifier":"{}","Type":"DisconnectParticipant","Parameters":{{}},"Transitions":{{}}}}]}})",
                     metadata, actions, static_cast<char>('a' + steps.size()));
}

LinkOutcome LinkFlow(const std::string& text, LinkMode mode = LinkMode::kStatic,
                     const SymbolTable& table = Table()) {
  return Link(*Parse(text, "flow.json").document, table, mode);
}

json::Object ParametersOf(const LinkOutcome& outcome, const std::string& action) {
  const Parsed parsed = ParseContent(outcome.content.value(), "CONTACT_FLOW");
  return parsed.document->FindAction(action)->parameters;
}

const Step kSetQueue{"UpdateContactTargetQueue", R"({"QueueId":"${queue:Sales}"})"};
const Step kMapping{"InvokeLambdaFunction",
                    R"({"LambdaFunctionARN":"<<ARNREPLACE>>","InvocationTimeLimitSeconds":"8"})"};
const Step kOtherFunction{
    "InvokeLambdaFunction",
    R"({"LambdaFunctionARN":"${lambda:lookup}","InvocationTimeLimitSeconds":"8"})"};

TEST(Link, ReplacesAQueueSymbolByItsArn) {
  const LinkOutcome outcome = LinkFlow(FlowOf({kSetQueue}));

  EXPECT_EQ("", ToText(outcome.findings));
  EXPECT_EQ(ParametersOf(outcome, "a").GetString("QueueId"), kQueueArn);
  EXPECT_THAT(outcome.used, ElementsAre(UsedSymbol{ResourceKind::kQueue, "Sales", false}));
}

TEST(Link, PutsTheMappingFunctionForBothSpellingsOfThePlaceholder) {
  for (const char* const placeholder : {"ARNREPLACE", "<<ARNREPLACE>>", "${lambda:mapping}"}) {
    const LinkOutcome outcome = LinkFlow(FlowOf(
        {{"InvokeLambdaFunction", fmt::format(R"({{"LambdaFunctionARN":"{}"}})", placeholder)}}));

    EXPECT_EQ(ParametersOf(outcome, "a").GetString("LambdaFunctionARN"), kMappingArn)
        << placeholder;
    EXPECT_TRUE(outcome.calls_mapping);
  }
}

TEST(Link, LinksTheWorkshopsAttributesWhereAResourceIsNamed) {
  const LinkOutcome outcome = LinkFlow(
      FlowOf({{"UpdateContactTargetQueue", R"({"QueueId":"$.External.Sales"})"},
              {"UpdateContactTargetQueue", R"({"QueueId":"$.Attributes.['Basic Queue']"})"},
              {"MessageParticipant", R"({"Text":"$.External.Sales"})"}}));

  EXPECT_EQ(ParametersOf(outcome, "a").GetString("QueueId"), kQueueArn);
  EXPECT_EQ(ParametersOf(outcome, "b").GetString("QueueId"), "arn:basic");
  EXPECT_EQ(ParametersOf(outcome, "c").GetString("Text"), "$.External.Sales");
}

TEST(Link, LeavesAttributesThatNoResourceIsCalledAfter) {
  const LinkOutcome outcome =
      LinkFlow(FlowOf({{"UpdateContactTargetQueue", R"({"QueueId":"$.External.chosenQueue"})"}}));

  EXPECT_EQ(ParametersOf(outcome, "a").GetString("QueueId"), "$.External.chosenQueue");
  EXPECT_THAT(outcome.used, IsEmpty());
}

TEST(Link, LeavesAnAttributeThatTheFlowItselfFillsWithSomethingElse) {
  const std::string queue = R"({"QueueId":"$.Attributes.Sales"})";
  const LinkOutcome own =
      LinkFlow(FlowOf({{"UpdateContactAttributes", R"({"Attributes":{"Sales":"$.External.best"}})"},
                       {"UpdateContactTargetQueue", queue}}));
  const LinkOutcome copied = LinkFlow(
      FlowOf({{"UpdateContactAttributes", R"({"Attributes":{"Sales":"$.External.Sales"}})"},
              {"UpdateContactTargetQueue", queue}}));

  EXPECT_EQ(ParametersOf(own, "b").GetString("QueueId"), "$.Attributes.Sales");
  EXPECT_EQ(ParametersOf(copied, "b").GetString("QueueId"), kQueueArn);
}

TEST(Link, LinksLoopedPromptsWhichTakeNoReference) {
  const Step loop{"MessageParticipantIteratively",
                  R"({"Messages":[{"PromptId":"${prompt:Music}"}]})"};

  const LinkOutcome fixed = LinkFlow(FlowOf({loop}));
  const LinkOutcome asked = LinkFlow(FlowOf({kMapping, loop}), LinkMode::kAttribute);

  EXPECT_THAT(*fixed.content, HasSubstr(R"("Messages":[{"PromptId":"arn:prompt:music"}])"));
  EXPECT_THAT(*asked.content, HasSubstr(R"("Messages":[{"PromptId":"arn:prompt:music"}])"));
  EXPECT_THAT(ToText(asked.findings),
              HasSubstr("note: prompt 'Music' in 'Parameters.Messages[0].PromptId' of action 'b' "
                        "is linked statically: "
                        "the position takes no reference [TL-F303]"));
}

TEST(Link, KeepsAVersionBehindAModule) {
  const LinkOutcome outcome =
      LinkFlow(FlowOf({{"InvokeFlowModule", R"({"FlowModuleId":"${module:Pay}:live"})"}}));

  EXPECT_EQ(ParametersOf(outcome, "a").GetString("FlowModuleId"), "arn:module:pay:live");
}

TEST(Link, WritesAPhoneNumberWhereANumberIsWanted) {
  const LinkOutcome outcome = LinkFlow(
      FlowOf({{"TransferParticipantToThirdParty", R"({"CallerId":{"Number":"${number:main}"}})"}}));

  EXPECT_THAT(*outcome.content, HasSubstr(R"("Number":"+15550100")"));
}

TEST(Link, ReplacesSymbolsInOtherTextsToo) {
  const LinkOutcome outcome =
      LinkFlow(FlowOf({{"UpdateContactAttributes",
                        R"({"Attributes":{"next":"go to ${flow:Main}, ${AWS::Region}"}})"}}));

  EXPECT_THAT(*outcome.content, HasSubstr(R"("next":"go to arn:flow:main, ${AWS::Region}")"));
}

TEST(Link, NamesTheNearestOfAMissingName) {
  const LinkOutcome outcome =
      LinkFlow(FlowOf({{"UpdateContactTargetQueue", R"({"QueueId":"${queue:Slaes}"})"}}));

  EXPECT_EQ(outcome.content, std::nullopt);
  EXPECT_THAT(
      ToText(outcome.findings),
      AllOf(HasSubstr(
                "flow.json:2:77: error: action 'a' names queue 'Slaes', which does not exist here"),
            HasSubstr("did you mean '${queue:Sales}'?")));
}

TEST(Link, TellsWhichKindHasTheName) {
  const LinkOutcome outcome =
      LinkFlow(FlowOf({{"TransferToFlow", R"({"ContactFlowId":"${flow:Sales}"})"}}));

  EXPECT_THAT(ToText(outcome.findings),
              HasSubstr("there is a queue of this name: '${queue:Sales}'"));
}

TEST(Link, RefusesASymbolOfAnotherKindThanThePosition) {
  const LinkOutcome outcome =
      LinkFlow(FlowOf({{"UpdateContactTargetQueue", R"({"QueueId":"${flow:Main}"})"}}));

  EXPECT_THAT(
      ToText(outcome.findings),
      HasSubstr(
          "expected a queue in 'Parameters.QueueId' of action 'a' but got flow 'Main' [TL-F302]"));
}

TEST(Link, SaysWhenTheMappingFunctionIsMissing) {
  const LinkOutcome outcome = LinkFlow(FlowOf({kMapping}), LinkMode::kStatic, SymbolTable());

  EXPECT_THAT(
      ToText(outcome.findings),
      HasSubstr(
          "action 'a' calls the mapping function ('<<ARNREPLACE>>'), which does not exist here"));
}

TEST(Link, ReportsEveryMissingSymbolAtOnce) {
  const LinkOutcome outcome =
      LinkFlow(FlowOf({{"TransferToFlow", R"({"ContactFlowId":"${flow:x}"})"},
                       {"UpdateContactTargetQueue", R"({"QueueId":"${queue:y}"})"}}));

  EXPECT_EQ(outcome.findings.size(), 2U);
}

TEST(LinkByAttribute, AsksTheMappingFunctionThatTheFlowCalls) {
  const LinkOutcome outcome = LinkFlow(FlowOf({kMapping, kSetQueue}), LinkMode::kAttribute);

  EXPECT_EQ("", ToText(outcome.findings));
  EXPECT_EQ(ParametersOf(outcome, "a").GetString("LambdaFunctionARN"), kMappingArn);
  EXPECT_EQ(ParametersOf(outcome, "b").GetString("QueueId"), "$.External.Sales");
}

TEST(LinkByAttribute, PutsTheMappingFunctionInWhereTheFlowDoesNotCallIt) {
  const LinkOutcome outcome = LinkFlow(FlowOf({kSetQueue}), LinkMode::kAttribute);

  const Parsed linked = ParseContent(*outcome.content, "CONTACT_FLOW");
  EXPECT_EQ(linked.document->start, "Trunkline mapping");
  EXPECT_EQ(linked.document->actions.at(0).next, "a");
  EXPECT_EQ(linked.document->actions.at(0).errors.at(0).next, "a");
  EXPECT_EQ(ParametersOf(outcome, "a").GetString("QueueId"), "$.External.Sales");
  EXPECT_TRUE(outcome.calls_mapping);
}

TEST(LinkByAttribute, LeavesAFlowWithoutSymbolsAlone) {
  const LinkOutcome outcome =
      LinkFlow(FlowOf({{"MessageParticipant", R"({"Text":"Hi"})"}}), LinkMode::kAttribute);

  EXPECT_FALSE(outcome.calls_mapping);
  EXPECT_EQ(ParseContent(*outcome.content, "CONTACT_FLOW").document->start, "a");
}

TEST(LinkByAttribute, LinksStaticallyBehindAnotherFunction) {
  const LinkOutcome outcome =
      LinkFlow(FlowOf({kMapping, kOtherFunction, kSetQueue}), LinkMode::kAttribute);

  EXPECT_EQ(ParametersOf(outcome, "c").GetString("QueueId"), kQueueArn);
  EXPECT_THAT(ToText(outcome.findings),
              HasSubstr("another function may have replaced $.External there [TL-F303]"));
}

TEST(LinkByAttribute, GivesSharedNamesKeysOfTheirOwn) {
  SymbolTable table = Table();
  table.Add(ResourceKind::kFlow, "Sales", {.arn = "arn:flow:sales", .id = {}, .number = {}});

  const LinkOutcome outcome = LinkFlow(
      FlowOf({kMapping, kSetQueue, {"TransferToFlow", R"({"ContactFlowId":"$.External.Sales"})"}}),
      LinkMode::kAttribute, table);

  EXPECT_EQ(ParametersOf(outcome, "b").GetString("QueueId"), "$.External.queue_Sales");
  EXPECT_EQ(ParametersOf(outcome, "c").GetString("ContactFlowId"), "$.External.flow_Sales");
}

TEST(LinkByAttribute, WritesKeysWithBlanksInBrackets) {
  const LinkOutcome outcome = LinkFlow(
      FlowOf({kMapping, {"UpdateContactTargetQueue", R"({"QueueId":"${queue:Basic Queue}"})"}}),
      LinkMode::kAttribute);

  EXPECT_EQ(ParametersOf(outcome, "b").GetString("QueueId"), "$.External['Basic Queue']");
}

constexpr char kLayout[] = R"({"ActionMetadata":{"a":{"position":{"x":1,"y":2},"useDynamic":false,
  "parameters":{"QueueId":{"displayName":"old"}},"queue":{"id":"arn:old","text":"old"}}},"note":"${queue:Sales}"})";

TEST(Link, KeepsTheLayoutTrue) {
  const LinkOutcome outcome = LinkFlow(FlowOf({kSetQueue}, kLayout));

  EXPECT_THAT(*outcome.content,
              HasSubstr(R"("parameters":{"QueueId":{"displayName":"Sales"}},"queue":{"id":")" +
                        std::string(kQueueArn) + R"(","text":"Sales"}})"));
  EXPECT_THAT(*outcome.content, HasSubstr(R"("note":"Sales")"));
}

TEST(LinkByAttribute, KeepsTheLayoutTrue) {
  const LinkOutcome outcome = LinkFlow(FlowOf({kSetQueue}, kLayout), LinkMode::kAttribute);

  EXPECT_THAT(
      *outcome.content,
      HasSubstr(
          R"("useDynamic":true,"parameters":{"QueueId":{"useDynamic":true}},"queue":"$.External.Sales"})"));
  EXPECT_THAT(*outcome.content, HasSubstr(R"("Trunkline mapping":{"position")"));
}

constexpr char kWorkshopFlow[] = R"({"Name":"ACME_Main","ContactFlowType":"CONTACT_FLOW",
  "Content":"{\"Version\":\"2019-10-30\",\"StartAction\":\"m\",\"Actions\":[{\"Identifier\":\"m\",\"Type\":\"InvokeLambdaFunction\",\"Parameters\":{\"LambdaFunctionARN\":\"<<ARNREPLACE>>\",\"InvocationTimeLimitSeconds\":\"3\"},\"Transitions\":{\"NextAction\":\"q\",\"Errors\":[{\"NextAction\":\"q\",\"ErrorType\":\"NoMatchingError\"}]}},{\"Identifier\":\"q\",\"Type\":\"UpdateContactTargetQueue\",\"Parameters\":{\"QueueId\":\"$.External.Sales\"},\"Transitions\":{\"NextAction\":\"q\"}}]}"})";

TEST(Link, TakesAWorkshopFlowAsItIs) {
  const LinkOutcome outcome = LinkFlow(kWorkshopFlow);

  EXPECT_EQ("", ToText(outcome.findings));
  EXPECT_EQ(ParametersOf(outcome, "m").GetString("LambdaFunctionARN"), kMappingArn);
  EXPECT_EQ(ParametersOf(outcome, "q").GetString("QueueId"), kQueueArn);
}

TEST(LinkByAttribute, TakesAWorkshopFlowAsItIs) {
  const LinkOutcome outcome = LinkFlow(kWorkshopFlow, LinkMode::kAttribute);

  EXPECT_EQ("", ToText(outcome.findings));
  EXPECT_EQ(ParametersOf(outcome, "m").GetString("LambdaFunctionARN"), kMappingArn);
  EXPECT_EQ(ParametersOf(outcome, "q").GetString("QueueId"), "$.External.Sales");
}

TEST(Link, FindsAMistakeInsideAWrappedString) {
  std::string text = kWorkshopFlow;
  text.replace(text.find("$.External.Sales"), 16, "${queue:Slaes}");

  EXPECT_THAT(ToText(LinkFlow(text).findings),
              HasSubstr("flow.json:2:426: error: action 'q' names queue 'Slaes'"));
}

TEST(Link, SaysThatALegacyExportCannotBeLinked) {
  const LinkOutcome outcome = LinkFlow(R"({"modules":[{"id":"a"}],"start":"a"})");

  EXPECT_EQ(outcome.content, std::nullopt);
  EXPECT_EQ(ToText(outcome.findings),
            "flow.json: error: a legacy export cannot be linked "
            "[TL-F005]\n");
}

TEST(LinkText, ReplacesSymbolsInAnyText) {
  EXPECT_EQ(LinkText("call ${number:main}", Table()).value(), "call +15550100");
  EXPECT_EQ(LinkText("${queue:Slaes}", Table()).error().message(),
            "queue 'Slaes' does not exist here; did you mean '${queue:Sales}'?");
}

}  // namespace
}  // namespace trunkline::flow
