// Modules that talk to the participant.
#include <fmt/format.h>

#include "base/text.h"
#include "flow/legacy/builder.h"
#include "flow/legacy/prompt.h"
#include "flow/legacy/rules.h"

namespace trunkline::flow {
namespace {

using enum LegacyBranchTo;

constexpr LegacyMember kMenu[] = {{"StoreInput", "False"}};
constexpr LegacyMember kStore[] = {{"StoreInput", "True"}};
constexpr LegacyMember kFiveSeconds[] = {{"InputTimeLimitSeconds", "5"}};

// A menu takes one key, always.
constexpr LegacyParameterRule kDigits[] = {
    {.from = "Timeout", .to = "InputTimeLimitSeconds"},
    {.from = "MaxDigits", .to = {}, .says = "1"},
};
constexpr LegacyBranchRule kDigitsBranches[] = {
    {.condition = "Evaluate", .to = kEvaluate},
    {.condition = "Timeout", .to = kError, .name = "InputTimeLimitExceeded"},
    {.condition = "NoMatch", .to = kError, .name = "NoMatchingCondition"},
    {.condition = "Error", .to = kError, .name = "NoMatchingError"},
};

constexpr LegacyParameterRule kLex[] = {
    {.from = "BotName", .to = "LexBot.Name"},
    {.from = "BotRegion", .to = "LexBot.Region"},
    {.from = "BotAlias", .to = "LexBot.Alias"},
    {.from = "BotAliasArn", .to = "LexV2Bot.AliasArn", .resource = ResourceKind::kBot},
    {.from = "LexVersion", .to = {}, .says = "V2"},
};

constexpr LegacyParameterRule kStored[] = {
    {.from = "Timeout", .to = "InputTimeLimitSeconds"},
    {.from = "TerminatorDigits", .to = "DTMFConfiguration.InputTerminationSequence"},
    {.from = "DisableCancel", .to = "DTMFConfiguration.DisableCancelKey", .words = kLegacyTruth},
};
constexpr LegacyBranchRule kStoredBranches[] = {
    {.condition = "Success"},
    {.condition = "Error", .to = kError, .name = "NoMatchingError"},
    {.condition = "InvalidNumber", .to = kError, .name = "InvalidPhoneNumber"},
};

void TakeLength(LegacyBuilder& action) {
  constexpr std::string_view kPath = "InputValidation.CustomValidation.MaximumLength";
  constexpr std::string_view kConsoleDefault = "20";
  if (const LegacyParameter* digits = action.Take("MaxDigits")) {
    action.Set(kPath, action.Value(*digits));
    return;
  }
  action.Set(kPath, kConsoleDefault);
  action.Say(Severity::kWarning, "TL-F507",
             fmt::format("{}: 'MaximumLength' was made up: '{}'", action.Name(), kConsoleDefault),
             "the action needs it; check the value", action.module().offset);
}

void TakePhoneNumber(LegacyBuilder& action) {
  constexpr std::string_view kPath = "InputValidation.PhoneNumberValidation";
  const LegacyParameter* format = action.Take("PhoneNumberFormat");
  const LegacyParameter* country = action.Take("CountryCode");
  if (country != nullptr && country->value.empty()) country = nullptr;
  const bool is_local =
      format == nullptr ? country != nullptr : EqualsIgnoreCase(format->value, "Local");
  action.Set(fmt::format("{}.NumberFormat", kPath), is_local ? "Local" : "E164");
  if (country == nullptr) return;
  if (is_local) {
    action.Set(fmt::format("{}.CountryCode", kPath), action.Value(*country));
  } else {
    action.Lose(*country, "only a local number has a country");
  }
}

void TakeEncryption(LegacyBuilder& action) {
  const LegacyParameter* encrypt = action.Take("EncryptEntry");
  const bool is_on = encrypt != nullptr && EqualsIgnoreCase(encrypt->value, "true");
  const auto take = [&](std::string_view from, std::string_view to) {
    const LegacyParameter* key = action.Take(from);
    if (key == nullptr) return;
    if (is_on) {
      action.Set(to, action.Value(*key));
    } else if (!key->value.empty()) {
      action.Lose(*key, "the entry is not encrypted");
    }
  };
  take("EncryptionKeyId", "InputEncryption.EncryptionKeyId");
  take("EncryptionKey", "InputEncryption.Key");
}

void ConvertStored(LegacyBuilder& action) {
  ConvertLegacyPrompt(action);
  const LegacyParameter* type = action.Take("CustomerInputType");
  if (type != nullptr && EqualsIgnoreCase(type->value, "PhoneNumber")) {
    TakePhoneNumber(action);
  } else {
    TakeLength(action);
  }
  TakeEncryption(action);
}

constexpr LegacyParameterRule kPhone[] = {
    {.from = "PhoneNumber", .to = "ThirdPartyPhoneNumber"},
    {.from = "TimeLimit", .to = "ThirdPartyConnectionTimeLimitSeconds"},
};
constexpr LegacyMember kThirtySeconds[] = {{"ThirdPartyConnectionTimeLimitSeconds", "30"}};
constexpr LegacyBranchRule kPhoneBranches[] = {
    {.condition = "Success"},
    {.condition = "CallFailure", .to = kError, .name = "CallFailed"},
    {.condition = "Timeout", .to = kError, .name = "ConnectionTimeLimitExceeded"},
    {.condition = "Error", .to = kError, .name = "NoMatchingError"},
};
// A blind transfer hands the caller over; the flow does not go on afterwards.
void ConvertPhone(LegacyBuilder& action) {
  const LegacyParameter* blind = action.Take("BlindTransfer");
  const bool is_blind = blind != nullptr && EqualsIgnoreCase(blind->value, "true");
  action.Set("ContinueFlowExecution", is_blind ? "False" : "True");
}

constexpr LegacyBranchRule kLooped[] = {
    {.condition = "Timeout", .to = kCondition, .name = "MessagesInterrupted"},
    {.condition = "Error", .to = kError, .name = "NoMatchingError"},
};
constexpr LegacyParameterRule kInterrupt[] = {
    {.from = "InterruptSeconds", .to = "InterruptFrequencySeconds"}};

constexpr LegacyModuleRule kModules[] = {
    {.type = "Disconnect", .action = "DisconnectParticipant"},
    {.type = "GetUserInput",
     .target = "Digits",
     .action = "GetParticipantInput",
     .parameters = kDigits,
     .branches = kDigitsBranches,
     .always = kMenu,
     .needed = kFiveSeconds,
     .mirrors = "NoMatch",
     .convert = ConvertLegacyPrompt},
    {.type = "GetUserInput",
     .target = "Lex",
     .action = "ConnectParticipantWithLexBot",
     .parameters = kLex,
     .branches = kDigitsBranches,
     .convert = ConvertLegacyPrompt},
    {.type = "LoopPrompts",
     .action = "MessageParticipantIteratively",
     .parameters = kInterrupt,
     .branches = kLooped,
     .convert = ConvertLegacyPrompts},
    {.type = "PlayAudio",
     .action = "MessageParticipant",
     .branches = kLegacySuccessOrError,
     .convert = ConvertLegacyPrompt},
    {.type = "PlayPrompt",
     .action = "MessageParticipant",
     .branches = kLegacySuccessOrError,
     .convert = ConvertLegacyPrompt},
    {.type = "StoreCustomerInput",
     .action = "GetParticipantInput",
     .parameters = kStored,
     .branches = kStoredBranches,
     .always = kStore,
     .needed = kFiveSeconds,
     .convert = ConvertStored},
    {.type = "StoreUserInput",
     .action = "GetParticipantInput",
     .parameters = kStored,
     .branches = kStoredBranches,
     .always = kStore,
     .needed = kFiveSeconds,
     .convert = ConvertStored},
    {.type = "Transfer",
     .target = "PhoneNumber",
     .action = "TransferParticipantToThirdParty",
     .parameters = kPhone,
     .branches = kPhoneBranches,
     .needed = kThirtySeconds,
     .convert = ConvertPhone},
};

}  // namespace

constinit const std::span<const LegacyModuleRule> kLegacyParticipantModules = kModules;

}  // namespace trunkline::flow
