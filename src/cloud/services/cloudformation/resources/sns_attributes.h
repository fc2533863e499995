// Attributes of SNS topics and subscriptions: properties at the top in a template, texts in a map
// in the API, and each changed by an operation of its own.
#pragma once

#include <span>
#include <string_view>

#include "cloud/services/cloudformation/resource_type.h"

namespace trunkline::cloud::cloudformation {

struct SnsAttributes {
  std::span<const std::string_view> names;
  std::string_view arn;        // the member that names the resource
  std::string_view operation;  // that sets one
};

// Adds "Attributes" with those of the properties that are attributes.
void GatherSnsAttributes(const SnsAttributes& form, json::Object& properties);

// Sets what has changed; what is taken away becomes empty. A creation took them all.
net::aw<Answer<void>> ChangeSnsAttributes(WaitContext context, ResourceOrder order,
                                          const SnsAttributes* form);

}  // namespace trunkline::cloud::cloudformation
