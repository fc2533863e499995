#include "flow/explain/notes.h"

#include <algorithm>

namespace trunkline::flow {
namespace {

constexpr std::string_view kTargetQueue =
    "without 'QueueId' and 'AgentId' the contact's target queue counts";
constexpr std::string_view kEntities =
    "without it all kinds are redacted; an empty list is not allowed";

constexpr Note kNotes[] = {
    {"CheckHoursOfOperation", "HoursOfOperationId",
     "without it the hours of the target queue count; an agent's own queue has none, which is an "
     "error"},
    {"CheckMetricData", "",
     "the age of the oldest contact is compared in milliseconds: 300 seconds are '300000'"},
    {"CheckMetricData", "QueueId", kTargetQueue},
    {"Compare", "", "a value that is not there takes 'NoMatchingCondition'"},
    {"CompleteOutboundCall", "ConnectionTimeLimitSeconds", "with 'VoiceConnector' only"},
    {"ConnectParticipantWithLexBot", "",
     "operands are intents of the bot; another intent takes 'NoMatchingCondition'"},
    {"ConnectParticipantWithLexBot", "InputTimeLimitExceeded",
     "a chat customer did not answer in time"},
    {"CreateTask", "DelaySeconds", "six days at most"},
    {"CreateTask", "References", "its type and value: {\"URL\": \"https://...\"}"},
    {"CreateTask", "TaskTemplateId", "fields and flow come from the template"},
    {"DistributeByPercentage", "",
     "a threshold is 1 + the sum of the percentages so far: 30 % and 20 % are '31' and '51'; the "
     "rest takes 'NoMatchingCondition'"},
    {"GetMetricData", "QueueId", kTargetQueue},
    {"GetMetricData", "QueueChannel", "'Voice' or 'Chat'; without it all channels count"},
    {"GetParticipantInput", "",
     "three blocks: a menu; with StoreInput 'True' a store of digits, where silence is no error "
     "but gives $.StoredCustomerInput the value 'Timeout'; with 'EnableDTMFBuffer' the switch of "
     "the key buffer"},
    {"GetParticipantInput", "InputTimeLimitSeconds", "seconds until the first key"},
    {"GetParticipantInput", "InputValidation.PhoneNumberValidation.CountryCode",
     "the country's two letters: 'US'"},
    {"GetParticipantInput", "InputEncryption", "in a store with 'CustomValidation' only"},
    {"GetParticipantInput", "InputEncryption.Key", "a public key, PEM"},
    {"GetParticipantInput", "DTMFConfiguration.DisableCancelKey",
     "else '*' discards what was typed"},
    {"GetParticipantInput", "DTMFConfiguration.InterdigitTimeLimitSeconds",
     "seconds between two keys; 5 when it is not there"},
    {"InvokeLambdaFunction", "InvocationTimeLimitSeconds",
     "seconds; more than 8 needs InvocationType 'ASYNCHRONOUS'"},
    {"Loop", "",
     "the counter belongs to the action's identifier and starts again after 'DoneLooping'"},
    {"MessageParticipant", "", "without a branch for its error a failure goes on like a success"},
    {"MessageParticipantIteratively", "",
     "without 'InterruptFrequencySeconds' it goes on only when the contact leaves it"},
    {"MessageParticipantIteratively", "InterruptFrequencySeconds",
     "seconds; more than 20, the time an agent has to accept, is advised"},
    {"TransferContactToQueue", "",
     "'NextAction' must be there, but is not where a contact in the queue goes on"},
    {"TransferParticipantToThirdParty", "ThirdPartyPhoneNumber", "E.164"},
    {"TransferParticipantToThirdParty", "ThirdPartyConnectionTimeLimitSeconds", "seconds"},
    {"TransferParticipantToThirdParty", "ContinueFlowExecution",
     "with 'False' the flow ends when the call is connected"},
    {"TransferParticipantToThirdParty", "ThirdPartyDTMFDigits", "a comma waits 750 ms"},
    {"TransferParticipantToThirdParty", "CallFailed", "refused in AGENT_TRANSFER"},
    {"TransferParticipantToThirdParty", "ConnectionTimeLimitExceeded", "refused in AGENT_TRANSFER"},
    {"TransferToFlow", "ContactFlowId",
     "a published flow of type CONTACT_FLOW, AGENT_TRANSFER or QUEUE_TRANSFER"},
    {"UpdateContactAttributes", "Attributes",
     "keys take no '$' and no '.'; at most 32 KB for the contact"},
    {"UpdateContactMediaStreamingBehavior", "Participants[].MediaDirections",
     "'From' is what the customer says, 'To' what they hear"},
    {"UpdateContactData", "", "Voice ID ended in May 2026: its fields have no effect any more"},
    {"UpdateContactRecordingBehavior", "RecordingBehavior.RecordedParticipants",
     "an empty list switches recording off"},
    {"UpdateContactRecordingBehavior", "AnalyticsBehavior",
     "needs both participants to be recorded"},
    {"UpdateContactRecordingBehavior", "AnalyticsBehavior.AnalyticsRedactionEntities", kEntities},
    {"UpdateContactRecordingAndAnalyticsBehavior",
     "VoiceBehavior.VoiceAnalyticsBehavior.ConversationalAnalyticsRedactionConfiguration."
     "RedactionEntities",
     kEntities},
    {"UpdateContactRecordingAndAnalyticsBehavior",
     "ChatBehavior.ChatAnalyticsBehavior.ConversationalAnalyticsRedactionConfiguration."
     "RedactionEntities",
     kEntities},
    {"UpdateContactRecordingAndAnalyticsBehavior", "ChannelMismatch",
     "the contact is on another channel than the one configured"},
    {"UpdateContactRoutingBehavior", "QueuePriority", "1 is served first; 5 unless set"},
    {"UpdateContactRoutingBehavior", "QueueTimeAdjustmentSeconds",
     "seconds; a positive number makes the contact look older, a negative one younger"},
    {"UpdateContactRoutingCriteria", "RoutingCriteria.Steps[].Expiry",
     "the last step may do without: it stays until the contact is answered"},
    {"UpdateContactRoutingCriteria", "RoutingCriteria.Steps[].Expression.AttributeCondition",
     "of an agent's proficiencies: predefined attributes of the instance"},
    {"UpdateContactTextToSpeechVoice", "TextToSpeechEngine",
     "'Standard', 'Neural' or 'Generative' in exports; any word passes when a flow is created"},
    {"UpdateFlowAttributes", "FlowAttributes", "at most 32 KB"},
    {"Wait", "TimeLimitSeconds",
     "seconds; seven days at most; documented as 'TimeoutSeconds', which the service refuses"},
    {"Wait", "ParticipantNotFound", "there is no bot to wait for"},
};

}  // namespace

std::span<const Note> AllNotes() {
  return kNotes;
}

std::string_view NoteOn(std::string_view type, std::string_view place) {
  const auto* const found = std::ranges::find_if(
      kNotes, [&](const Note& note) { return note.type == type && note.place == place; });
  return found == std::end(kNotes) ? std::string_view() : found->text;
}

}  // namespace trunkline::flow
