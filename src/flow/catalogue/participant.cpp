// Actions about who takes part: calls to the outside, sign-in, views, disconnect and hand-over.
#include "flow/catalogue/families.h"

namespace trunkline::flow {
namespace {

using enum ValueType;
using enum ValueKind;
using enum Need;

constexpr Parameter kCallerId[] = {
    {.name = "Number",
     .value = kStaticOrPath,
     .reference = ResourceKind::kNumber,
     .form = ReferenceForm::kNumber},
    {.name = "Name", .value = kDynamic},
};
constexpr Parameter kThirdParty[] = {
    {.name = "ThirdPartyPhoneNumber", .value = kDynamic, .need = kRequired},
    {.name = "ThirdPartyConnectionTimeLimitSeconds",
     .type = kInteger,
     .value = kStaticOrPath,
     .need = kRequired,
     .minimum = 0,
     .maximum = 600},
    {.name = "ContinueFlowExecution", .type = kBoolean, .need = kRequired},
    {.name = "ThirdPartyDTMFDigits",
     .value = kStaticOrPath,
     .maximum = 50,
     .characters = "0123456789,*# "},
    Object({.name = "CallerId"}, kCallerId),
};
bool Continues(const json::Object& parameters) {
  return Says(parameters, "ContinueFlowExecution", "true");
}
constexpr When kWhenItContinues = {Continues, "'ContinueFlowExecution' is 'True'"};
constexpr ErrorRule kThirdPartyErrors[] = {
    {.type = kNoMatchingError},
    {.type = "CallFailed", .when = kWhenItContinues},
    {.type = "ConnectionTimeLimitExceeded", .when = kWhenItContinues},
};

constexpr std::string_view kConnectors[] = {"ChimeConnector"};
constexpr Parameter kConnector[] = {
    {.name = "VoiceConnectorType", .type = kWord, .need = kRequiredStrict, .words = kConnectors},
    {.name = "VoiceConnectorArn", .value = kDynamic, .need = kRequiredStrict},
    {.name = "FromUser", .value = kDynamic, .need = kRequiredStrict},
    {.name = "ToUser", .value = kDynamic, .need = kRequiredStrict},
    {.name = "UserToUserInformation", .value = kDynamic},
};
constexpr Parameter kOutboundCall[] = {
    Object({.name = "CallerId"}, kCallerId),
    Object({.name = "VoiceConnector"}, kConnector),
    {.name = "ConnectionTimeLimitSeconds",
     .type = kInteger,
     .value = kDynamic,
     .minimum = 1,
     .maximum = 600},
};
constexpr std::string_view kCallStates[] = {"CallAnswered", "VoicemailBeep", "VoicemailNoBeep",
                                            "NotDetected"};
constexpr ResultRule kCallStateResults[] = {{.operators = kEquals, .words = kCallStates}};

constexpr std::string_view kTranscript[] = {"TRANSCRIPT"};
constexpr Parameter kViewResource[] = {
    {.name = "Id", .value = kStaticOrPath, .need = kRequired, .reference = ResourceKind::kView},
    {.name = "Version", .evidence = Evidence::kObserved},  // of older exports
};
constexpr Parameter kSensitive[] = {
    {.name = "HideResponseOn", .type = kTextList, .words = kTranscript}};
constexpr Parameter kView[] = {
    Object({.name = "ViewResource", .need = kRequired}, kViewResource),
    {.name = "InvocationTimeLimitSeconds", .type = kInteger, .need = kRequired, .minimum = 1},
    {.name = "ViewData", .type = kJson, .value = kDynamic},
    Object({.name = "SensitiveDataConfiguration"}, kSensitive),
};
constexpr ErrorRule kViewErrors[] = {
    {.type = kNoMatchingError}, {.type = kNoMatchingCondition}, {.type = "TimeLimitExceeded"}};

constexpr Parameter kCognito[] = {
    {.name = "UserPoolArn", .value = kStaticOrPath, .need = kRequired},
    {.name = "AppClientId", .value = kStaticOrPath, .need = kRequired},
};
constexpr Parameter kProfileType[] = {{.name = "ObjectTypeName"}};
constexpr Parameter kAuthenticate[] = {
    Object({.name = "CognitoConfiguration", .need = kRequired}, kCognito),
    Object({.name = "CustomerProfilesConfiguration"}, kProfileType),
    {.name = "TimeLimitMinutes", .type = kInteger, .minimum = 3, .maximum = 15},
};
constexpr std::string_view kOptedOut[] = {"OptedOut"};
constexpr ResultRule kAuthenticateResults[] = {{.operators = kEquals, .words = kOptedOut}};
constexpr ErrorRule kAuthenticateErrors[] = {{.type = kNoMatchingError},
                                             {.type = "TimeLimitExceeded"}};

constexpr ResultRule kAnyWord[] = {{.operators = kEquals}};

constexpr ActionKind kKinds[] = {
    {.name = "AuthenticateParticipant",
     .summary = "Lets a chat customer sign in.",
     .block = "Authenticate customer",
     .category = Category::kParticipant,
     .parameters = kAuthenticate,
     .errors = kAuthenticateErrors,
     .results = kAuthenticateResults,
     .flow_types = kContactFlow,
     .channels = kChat,
     .waits_for_input = true,
     .evidence = Evidence::kObserved},
    {.name = "CheckOutboundCallStatus",
     .summary = "Branches by who answered a campaign's call: a person, a voicemail, nobody known.",
     .block = "Check call progress",
     .category = Category::kFlowControl,
     .errors = kOnlyNoMatchingError,
     .results = kCallStateResults,
     .flow_types = kContactFlow,
     .channels = kVoice,
     .waits_for_input = true},
    {.name = "CompleteOutboundCall",
     .summary = "Dials the customer now; otherwise the first action that speaks does.",
     .block = "Call phone number",
     .parameters = kOutboundCall,
     .flow_types = kOutboundWhisper,
     .refused_flow_types = kContactFlow,
     .channels = kVoice},
    {.name = "DisconnectParticipant",
     .summary = "Hangs up.",
     .block = "Disconnect / hang up",
     .category = Category::kParticipant,
     .next = Next::kTerminal,
     .flow_types = kInteractive,
     .refused_flow_types = kWhispers | kHolds},
    {.name = "ShowView",
     .summary = "Shows a page of a step-by-step guide and branches by what was chosen there.",
     .block = "Show view",
     .category = Category::kParticipant,
     .parameters = kView,
     .errors = kViewErrors,
     .results = kAnyWord,
     .flow_types = kContactFlow | kCustomerQueue,
     .channels = kChat,
     .waits_for_input = true},
    {.name = "TransferParticipantToThirdParty",
     .summary = "Connects the caller to an outside number.",
     .block = "Transfer to phone number",
     .category = Category::kParticipant,
     .parameters = kThirdParty,
     .errors = kThirdPartyErrors,
     .flow_types = kInteractive,
     .channels = kVoice,
     .waits_for_input = true},
};

}  // namespace

constinit const std::span<const ActionKind> kParticipantKinds = kKinds;

}  // namespace trunkline::flow
