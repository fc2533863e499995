#include "flow/catalogue.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "flow/catalogue/families.h"

namespace trunkline::flow {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Names that people and programs write and that are no action types.
constexpr Pair kWrongNames[] = {
    {"CheckAttribute", "Compare"},
    {"CheckCondition", "Compare"},
    {"CheckQueueStatus", "CheckMetricData"},
    {"CheckRoutingAttributes", "Compare"},
    {"CheckStaffing", "CheckMetricData"},
    {"Disconnect", "DisconnectParticipant"},
    {"GetCustomerInput", "GetParticipantInput (keys) or ConnectParticipantWithLexBot (a bot)"},
    {"GetUserInput", "GetParticipantInput (keys) or ConnectParticipantWithLexBot (a bot)"},
    {"InvokeExternalResource", "InvokeLambdaFunction"},
    {"InvokeLexBot", "ConnectParticipantWithLexBot"},
    {"PlayPrompt", "MessageParticipant"},
    {"SetContactAttributes", "UpdateContactAttributes"},
    {"SetLoggingBehavior", "UpdateFlowLoggingBehavior"},
    {"SetRecordingBehavior", "UpdateContactRecordingBehavior"},
    {"SetVoice", "UpdateContactTextToSpeechVoice"},
    {"SetWorkingQueue", "UpdateContactTargetQueue"},
    {"Start", "no such action: StartAction names the first one"},
    {"StoreUserInput", "GetParticipantInput with StoreInput 'True'"},
    {"TransferContactToFlow", "TransferToFlow"},
    {"TransferContactToPhoneNumber", "TransferParticipantToThirdParty"},
    {"TransferParticipantToQueue", "UpdateContactTargetQueue, then TransferContactToQueue"},
    {"TransferToPhoneNumber", "TransferParticipantToThirdParty"},
    {"TransferToQueue", "UpdateContactTargetQueue, then TransferContactToQueue"},
    {"UnTagContact", "UntagContact"},
    {"UpdateRoutingCriteria", "UpdateContactRoutingCriteria"},
};

constexpr std::pair<ResourceKind, std::string_view> kResourceWords[] = {
    {ResourceKind::kQueue, "queue"},
    {ResourceKind::kFlow, "flow"},
    {ResourceKind::kModule, "module"},
    {ResourceKind::kPrompt, "prompt"},
    {ResourceKind::kHours, "hours"},
    {ResourceKind::kLambda, "lambda"},
    {ResourceKind::kBot, "bot"},
    {ResourceKind::kUser, "user"},
    {ResourceKind::kView, "view"},
    {ResourceKind::kNumber, "number"},
    {ResourceKind::kCaseTemplate, "case-template"},
    {ResourceKind::kTaskTemplate, "task-template"},
    {ResourceKind::kAssistant, "assistant"},
    {ResourceKind::kDataTable, "data-table"},
};

constexpr std::string_view kFlowTypeWords[] = {
    "CONTACT_FLOW",  "CUSTOMER_QUEUE",   "CUSTOMER_HOLD",  "CUSTOMER_WHISPER", "AGENT_HOLD",
    "AGENT_WHISPER", "OUTBOUND_WHISPER", "AGENT_TRANSFER", "QUEUE_TRANSFER",   "CAMPAIGN",
};
constexpr std::size_t kModulePosition = std::size(kFlowTypeWords);

}  // namespace

std::string_view ToText(ResourceKind kind) {
  const auto* const found =
      std::ranges::find(kResourceWords, kind, &std::pair<ResourceKind, std::string_view>::first);
  return found == std::end(kResourceWords) ? std::string_view() : found->second;
}

std::optional<ResourceKind> ResourceKindOf(std::string_view word) {
  const auto* const found =
      std::ranges::find(kResourceWords, word, &std::pair<ResourceKind, std::string_view>::second);
  if (found == std::end(kResourceWords)) return std::nullopt;
  return found->first;
}

std::span<const ResourceKind> AllResourceKinds() {
  static constexpr auto kKinds = [] {
    std::array<ResourceKind, std::size(kResourceWords)> kinds{};
    for (std::size_t i = 0; i < kinds.size(); ++i) kinds[i] = kResourceWords[i].first;
    return kinds;
  }();
  return kKinds;
}

std::span<const std::string_view> AllFlowTypes() {
  return kFlowTypeWords;
}

FlowTypes FlowTypeBit(std::string_view type) {
  if (type == "MODULE") return kModuleType;
  const auto* const found = std::ranges::find(kFlowTypeWords, type);
  if (found == std::end(kFlowTypeWords)) return 0;
  return static_cast<FlowTypes>(1U << static_cast<unsigned>(found - std::begin(kFlowTypeWords)));
}

std::string FlowTypeNames(FlowTypes types) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i <= kModulePosition; ++i) {
    if ((types & (1U << i)) != 0)
      names.emplace_back(i == kModulePosition ? "MODULE" : kFlowTypeWords[i]);
  }
  return Join(names, ", ");
}

std::span<const ActionFamily> AllActionFamilies() {
  static const ActionFamily kFamilies[] = {
      {"attributes and settings of a contact", kContactDataKinds},
      {"queues, agents and hours", kRoutingKinds},
      {"recording, streams and logs", kMediaKinds},
      {"prompts and input", kPromptKinds},
      {"participants and calls", kParticipantKinds},
      {"flow control", kFlowControlKinds},
      {"functions, tasks, cases and other services", kIntegrationKinds},
      {"customer profiles", kProfileKinds},
      {"campaigns", kCampaignKinds},
  };
  return kFamilies;
}

std::vector<std::string_view> BlockNames(const ActionKind& kind) {
  constexpr std::string_view kBetween = ", ";
  std::vector<std::string_view> names;
  std::size_t begin = 0;
  for (std::size_t at = kind.block.find(kBetween); at != std::string_view::npos;
       at = kind.block.find(kBetween, at + 1)) {
    const std::size_t after = at + kBetween.size();
    if (after >= kind.block.size() || kind.block[after] < 'A' || kind.block[after] > 'Z') continue;
    names.push_back(kind.block.substr(begin, at - begin));
    begin = after;
  }
  names.push_back(kind.block.substr(begin));
  return names;
}

const ActionKind* FindActionKind(std::string_view type) {
  // Asked for each action by nearly every rule.
  static const std::unordered_map<std::string_view, const ActionKind*> kByName = [] {
    std::unordered_map<std::string_view, const ActionKind*> kinds;
    for (const ActionKind* kind : AllActionKinds()) kinds.emplace(kind->name, kind);
    return kinds;
  }();
  const auto found = kByName.find(type);
  return found == kByName.end() ? nullptr : found->second;
}

std::vector<const ActionKind*> AllActionKinds() {
  std::vector<const ActionKind*> kinds;
  for (const ActionFamily& family : AllActionFamilies()) {
    for (const ActionKind& kind : family.kinds) kinds.push_back(&kind);
  }
  std::ranges::sort(kinds, {}, &ActionKind::name);
  return kinds;
}

std::string SuggestActionType(std::string_view type) {
  const auto* const wrong = std::ranges::find(kWrongNames, type, &Pair::first);
  if (wrong != std::end(kWrongNames)) return std::string(wrong->second);
  constexpr std::size_t kLongest =
      64;  // no type is half as long, and comparing costs the product of the lengths
  if (type.size() > kLongest) return "";
  std::vector<std::string> names;
  for (const ActionKind* kind : AllActionKinds()) names.emplace_back(kind->name);
  return Nearest(type, names).value_or("");
}

std::string CharactersInWords(std::string_view characters) {
  if (characters == kLetters) return "letters";
  if (characters == kLettersAndDigits) return "letters and digits";
  return "'" + std::string(characters) + "'";
}

Evidence EvidenceOf(const ActionKind& kind, const Parameter& parameter) {
  return std::max(kind.evidence, parameter.evidence);
}

bool GoesBeyondTheRows(const ActionKind& kind, const json::Object& parameters) {
  return !kind.undocumented.empty() &&
         std::ranges::any_of(parameters, [&](const json::Member& member) {
           return std::ranges::find(kind.parameters, member.key, &Parameter::name) ==
                  kind.parameters.end();
         });
}

const ResultRule* FindResultRule(const ActionKind& kind, const json::Object& parameters) {
  for (const ResultRule& rule : kind.results) {
    if (rule.when.Holds(parameters)) return &rule;
  }
  return nullptr;
}

bool Has(const json::Object& parameters, std::string_view name) {
  return parameters.Has(name);
}

bool Says(const json::Object& parameters, std::string_view name, std::string_view word) {
  const json::Value* value = parameters.Find(name);
  if (value == nullptr) return false;
  if (value->IsBool()) return EqualsIgnoreCase(word, value->AsBool() ? "true" : "false");
  return value->IsString() && EqualsIgnoreCase(value->AsString(), word);
}

bool Lists(const json::Object& parameters, std::string_view name, std::string_view word) {
  return std::ranges::any_of(parameters.GetArray(name), [&](const json::Value& item) {
    return item.IsString() && item.AsString() == word;
  });
}

}  // namespace trunkline::flow
