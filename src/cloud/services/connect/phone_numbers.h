// Claimed phone numbers: what the operations on them and others share.
//
// A number belongs to an account and Region; it routes to one instance, its record's parent. Which
// flow a call to it runs is kept beside it: kind "number-flow", id the number's, body {FlowId}.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/services/connect/kinds.h"

namespace trunkline::cloud::connect {

inline constexpr Kind kNumberFlow{"connect", "number-flow"};

std::string PhoneNumberArn(const Context& context, std::string_view id);
// By id or ARN. ResourceNotFoundException.
Answer<const Record*> FindPhoneNumber(Context& context, std::string_view id_or_arn);
// Gives the number back and forgets its flow.
void Release(Context& context, const Record& number);
// The flow a call to the number runs; empty when none is attached.
std::string FlowOfNumber(Context& context, std::string_view number_id);

// What numbers are claimed for: an instance, or a traffic distribution group of a replicated one.
struct NumberTarget {
  const Record* instance = nullptr;  // in the current Region
  std::string arn;                   // the instance's or the group's
  bool is_group = false;
};
// The target that TargetArn or InstanceId names; exactly one of them must be there.
Answer<NumberTarget> FindNumberTarget(Context& context, const json::Object& input);
// The same for rows without a ResourceNotFoundException.
Answer<NumberTarget> FindNumberTargetParameter(Context& context, const json::Object& input);
void SetNumberTarget(const NumberTarget& target, Record& number);

// Where a claimed number leads, looked up over all accounts and Regions.
struct NumberRoute {
  Scope scope;
  std::string number_id;
};
std::optional<NumberRoute> FindClaimedNumber(Store& store, std::string_view number);

}  // namespace trunkline::cloud::connect
