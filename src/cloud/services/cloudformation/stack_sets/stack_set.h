// Stack sets: one template in many accounts and Regions, with self-managed permissions. Records in
// the scope of the administrator's account and Region:
//
//   stack-set            id and name: its name. body: what DescribeStackSet shows
//   stack-set-instance   id: "<set>|<account>|<region>"; parent: the set
//   stack-set-operation  id: "<set>|<operation id>"; parent: the set. body: what is to be done
//   where
//                        ("Targets", "Results"), as a job goes through it
#pragma once

#include "cloud/services/cloudformation/stacks/records.h"

namespace trunkline::cloud::cloudformation {

inline constexpr Kind kStackSet{"cloudformation", "stack-set"};
inline constexpr Kind kStackSetInstance{"cloudformation", "stack-set-instance"};
inline constexpr Kind kStackSetOperation{"cloudformation", "stack-set-operation"};

// By its name, or its id "<name>:<uuid>".
Answer<Record> FindStackSet(Context& context, std::string_view name_or_id);
std::string InstanceId(std::string_view set, std::string_view account, std::string_view region);
std::string SetOperationId(std::string_view set, std::string_view operation_id);

// Writes an operation down and schedules it: Action is CREATE, UPDATE or DELETE, targets are
// [{Account, Region}]. One at a time: OperationInProgressException.
Answer<std::string> StartSetOperation(Context& context, const Record& set, std::string_view action,
                                      json::Array targets, const json::Object& input);

// Accounts x Regions of the input, Regions first in the preferred order.
Answer<json::Array> TargetsOf(const json::Object& input);

}  // namespace trunkline::cloud::cloudformation
