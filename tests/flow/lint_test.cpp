#include "flow/lint.h"

#include <chrono>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "tests/flow/corpus.h"
#include "tests/support/shared_data.h"

namespace trunkline::flow {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// The findings of one rule for a flow in which it must speak, as "line: message", and for the
// flow's repaired twin.
struct Row {
  const char* rule;
  const char* wrong;  // members of the flow behind Version: StartAction, Actions...
  const char* message;
  const char* right;
};

std::string TextOf(const std::string& members) {
  return R"({"Version":"2019-10-30",)" + members + "}";
}

std::string LintOnly(std::string_view rule, const std::string& members,
                     const SymbolTable* symbols = nullptr) {
  LintOptions options;
  for (const LintRule& other : AllLintRules()) {
    if (other.name != rule) options.levels[std::string(other.name)] = LintLevel::kOff;
  }
  options.symbols = symbols;
  const Parsed parsed = Parse(TextOf(members), "flow.json");
  EXPECT_EQ("", ToText(parsed.findings));
  return ToText(Lint(*parsed.document, options));
}

class EveryRule : public testing::TestWithParam<Row> {};

TEST_P(EveryRule, SpeaksAboutTheMistake) {
  EXPECT_THAT(LintOnly(GetParam().rule, GetParam().wrong), HasSubstr(GetParam().message));
}

TEST_P(EveryRule, IsSilentOnceItIsRepaired) {
  EXPECT_EQ(LintOnly(GetParam().rule, GetParam().right), "");
}

const Row kRows[] = {
    {"unreachable-action",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"EndFlowExecution"},{"Identifier":"b","Type":"EndFlowExecution"}])",
     "warning: no path leads to action 'b' (EndFlowExecution) [TL-L105]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"EndFlowExecution"}])"},
    {"leftover-text",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"Hello, TODO: name"}}])",
     "'Parameters.Text' of action 'a' still holds 'TODO' [TL-L117]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"Abierto todo el dia, mastodons too"}}])"},
    {"one-hook",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"UpdateContactEventHooks","Parameters":{"EventHooks":{"AgentHold":"x","CustomerHold":"y"}}}])",
     "action 'a' sets 2 event hooks; exactly one is documented [TL-L130]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"UpdateContactEventHooks","Parameters":{"EventHooks":{"AgentHold":"x"}}}])"},
    {"queue-age-in-seconds",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"CheckMetricData","Parameters":{"MetricType":"OldestContactInQueueAgeSeconds"},
     "Transitions":{"Conditions":[{"NextAction":"a","Condition":{"Operator":"NumberLessThan","Operands":["300"]}}]}}])",
     "compares the age of the oldest contact with 300 milliseconds [TL-L139]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"CheckMetricData","Parameters":{"MetricType":"OldestContactInQueueAgeSeconds"},
     "Transitions":{"Conditions":[{"NextAction":"a","Condition":{"Operator":"NumberLessThan","Operands":["300000"]}}]}}])"},
    {"error-branch-to-itself",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"MessageParticipant","Transitions":{"NextAction":"b","Errors":[{"ErrorType":"NoMatchingError","NextAction":"a"}]}},{"Identifier":"b","Type":"EndFlowExecution"}])",
     "error 'NoMatchingError' of action 'a' leads back to the action itself [TL-L201]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"MessageParticipant","Transitions":{"NextAction":"b","Errors":[{"ErrorType":"NoMatchingError","NextAction":"b"}]}},{"Identifier":"b","Type":"EndFlowExecution"}])"},
    {"endless-loop",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"MessageParticipant","Transitions":{"NextAction":"b"}},{"Identifier":"b","Type":"MessageParticipant","Transitions":{"NextAction":"a"}}])",
     "the loop of 'a', 'b' has no input and no condition that ends it [TL-L203]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"MessageParticipant","Transitions":{"NextAction":"b"}},{"Identifier":"b","Type":"GetParticipantInput","Transitions":{"NextAction":"a"}}])"},
    {"shadowed-condition",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"Compare","Transitions":{"Conditions":[
     {"NextAction":"a","Condition":{"Operator":"Equals","Operands":["1"]}},{"NextAction":"b","Condition":{"Operator":"Equals","Operands":["1"]}}]}},{"Identifier":"b","Type":"X"}])",
     "action 'a' compares with '1' (Equals) twice; the second branch is never taken [TL-L208]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"Compare","Transitions":{"Conditions":[
     {"NextAction":"a","Condition":{"Operator":"Equals","Operands":["1"]}},{"NextAction":"b","Condition":{"Operator":"Equals","Operands":["2"]}}]}},{"Identifier":"b","Type":"X"}])"},
    {"branches-without-difference",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"Compare","Transitions":{"NextAction":"b","Errors":[{"ErrorType":"NoMatchingCondition","NextAction":"b"}],
     "Conditions":[{"NextAction":"b","Condition":{"Operator":"Equals","Operands":["1"]}}]}},{"Identifier":"b","Type":"X"}])",
     "all branches of action 'a' (Compare) lead to 'b' [TL-L209]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"Compare","Transitions":{"NextAction":"b","Errors":[{"ErrorType":"NoMatchingCondition","NextAction":"c"}],
     "Conditions":[{"NextAction":"b","Condition":{"Operator":"Equals","Operands":["1"]}}]}},{"Identifier":"b","Type":"X"},{"Identifier":"c","Type":"X"}])"},
    {"queue-not-set",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"Compare","Transitions":{"NextAction":"b","Conditions":[{"NextAction":"c","Condition":{"Operator":"Equals","Operands":["1"]}}]}},
     {"Identifier":"b","Type":"UpdateContactTargetQueue","Transitions":{"NextAction":"c"}},{"Identifier":"c","Type":"TransferContactToQueue"}])",
     "warning: a path reaches action 'c' (TransferContactToQueue) without choosing a queue: '1' of "
     "'a' [TL-L221]",
     R"("StartAction":"b","Actions":[{"Identifier":"b","Type":"UpdateContactTargetQueue","Transitions":{"NextAction":"c"}},{"Identifier":"c","Type":"TransferContactToQueue"}])"},
    {"function-time-limit",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"InvokeLambdaFunction","Parameters":{"InvocationTimeLimitSeconds":"10"}}])",
     "error: action 'a' waits 10 seconds for its function; the service allows 8 [TL-L241]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"InvokeLambdaFunction","Parameters":{"InvocationTimeLimitSeconds":"10","InvocationType":"ASYNCHRONOUS"}}])"},
    {"functions-in-a-row",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"InvokeLambdaFunction","Parameters":{"InvocationTimeLimitSeconds":"8"},"Transitions":{"NextAction":"b"}},
     {"Identifier":"b","Type":"InvokeLambdaFunction","Parameters":{"InvocationTimeLimitSeconds":"8"},"Transitions":{"NextAction":"c"}},
     {"Identifier":"c","Type":"InvokeLambdaFunction","Parameters":{"InvocationTimeLimitSeconds":"8"}}])",
     "the functions up to action 'c' may keep the caller in silence for 24 seconds; 20 end the "
     "call [TL-L243]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"InvokeLambdaFunction","Parameters":{"InvocationTimeLimitSeconds":"8"},"Transitions":{"NextAction":"b"}},
     {"Identifier":"b","Type":"InvokeLambdaFunction","Parameters":{"InvocationTimeLimitSeconds":"8"},"Transitions":{"NextAction":"p"}},
     {"Identifier":"p","Type":"MessageParticipant","Transitions":{"NextAction":"c"}},
     {"Identifier":"c","Type":"InvokeLambdaFunction","Parameters":{"InvocationTimeLimitSeconds":"8"}}])"},
    {"external-before-function",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"Hi $.External.name"},"Transitions":{"NextAction":"f"}},
     {"Identifier":"f","Type":"InvokeLambdaFunction"}])",
     "warning: action 'a' reads '$.External.name', but no function has answered before [TL-L244]",
     R"("StartAction":"f","Actions":[{"Identifier":"f","Type":"InvokeLambdaFunction","Transitions":{"NextAction":"a"}},{"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"Hi $.External.name"}}])"},
    {"mapping-lost",
     R"("StartAction":"m","Actions":[{"Identifier":"m","Type":"InvokeLambdaFunction","Parameters":{"LambdaFunctionARN":"<<ARNREPLACE>>"},"Transitions":{"NextAction":"f"}},
     {"Identifier":"f","Type":"InvokeLambdaFunction","Parameters":{"LambdaFunctionARN":"${lambda:lookup}"},"Transitions":{"NextAction":"q"}},
     {"Identifier":"q","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"$.External.Sales"}}])",
     "action 'q' reads '$.External.Sales', but another function may have replaced the mapping "
     "function's answer [TL-L245]",
     R"("StartAction":"m","Actions":[{"Identifier":"m","Type":"InvokeLambdaFunction","Parameters":{"LambdaFunctionARN":"<<ARNREPLACE>>"},"Transitions":{"NextAction":"q"}},
     {"Identifier":"q","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"$.External.Sales"}}])"},
    {"nested-external",
     R"("StartAction":"f","Actions":[{"Identifier":"f","Type":"InvokeLambdaFunction","Transitions":{"NextAction":"a"}},{"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"Hi $.External.customer.name"}}])",
     "action 'a' reads the nested '$.External.customer.name', but functions answer with flat "
     "text here [TL-L246]",
     R"("StartAction":"f","Actions":[{"Identifier":"f","Type":"InvokeLambdaFunction","Parameters":{"ResponseValidation":{"ResponseType":"JSON"}},"Transitions":{"NextAction":"a"}},{"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"Hi $.External.customer.name"}}])"},
    {"silence-not-checked",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"GetParticipantInput","Parameters":{"StoreInput":"True"}}])",
     "note: nobody compares what action 'a' stores with 'Timeout'",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"GetParticipantInput","Parameters":{"StoreInput":"True"},"Transitions":{"NextAction":"c"}},{"Identifier":"c","Type":"Compare","Parameters":{"ComparisonValue":"$.StoredCustomerInput"}}])"},
    {"input-repeats-itself",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"GetParticipantInput","Transitions":{"Errors":[{"ErrorType":"InputTimeLimitExceeded","NextAction":"a"}]}}])",
     "error 'InputTimeLimitExceeded' of action 'a' asks again without a limit [TL-L271]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"GetParticipantInput","Transitions":{"Errors":[{"ErrorType":"InputTimeLimitExceeded","NextAction":"l"}]}},{"Identifier":"l","Type":"Loop","Transitions":{"NextAction":"a"}}])"},
    {"literal-arn",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"arn:aws:connect:eu-west-1:111122223333:instance/i/queue/q"}}])",
     "action 'a' names a queue by its ARN, which exists in account 111122223333 and Region "
     "eu-west-1 only [TL-L301]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"${queue:Sales}"}}])"},
    {"unresolved-placeholder",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"{{SalesQueue}}"}}])",
     "action 'a' names a queue by '{{SalesQueue}}', which is neither symbol, ARN, id nor "
     "reference [TL-L303]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"0a1b2c3d-0000-1111-2222-333344445555"}}])"},
    {"doubled-reference",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"Compare","Parameters":{"ComparisonValue":"$.Attributes.$.StoredCustomerInput"}}])",
     "action 'a' has '$.Attributes.$.StoredCustomerInput', which reads as two references "
     "[TL-L309]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"$.Attributes.a $.Attributes.b"}}])"},
    {"unknown-root",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"Hi $.Attribute.name"}}])",
     "action 'a': reference '$.Attribute.name' starts with 'Attribute', which no contact has "
     "[TL-L310]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"Hi $.Attributes.name, that is $5"}}])"},
    {"sensitive-attribute",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"UpdateContactAttributes","Parameters":{"Attributes":{"creditCardNumber":"$.StoredCustomerInput"}}}])",
     "attribute 'creditCardNumber' stays readable in contact records and logs [TL-L401]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"UpdateContactAttributes","Parameters":{"Attributes":{"shoppingCart":"x","spinCount":"1"}}}])"},
    {"dials-unchecked-number",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"TransferParticipantToThirdParty","Parameters":{"ThirdPartyPhoneNumber":"$.External.number"}}])",
     "note: action 'a' dials '$.External.number', which comes from outside the flow [TL-L406]",
     R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"TransferParticipantToThirdParty","Parameters":{"ThirdPartyPhoneNumber":"+15550100"}}])"},
    {"no-logging",
     R"("StartAction":"a","Metadata":{"type":"contactFlow"},"Actions":[{"Identifier":"a","Type":"DisconnectParticipant"}])",
     "the flow does not switch its logs on, so nobody can see what callers did [TL-L501]",
     R"("StartAction":"a","Metadata":{"type":"contactFlow"},"Actions":[{"Identifier":"a","Type":"UpdateFlowLoggingBehavior"}])"},
};

std::string RuleName(const testing::TestParamInfo<Row>& row) {
  std::string name;
  for (const char c : std::string_view(row.param.rule)) {
    if (c != '-') name += c;
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Lint, EveryRule, testing::ValuesIn(kRows), RuleName);

TEST(TextTooLong, CountsCharactersWithoutMarkup) {
  const auto flow = [](std::size_t spoken, std::size_t marks) {
    std::string text = "<speak>";
    for (std::size_t i = 0; i < marks; ++i) text += "<break/>";
    return fmt::format(
        R"("StartAction":"a","Actions":[{{"Identifier":"a","Type":"MessageParticipant","Parameters":{{"SSML":"{}{}</speak>"}}}}])",
        text, std::string(spoken, 'x'));
  };

  EXPECT_EQ(LintOnly("text-too-long", flow(2900, 100)), "");
  EXPECT_THAT(LintOnly("text-too-long", flow(3100, 0)),
              HasSubstr("(3100 without markup); the voice reads 6000 (3000)"));
  EXPECT_THAT(LintOnly("text-too-long", flow(2900, 500)), HasSubstr("[TL-L138]"));
}

TEST(UndefinedSymbol, IsKnownOnlyWithNames) {
  const std::string flow =
      R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"${queue:Slaes}"}}])";
  SymbolTable symbols;
  symbols.Add(ResourceKind::kQueue, "Sales", {});

  EXPECT_EQ(LintOnly("undefined-symbol", flow), "");
  EXPECT_THAT(LintOnly("undefined-symbol", flow, &symbols),
              AllOf(HasSubstr("error: queue 'Slaes' is not declared in this center [TL-L304]"),
                    HasSubstr("did you mean '${queue:Sales}'?")));
}

TEST(UndefinedSymbol, IsANoteWhereTemplatesMayMakeIt) {
  SymbolTable symbols;
  symbols.Add(ResourceKind::kQueue, "Sales", {});
  LintOptions options;
  options.symbols = &symbols;
  options.more_symbols = true;
  const Parsed parsed = Parse(
      TextOf(
          R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"UpdateContactTargetQueue","Parameters":{"QueueId":"${queue:Gold}"}}])"),
      "flow.json");

  EXPECT_THAT(ToText(Lint(*parsed.document, options)),
              HasSubstr("note: queue 'Gold' is not declared in this center, so a template must "
                        "make it [TL-L304]"));
}

TEST(UndefinedSymbol, IsSilentAboutKindsThatNobodyKnows) {
  SymbolTable symbols;
  symbols.Add(ResourceKind::kQueue, "Sales", {});

  EXPECT_EQ(
      LintOnly(
          "undefined-symbol",
          R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"ShowView","Parameters":{"ViewResource":{"Id":"${view:Form}"}}}])",
          &symbols),
      "");
}

TEST(QueueNotSet, IsANoteWhenTheFlowNeverChoosesOne) {
  EXPECT_THAT(
      LintOnly(
          "queue-not-set",
          R"("StartAction":"c","Actions":[{"Identifier":"c","Type":"TransferContactToQueue"}])"),
      HasSubstr("note: action 'c' (TransferContactToQueue) needs a queue that the flow before has "
                "chosen"));
}

TEST(ExternalBeforeFunction, IsOneNoteWhenTheFlowCallsNoFunction) {
  const std::string found = LintOnly(
      "external-before-function",
      R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"$.External.a $.External.b"}}])");

  EXPECT_THAT(
      found,
      HasSubstr(
          "note: action 'a' reads '$.External.a' (and 1 more), but the flow calls no function"));
  EXPECT_THAT(found, Not(HasSubstr("External.b'")));
}

TEST(LintRules, AreInOrderWithNamesAndSentences) {
  std::string before;
  std::set<std::string_view> names;
  for (const LintRule& rule : AllLintRules()) {
    EXPECT_LT(before, rule.code);
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
    EXPECT_TRUE(rule.summary.ends_with('.')) << rule.name;
    before = rule.code;
  }
}

TEST(Lint, TakesTheLevelFromTheSettings) {
  LintOptions options;
  options.levels["unreachable-action"] = LintLevel::kError;
  const Parsed parsed = Parse(
      TextOf(
          R"("StartAction":"a","Actions":[{"Identifier":"a","Type":"X"},{"Identifier":"b","Type":"X"}])"),
      "f.json");

  EXPECT_THAT(ToText(Lint(*parsed.document, options)),
              HasSubstr("error: no path leads to action 'b'"));
}

TEST(LintCorpus, GivesThisManyFindingsOfEachRule) {
  TL_NEEDS_SHARED();

  std::map<std::string, int> counts;
  for (const tests::CorpusFile& file : tests::CorpusFiles()) {
    const Parsed parsed = Parse(tests::ReadCorpus(file), file.name);
    for (const Finding& finding : Lint(*parsed.document)) ++counts[finding.code];
  }

  std::string text;
  for (const auto& [code, count] : counts) text += fmt::format("{} {}\n", code, count);
  EXPECT_EQ("", tests::DiffGolden("flow/lint_corpus.txt", text));
}

}  // namespace
}  // namespace trunkline::flow
