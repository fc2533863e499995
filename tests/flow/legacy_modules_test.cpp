// Each type of module of a legacy export, and the action it becomes.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "flow/legacy.h"
#include "tests/flow/legacy_flows.h"

namespace trunkline::flow {
namespace {

using testing::HasSubstr;
using trunkline::tests::Around;
using trunkline::tests::ConvertText;

struct ModuleCase {
  std::string name;
  std::string module;
  std::string action;                      // without "Identifier"
  std::vector<std::string> findings = {};  // parts of the messages, in order
  std::string type = "contactFlow";
};

constexpr std::string_view kNextOrError =
    R"("branches":[{"condition":"Success","transition":"x"},{"condition":"Error","transition":"x"}])";

std::vector<ModuleCase> ModuleCases() {
  const std::string both(kNextOrError);
  const std::string next_and_error =
      R"("Transitions":{"NextAction":"x","Errors":[{"NextAction":"x","ErrorType":"NoMatchingError"}]})";
  const std::string next = R"("Transitions":{"NextAction":"x"})";
  return {
      {"PromptOfText",
       R"("type":"PlayPrompt","branches":[{"condition":"Success","transition":"x"}],)"
       R"("parameters":[{"name":"Text","value":"Hi $.Attributes.name","namespace":null},{"name":"TextToSpeechType","value":"text"}])",
       R"("Parameters":{"Text":"Hi $.Attributes.name"},"Type":"MessageParticipant",)" + next},
      {"PromptOfSsmlFromAnAttribute",
       R"("type":"PlayPrompt",)" + both +
           R"(,"parameters":[{"name":"Text","value":"hello","namespace":"External"},{"name":"TextToSpeechType","value":"ssml"}])",
       R"("Parameters":{"SSML":"$.External.hello"},"Type":"MessageParticipant",)" + next_and_error},
      {"PromptOfAudioOfWhichOnlyTheNameIsThere",
       R"("type":"PlayPrompt",)" + both +
           R"(,"parameters":[{"name":"AudioPrompt","value":"","namespace":null,"resourceName":"Beep.wav"}])",
       R"("Parameters":{"PromptId":"${prompt:Beep.wav}"},"Type":"MessageParticipant",)" +
           next_and_error,
       {"the export has only the name 'Beep.wav'"}},
      {"SystemAttributes",
       R"("type":"SetAttributes",)" + both +
           R"(,"parameters":[{"name":"Attribute","key":"a","value":"Customer Number","namespace":"System"},)"
           R"({"name":"Attribute","key":"b","value":"Stored customer input","namespace":"System"},)"
           R"({"name":"Attribute","key":"c","value":"Queue.Name","namespace":"System"},)"
           R"({"name":"Attribute","key":"d","value":"Flower","namespace":"Lex.Slots"},)"
           R"({"name":"Attribute","key":"e","value":true}])",
       R"("Parameters":{"Attributes":{"a":"$.CustomerEndpoint.Address","b":"$.StoredCustomerInput",)"
       R"("c":"$.Queue.Name","d":"$.Lex.Slots.Flower","e":"true"}},"Type":"UpdateContactAttributes",)" +
           next_and_error},
      {"AttributesWithKeysTheServiceHasNoPlaceFor",
       R"("type":"SetAttributes",)" + both +
           R"(,"parameters":[{"name":"Attribute","key":"a","value":"two words","namespace":"User Defined"},)"
           R"({"name":"Attribute","key":"b","value":""}])",
       R"("Parameters":{"Attributes":{"a":"$.Attributes.['two words']","b":" "}},"Type":"UpdateContactAttributes",)" +
           next_and_error,
       {"the empty 'b' became a blank"}},
      {"Function",
       R"("type":"InvokeExternalResource","target":"Lambda",)" + both +
           R"(,"parameters":[{"name":"FunctionArn","value":"arn:f"},{"name":"TimeLimit","value":"8"},)"
           R"({"name":"Parameter","key":"k","value":"v"},{"name":"Parameter","key":"n","value":"who","namespace":"User Defined"}])",
       R"("Parameters":{"LambdaFunctionARN":"arn:f","InvocationTimeLimitSeconds":"8",)"
       R"("LambdaInvocationAttributes":{"k":"v","n":"$.Attributes.who"}},"Type":"InvokeLambdaFunction",)" +
           next_and_error},
      {"Compare",
       R"("type":"CheckAttribute","branches":[{"condition":"Evaluate","conditionType":"LessThan","conditionValue":5,"transition":"m"},)"
       R"({"condition":"NoMatch","transition":"x"}],"parameters":[{"name":"Attribute","value":"age"},{"name":"Namespace","value":"User Defined"}])",
       R"("Parameters":{"ComparisonValue":"$.Attributes.age"},"Type":"Compare","Transitions":{"NextAction":"x",)"
       R"("Conditions":[{"NextAction":"m","Condition":{"Operator":"NumberLessThan","Operands":["5"]}}],)"
       R"("Errors":[{"NextAction":"x","ErrorType":"NoMatchingCondition"}]})"},
      {"MenuOfKeys",
       R"("type":"GetUserInput","target":"Digits","branches":[{"condition":"Evaluate","conditionType":"Equals","conditionValue":"1","transition":"m"},)"
       R"({"condition":"Timeout","transition":"x"},{"condition":"NoMatch","transition":"x"},{"condition":"Error","transition":"x"}],)"
       R"("parameters":[{"name":"Text","value":"Press 1"},{"name":"TextToSpeechType","value":"text"},{"name":"Timeout","value":"5"},{"name":"MaxDigits","value":"1"}])",
       R"("Parameters":{"StoreInput":"False","Text":"Press 1","InputTimeLimitSeconds":"5"},"Type":"GetParticipantInput",)"
       R"("Transitions":{"NextAction":"x","Conditions":[{"NextAction":"m","Condition":{"Operator":"Equals","Operands":["1"]}}],)"
       R"("Errors":[{"NextAction":"x","ErrorType":"InputTimeLimitExceeded"},{"NextAction":"x","ErrorType":"NoMatchingCondition"},)"
       R"({"NextAction":"x","ErrorType":"NoMatchingError"}]})"},
      {"MenuOfTwoKeysAtATimeLosesThat",
       R"("type":"GetUserInput","target":"Digits","branches":[{"condition":"Timeout","transition":"x"},{"condition":"NoMatch","transition":"x"},)"
       R"({"condition":"Error","transition":"x"}],"parameters":[{"name":"Timeout","value":5},{"name":"MaxDigits","value":2}])",
       R"("Parameters":{"StoreInput":"False","InputTimeLimitSeconds":"5"},"Type":"GetParticipantInput",)"
       R"("Transitions":{"NextAction":"x","Errors":[{"NextAction":"x","ErrorType":"InputTimeLimitExceeded"},)"
       R"({"NextAction":"x","ErrorType":"NoMatchingCondition"},{"NextAction":"x","ErrorType":"NoMatchingError"}]})",
       {"parameter 'MaxDigits' is lost: '2'"}},
      {"BotOfTheFirstGeneration",
       R"("type":"GetUserInput","target":"Lex","branches":[{"condition":"Evaluate","conditionType":"Equals","conditionValue":"Order","transition":"m"},)"
       R"({"condition":"NoMatch","transition":"x"},{"condition":"Error","transition":"x"}],"parameters":[{"name":"Text","value":"Hi"},)"
       R"({"name":"BotName","value":"B"},{"name":"BotAlias","value":"$LATEST"},{"name":"BotRegion","value":"us-west-2"}])",
       R"("Parameters":{"Text":"Hi","LexBot":{"Name":"B","Region":"us-west-2","Alias":"$LATEST"}},"Type":"ConnectParticipantWithLexBot",)"
       R"("Transitions":{"NextAction":"x","Conditions":[{"NextAction":"m","Condition":{"Operator":"Equals","Operands":["Order"]}}],)"
       R"("Errors":[{"NextAction":"x","ErrorType":"NoMatchingCondition"},{"NextAction":"x","ErrorType":"NoMatchingError"}]})"},
      {"StoredDigits",
       R"("type":"StoreUserInput",)" + both +
           R"(,"parameters":[{"name":"CustomerInputType","value":"Custom"},{"name":"Timeout","value":"5"},{"name":"MaxDigits","value":6},)"
           R"({"name":"EncryptEntry","value":false},{"name":"DisableCancel","value":true},{"name":"TerminatorDigits","value":"#"}])",
       R"("Parameters":{"StoreInput":"True","InputValidation":{"CustomValidation":{"MaximumLength":"6"}},"InputTimeLimitSeconds":"5",)"
       R"("DTMFConfiguration":{"InputTerminationSequence":"#","DisableCancelKey":"True"}},"Type":"GetParticipantInput",)" +
           next_and_error},
      {"StoredPhoneNumber",
       R"("type":"StoreUserInput","branches":[{"condition":"Success","transition":"x"},{"condition":"Error","transition":"x"},)"
       R"({"condition":"InvalidNumber","transition":"m"}],"parameters":[{"name":"CustomerInputType","value":"PhoneNumber"},)"
       R"({"name":"PhoneNumberFormat","value":"Local"},{"name":"CountryCode","value":"US"},{"name":"Timeout","value":"5"}])",
       R"("Parameters":{"StoreInput":"True","InputValidation":{"PhoneNumberValidation":{"NumberFormat":"Local","CountryCode":"US"}},)"
       R"("InputTimeLimitSeconds":"5"},"Type":"GetParticipantInput","Transitions":{"NextAction":"x",)"
       R"("Errors":[{"NextAction":"x","ErrorType":"NoMatchingError"},{"NextAction":"m","ErrorType":"InvalidPhoneNumber"}]})"},
      {"TransferToTheQueueThatIsSet",
       R"("type":"Transfer","target":"Queue","branches":[{"condition":"AtCapacity","transition":"m"},{"condition":"Error","transition":"x"}],"parameters":[])",
       R"("Parameters":{},"Type":"TransferContactToQueue","Transitions":{"NextAction":"x",)"
       R"("Errors":[{"NextAction":"m","ErrorType":"QueueAtCapacity"},{"NextAction":"x","ErrorType":"NoMatchingError"}]})"},
      {"TransferOutOfAQueue",
       R"("type":"Transfer","target":"Queue","branches":[{"condition":"AtCapacity","transition":"x"},{"condition":"Error","transition":"x"}],)"
       R"("parameters":[],"metadata":{"queue":{"id":"arn:q","text":"Billing"}})",
       R"("Parameters":{"QueueId":"arn:q"},"Type":"DequeueContactAndTransferToQueue","Transitions":{"NextAction":"x",)"
       R"("Errors":[{"NextAction":"x","ErrorType":"QueueAtCapacity"},{"NextAction":"x","ErrorType":"NoMatchingError"}]})",
       {},
       "customerQueue"},
      {"TransferToAFlow",
       R"("type":"Transfer","target":"Flow","branches":[{"condition":"Error","transition":"x"}],"parameters":[{"name":"ContactFlowId","value":"arn:f","resourceName":"Main"}])",
       R"("Parameters":{"ContactFlowId":"arn:f"},"Type":"TransferToFlow",)" + next_and_error},
      {"TransferToAPhone",
       R"("type":"Transfer","target":"PhoneNumber","branches":[{"condition":"Success","transition":"m"},{"condition":"CallFailure","transition":"x"},)"
       R"({"condition":"Timeout","transition":"x"},{"condition":"Error","transition":"x"}],"parameters":[{"name":"PhoneNumber","value":"n","namespace":"User Defined"},)"
       R"({"name":"TimeLimit","value":"30"},{"name":"BlindTransfer","value":false}])",
       R"("Parameters":{"ContinueFlowExecution":"True","ThirdPartyPhoneNumber":"$.Attributes.n","ThirdPartyConnectionTimeLimitSeconds":"30"},)"
       R"("Type":"TransferParticipantToThirdParty","Transitions":{"NextAction":"m","Errors":[{"NextAction":"x","ErrorType":"CallFailed"},)"
       R"({"NextAction":"x","ErrorType":"ConnectionTimeLimitExceeded"},{"NextAction":"x","ErrorType":"NoMatchingError"}]})"},
      {"BlindTransferToAPhoneHasNoOtherBranches",
       R"("type":"Transfer","target":"PhoneNumber","branches":[{"condition":"CallFailure","transition":"m"},{"condition":"Error","transition":"x"}],)"
       R"("parameters":[{"name":"PhoneNumber","value":"+15550100"},{"name":"BlindTransfer","value":"true"}])",
       R"("Parameters":{"ContinueFlowExecution":"False","ThirdPartyPhoneNumber":"+15550100","ThirdPartyConnectionTimeLimitSeconds":"30"},)"
       R"("Type":"TransferParticipantToThirdParty",)" +
           next_and_error,
       {"'ThirdPartyConnectionTimeLimitSeconds' was made up: '30'",
        "the branch for error 'CallFailed' is lost"}},
      {"WorkingQueue",
       R"("type":"SetQueue",)" + both +
           R"(,"parameters":[{"name":"Queue","value":"","namespace":null,"resourceName":"Basic"}])",
       R"("Parameters":{"QueueId":"${queue:Basic}"},"Type":"UpdateContactTargetQueue",)" +
           next_and_error,
       {"only the name 'Basic'"}},
      {"WorkingQueueOfAnAgent",
       R"("type":"SetQueue",)" + both +
           R"(,"parameters":[{"name":"Agent","value":"id","namespace":"User Defined","resourceName":null}])",
       R"("Parameters":{"AgentId":"$.Attributes.id"},"Type":"UpdateContactTargetQueue",)" +
           next_and_error},
      {"Staffing",
       R"("type":"CheckStaffing","branches":[{"condition":"True","transition":"m"},{"condition":"False","transition":"x"},{"condition":"Error","transition":"x"}],)"
       R"("parameters":[{"name":"Status","value":"Available"}])",
       R"("Parameters":{"MetricType":"NumberOfAgentsAvailable"},"Type":"CheckMetricData","Transitions":{"NextAction":"x",)"
       R"("Conditions":[{"NextAction":"m","Condition":{"Operator":"NumberGreaterThan","Operands":["0"]}}],)"
       R"("Errors":[{"NextAction":"x","ErrorType":"NoMatchingCondition"},{"NextAction":"x","ErrorType":"NoMatchingError"}]})"},
      {"QueueStatus",
       R"("type":"CheckQueueStatus","branches":[{"condition":"CheckQueueTime","conditionType":"LessThan","conditionValue":300000,"transition":"m"},)"
       R"({"condition":"NoMatch","transition":"x"},{"condition":"Error","transition":"x"}],"parameters":[])",
       R"("Parameters":{"MetricType":"OldestContactInQueueAgeSeconds"},"Type":"CheckMetricData","Transitions":{"NextAction":"x",)"
       R"("Conditions":[{"NextAction":"m","Condition":{"Operator":"NumberLessThan","Operands":["300000"]}}],)"
       R"("Errors":[{"NextAction":"x","ErrorType":"NoMatchingCondition"},{"NextAction":"x","ErrorType":"NoMatchingError"}]})"},
      {"Hours",
       R"("type":"CheckHoursOfOperation","branches":[{"condition":"True","transition":"m"},{"condition":"False","transition":"x"},{"condition":"Error","transition":"x"}],"parameters":[])",
       R"("Parameters":{},"Type":"CheckHoursOfOperation","Transitions":{"NextAction":"x",)"
       R"("Conditions":[{"NextAction":"m","Condition":{"Operator":"Equals","Operands":["True"]}},{"NextAction":"x","Condition":{"Operator":"Equals","Operands":["False"]}}],)"
       R"("Errors":[{"NextAction":"x","ErrorType":"NoMatchingError"}]})"},
      {"HoursOfTheQueueInAnOddTarget",
       R"("type":"CheckHoursOfOperation","target":"Odd","branches":[{"condition":"True","transition":"m"},{"condition":"False","transition":"x"},{"condition":"Error","transition":"x"}],)"
       R"("parameters":[{"name":"Hours","value":"","namespace":null,"resourceName":null}])",
       R"("Parameters":{},"Type":"CheckHoursOfOperation","Transitions":{"NextAction":"x",)"
       R"("Conditions":[{"NextAction":"m","Condition":{"Operator":"Equals","Operands":["True"]}},{"NextAction":"x","Condition":{"Operator":"Equals","Operands":["False"]}}],)"
       R"("Errors":[{"NextAction":"x","ErrorType":"NoMatchingError"}]})",
       {"'target' of module 'm' (CheckHoursOfOperation) is lost: 'Odd'"}},
      {"Loop",
       R"("type":"Loop","branches":[{"condition":"Looping","transition":"m"},{"condition":"Complete","transition":"x"}],"parameters":[{"name":"LoopCount","value":3}])",
       R"("Parameters":{"LoopCount":"3"},"Type":"Loop","Transitions":{"NextAction":"x",)"
       R"("Conditions":[{"NextAction":"m","Condition":{"Operator":"Equals","Operands":["ContinueLooping"]}},{"NextAction":"x","Condition":{"Operator":"Equals","Operands":["DoneLooping"]}}]})"},
      {"LoopedPrompts",
       R"("type":"LoopPrompts","branches":[{"condition":"Timeout","transition":"x"},{"condition":"Error","transition":"x"}],)"
       R"("parameters":[{"name":"AudioPrompt","value":"arn:p","resourceName":"Music"},{"name":"Text","value":"Soon","key":"text"},{"name":"InterruptSeconds","value":20}])",
       R"("Parameters":{"Messages":[{"PromptId":"arn:p"},{"Text":"Soon"}],"InterruptFrequencySeconds":"20"},"Type":"MessageParticipantIteratively",)"
       R"("Transitions":{"NextAction":"x","Conditions":[{"NextAction":"x","Condition":{"Operator":"Equals","Operands":["MessagesInterrupted"]}}],)"
       R"("Errors":[{"NextAction":"x","ErrorType":"NoMatchingError"}]})",
       {},
       "customerQueue"},
      {"Wait",
       R"("type":"Wait","branches":[{"condition":"CustomerReturn","transition":"m"},{"condition":"Timeout","transition":"x"},{"condition":"Error","transition":"x"}],)"
       R"("parameters":[{"name":"TimeoutSeconds","value":"20"},{"name":"InterruptOnCustomerReturn","value":"true"}])",
       R"("Parameters":{"Events":["CustomerReturned"],"TimeLimitSeconds":"20"},"Type":"Wait","Transitions":{"NextAction":"x",)"
       R"("Conditions":[{"NextAction":"m","Condition":{"Operator":"Equals","Operands":["CustomerReturned"]}},{"NextAction":"x","Condition":{"Operator":"Equals","Operands":["WaitCompleted"]}}],)"
       R"("Errors":[{"NextAction":"x","ErrorType":"NoMatchingError"}]})"},
      {"HookWithoutAnErrorBranch",
       R"("type":"SetContactFlow","branches":[{"condition":"Success","transition":"x"}],"parameters":[{"name":"ContactFlowId","value":"","resourceName":"VM"},{"name":"Type","value":"CustomerQueue"}])",
       R"("Parameters":{"EventHooks":{"CustomerQueue":"${flow:VM}"}},"Type":"UpdateContactEventHooks",)" +
           next_and_error,
       {"only the name 'VM'",
        "the branch for error 'NoMatchingError' was made up: it leads to 'x'"}},
      {"Voice",
       R"("type":"SetVoice","branches":[{"condition":"Success","transition":"x"}],"parameters":[{"name":"GlobalVoice","value":"Salli"},{"name":"GlobalEngine","value":"Neural"}])",
       R"("Parameters":{"TextToSpeechVoice":"Salli","TextToSpeechEngine":"Neural"},"Type":"UpdateContactTextToSpeechVoice",)" +
           next},
      {"Recording",
       R"("type":"SetRecordingBehavior","branches":[{"condition":"Success","transition":"x"}],"parameters":[{"name":"RecordingBehaviorOption","value":"Enable"},)"
       R"({"name":"RecordingParticipantOption","value":"Both"},{"name":"AnalyticsBehaviorOption","value":"Enable"},{"name":"AnalyticsLanguageLocaleCode","value":"en-US"},)"
       R"({"name":"AnalyticsCustomVocabulary","value":"None"},{"name":"AnalyticsRedactionOption","value":"Enable"},{"name":"AnalyticsRedactionPolicy","value":"RedactedAndOriginal"},)"
       R"({"name":"AnalyticsMode","value":"RealTime"}])",
       R"("Parameters":{"RecordingBehavior":{"RecordedParticipants":["Agent","Customer"]},"AnalyticsBehavior":{"Enabled":"True","AnalyticsLanguage":"en-US",)"
       R"("AnalyticsRedactionBehavior":"Enabled","AnalyticsRedactionResults":"RedactedAndOriginal","AnalyticsMode":"RealTime"}},"Type":"UpdateContactRecordingBehavior",)" +
           next},
      {"RecordingSwitchedOff",
       R"("type":"SetRecordingBehavior","branches":[{"condition":"Success","transition":"x"}],"parameters":[{"name":"RecordingBehaviorOption","value":"Disable"}])",
       R"("Parameters":{"RecordingBehavior":{"RecordedParticipants":[]}},"Type":"UpdateContactRecordingBehavior",)" +
           next},
      {"Streaming",
       R"("type":"StopMediaStreaming",)" + both +
           R"(,"parameters":[{"name":"Track","value":"FromCustomer"},{"name":"MediaStreamTypes","value":"Audio"}])",
       R"("Parameters":{"MediaStreamingState":"Disabled","MediaStreamType":"Audio","Participants":[{"ParticipantType":"Customer","MediaDirections":["From"]}]},)"
       R"("Type":"UpdateContactMediaStreamingBehavior",)" +
           next_and_error},
      {"CallbackNumber",
       R"("type":"SetCallBackNumber","branches":[{"condition":"Success","transition":"x"},{"condition":"InvalidPhoneNumber","transition":"m"},{"condition":"NonDialableNumber","transition":"x"}],)"
       R"("parameters":[{"name":"CallBackNumber","value":"Customer Number","namespace":"System"}])",
       R"("Parameters":{"CallbackNumber":"$.CustomerEndpoint.Address"},"Type":"UpdateContactCallbackNumber","Transitions":{"NextAction":"x",)"
       R"("Errors":[{"NextAction":"m","ErrorType":"InvalidCallbackNumber"},{"NextAction":"x","ErrorType":"CallbackNumberNotDialable"}]})"},
      {"Callback",
       R"("type":"CreateCallback",)" + both +
           R"(,"parameters":[{"name":"InitialDelaySeconds","value":15},{"name":"RetryDelaySeconds","value":60},{"name":"MaxRetryAttempts","value":2}])",
       R"("Parameters":{"InitialCallDelaySeconds":"15","RetryDelaySeconds":"60","MaximumConnectionAttempts":"2"},"Type":"CreateCallbackContact",)" +
           next_and_error},
      {"Priority",
       R"("type":"UpdateRoutingPriority","branches":[{"condition":"Success","transition":"x"}],"parameters":[{"name":"AbsolutePosition","value":1}])",
       R"("Parameters":{"QueuePriority":"1"},"Type":"UpdateContactRoutingBehavior",)" + next},
      {"OldestNames",
       R"("type":"SetScreenPop",)" + both +
           R"(,"parameters":[{"name":"key","value":"url"},{"name":"value","value":"page","namespace":"External"}])",
       R"("Parameters":{"Attributes":{"url":"$.External.page"}},"Type":"UpdateContactAttributes",)" +
           next_and_error},
      {"FlowThatOnlyTheLayoutNames",
       R"("type":"TransferToFlow","branches":[{"condition":"Error","transition":"x"}],"parameters":[],"metadata":{"ContactFlow":{"text":"Main"}})",
       R"("Parameters":{"ContactFlowId":"${flow:Main}"},"Type":"TransferToFlow",)" + next_and_error,
       {"only the name 'Main'"}},
  };
}

class LegacyModules : public testing::TestWithParam<ModuleCase> {};

TEST_P(LegacyModules, BecomesTheActionThatDoesTheSame) {
  const LegacyConversion converted = ConvertText(Around(GetParam().module, GetParam().type));

  ASSERT_TRUE(converted.document) << ToText(converted.findings);
  const json::Value& action = converted.document->content.AsObject().At("Actions").AsArray()[0];
  const json::Value expected =
      json::Parse(fmt::format(R"({{{},"Identifier":"m"}})", GetParam().action)).value();
  EXPECT_EQ(json::WriteSorted(action), json::WriteSorted(expected));
}

TEST_P(LegacyModules, SaysWhatIsLostOrMadeUpAndNothingElse) {
  const LegacyConversion converted = ConvertText(Around(GetParam().module, GetParam().type));

  std::vector<testing::Matcher<std::string>> expected;
  for (const std::string& part : GetParam().findings) expected.emplace_back(HasSubstr(part));
  std::vector<std::string> messages;
  for (const Finding& one : converted.findings) messages.push_back(one.message);
  EXPECT_THAT(messages, testing::ElementsAreArray(expected));
}

INSTANTIATE_TEST_SUITE_P(Types, LegacyModules, testing::ValuesIn(ModuleCases()),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace trunkline::flow
