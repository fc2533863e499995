// The families of the catalogue, and what their rows share.
#pragma once

#include <span>

#include "flow/catalogue.h"

namespace trunkline::flow {

extern constinit const std::span<const ActionKind> kContactDataKinds;
extern constinit const std::span<const ActionKind> kRoutingKinds;
extern constinit const std::span<const ActionKind> kMediaKinds;
extern constinit const std::span<const ActionKind> kPromptKinds;
extern constinit const std::span<const ActionKind> kParticipantKinds;
extern constinit const std::span<const ActionKind> kFlowControlKinds;
extern constinit const std::span<const ActionKind> kIntegrationKinds;
extern constinit const std::span<const ActionKind> kProfileKinds;
extern constinit const std::span<const ActionKind> kCampaignKinds;

// "{<name>, with members}": gives a row of parameters as the members of one parameter.
template <std::size_t size>
constexpr Parameter Object(Parameter parameter, const Parameter (&members)[size]) {
  if (parameter.type == ValueType::kText) parameter.type = ValueType::kObject;
  parameter.first_member = members;
  parameter.member_count = size;
  return parameter;
}

inline constexpr std::string_view kEquals[] = {"Equals"};
inline constexpr std::string_view kNoMatchingError = "NoMatchingError";
inline constexpr std::string_view kNoMatchingCondition = "NoMatchingCondition";

// The most common contract: one error branch, required.
inline constexpr ErrorRule kOnlyNoMatchingError[] = {{.type = kNoMatchingError}};
inline constexpr ErrorRule kOptionalNoMatchingError[] = {
    {.type = kNoMatchingError, .need = Need::kOptional}};

// Where a customer takes part who is not about to be joined or on hold.
inline constexpr FlowTypes kInteractive = kContactFlow | kTransfers | kCustomerQueue;

// A member's text or boolean, whatever its spelling: "True", "true", true.
bool Says(const json::Object& parameters, std::string_view name, std::string_view word);
bool Has(const json::Object& parameters, std::string_view name);
// A text in the list `name`.
bool Lists(const json::Object& parameters, std::string_view name, std::string_view word);

}  // namespace trunkline::flow
