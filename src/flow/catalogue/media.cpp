// Actions about recording, analytics, streams, logs and Voice ID.
#include "flow/catalogue/families.h"

namespace trunkline::flow {
namespace {

using enum ValueType;
using enum ValueKind;
using enum Need;
using Count = ParameterGroup::Count;

constexpr std::string_view kOnOff[] = {"Enabled", "Disabled"};
constexpr std::string_view kParticipants[] = {"Agent", "Customer"};
constexpr std::string_view kAgentOnly[] = {"Agent"};
constexpr std::string_view kSummaryModes[] = {"PostContact", "AutomatedInteraction"};
constexpr std::string_view kVoiceModes[] = {"RealTime", "PostContact", "AutomatedInteraction"};
constexpr std::string_view kChatModes[] = {"ContactLens"};
constexpr std::string_view kMasks[] = {"PII", "EntityType"};
constexpr std::string_view kOldModes[] = {"PostCall", "RealTime"};

constexpr Parameter kSummary[] = {
    {.name = "SummaryModes", .type = kTextList, .words = kSummaryModes}};
constexpr Parameter kSentiment[] = {{.name = "Enabled", .type = kBoolean}};

// What can be redacted. Without a list all of it is; an empty list is refused.
constexpr std::string_view kEntities[] = {
    // before and after delivery
    "BANK_ACCOUNT_NUMBER", "BANK_ROUTING", "CREDIT_DEBIT_NUMBER", "CREDIT_DEBIT_CVV",
    "CREDIT_DEBIT_EXPIRY", "INTERNATIONAL_BANK_ACCOUNT_NUMBER", "PIN", "SWIFT_CODE",
    "CA_HEALTH_NUMBER", "UK_NATIONAL_HEALTH_SERVICE_NUMBER", "CA_SOCIAL_INSURANCE_NUMBER", "SSN",
    "UK_NATIONAL_INSURANCE_NUMBER", "PASSPORT_NUMBER", "DRIVER_ID", "NAME", "AGE", "EMAIL", "PHONE",
    "ADDRESS", "US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER", "UK_UNIQUE_TAXPAYER_REFERENCE_NUMBER",
    "AWS_ACCESS_KEY", "AWS_SECRET_KEY", "IP_ADDRESS", "MAC_ADDRESS", "PASSWORD", "URL", "USERNAME",
    "LICENSE_PLATE", "VEHICLE_IDENTIFICATION_NUMBER",
    // after delivery only
    "IN_AADHAAR", "IN_PERMANENT_ACCOUNT_NUMBER", "IN_NREGA", "IN_VOTER_NUMBER", "DATE_TIME",
    "AGENT_DISPLAY_NAME", "CUSTOMER_DISPLAY_NAME", "ATTACHMENT_NAME"};

// The older block.
constexpr Parameter kRecording[] = {
    {.name = "RecordedParticipants", .type = kTextList, .words = kParticipants},
    {.name = "ScreenRecordedParticipants", .type = kTextList, .words = kAgentOnly},
    {.name = "IVRRecordingBehavior", .type = kWord, .words = kOnOff},
};
constexpr Parameter kChatChannel[] = {
    {.name = "AnalyticsModes", .type = kTextList, .words = kChatModes}};
constexpr Parameter kVoiceChannel[] = {
    {.name = "AnalyticsModes", .type = kTextList, .words = kVoiceModes}};
constexpr Parameter kChannelConfiguration[] = {
    Object({.name = "Chat", .channels = kChat}, kChatChannel),
    Object({.name = "Voice", .channels = kVoice}, kVoiceChannel),
};
constexpr Parameter kAnalytics[] = {
    {.name = "Enabled", .type = kBoolean},
    {.name = "AnalyticsLanguage", .value = kDynamic},
    {.name = "AnalyticsRedactionBehavior", .type = kWord, .words = kOnOff},
    {.name = "AnalyticsRedactionResults", .value = kDynamic},  // also 'None' in exports
    {.name = "AnalyticsRedactionMaskMode", .type = kWord, .words = kMasks},
    {.name = "AnalyticsRedactionEntities", .type = kTextList, .minimum = 1, .words = kEntities},
    Object({.name = "ChannelConfiguration"}, kChannelConfiguration),
    Object({.name = "SummaryConfiguration"}, kSummary),
    Object({.name = "SentimentConfiguration"}, kSentiment),
    {.name = "AnalyticsMode",
     .type = kWord,
     .words = kOldModes,
     .evidence = Evidence::kObserved},  // of older exports
};
constexpr Parameter kRecordingBehavior[] = {
    Object({.name = "RecordingBehavior", .channels = kVoice}, kRecording),
    Object({.name = "AnalyticsBehavior"}, kAnalytics),
};

// The newer block.
constexpr Parameter kVoiceRecording[] = {
    {.name = "RecordedParticipants", .type = kTextList, .words = kParticipants},
    {.name = "IVRRecordingBehavior", .type = kWord, .words = kOnOff},
};
constexpr std::size_t kEntitiesAfterDelivery = 8;
constexpr std::span<const std::string_view> kInFlightEntities =
    std::span(kEntities).first(std::size(kEntities) - kEntitiesAfterDelivery);

constexpr Parameter kRedaction[] = {
    {.name = "Enabled", .type = kBoolean},
    {.name = "RedactionResults", .value = kDynamic},
    {.name = "RedactionMaskMode", .type = kWord, .words = kMasks},
    {.name = "RedactionEntities", .type = kTextList, .minimum = 1, .words = kEntities},
};
constexpr Parameter kInFlight[] = {
    {.name = "Enabled", .type = kBoolean},
    {.name = "RedactionMaskMode", .type = kWord, .words = kMasks},
    {.name = "RedactionEntities", .type = kTextList, .minimum = 1, .words = kInFlightEntities},
    {.name = "DeliverUnprocessedMessages", .type = kBoolean},
};
constexpr Parameter kVoiceAnalytics[] = {
    {.name = "Enabled", .type = kBoolean},
    {.name = "AnalyticsLanguage"},
    {.name = "AnalyticsModes", .type = kTextList, .words = kVoiceModes},
    Object({.name = "ConversationalAnalyticsRedactionConfiguration"}, kRedaction),
    Object({.name = "SentimentConfiguration"}, kSentiment),
    Object({.name = "SummaryConfiguration"}, kSummary),
};
constexpr Parameter kChatAnalytics[] = {
    {.name = "Enabled", .type = kBoolean},
    {.name = "AnalyticsLanguage", .value = kDynamic},
    {.name = "AnalyticsModes", .type = kTextList, .words = kChatModes},
    Object({.name = "ConversationalAnalyticsRedactionConfiguration"}, kRedaction),
    Object({.name = "InFlightChatRedactionConfiguration"}, kInFlight),
    Object({.name = "SentimentConfiguration"}, kSentiment),
    Object({.name = "SummaryConfiguration"}, kSummary),
};
constexpr Parameter kVoiceBehavior[] = {
    Object({.name = "VoiceRecordingBehavior"}, kVoiceRecording),
    Object({.name = "VoiceAnalyticsBehavior"}, kVoiceAnalytics),
};
constexpr Parameter kChatBehavior[] = {Object({.name = "ChatAnalyticsBehavior"}, kChatAnalytics)};
constexpr Parameter kScreenBehavior[] = {
    {.name = "ScreenRecordedParticipants", .type = kTextList, .words = kAgentOnly}};
constexpr Parameter kRecordingAndAnalytics[] = {
    Object({.name = "VoiceBehavior", .channels = kVoice}, kVoiceBehavior),
    Object({.name = "ChatBehavior", .channels = kChat}, kChatBehavior),
    Object({.name = "ScreenRecordingBehavior"}, kScreenBehavior),
};
constexpr std::string_view kBehaviorNames[] = {"VoiceBehavior", "ChatBehavior",
                                               "ScreenRecordingBehavior"};
constexpr ParameterGroup kBehaviorGroups[] = {
    {.names = kBehaviorNames, .count = Count::kExactlyOne}};
bool HasChatBehavior(const json::Object& parameters) {
  return Has(parameters, "ChatBehavior");
}
constexpr ErrorRule kRecordingAndAnalyticsErrors[] = {
    {.type = kNoMatchingError},
    {.type = "ChannelMismatch"},
    {.type = "InFlightRedactionConfigurationFailed",
     .when = {HasChatBehavior, "'ChatBehavior' is there"}},
};

constexpr Parameter kProcessorSettings[] = {
    {.name = "DeliverUnprocessedMessages", .type = kBoolean, .need = kRequired}};
constexpr Parameter kChatProcessor[] = {
    {.name = "ProcessingEnabled", .type = kBoolean, .need = kRequired},
    {.name = "LambdaProcessorARN", .reference = ResourceKind::kLambda},
    Object({.name = "ChatProcessorSettings", .need = kRequired}, kProcessorSettings),
};
constexpr Parameter kMediaProcessing[] = {
    Object({.name = "ChatProcessor", .need = kRequired}, kChatProcessor)};
constexpr ErrorRule kMediaProcessingErrors[] = {{.type = kNoMatchingError},
                                                {.type = "ChannelMismatch"}};

constexpr std::string_view kAudio[] = {"Audio"};
constexpr std::string_view kCustomer[] = {"Customer"};
constexpr std::string_view kDirections[] = {"From", "To"};
constexpr Parameter kStreamParticipant[] = {
    {.name = "ParticipantType", .type = kWord, .need = kRequired, .words = kCustomer},
    {.name = "MediaDirections", .type = kTextList, .need = kRequired, .words = kDirections},
};
constexpr Parameter kStreaming[] = {
    {.name = "MediaStreamingState", .type = kWord, .need = kRequired, .words = kOnOff},
    {.name = "MediaStreamType", .type = kWord, .need = kRequired, .words = kAudio},
    Object({.name = "Participants", .type = kObjectList, .need = kRequired}, kStreamParticipant),
};

constexpr Parameter kLogging[] = {
    {.name = "FlowLoggingBehavior", .type = kWord, .need = kRequired, .words = kOnOff}};

constexpr std::string_view kVoiceIdOptions[] = {"enrollmentStatus", "voiceAuthentication",
                                                "fraudDetection"};
constexpr Parameter kVoiceId[] = {
    {.name = "CheckVoiceIdOption", .type = kWord, .need = kRequired, .words = kVoiceIdOptions}};
constexpr std::string_view kEnrollment[] = {"Enrolled", "NotEnrolled", "OptedOut"};
constexpr std::string_view kAuthentication[] = {"Authenticated", "NotAuthenticated", "Inconclusive",
                                                "NotEnrolled", "OptedOut"};
constexpr std::string_view kFraud[] = {"HighRisk", "LowRisk", "Inconclusive"};
bool AsksEnrollment(const json::Object& p) {
  return Says(p, "CheckVoiceIdOption", "enrollmentStatus");
}
bool AsksFraud(const json::Object& p) {
  return Says(p, "CheckVoiceIdOption", "fraudDetection");
}
constexpr ResultRule kVoiceIdResults[] = {
    {.operators = kEquals,
     .words = kEnrollment,
     .when = {AsksEnrollment, "'CheckVoiceIdOption' is 'enrollmentStatus'"}},
    {.operators = kEquals,
     .words = kFraud,
     .when = {AsksFraud, "'CheckVoiceIdOption' is 'fraudDetection'"}},
    {.operators = kEquals, .words = kAuthentication},
};

constexpr ActionKind kKinds[] = {
    {.name = "CheckVoiceId",
     .summary =
         "Branches by what Voice ID knows about the speaker (the service ended in May 2026).",
     .block = "Check Voice ID",
     .category = Category::kFlowControl,
     .parameters = kVoiceId,
     .errors = kOnlyNoMatchingError,
     .results = kVoiceIdResults,
     .flow_types = kInteractive,
     .channels = kVoice},
    {.name = "StartVoiceIdStream",
     .summary = "Starts sending the caller's voice to Voice ID (the service ended in May 2026).",
     .block = "Set Voice ID",
     .category = Category::kFlowControl,
     .errors = kOnlyNoMatchingError,
     .flow_types = kEveryFlow & ~kHolds,
     .channels = kVoice},
    {.name = "UpdateContactMediaProcessing",
     .summary = "Sends chat messages through a function before they are delivered.",
     .block = "Set recording, analytics and processing behavior",
     .parameters = kMediaProcessing,
     .errors = kMediaProcessingErrors,
     .channels = kChat},
    {.name = "UpdateContactMediaStreamingBehavior",
     .summary = "Starts or stops copying the audio to a Kinesis video stream.",
     .block = "Start media streaming, Stop media streaming",
     .parameters = kStreaming,
     .errors = kOnlyNoMatchingError,
     .flow_types = kInteractive | kWhispers,
     .channels = kVoice},
    {.name = "UpdateContactRecordingAndAnalyticsBehavior",
     .summary = "Switches recording and analytics of voice, chat or screen.",
     .block = "Set recording, analytics and processing behavior",
     .parameters = kRecordingAndAnalytics,
     .groups = kBehaviorGroups,
     .errors = kRecordingAndAnalyticsErrors,
     .flow_types = kEveryFlow & ~kCampaign,
     .channels = kVoice | kChat},
    {.name = "UpdateContactRecordingBehavior",
     .summary = "Switches recording and analytics (the older block).",
     .block = "Set recording and analytics behavior",
     .parameters = kRecordingBehavior,
     .flow_types = kInteractive | kOutboundWhisper,
     .channels = kVoice | kChat},
    {.name = "UpdateFlowLoggingBehavior",
     .summary = "Switches the flow logs on or off for the rest of the contact.",
     .block = "Set logging behavior",
     .category = Category::kFlowControl,
     .parameters = kLogging},
};

}  // namespace

constinit const std::span<const ActionKind> kMediaKinds = kKinds;

}  // namespace trunkline::flow
