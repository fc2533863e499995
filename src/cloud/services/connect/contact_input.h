// What the operations that start or change contacts have in common: checks of their input.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::connect {

// Names of letters, digits, '-' and '_'; together at most 32,768 bytes. InvalidParameterException.
Answer<void> CheckContactAttributes(const json::Object& attributes);
// What a contact's references may be: a URL and the like, at most 4,096 bytes together.
// InvalidParameterException; attachments and e-mail messages come from elsewhere.
Answer<void> CheckContactReferences(const json::Object& references);
// A published flow of the type CONTACT_FLOW, by id or ARN: its record. ResourceNotFoundException,
// InvalidParameterException.
Answer<const Record*> FindContactFlow(Context& context, const Record& instance,
                                      std::string_view id_or_arn);
// InvalidParameterException where the input has the member, which this cloud cannot follow.
Answer<void> RefuseMembers(const json::Object& input, std::span<const std::string_view> members);

}  // namespace trunkline::cloud::connect
