// Traffic distribution groups: how an instance and its replica in another Region share calls,
// agents and sign-ins.
//
// A group lives in the Region it was made in; from the other Region it is named by ARN. In the
// record, not in outputs, stand the distributions: TelephonyConfig, AgentConfig and, in the default
// group alone, SignInConfig.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::connect {

inline constexpr Kind kTrafficGroup{"connect", "traffic-group"};  // the parent is the instance's id
inline constexpr Kind kTrafficUser{"connect", "traffic-user"};    // the parent is the group's id

struct TrafficGroup {
  const Record* group = nullptr;
  Scope scope;  // where it lives
};

// By id in its own Region, by ARN in the other one, too. ResourceNotFoundException.
Answer<TrafficGroup> FindTrafficGroup(Context& context, std::string_view id_or_arn);

// The Region of an instance's other half; empty when it has none. Of the half in `scope`.
std::string OtherRegion(Context& context, const Scope& scope, std::string_view instance_id);

// The group every replicated instance has: all calls and agents in the source Region, sign-ins in
// both. In the current Region.
void PutDefaultTrafficGroup(Context& context, const Record& instance, std::string_view replica);

// An error that names a group of the instance beside the default one; none: nothing.
Answer<void> CheckNoTrafficGroups(Context& context, const Scope& scope, std::string_view instance);
// All groups of the instance with what belongs to them.
void DeleteTrafficGroups(Context& context, const Scope& scope, std::string_view instance);

// For a user who is deleted.
void LeaveTrafficGroups(Context& context, std::string_view user_id);

// Where calls to a number go that was claimed in `claimed` for the target: the half of a replicated
// instance with the larger share of the group's calls; its source Region when the shares are equal.
Scope ScopeOfCalls(Store& store, const Scope& claimed, std::string_view target_arn);

// An answer's error as InvalidRequestException: for rows without a ResourceNotFoundException.
template <class T>
Answer<T> AsInvalidRequest(Answer<T> answer) {
  if (answer) return answer;
  return ServiceError("InvalidRequestException", answer.error().message);
}

}  // namespace trunkline::cloud::connect
