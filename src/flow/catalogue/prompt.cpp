// Actions that speak to the participant and hear them: prompts, keys, bots.
#include "flow/catalogue/families.h"

namespace trunkline::flow {
namespace {

using enum ValueType;
using enum ValueKind;
using enum Need;
using Count = ParameterGroup::Count;

// What is said or played. In all blocks at most one source counts.
constexpr std::string_view kS3[] = {"S3"};
constexpr std::string_view kAudio[] = {"Audio"};
constexpr Parameter kMediaMembers[] = {
    {.name = "Uri", .value = kDynamic, .need = kRequired},
    {.name = "SourceType", .type = kWord, .need = kRequired, .words = kS3},
    {.name = "MediaType", .type = kWord, .need = kRequired, .words = kAudio},
};
constexpr Parameter kPromptId = {.name = "PromptId",
                                 .value = kStaticOrPath,
                                 .reference = ResourceKind::kPrompt,
                                 .channels = kVoice};
constexpr Parameter kSpokenText = {.name = "Text", .value = kDynamic};
constexpr Parameter kSsml = {.name = "SSML", .value = kDynamic, .channels = kVoice};
constexpr Parameter kMedia = Object({.name = "Media", .channels = kVoice}, kMediaMembers);
constexpr std::string_view kPromptNames[] = {"Text", "SSML", "PromptId", "Media"};
constexpr ParameterGroup kOnePrompt[] = {{.names = kPromptNames, .count = Count::kExactlyOne}};

constexpr Parameter kMessage[] = {kPromptId,
                                  kSpokenText,
                                  kSsml,
                                  kMedia,
                                  {.name = "SkipWhenDTMFBufferEnabled",
                                   .type = kBoolean,
                                   .channels = kVoice,
                                   .evidence = Evidence::kObserved}};

// Looped prompts take no reference for the prompt: no guide says so and no export has one.
constexpr Parameter kLoopedMessage[] = {
    {.name = "PromptId", .reference = ResourceKind::kPrompt}, kSpokenText, kSsml, kMedia};
constexpr Parameter kLoopedMessages[] = {
    Object({.name = "Messages", .type = kObjectList, .need = kRequired, .groups = kOnePrompt},
           kLoopedMessage),
    {.name = "InterruptFrequencySeconds", .type = kInteger, .minimum = 1},
    {.name = "ContinueMessagingDuringInterrupt", .type = kBoolean, .evidence = Evidence::kObserved},
};
bool Interrupts(const json::Object& parameters) {
  return Has(parameters, "InterruptFrequencySeconds");
}
constexpr std::string_view kInterrupted[] = {"MessagesInterrupted"};
constexpr ResultRule kLoopedResults[] = {
    {.operators = kEquals,
     .words = kInterrupted,
     .all_words = true,
     .required = true,
     .when = {Interrupts, "'InterruptFrequencySeconds' is there"}}};

// GetParticipantInput is three blocks: a menu, a store for digits, and the switch of the touch-tone
// buffer.
bool IsBuffer(const json::Object& parameters) {
  return Has(parameters, "EnableDTMFBuffer");
}
bool IsStore(const json::Object& parameters) {
  return !IsBuffer(parameters) && Says(parameters, "StoreInput", "true");
}
bool IsMenu(const json::Object& parameters) {
  return !IsBuffer(parameters) && !IsStore(parameters);
}
bool Collects(const json::Object& parameters) {
  return !IsBuffer(parameters);
}
bool StoresAPhoneNumber(const json::Object& parameters) {
  return IsStore(parameters) &&
         parameters.GetObject("InputValidation").Has("PhoneNumberValidation");
}
// A stored phone number is never encrypted.
bool MayEncrypt(const json::Object& parameters) {
  return !IsMenu(parameters) && !StoresAPhoneNumber(parameters);
}
constexpr When kInMenu = {IsMenu, "'StoreInput' is not 'True'"};
constexpr When kInStore = {IsStore, "'StoreInput' is 'True'"};

constexpr std::string_view kNumberFormats[] = {"Local", "E164"};
bool StoresALocalNumber(const json::Object& parameters) {
  return Says(parameters.GetObject("InputValidation").GetObject("PhoneNumberValidation"),
              "NumberFormat", "Local");
}
constexpr Parameter kPhoneValidation[] = {
    {.name = "NumberFormat", .type = kWord, .need = kRequired, .words = kNumberFormats},
    {.name = "CountryCode",
     .need = kRequired,
     .minimum = 2,
     .maximum = 2,
     .characters = kLetters,
     .when = {StoresALocalNumber, "'NumberFormat' is 'Local'"}},
};
constexpr Parameter kCustomValidation[] = {{.name = "MaximumLength",
                                            .type = kInteger,
                                            .value = kDynamic,
                                            .need = kRequired,
                                            .minimum = 1}};
constexpr Parameter kValidation[] = {
    Object({.name = "PhoneNumberValidation"}, kPhoneValidation),
    Object({.name = "CustomValidation"}, kCustomValidation),
};
constexpr std::string_view kValidationNames[] = {"PhoneNumberValidation", "CustomValidation"};
constexpr ParameterGroup kOneValidation[] = {
    {.names = kValidationNames, .count = Count::kExactlyOne}};
constexpr Parameter kEncryption[] = {
    {.name = "EncryptionKeyId", .value = kDynamic, .need = kRequired},
    {.name = "Key", .value = kDynamic, .need = kRequired},
};
constexpr Parameter kDtmf[] = {
    {.name = "InputTerminationSequence",
     .value = kDynamic,
     .maximum = 5,
     .characters = "0123456789*#"},
    {.name = "DisableCancelKey", .type = kBoolean},
    {.name = "InterdigitTimeLimitSeconds", .type = kInteger, .minimum = 1, .maximum = 20},
};
constexpr Parameter kInput[] = {
    kPromptId,
    kSpokenText,
    kSsml,
    kMedia,
    {.name = "StoreInput", .type = kBoolean},
    {.name = "InputTimeLimitSeconds",
     .type = kInteger,
     .need = kRequired,
     .minimum = 1,
     .maximum = 180,
     .when = {Collects, "'EnableDTMFBuffer' is not there"}},
    Object(
        {.name = "InputValidation", .need = kRequired, .groups = kOneValidation, .when = kInStore},
        kValidation),
    Object({.name = "InputEncryption",
            .when = {MayEncrypt, "'StoreInput' is 'True' and digits are stored"}},
           kEncryption),
    Object({.name = "DTMFConfiguration", .when = kInStore}, kDtmf),
    {.name = "EnableDTMFBuffer", .type = kBoolean},
};
constexpr ParameterGroup kInputGroups[] = {{.names = kPromptNames, .count = Count::kAtMostOne}};
constexpr ErrorRule kInputErrors[] = {
    {.type = kNoMatchingError},
    {.type = kNoMatchingCondition, .when = kInMenu},
    {.type = "InputTimeLimitExceeded", .when = kInMenu},
    {.type = "InvalidPhoneNumber",
     .when = {StoresAPhoneNumber, "'PhoneNumberValidation' is there"}},
};
constexpr std::string_view kKeys[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#"};
constexpr ResultRule kInputResults[] = {{.operators = kEquals, .words = kKeys, .when = kInMenu}};

constexpr Parameter kLexV2[] = {
    {.name = "AliasArn", .value = kDynamic, .need = kRequired, .reference = ResourceKind::kBot}};
constexpr Parameter kLexV1[] = {
    {.name = "Name", .value = kDynamic, .need = kRequired},
    {.name = "Region", .value = kDynamic, .need = kRequired},
    {.name = "Alias", .value = kDynamic, .need = kRequired},
};
constexpr Parameter kInitialization[] = {
    {.name = "InitialMessage", .value = kDynamic, .need = kRequired, .maximum = 1024}};
constexpr Parameter kLexTimeout[] = {{.name = "Text",
                                      .type = kInteger,
                                      .value = kStaticOrPath,
                                      .need = kRequired,
                                      .minimum = 60,
                                      .maximum = 604800}};
constexpr Parameter kLex[] = {
    kPromptId,
    kSpokenText,
    kSsml,
    kMedia,
    Object({.name = "LexV2Bot"}, kLexV2),
    Object({.name = "LexBot"}, kLexV1),
    {.name = "LexSessionAttributes", .type = kMap, .value = kDynamic},
    Object({.name = "LexInitializationData", .channels = kChat}, kInitialization),
    Object({.name = "LexTimeoutSeconds", .channels = kChat}, kLexTimeout),
};
constexpr std::string_view kLexPromptNames[] = {"Text", "SSML", "PromptId", "Media",
                                                "LexInitializationData"};
constexpr std::string_view kBotNames[] = {"LexV2Bot", "LexBot"};
constexpr ParameterGroup kLexGroups[] = {
    {.names = kLexPromptNames, .count = Count::kExactlyOne},
    {.names = kBotNames, .count = Count::kExactlyOne},
};
constexpr ErrorRule kLexErrors[] = {
    {.type = kNoMatchingError},
    {.type = kNoMatchingCondition},
    {.type = "InputTimeLimitExceeded", .need = kOptional},
};
constexpr ResultRule kAnyWord[] = {{.operators = kEquals}};

constexpr ActionKind kKinds[] = {
    {.name = "ConnectParticipantWithLexBot",
     .summary = "Hands the conversation to a Lex bot and branches by the intent it found.",
     .block = "Get customer input (Amazon Lex)",
     .category = Category::kParticipant,
     .parameters = kLex,
     .groups = kLexGroups,
     .errors = kLexErrors,
     .results = kAnyWord,
     .flow_types = kInteractive,
     .channels = kVoice | kChat,
     .waits_for_input = true},
    {.name = "GetParticipantInput",
     .summary = "Collects keys: one for a menu, or digits into $.StoredCustomerInput; or switches "
                "the key buffer.",
     .block = "Get customer input (DTMF), Store customer input, Set touch-tone buffer behavior",
     .category = Category::kParticipant,
     .parameters = kInput,
     .groups = kInputGroups,
     .errors = kInputErrors,
     .results = kInputResults,
     .flow_types = kInteractive,
     .more_flow_types = kOutboundWhisper,
     .channels = kVoice,
     .waits_for_input = true},
    {.name = "MessageParticipant",
     .summary = "Says a text or plays an audio to the participant.",
     .block = "Play prompt",
     .category = Category::kParticipant,
     .parameters = kMessage,
     .groups = kOnePrompt,
     .errors = kOptionalNoMatchingError,
     .flow_types = kInteractive | kWhispers,
     .channels = kVoice | kChat},
    {.name = "MessageParticipantIteratively",
     .summary = "Plays prompts in a loop until the contact is joined or an interrupt is due.",
     .block = "Loop prompts",
     .category = Category::kParticipant,
     .parameters = kLoopedMessages,
     .errors = kOptionalNoMatchingError,
     .results = kLoopedResults,
     .next = Next::kOptional,
     .flow_types = kCustomerQueue | kHolds,
     .channels = kVoice,
     .waits_for_input = true},
};

}  // namespace

constinit const std::span<const ActionKind> kPromptKinds = kKinds;

}  // namespace trunkline::flow
