// Facts of single rows of the catalogue, each with what it refuses and what it does not.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "flow/validate.h"

namespace trunkline::flow {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Validation ValidateAction(std::string_view type, std::string_view parameters,
                          std::string_view errors, ValidateMode mode,
                          std::string_view conditions = "") {
  const std::string text = fmt::format(
      R"({{"Version":"2019-10-30","StartAction":"a","Actions":[{{"Identifier":"a","Type":"{}",
"Parameters":{},"Transitions":{{"NextAction":"z","Conditions":[{}],"Errors":[{}]}}}},
{{"Identifier":"z","Type":"DisconnectParticipant","Parameters":{{}},"Transitions":{{}}}}]}})",
      type, parameters, conditions, errors);
  return Validate(*Parse(text, "flow.json").document, mode);
}

std::vector<std::string> ProblemsOf(std::string_view type, std::string_view parameters,
                                    std::string_view errors) {
  return ValidateAction(type, parameters, errors, ValidateMode::kObserved).problems;
}

constexpr std::string_view kAnyError = R"({"NextAction":"z","ErrorType":"NoMatchingError"})";
std::string Said(std::string_view type, std::string_view parameters,
                 ValidateMode mode = ValidateMode::kObserved) {
  return ToText(ValidateAction(type, parameters, kAnyError, mode).findings);
}

std::vector<std::string> ProblemsOfRedaction(std::string_view member, std::string_view entities) {
  return ProblemsOf(
      "UpdateContactRecordingAndAnalyticsBehavior",
      fmt::format(
          R"({{"ChatBehavior":{{"ChatAnalyticsBehavior":{{"{}":{{"RedactionEntities":{}}}}}}}}})",
          member, entities),
      R"({"NextAction":"z","ErrorType":"NoMatchingError"},
{"NextAction":"z","ErrorType":"ChannelMismatch"},
{"NextAction":"z","ErrorType":"InFlightRedactionConfigurationFailed"})");
}
constexpr std::string_view kAfter = "ConversationalAnalyticsRedactionConfiguration";
constexpr std::string_view kInFlight = "InFlightChatRedactionConfiguration";

TEST(Redaction, NamesEntitiesThatExist) {
  EXPECT_THAT(ProblemsOfRedaction(kAfter, R"(["SSN","IN_AADHAAR"])"), IsEmpty());
  EXPECT_THAT(ProblemsOfRedaction(kAfter, R"(["SHOE_SIZE"])"),
              Contains(HasSubstr("RedactionEntities")));
}

TEST(Redaction, HasFewerEntitiesBeforeDelivery) {
  EXPECT_THAT(ProblemsOfRedaction(kInFlight, R"(["SSN"])"), IsEmpty());
  EXPECT_THAT(ProblemsOfRedaction(kInFlight, R"(["DATE_TIME"])"),
              Contains(HasSubstr("RedactionEntities")));
}

TEST(Redaction, NamesAtLeastOneEntityOrHasNoList) {
  EXPECT_THAT(ProblemsOfRedaction(kAfter, "[]"), Contains(HasSubstr("RedactionEntities")));
  EXPECT_THAT(ProblemsOfRedaction(kInFlight, "[]"), Contains(HasSubstr("RedactionEntities")));
}

std::vector<std::string> ProblemsOfStore(std::string_view validation, std::string_view more) {
  return ProblemsOf(
      "GetParticipantInput",
      fmt::format(R"({{"StoreInput":"True","InputTimeLimitSeconds":"5","InputValidation":{},
"InputEncryption":{{"EncryptionKeyId":"k","Key":"p"}}}})",
                  validation),
      more);
}

TEST(StoredInput, IsEncryptedUnlessItIsAPhoneNumber) {
  constexpr std::string_view kError = R"({"NextAction":"z","ErrorType":"NoMatchingError"})";
  EXPECT_THAT(ProblemsOfStore(R"({"CustomValidation":{"MaximumLength":"16"}})", kError), IsEmpty());
  EXPECT_THAT(
      ProblemsOfStore(
          R"({"PhoneNumberValidation":{"NumberFormat":"E164"}})",
          fmt::format(R"({},{{"NextAction":"z","ErrorType":"InvalidPhoneNumber"}})", kError)),
      Contains(HasSubstr("InputEncryption")));
}

std::string SaidOfOlderRecording(std::string_view entities) {
  return ToText(
      ValidateAction(
          "UpdateContactRecordingBehavior",
          fmt::format(R"({{"AnalyticsBehavior":{{"AnalyticsRedactionEntities":{}}}}})", entities),
          "", ValidateMode::kObserved)
          .findings);
}

TEST(OlderRecording, RedactsTheSameEntitiesAsTheNewerOne) {
  EXPECT_EQ(SaidOfOlderRecording(R"(["SSN","IN_AADHAAR","ATTACHMENT_NAME"])"), "");
  EXPECT_THAT(SaidOfOlderRecording(R"(["SNN"])"),
              AllOf(HasSubstr("flow.json:2:66: error: action 'a' (UpdateContactRecordingBehavior): "
                              "expected 'Parameters.AnalyticsBehavior.AnalyticsRedactionEntities' "
                              "to be one of 'BANK_ACCOUNT_NUMBER', "),
                    HasSubstr("but got 'SNN' [TL-F108]"), HasSubstr("did you mean 'SSN'?")));
  EXPECT_THAT(SaidOfOlderRecording("[]"),
              HasSubstr("to have at least 1 entries but it has 0 [TL-F108]"));
}

std::string SaidOfPhoneNumber(std::string_view validation) {
  return ToText(
      ValidateAction(
          "GetParticipantInput",
          fmt::format(R"({{"StoreInput":"True","InputTimeLimitSeconds":"5",
"InputValidation":{{"PhoneNumberValidation":{}}}}})",
                      validation),
          fmt::format(R"({},{{"NextAction":"z","ErrorType":"InvalidPhoneNumber"}})", kAnyError),
          ValidateMode::kObserved)
          .findings);
}

TEST(CountryCode, IsNeededForLocalNumbersAndNotForOthers) {
  EXPECT_EQ(SaidOfPhoneNumber(R"({"NumberFormat":"Local","CountryCode":"PE"})"), "");
  EXPECT_EQ(SaidOfPhoneNumber(R"({"NumberFormat":"E164"})"), "");
  EXPECT_THAT(SaidOfPhoneNumber(R"({"NumberFormat":"Local"})"),
              HasSubstr("'Parameters.InputValidation.PhoneNumberValidation' needs 'CountryCode', "
                        "because 'NumberFormat' is 'Local' [TL-F107]"));
  EXPECT_THAT(SaidOfPhoneNumber(R"({"NumberFormat":"E164","CountryCode":"PE"})"),
              HasSubstr("PhoneNumberValidation.CountryCode' is refused unless 'NumberFormat' is "
                        "'Local' [TL-F106]"));
}

TEST(CountryCode, HasTwoLetters) {
  EXPECT_THAT(SaidOfPhoneNumber(R"({"NumberFormat":"Local","CountryCode":"PER"})"),
              HasSubstr("CountryCode' to have 2 characters but it has 3 [TL-F108]"));
  EXPECT_THAT(SaidOfPhoneNumber(R"({"NumberFormat":"Local","CountryCode":"51"})"),
              HasSubstr("to be made of letters but got '51' [TL-F108]"));
}

TEST(EventHooks, AreOneForEachActionByTheDocumentation) {
  constexpr std::string_view kTwo = R"({"EventHooks":{"AgentHold":"x","CustomerHold":"y"}})";
  EXPECT_EQ(Said("UpdateContactEventHooks", kTwo), "");
  EXPECT_THAT(Said("UpdateContactEventHooks", kTwo, ValidateMode::kStrict),
              AllOf(HasSubstr("flow.json:2:28: error: action 'a' (UpdateContactEventHooks): "
                              "'Parameters.EventHooks' takes only one of 'CustomerQueue', "),
                    HasSubstr("but has 2 [TL-F110]")));
  EXPECT_THAT(Said("UpdateContactEventHooks", R"({"EventHooks":{}})", ValidateMode::kStrict),
              HasSubstr("'Parameters.EventHooks' needs one of 'CustomerQueue', "));
}

TEST(VoiceId, HasItsThreeSwitchesTogether) {
  EXPECT_THAT(Said("UpdateContactData", R"({"IsVoiceIdStreamingEnabled":"FALSE"})"),
              AllOf(HasSubstr("'Parameters' needs 'IsVoiceAuthenticationEnabled', because another "
                              "Voice ID field is there [TL-F107]"),
                    HasSubstr("'Parameters' needs 'IsFraudDetectionEnabled', because")));
  EXPECT_EQ(Said("UpdateContactData", R"({"IsVoiceIdStreamingEnabled":"FALSE",
"IsVoiceAuthenticationEnabled":"FALSE","IsFraudDetectionEnabled":"FALSE"})"),
            "");
}

TEST(VoiceId, HasNumbersForTheSwitchesThatAreOnAndNoOthers) {
  constexpr std::string_view kOn = R"({"IsVoiceIdStreamingEnabled":"TRUE",
"IsVoiceAuthenticationEnabled":"TRUE","IsFraudDetectionEnabled":"TRUE"})";
  EXPECT_THAT(
      Said("UpdateContactData", kOn),
      AllOf(HasSubstr("needs 'VoiceAuthenticationThreshold', because "
                      "'IsVoiceAuthenticationEnabled' is 'TRUE' [TL-F107]"),
            HasSubstr("needs 'VoiceAuthenticationResponseTime', because"),
            HasSubstr("needs 'FraudDetectionThreshold', because 'IsFraudDetectionEnabled' is")));
  EXPECT_THAT(Said("UpdateContactData", R"({"IsVoiceIdStreamingEnabled":"FALSE",
"IsVoiceAuthenticationEnabled":"FALSE","IsFraudDetectionEnabled":"FALSE",
"FraudDetectionThreshold":"50"})"),
              HasSubstr("flow.json:4:1: error: action 'a' (UpdateContactData): "
                        "'Parameters.FraudDetectionThreshold' is refused unless "
                        "'IsFraudDetectionEnabled' is 'TRUE' [TL-F106]"));
}

TEST(VoiceId, HasAWatchlistOfTwentyTwoCharacters) {
  constexpr std::string_view kOff = R"({{"IsVoiceIdStreamingEnabled":"FALSE",
"IsVoiceAuthenticationEnabled":"FALSE","IsFraudDetectionEnabled":"FALSE","WatchlistId":"{}"}})";
  EXPECT_EQ(Said("UpdateContactData", fmt::format(kOff, "abcdefghij0123456789XY")), "");
  EXPECT_THAT(Said("UpdateContactData", fmt::format(kOff, "fraudsters")),
              HasSubstr("'Parameters.WatchlistId' to have 22 characters but it has 10"));
}

std::string SaidOfMessage(std::string_view source, std::string_view destination,
                          std::string_view more, ValidateMode mode = ValidateMode::kObserved) {
  return Said("StartOutboundChatContact",
              fmt::format(R"({{"SourceEndpoint":{{"Type":"{}","Address":"${{number:Main}}"}},
"DestinationEndpoint":{{"Type":"{}","Address":"$.CustomerEndpoint.Address"}},
"ContactFlowArn":"${{flow:Messages}}",{}}})",
                          source, destination, more),
              mode);
}
constexpr std::string_view kPhoneArn = "CONNECT_PHONENUMBER_ARN";
constexpr std::string_view kTelephone = "TELEPHONE_NUMBER";

TEST(SendMessage, KnowsTheTypesOfItsEndpoints) {
  constexpr std::string_view kSms = R"("ContactSubtype":"connect:SMS","RelatedContact":"CURRENT")";
  EXPECT_EQ(SaidOfMessage(kPhoneArn, kTelephone, kSms, ValidateMode::kStrict), "");
  EXPECT_THAT(SaidOfMessage(kTelephone, kTelephone, kSms),
              HasSubstr("expected 'Parameters.SourceEndpoint.Type' to be one of "
                        "'CONNECT_PHONENUMBER_ARN' but got 'TELEPHONE_NUMBER' [TL-F108]"));
  EXPECT_THAT(SaidOfMessage(kPhoneArn, "PHONE", kSms),
              HasSubstr("expected 'Parameters.DestinationEndpoint.Type' to be one of "
                        "'TELEPHONE_NUMBER' but got 'PHONE'"));
  EXPECT_THAT(SaidOfMessage(kPhoneArn, kTelephone, R"("RelatedContact":"Previous")"),
              HasSubstr("expected 'Parameters.RelatedContact' to be one of 'CURRENT'"));
}

TEST(SendMessage, TakesOtherSubtypesUnlessTheDocumentationIsTheMeasure) {
  constexpr std::string_view kOther = R"("ContactSubtype":"connect:WhatsApp")";
  EXPECT_EQ(SaidOfMessage(kPhoneArn, kTelephone, kOther), "");
  EXPECT_THAT(SaidOfMessage(kPhoneArn, kTelephone, kOther, ValidateMode::kStrict),
              HasSubstr("expected 'Parameters.ContactSubtype' to be one of 'connect:SMS'"));
  EXPECT_THAT(SaidOfMessage(kPhoneArn, kTelephone, R"("ContactSubtype":"")"),
              HasSubstr("'Parameters.ContactSubtype' is empty"));
}

TEST(CallPhoneNumber, KnowsOneKindOfVoiceConnector) {
  const auto said = [](std::string_view connector, ValidateMode mode) {
    return ToText(ValidateAction("CompleteOutboundCall",
                                 fmt::format(R"({{"VoiceConnector":{}}})", connector), "", mode)
                      .findings);
  };
  constexpr std::string_view kRight = R"({"VoiceConnectorType":"ChimeConnector",
"VoiceConnectorArn":"$.Attributes.connector","FromUser":"a","ToUser":"b"})";
  EXPECT_THAT(said(kRight, ValidateMode::kStrict), Not(HasSubstr("VoiceConnector")));
  EXPECT_THAT(said(R"({"VoiceConnectorType":"Chime"})", ValidateMode::kObserved),
              HasSubstr("expected 'Parameters.VoiceConnector.VoiceConnectorType' to be one of "
                        "'ChimeConnector' but got 'Chime' [TL-F108]"));
  EXPECT_THAT(said("{}", ValidateMode::kStrict),
              AllOf(HasSubstr("'Parameters.VoiceConnector' needs 'VoiceConnectorType'"),
                    HasSubstr("'Parameters.VoiceConnector' needs 'ToUser'")));
}

std::string SaidOfCriteria(std::string_view criteria, ValidateMode mode = ValidateMode::kObserved) {
  return Said("UpdateContactRoutingCriteria", fmt::format(R"({{"RoutingCriteria":{}}})", criteria),
              mode);
}
std::string Spanish(std::string_view level) {
  return fmt::format(
      R"({{"AttributeCondition":{{"Name":"Language","Value":"Spanish","ProficiencyLevel":"{}",
"ComparisonOperator":"NumberGreaterOrEqualTo"}}}})",
      level);
}
std::string Steps(std::string_view expression, std::string_view more = "") {
  return fmt::format(R"({{"Steps":[{{"Expression":{}{}}}]}})", expression, more);
}

TEST(RoutingCriteria, AreStepsOrOneReference) {
  EXPECT_EQ(SaidOfCriteria(R"("$.External.criteria")"), "");
  EXPECT_EQ(SaidOfCriteria(R"({"Steps":"$.External.steps"})"), "");
  EXPECT_EQ(SaidOfCriteria(Steps(Spanish("4.0"), R"(,"Expiry":{"DurationInSeconds":"30"})"),
                           ValidateMode::kStrict),
            "");
  EXPECT_THAT(SaidOfCriteria(R"("Spanish")"),
              HasSubstr("expected 'Parameters.RoutingCriteria' to be an object but got"));
  EXPECT_THAT(SaidOfCriteria("{}"), HasSubstr("'Parameters.RoutingCriteria' needs 'Steps'"));
  EXPECT_THAT(SaidOfCriteria(R"({"Steps":[]})"),
              HasSubstr("expected 'Parameters.RoutingCriteria.Steps' to have an entry"));
}

// No export shows how the console writes a step that never expires.
TEST(RoutingCriteria, MayLeaveTheTimeOfAStepOpen) {
  const std::string open = Steps(Spanish("4.0"), R"(,"Expiry":{})");
  EXPECT_EQ(SaidOfCriteria(open), "");
  EXPECT_THAT(SaidOfCriteria(open, ValidateMode::kStrict),
              HasSubstr("Steps[0].Expiry' needs 'DurationInSeconds' [TL-F107]"));
}

TEST(RoutingCriteria, HaveOneExpressionAStep) {
  EXPECT_THAT(SaidOfCriteria(R"({"Steps":[{"Expiry":{"DurationInSeconds":"30"}}]})"),
              HasSubstr("'Parameters.RoutingCriteria.Steps[0]' needs 'Expression' [TL-F107]"));
  EXPECT_THAT(SaidOfCriteria(Steps("{}")),
              HasSubstr("'Parameters.RoutingCriteria.Steps[0].Expression' needs one of "
                        "'AttributeCondition', 'AndExpression'"));
  EXPECT_EQ(SaidOfCriteria(
                Steps(fmt::format(R"({{"AndExpression":[{},{}]}})", Spanish("4"), Spanish("2.0")))),
            "");
  std::string many = Spanish("1.0");
  for (int i = 0; i < 8; ++i) many += "," + Spanish("1.0");
  EXPECT_THAT(SaidOfCriteria(Steps(fmt::format(R"({{"AndExpression":[{}]}})", many))),
              HasSubstr("AndExpression' to have at most 8 entries but it has 9"));
}

TEST(RoutingCriteria, AskForLevelsFromOneToFive) {
  EXPECT_THAT(SaidOfCriteria(Steps(Spanish("6.0"))),
              HasSubstr("ProficiencyLevel' to be a number from 1 to 5 but got '6.0' [TL-F108]"));
  EXPECT_THAT(SaidOfCriteria(Steps(Spanish("high"))), HasSubstr("but got 'high' [TL-F108]"));
  EXPECT_THAT(SaidOfCriteria(Steps(R"({"AttributeCondition":{"Value":"Spanish"}})")),
              HasSubstr("Expression.AttributeCondition' needs 'Name' [TL-F107]"));
}

std::string SaidOfReferences(std::string_view references, ValidateMode mode) {
  return Said("CreateTask",
              fmt::format(R"({{"ContactFlowId":"${{flow:Tasks}}","References":{}}})", references),
              mode);
}

TEST(TaskReferences, AreTypesAndValuesByTheDocumentation) {
  EXPECT_EQ(
      SaidOfReferences(R"({"URL":"https://example.com/$.Attributes.id"})", ValidateMode::kStrict),
      "");
  constexpr std::string_view kNamed = R"({"order":{"Type":"URL","Value":"https://example.com"}})";
  EXPECT_EQ(SaidOfReferences(kNamed, ValidateMode::kObserved), "");
  EXPECT_THAT(SaidOfReferences(kNamed, ValidateMode::kStrict),
              HasSubstr("expected 'Parameters.References.order' to be a string but got"));
}

constexpr std::string_view kLoopBranches =
    R"({"NextAction":"a","Condition":{"Operator":"Equals","Operands":["ContinueLooping"]}},
{"NextAction":"z","Condition":{"Operator":"Equals","Operands":["DoneLooping"]}})";

TEST(Loop, OverAListIsNotJudgedBecauseNobodyDocumentsItsForm) {
  const auto said = [](std::string_view parameters, ValidateMode mode) {
    return ToText(ValidateAction("Loop", parameters, "", mode, kLoopBranches).findings);
  };
  constexpr std::string_view kList = R"({"ListToGoOver":"$.External.orders","CalledAs":"orders"})";
  EXPECT_THAT(
      said(kList, ValidateMode::kObserved),
      AllOf(HasSubstr("warning: action 'a' (Loop): 'Parameters.ListToGoOver' is not known, "
                      "so it is not judged [TL-F106]"),
            HasSubstr("nobody documents the form of a loop's name, and a list to loop over"),
            Not(HasSubstr("error"))));
  EXPECT_THAT(said(kList, ValidateMode::kStrict), HasSubstr("error: action 'a' (Loop)"));
  EXPECT_THAT(said("{}", ValidateMode::kObserved), HasSubstr("needs 'LoopCount'"));
  EXPECT_THAT(said(R"({"LoopCuont":"3"})", ValidateMode::kObserved),
              AllOf(HasSubstr("error: action 'a' (Loop): there is no parameter "
                              "'Parameters.LoopCuont'"),
                    HasSubstr("did you mean 'LoopCount'?")));
}

TEST(Wait, ForWhatNobodyDocumentsIsNotJudged) {
  constexpr std::string_view kParameters =
      R"({"TimeLimitSeconds":"60","FunctionToAwait":"$.LambdaInvocation.InvocationId"})";
  const Validation validation = ValidateAction(
      "Wait", kParameters, kAnyError, ValidateMode::kObserved,
      R"({"NextAction":"z","Condition":{"Operator":"Equals","Operands":["FunctionReturned"]}})");
  EXPECT_THAT(validation.problems, IsEmpty());
  EXPECT_THAT(ToText(validation.findings), HasSubstr("'Parameters.FunctionToAwait' is not known"));
}

TEST(Wait, KnowsItsEventsOtherwise) {
  EXPECT_THAT(Said("Wait", R"({"TimeLimitSeconds":"60","Events":["LambdaReturned"]})"),
              HasSubstr("expected 'Parameters.Events' to be one of 'CustomerReturned', "
                        "'BotParticipantDisconnected' but got 'LambdaReturned' [TL-F108]"));
}

}  // namespace
}  // namespace trunkline::flow
