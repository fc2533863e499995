// Modules that store something with the contact: attributes, hooks, voice, logging, recording.
#include <fmt/format.h>

#include "base/text.h"
#include "flow/legacy/builder.h"
#include "flow/legacy/rules.h"

namespace trunkline::flow {
namespace {

constexpr LegacyParameterRule kAttributes[] = {
    {.from = "Attribute", .to = "Attributes", .entry = true}};

// The oldest form has one attribute, in two parameters.
void ConvertScreenPop(LegacyBuilder& action) {
  const LegacyParameter* key = action.Take("key");
  const LegacyParameter* value = action.Take("value");
  if (key == nullptr || value == nullptr) return;
  json::Object attributes;
  attributes.Set(key->value, action.Value(*value));
  action.Set("Attributes", std::move(attributes));
}

void ConvertHook(LegacyBuilder& action) {
  const LegacyParameter* type = action.Take("Type");
  const LegacyParameter* flow = action.Take("ContactFlowId");
  if (type == nullptr || type->value.empty()) {
    action.Say(Severity::kError, "TL-F506",
               fmt::format("{}: no 'Type' says for which event the flow is", action.Name()),
               "add it: CustomerQueue, AgentWhisper, ...", action.module().offset);
    return;
  }
  const std::string path = fmt::format("EventHooks.{}", type->value);
  if (flow != nullptr && !(flow->value.empty() && flow->resource.empty())) {
    action.SetResource(path, ResourceKind::kFlow, *flow);
  } else {
    action.SetResourceOfLayout(path, ResourceKind::kFlow, "contactFlow");
  }
}

constexpr LegacyParameterRule kVoice[] = {
    {.from = "GlobalVoice", .to = "TextToSpeechVoice"},
    {.from = "GlobalEngine", .to = "TextToSpeechEngine"},
    {.from = "SpeakingStyle", .to = "TextToSpeechStyle"},
};

constexpr LegacyParameterRule kLogging[] = {
    {.from = "LoggingBehavior", .to = "FlowLoggingBehavior", .words = kLegacySwitch}};

constexpr LegacyWord kAnalyticsSwitch[] = {{"Enable", "True"}, {"Disable", "False"}};
constexpr LegacyParameterRule kRecording[] = {
    {.from = "AnalyticsBehaviorOption",
     .to = "AnalyticsBehavior.Enabled",
     .words = kAnalyticsSwitch},
    {.from = "AnalyticsLanguageLocaleCode", .to = "AnalyticsBehavior.AnalyticsLanguage"},
    {.from = "AnalyticsRedactionOption",
     .to = "AnalyticsBehavior.AnalyticsRedactionBehavior",
     .words = kLegacySwitch},
    {.from = "AnalyticsRedactionPolicy", .to = "AnalyticsBehavior.AnalyticsRedactionResults"},
    {.from = "AnalyticsMode", .to = "AnalyticsBehavior.AnalyticsMode"},
    {.from = "AnalyticsCustomVocabulary", .to = {}, .says = "None"},
};

void ConvertRecording(LegacyBuilder& action) {
  const LegacyParameter* option = action.Take("RecordingBehaviorOption");
  const LegacyParameter* who = action.Take("RecordingParticipantOption");
  const bool is_on = option != nullptr && EqualsIgnoreCase(option->value, "Enable");
  const std::string_view recorded = who == nullptr ? std::string_view("Both") : who->value;
  json::Array participants;
  for (const std::string_view one : {"Agent", "Customer"})
    if (is_on && (EqualsIgnoreCase(recorded, "Both") || EqualsIgnoreCase(recorded, one)))
      participants.emplace_back(one);
  if (is_on && participants.empty()) action.Lose(*who, "known are Agent, Customer and Both");
  action.Set("RecordingBehavior.RecordedParticipants", std::move(participants));
}

constexpr LegacyModuleRule kModules[] = {
    {.type = "SetAttributes",
     .action = "UpdateContactAttributes",
     .parameters = kAttributes,
     .branches = kLegacySuccessOrError},
    {.type = "SetContactFlow",
     .action = "UpdateContactEventHooks",
     .branches = kLegacySuccessOrError,
     .convert = ConvertHook},
    {.type = "SetEventHook",
     .action = "UpdateContactEventHooks",
     .branches = kLegacySuccessOrError,
     .convert = ConvertHook},
    {.type = "SetLoggingBehavior",
     .action = "UpdateFlowLoggingBehavior",
     .parameters = kLogging,
     .branches = kLegacySuccess},
    {.type = "SetRecordingBehavior",
     .action = "UpdateContactRecordingBehavior",
     .parameters = kRecording,
     .branches = kLegacySuccess,
     .convert = ConvertRecording},
    {.type = "SetScreenPop",
     .action = "UpdateContactAttributes",
     .branches = kLegacySuccessOrError,
     .convert = ConvertScreenPop},
    {.type = "SetVoice",
     .action = "UpdateContactTextToSpeechVoice",
     .parameters = kVoice,
     .branches = kLegacySuccessOrError},
};

}  // namespace

constinit const std::span<const LegacyModuleRule> kLegacyDataModules = kModules;

}  // namespace trunkline::flow
