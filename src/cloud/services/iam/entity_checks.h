// What IAM checks before it takes a name, a path, tags, a document or an attachment.
#pragma once

#include <string>
#include <string_view>

#include "cloud/services/iam/holders.h"

namespace trunkline::cloud::iam {

// A path begins and ends with '/'; "/" when there is none.
Answer<std::string> ChoosePath(const json::Object& input);

// Names are unique in any case: "User with name x already exists."
Answer<void> CheckNewName(Context& context, const Holder& holder, std::string_view name);

// No key twice. Roles and users take keys that differ in case alone as the same, policies and
// instance profiles do not.
enum class TagKeys { kAnyCase, kExact };
Answer<void> CheckTags(const json::Array& tags, TagKeys keys = TagKeys::kAnyCase);

// A trust policy: its grammar, its size, and that the roles and users it names exist.
Answer<void> CheckTrust(Context& context, std::string_view document);

// An inline policy, which counts with the other inline policies of its holder.
Answer<void> CheckInlinePolicy(Context& context, const Holder& holder, std::string_view id,
                               std::string_view name, std::string_view document);

// A version of a managed policy (6,144 characters).
Answer<void> CheckManagedPolicy(std::string_view document);

// Whether there is a managed policy of that ARN: AWS's own, or one of this account.
Answer<void> CheckAttachable(Context& context, std::string_view policy_arn);
// The same of a permissions boundary, in other words.
Answer<void> CheckBoundary(Context& context, std::string_view policy_arn);

}  // namespace trunkline::cloud::iam
