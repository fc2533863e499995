// Actions that store something with the contact: attributes, system fields, hooks, tags, voice.
#include <algorithm>

#include "flow/catalogue/families.h"

namespace trunkline::flow {
namespace {

using enum ValueType;
using enum ValueKind;
using enum Need;

constexpr std::string_view kCurrentOrRelated[] = {"Current", "Related"};

// The documentation demands TargetContact; half of the real exports do not have it.
constexpr Parameter kTargetContact = {
    .name = "TargetContact", .type = kWord, .need = kRequiredStrict, .words = kCurrentOrRelated};

constexpr Parameter kAttributes[] = {
    {.name = "Attributes", .type = kMap, .value = kDynamic, .need = kRequired},
    kTargetContact,
};

constexpr std::string_view kStringWord[] = {"String"};
constexpr Parameter kFlowAttribute[] = {
    {.name = "Value", .value = kDynamic, .need = kRequired},
    {.name = "Type", .type = kWord, .words = kStringWord, .evidence = Evidence::kObserved},
};
constexpr Parameter kFlowAttributes[] = {
    Object({.name = "FlowAttributes", .type = kMap, .value = kDynamic, .need = kRequired},
           kFlowAttribute),
};

// Voice ID: its three switches come together, and each switch that is on with what it needs. A
// switch that is off refuses that (seen on the live service).
constexpr std::string_view kVoiceIdNames[] = {"IsVoiceIdStreamingEnabled",
                                              "IsVoiceAuthenticationEnabled",
                                              "IsFraudDetectionEnabled",
                                              "VoiceAuthenticationThreshold",
                                              "VoiceAuthenticationResponseTime",
                                              "FraudDetectionThreshold",
                                              "WatchlistId"};
bool SetsVoiceId(const json::Object& parameters) {
  return std::ranges::any_of(kVoiceIdNames,
                             [&](std::string_view name) { return Has(parameters, name); });
}
bool Authenticates(const json::Object& parameters) {
  return Says(parameters, "IsVoiceAuthenticationEnabled", "true");
}
bool DetectsFraud(const json::Object& parameters) {
  return Says(parameters, "IsFraudDetectionEnabled", "true");
}
constexpr When kWithVoiceId = {SetsVoiceId, "another Voice ID field is there"};
constexpr When kWhenAuthenticating = {Authenticates, "'IsVoiceAuthenticationEnabled' is 'TRUE'"};
constexpr When kWhenDetecting = {DetectsFraud, "'IsFraudDetectionEnabled' is 'TRUE'"};
constexpr Parameter VoiceIdSwitch(std::string_view name) {
  return {
      .name = name, .type = kBoolean, .need = kRequired, .when = kWithVoiceId, .channels = kVoice};
}
constexpr Parameter VoiceIdNumber(std::string_view name, std::int64_t minimum, std::int64_t maximum,
                                  When when) {
  return {.name = name,
          .type = kInteger,
          .value = kStaticOrPath,
          .need = kRequired,
          .minimum = minimum,
          .maximum = maximum,
          .when = when,
          .channels = kVoice};
}
constexpr std::int64_t kWatchlistId = 22;  // characters

constexpr Parameter kData[] = {
    {.name = "Name", .value = kDynamic},
    {.name = "Description", .value = kDynamic},
    {.name = "LanguageCode", .value = kDynamic},
    {.name = "CustomerId", .value = kDynamic},
    {.name = "References", .type = kJson, .value = kDynamic, .standing = Standing::kDocumentedOnly},
    VoiceIdSwitch("IsVoiceIdStreamingEnabled"),
    VoiceIdSwitch("IsVoiceAuthenticationEnabled"),
    VoiceIdSwitch("IsFraudDetectionEnabled"),
    VoiceIdNumber("VoiceAuthenticationThreshold", 0, 100, kWhenAuthenticating),
    VoiceIdNumber("VoiceAuthenticationResponseTime", 5, 10, kWhenAuthenticating),
    VoiceIdNumber("FraudDetectionThreshold", 0, 100, kWhenDetecting),
    {.name = "WatchlistId",
     .value = kDynamic,
     .minimum = kWatchlistId,
     .maximum = kWatchlistId,
     .characters = kLettersAndDigits,
     .channels = kVoice},
    {.name = "WisdomSessionArn", .value = kDynamic},
    kTargetContact,
};
constexpr std::string_view kDataNames[] = {
    "Name",
    "Description",
    "LanguageCode",
    "CustomerId",
    "References",
    "IsVoiceIdStreamingEnabled",
    "IsVoiceAuthenticationEnabled",
    "IsFraudDetectionEnabled",
    "WisdomSessionArn",
};
constexpr ParameterGroup kDataGroups[] = {
    {.names = kDataNames, .count = ParameterGroup::Count::kAtLeastOne}};

constexpr std::string_view kHooks[] = {
    "CustomerQueue",     "CustomerHold",   "AgentHold",         "CustomerWhisper", "AgentWhisper",
    "CustomerRemaining", "DefaultAgentUI", "DisconnectAgentUI", "PauseContact",    "ResumeContact"};
// Documented; observers disagree on whether the service takes none or two (lint rule one-hook).
constexpr ParameterGroup kOneHook[] = {
    {.names = kHooks, .count = ParameterGroup::Count::kExactlyOne, .need = kRequiredStrict}};
constexpr Parameter kHookConfiguration[] = {
    {.name = "DisableExecution", .type = kBoolean, .need = kRequired}};
constexpr Parameter kEventHooks[] = {
    {.name = "EventHooks",
     .type = kMap,
     .value = kStaticOrPath,
     .need = kRequiredStrict,
     .reference = ResourceKind::kFlow,
     .words = kHooks,
     .groups = kOneHook},
    Object({.name = "EventHooksConfiguration",
            .type = kMap,
            .words = kHooks,
            .standing = Standing::kExportedOnly,
            .evidence = Evidence::kObserved},
           kHookConfiguration),
};
constexpr std::string_view kEventHooksNames[] = {"EventHooks", "EventHooksConfiguration"};
constexpr ParameterGroup kEventHooksGroups[] = {
    {.names = kEventHooksNames, .count = ParameterGroup::Count::kAtLeastOne}};

constexpr Parameter kTags[] = {
    {.name = "Tags", .type = kMap, .value = kDynamic, .need = kRequired, .maximum = 6},
};
constexpr Parameter kTagKeys[] = {
    {.name = "TagKeys", .type = kTextList, .need = kRequired, .minimum = 1}};

constexpr Parameter kSpeech[] = {
    {.name = "TextToSpeechVoice", .value = kDynamic, .need = kRequired},
    {.name = "TextToSpeechEngine", .value = kDynamic},  // any word passes on creation
    {.name = "TextToSpeechStyle", .value = kDynamic},
};
// The documentation demands the branch; the live service and a third of the exports do without.
constexpr ErrorRule kVoiceErrors[] = {{.type = kNoMatchingError, .need = kRequiredStrict}};

constexpr ActionKind kKinds[] = {
    {.name = "TagContact",
     .summary = "Puts tags on the contact, for billing.",
     .block = "Contact tags",
     .parameters = kTags,
     .errors = kOnlyNoMatchingError},
    {.name = "UntagContact",
     .summary = "Takes tags off the contact.",
     .block = "Contact tags",
     .parameters = kTagKeys,
     .errors = kOnlyNoMatchingError},
    {.name = "UpdateContactAttributes",
     .summary = "Sets user-defined attributes, which every flow, function and agent of the contact "
                "can read.",
     .block = "Set contact attributes",
     .parameters = kAttributes,
     .errors = kOnlyNoMatchingError},
    {.name = "UpdateContactData",
     .summary = "Sets the contact's own fields: name, description, language, customer.",
     .block = "Set contact attributes",
     .parameters = kData,
     .groups = kDataGroups,
     .errors = kOnlyNoMatchingError},
    {.name = "UpdateContactEventHooks",
     .summary = "Names the flow that runs at an event of the contact: entering a queue, hold, "
                "whisper, disconnect.",
     .block = "Set customer queue flow, Set hold flow, Set whisper flow, Set disconnect flow, "
              "Set event flow",
     .parameters = kEventHooks,
     .groups = kEventHooksGroups,
     .errors = kOnlyNoMatchingError},
    {.name = "UpdateContactTextToSpeechVoice",
     .summary = "Chooses the voice that reads the next prompts.",
     .block = "Set voice",
     .parameters = kSpeech,
     .errors = kVoiceErrors,
     .channels = kVoice},
    {.name = "UpdateFlowAttributes",
     .summary = "Sets attributes that live only while this flow runs.",
     .block = "Set contact attributes (flow)",
     .category = Category::kFlowControl,
     .parameters = kFlowAttributes,
     .errors = kOnlyNoMatchingError},
};

}  // namespace

constinit const std::span<const ActionKind> kContactDataKinds = kKinds;

}  // namespace trunkline::flow
