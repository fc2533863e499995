#include "center/file_kinds.h"

namespace trunkline::center {
namespace {

constexpr Pattern kNamePattern{"([0-9a-zA-Z][_-]?)+",
                               "letters and digits, with single underscores or hyphens between"};
constexpr Pattern kLocalePattern{"[a-z]{2,3}_[A-Z0-9]{2,3}", "a locale such as 'en_US'"};
constexpr Pattern kSlotTypePattern{"AMAZON\\.[a-zA-Z_]+|([0-9a-zA-Z][_-]?)+",
                                   "a slot type of this locale, or a built-in one (AMAZON.Date)"};
constexpr Range kLexNameRange{1, 100};
constexpr Range kTextRange{0, 2000};
constexpr Range kThresholdRange{0, 1};
constexpr Range kUtteranceRange{1, 500};
constexpr Range kUtterancesRange{0, 1500};
constexpr Range kIntentsRange{1, 1000};
constexpr Range kSlotsRange{0, 100};
constexpr Range kSlotTypesRange{0, 250};
constexpr Range kPriorityRange{0, 100};
constexpr Range kValueRange{1, 140};
constexpr Range kValuesRange{1, 10000};
constexpr Range kRegexRange{1, 300};
constexpr Range kIdleRange{60, 86400};
constexpr Range kInputContextsRange{0, 5};
constexpr Range kOutputContextsRange{0, 10};
constexpr std::string_view kEngines[] = {"standard", "neural", "long-form", "generative"};
constexpr std::string_view kSensitivities[] = {"Default", "HighNoiseTolerance",
                                               "MaximumNoiseTolerance"};
constexpr std::string_view kConstraints[] = {"Required", "Optional"};
constexpr std::string_view kStrategies[] = {"OriginalValue", "TopResolution", "Concatenation"};
constexpr std::string_view kObfuscations[] = {"None", "DefaultObfuscation"};

constexpr Field kDescription{
    .name = "description", .summary = "What it is for.", .range = &kTextRange};
constexpr Field kName{.name = "name",
                      .summary = "Its name in the bot.",
                      .required = true,
                      .range = &kLexNameRange,
                      .pattern = &kNamePattern};

// A part of the Lex V2 model that is passed on as it is.
constexpr Field Part(std::string_view name, std::string_view summary) {
  return {
      .name = name, .summary = summary, .kind = Kind::kObject, .either_case = true, .open = true};
}

constexpr Field kUtteranceMembers[] = {
    {.name = "utterance",
     .summary = "What a caller may say; {Slot} stands for a slot's value.",
     .required = true,
     .range = &kUtteranceRange},
};
constexpr Field kUtterance{
    .kind = Kind::kObject, .members = kUtteranceMembers, .either_case = true};

constexpr Field kEnabledMembers[] = {
    {.name = "enabled",
     .summary = "Whether the function is called.",
     .kind = Kind::kBoolean,
     .required = true},
};
constexpr Field kFulfillmentMembers[] = {
    {.name = "enabled",
     .summary = "Whether the function is called.",
     .kind = Kind::kBoolean,
     .required = true},
    {.name = "active", .summary = "Whether this part is used at all.", .kind = Kind::kBoolean},
    Part("postFulfillmentStatusSpecification", "What is said after fulfilment."),
    Part("fulfillmentUpdatesSpecification", "What is said while fulfilment takes its time."),
};

// -- slots ----------------------------------------------------------------------------------------

constexpr Field kElicitationMembers[] = {
    {.name = "slotConstraint",
     .summary = "Whether the intent needs the slot.",
     .required = true,
     .one_of = kConstraints},
    Part("promptSpecification", "How the slot is asked for."),
    {.name = "sampleUtterances",
     .summary = "What a caller may answer.",
     .kind = Kind::kList,
     .element = &kUtterance},
    Part("defaultValueSpecification", "The value when the caller gives none."),
    Part("waitAndContinueSpecification", "How long the bot waits for the caller."),
    Part("slotCaptureSetting", "What happens when the slot has, or has not, a value."),
    Part("slotResolutionSetting", "How the value is understood."),
};
constexpr Field kObfuscationMembers[] = {
    {.name = "obfuscationSettingType",
     .summary = "Whether the value is hidden in logs.",
     .required = true,
     .one_of = kObfuscations},
};
constexpr Field kSlotMembers[] = {
    kName,
    kDescription,
    {.name = "slotTypeName",
     .summary = "The slot's type, of this locale or built in.",
     .required = true,
     .pattern = &kSlotTypePattern},
    {.name = "valueElicitationSetting",
     .summary = "How the slot gets its value.",
     .kind = Kind::kObject,
     .required = true,
     .members = kElicitationMembers,
     .either_case = true},
    {.name = "obfuscationSetting",
     .summary = "Whether the value is hidden in logs.",
     .kind = Kind::kObject,
     .members = kObfuscationMembers,
     .either_case = true},
    Part("multipleValuesSetting", "Whether the slot holds several values."),
    {.name = "subSlotSetting", .summary = "The parts of a composite slot.", .not_delivered = true},
};
constexpr Field kSlot{.kind = Kind::kObject, .members = kSlotMembers, .either_case = true};

constexpr Field kPriorityMembers[] = {
    {.name = "priority",
     .summary = "Lower numbers are asked first.",
     .kind = Kind::kInteger,
     .required = true,
     .range = &kPriorityRange},
    {.name = "slotName", .summary = "The slot.", .required = true, .pattern = &kNamePattern},
};
constexpr Field kPriority{.kind = Kind::kObject, .members = kPriorityMembers, .either_case = true};

// -- intents --------------------------------------------------------------------------------------

constexpr Field kContext{.kind = Kind::kObject, .either_case = true, .open = true};
constexpr Field kIntentMembers[] = {
    kName,
    {.name = "displayName", .summary = "The name people see.", .range = &kLexNameRange},
    kDescription,
    {.name = "parentIntentSignature",
     .summary = "The built-in intent it comes from (AMAZON.FallbackIntent)."},
    {.name = "sampleUtterances",
     .summary = "What a caller may say to mean this intent.",
     .kind = Kind::kList,
     .range = &kUtterancesRange,
     .element = &kUtterance},
    {.name = "dialogCodeHook",
     .summary = "Whether a function takes part in the dialogue.",
     .kind = Kind::kObject,
     .members = kEnabledMembers,
     .either_case = true},
    {.name = "fulfillmentCodeHook",
     .summary = "Whether a function fulfils the intent, and what is said then.",
     .kind = Kind::kObject,
     .members = kFulfillmentMembers,
     .either_case = true},
    Part("intentConfirmationSetting", "How the caller confirms."),
    Part("intentClosingSetting", "What is said at the end."),
    Part("initialResponseSetting", "What is said at the beginning."),
    {.name = "inputContexts",
     .summary = "Contexts that must be active.",
     .kind = Kind::kList,
     .range = &kInputContextsRange,
     .element = &kContext},
    {.name = "outputContexts",
     .summary = "Contexts that the intent activates.",
     .kind = Kind::kList,
     .range = &kOutputContextsRange,
     .element = &kContext},
    {.name = "slots",
     .summary = "What the intent needs to know.",
     .kind = Kind::kList,
     .range = &kSlotsRange,
     .element = &kSlot,
     .unique = "name"},
    {.name = "slotPriorities",
     .summary = "The order in which slots are asked; a slot without priority is never asked.",
     .kind = Kind::kList,
     .element = &kPriority,
     .unique = "slotName"},
    Part("kendraConfiguration", "The Kendra index that answers."),
    Part("qnAIntentConfiguration", "The sources that answer."),
    Part("qInConnectIntentConfiguration", "The assistant that answers."),
};
constexpr Field kIntent{.kind = Kind::kObject, .members = kIntentMembers, .either_case = true};

// -- slot types -----------------------------------------------------------------------------------

constexpr Field kValueMembers[] = {
    {.name = "value", .summary = "The words.", .required = true, .range = &kValueRange},
};
constexpr Field kValue{.kind = Kind::kObject, .members = kValueMembers, .either_case = true};
constexpr Field kSlotTypeValueMembers[] = {
    {.name = "sampleValue",
     .summary = "The value.",
     .kind = Kind::kObject,
     .required = true,
     .members = kValueMembers,
     .either_case = true},
    {.name = "synonyms",
     .summary = "Other words for it.",
     .kind = Kind::kList,
     .range = &kValuesRange,
     .element = &kValue},
};
constexpr Field kSlotTypeValue{
    .kind = Kind::kObject, .members = kSlotTypeValueMembers, .either_case = true};
constexpr Field kRegexMembers[] = {
    {.name = "pattern",
     .summary = "The regular expression that a value matches.",
     .required = true,
     .range = &kRegexRange},
};
constexpr Field kSelectionMembers[] = {
    {.name = "resolutionStrategy",
     .summary =
         "OriginalValue keeps what was said, TopResolution gives the value it is a synonym of.",
     .required = true,
     .one_of = kStrategies},
    {.name = "regexFilter",
     .summary = "What values look like.",
     .kind = Kind::kObject,
     .members = kRegexMembers,
     .either_case = true},
    Part("advancedRecognitionSetting", "How values are heard."),
};
constexpr Field kSlotTypeMembers[] = {
    kName,
    kDescription,
    {.name = "parentSlotTypeSignature", .summary = "The built-in type it extends."},
    {.name = "slotTypeValues",
     .summary = "The values of the type.",
     .kind = Kind::kList,
     .range = &kValuesRange,
     .element = &kSlotTypeValue},
    {.name = "valueSelectionSetting",
     .summary = "How a value is chosen.",
     .kind = Kind::kObject,
     .members = kSelectionMembers,
     .either_case = true},
    {.name = "externalSourceSetting", .summary = "A grammar in S3.", .not_delivered = true},
    {.name = "compositeSlotTypeSetting",
     .summary = "The parts of a composite type.",
     .not_delivered = true},
};
constexpr Field kSlotType{.kind = Kind::kObject, .members = kSlotTypeMembers, .either_case = true};

// -- locales and aliases
// ----------------------------------------------------------------------------

constexpr Field kVoiceMembers[] = {
    {.name = "voiceId",
     .summary = "The Polly voice.",
     .required = true,
     .pattern = &kSomethingPattern},
    {.name = "engine", .summary = "The Polly engine.", .one_of = kEngines},
};
constexpr Field kLocaleMembers[] = {
    {.name = "localeId",
     .summary = "The language, such as en_US.",
     .required = true,
     .pattern = &kLocalePattern},
    kDescription,
    {.name = "nluConfidenceThreshold",
     .summary = "How sure the bot must be of an intent, from 0 to 1.",
     .kind = Kind::kNumber,
     .required = true,
     .range = &kThresholdRange},
    {.name = "voiceSettings",
     .summary = "The voice that speaks.",
     .kind = Kind::kObject,
     .members = kVoiceMembers,
     .either_case = true},
    {.name = "speechDetectionSensitivity",
     .summary = "How much noise is expected.",
     .one_of = kSensitivities},
    Part("generativeAISettings", "What generative models do."),
    {.name = "intents",
     .summary = "What callers may want.",
     .kind = Kind::kList,
     .required = true,
     .range = &kIntentsRange,
     .element = &kIntent,
     .unique = "name"},
    {.name = "slotTypes",
     .summary = "The locale's own slot types.",
     .kind = Kind::kList,
     .range = &kSlotTypesRange,
     .element = &kSlotType,
     .unique = "name"},
    {.name = "customVocabulary", .summary = "Words that are hard to hear.", .not_delivered = true},
};
constexpr Field kLocale{.kind = Kind::kObject, .members = kLocaleMembers, .either_case = true};

constexpr Field kLambdaMembers[] = {
    {.name = "lambdaARN",
     .summary = "The function: ${lambda:<name>} for one of this center, else an ARN.",
     .required = true,
     .pattern = &kSomethingPattern},
    {.name = "codeHookInterfaceVersion", .summary = "1.0."},
};
constexpr Field kHookMembers[] = {
    {.name = "lambdaCodeHook",
     .summary = "The function.",
     .kind = Kind::kObject,
     .required = true,
     .members = kLambdaMembers,
     .either_case = true},
};
constexpr Field kAliasSettingMembers[] = {
    {.name = "enabled",
     .summary = "Whether the locale can be used.",
     .kind = Kind::kBoolean,
     .required = true},
    {.name = "codeHookSpecification",
     .summary = "The function that takes part in this locale.",
     .kind = Kind::kObject,
     .members = kHookMembers,
     .either_case = true},
};
constexpr Field kAliasLocaleMembers[] = {
    {.name = "localeId", .summary = "The language.", .required = true, .pattern = &kLocalePattern},
    {.name = "botAliasLocaleSetting",
     .summary = "How the alias treats it.",
     .kind = Kind::kObject,
     .required = true,
     .members = kAliasSettingMembers,
     .either_case = true},
};
constexpr Field kAliasLocale{
    .kind = Kind::kObject, .members = kAliasLocaleMembers, .either_case = true};

constexpr Field kPrivacyMembers[] = {
    {.name = "childDirected",
     .summary = "Whether the bot is meant for children under 13.",
     .kind = Kind::kBoolean,
     .required = true},
};
constexpr Field kBotMembers[] = {
    kDescription,
    {.name = "idleSessionTTLInSeconds",
     .summary = "How long a session is kept without input; 300 unless given.",
     .kind = Kind::kInteger,
     .range = &kIdleRange},
    {.name = "dataPrivacy",
     .summary = "Whom the bot talks to.",
     .kind = Kind::kObject,
     .members = kPrivacyMembers,
     .either_case = true},
};

}  // namespace

constinit const Field kBotShape{.kind = Kind::kObject, .members = kBotMembers, .either_case = true};
constinit const Field kBotLocalesShape{
    .kind = Kind::kList, .range = &kAtLeastOne, .element = &kLocale, .unique = "localeId"};
constinit const Field kBotAliasesShape{
    .kind = Kind::kList, .element = &kAliasLocale, .unique = "localeId"};

}  // namespace trunkline::center
