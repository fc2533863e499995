#include "flow/symbols.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace trunkline::flow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Shown(std::string_view text) {
  std::vector<std::string> shown;
  for (const SymbolPiece& piece : ScanSymbols(text)) {
    const bool names = piece.is_symbol || piece.is_placeholder;
    shown.push_back(names ? fmt::format("<{} {}>", ToText(piece.kind), piece.name) : piece.text);
  }
  return shown;
}

TEST(ScanSymbols, FindsSymbolsInText) {
  EXPECT_THAT(Shown("a ${queue:Sales}${flow:My flow} b"),
              ElementsAre("a ", "<queue Sales>", "<flow My flow>", " b"));
}

TEST(ScanSymbols, FindsBothSpellingsOfThePlaceholder) {
  EXPECT_THAT(Shown("<<ARNREPLACE>>"), ElementsAre("<lambda mapping>"));
  EXPECT_THAT(Shown("xARNREPLACE"), ElementsAre("x", "<lambda mapping>"));
}

TEST(ScanSymbols, LeavesWhatIsNoSymbol) {
  for (const char* const text :
       {"${AWS::Region}", "${queue}", "${queue:}", "${queue:open", "$.External.queue", "{{x}}"}) {
    EXPECT_THAT(Shown(text), ElementsAre(text));
  }
}

TEST(WriteSymbol, EscapesWhatWouldEndTheName) {
  const std::string written = WriteSymbol(ResourceKind::kQueue, R"(a}b\c"d)");

  EXPECT_EQ(written, R"(${queue:a\}b\\c"d})");
  EXPECT_THAT(Shown(written), ElementsAre(R"(<queue a}b\c"d>)"));
}

TEST(ParseAttributeKey, TakesTheWorkshopsForms) {
  EXPECT_EQ(ParseAttributeKey("$.External.ACME_Sales")->key, "ACME_Sales");
  EXPECT_EQ(ParseAttributeKey("$.Attributes.['ACME Main']")->key, "ACME Main");
  EXPECT_EQ(ParseAttributeKey("$['External']['x']")->root, "External");
}

TEST(ParseAttributeKey, LeavesOtherReferences) {
  for (const char* const text : {"$.Queue.ARN", "$.External", "$.External.a.b", "x $.External.a",
                                 "$.External['`$.Attributes.k`']"}) {
    EXPECT_FALSE(ParseAttributeKey(text)) << text;
  }
}

TEST(ParseArn, KnowsWhatFlowsName) {
  struct Row {
    const char* arn;
    ResourceKind kind;
    const char* id;
  };
  const Row rows[] = {
      {"arn:aws:connect:us-east-1:111122223333:instance/i/queue/q", ResourceKind::kQueue, "q"},
      {"arn:aws:connect:us-east-1:111122223333:instance/i/queue/agent/u", ResourceKind::kUser, "u"},
      {"arn:aws:connect:us-east-1:111122223333:instance/i/contact-flow/f", ResourceKind::kFlow,
       "f"},
      {"arn:aws:connect:us-east-1:111122223333:instance/i/flow-module/m:live",
       ResourceKind::kModule, "m:live"},
      {"arn:aws:connect:us-east-1:111122223333:instance/i/operating-hours/h", ResourceKind::kHours,
       "h"},
      {"arn:aws:connect:us-east-1:111122223333:phone-number/n", ResourceKind::kNumber, "n"},
      {"arn:aws:connect:us-east-1:aws:view/form:1", ResourceKind::kView, "form:1"},
      {"arn:aws:lambda:us-east-1:111122223333:function:f:live", ResourceKind::kLambda, "f:live"},
      {"arn:aws-us-gov:lex:us-gov-west-1:111122223333:bot-alias/B/A", ResourceKind::kBot, "B/A"},
      {"arn:aws:s3:::bucket/key", ResourceKind::kNone, ""},
  };
  for (const Row& row : rows) {
    const std::optional<Arn> arn = ParseArn(row.arn);
    ASSERT_TRUE(arn) << row.arn;
    EXPECT_EQ(arn->kind, row.kind) << row.arn;
    EXPECT_EQ(arn->id, row.id) << row.arn;
  }
  EXPECT_EQ(ParseArn("arn:aws:connect:us-east-1:111122223333:instance/i/queue/q")->account,
            "111122223333");
  EXPECT_FALSE(ParseArn("arn:aws:lambda"));
  EXPECT_FALSE(ParseArn("see arn:aws:lambda:r:a:function:f"));
}

constexpr char kFlow[] =
    R"({"Version":"2019-10-30","StartAction":"a","Metadata":{"ActionMetadata":{"a":{"queue":{"id":"arn:aws:connect:r:111122223333:instance/i/queue/q","text":"Sales"}}}},
"Actions":[{"Identifier":"a","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"${queue:Sales}"},"Transitions":{"NextAction":"b"}},
{"Identifier":"b","Type":"UpdateContactEventHooks","Parameters":{"EventHooks":{"CustomerQueue":"arn:aws:connect:r:111122223333:instance/i/contact-flow/f"}},"Transitions":{"NextAction":"c"}},
{"Identifier":"c","Type":"InvokeLambdaFunction","Parameters":{"LambdaFunctionARN":"ARNREPLACE","LambdaInvocationAttributes":{"x":"arn:aws:lambda:r:111122223333:function:g"}},"Transitions":{"NextAction":"d"}},
{"Identifier":"d","Type":"ConnectParticipantWithLexBot","Parameters":{"Text":"$.External.hello","LexV2Bot":{"AliasArn":"$.External.ACME_lexbot"}},"Transitions":{"NextAction":"e"}},
{"Identifier":"e","Type":"GetMetricData","Parameters":{"QueueId":"$.Queue.ARN"},"Transitions":{"NextAction":"f"}},
{"Identifier":"f","Type":"InvokeFlowModule","Parameters":{"FlowModuleId":"0a1b2c3d-0000-1111-2222-333344445555:live"},"Transitions":{"NextAction":"g"}},
{"Identifier":"g","Type":"TransferToFlow","Parameters":{"ContactFlowId":"{{Main}}"},"Transitions":{"NextAction":"a"}}]})";

TEST(ResourceReferences, AreFoundInEveryForm) {
  std::vector<std::string> shown;
  for (const Reference& reference : References(*Parse(kFlow, "flow.json").document)) {
    shown.push_back(fmt::format("{}:{} {} {} {} '{}'", reference.place.line, reference.place.column,
                                reference.action, reference.path, ToText(reference.kind),
                                reference.name));
  }

  EXPECT_THAT(
      shown,
      ElementsAre(
          "1:92 a Metadata.queue.id queue 'q'", "2:88 a Parameters.QueueId queue 'Sales'",
          "3:96 b Parameters.EventHooks.CustomerQueue flow 'f'",
          "4:83 c Parameters.LambdaFunctionARN lambda 'mapping'",
          "4:130 c Parameters.LambdaInvocationAttributes.x lambda 'g'",
          "5:120 d Parameters.LexV2Bot.AliasArn bot 'ACME_lexbot'",
          "7:74 f Parameters.FlowModuleId module '0a1b2c3d-0000-1111-2222-333344445555:live'",
          "8:73 g Parameters.ContactFlowId flow '{{Main}}'"));
}

TEST(MappingEntries, ServePlainNamesAndKeysOfTheirOwnForSharedOnes) {
  SymbolTable table;
  table.Add(ResourceKind::kQueue, "Sales", {.arn = "arn:q", .id = {}, .number = {}});
  table.Add(ResourceKind::kFlow, "Sales", {.arn = "arn:f", .id = {}, .number = {}});
  table.Add(ResourceKind::kFlow, "Main", {.arn = "arn:m", .id = {}, .number = {}});
  table.Add(ResourceKind::kLambda, "mapping", {.arn = "arn:l", .id = {}, .number = {}});
  table.Add(ResourceKind::kCaseTemplate, "T", {.arn = {}, .id = "t", .number = {}});

  std::vector<std::string> shown;
  for (const MappingEntry& entry : MappingEntries(table))
    shown.push_back(entry.key + "=" + entry.arn);

  EXPECT_THAT(shown,
              ElementsAre("Sales=arn:q", "Main=arn:m", "queue_Sales=arn:q", "flow_Sales=arn:f"));
}

}  // namespace
}  // namespace trunkline::flow
