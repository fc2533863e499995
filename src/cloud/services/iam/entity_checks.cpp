#include "cloud/services/iam/entity_checks.h"

#include <set>

#include "base/text.h"
#include "cloud/policy_document.h"
#include "cloud/services/iam/managed_policies.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::size_t kTrustSize = 2048;
constexpr std::size_t kManagedSize = 6144;

// IAM looks up the roles and users that a trust policy names.
bool Exists(Context& context, std::string_view arn) {
  const std::vector<std::string_view> parts = Split(arn, ':');
  if (parts.size() < 6 || parts[2] != "iam") return true;
  const bool role = parts[5].starts_with("role/");
  if (!role && !parts[5].starts_with("user/")) return true;
  const std::string_view name = parts[5].substr(parts[5].rfind('/') + 1);
  const Record* record =
      context.store.Find({std::string(parts[4]), ""}, role ? kRole : kUser, name);
  return record != nullptr && record->body.GetString("Arn") == arn;
}

}  // namespace

Answer<std::string> ChoosePath(const json::Object& input) {
  std::string path(input.GetString("Path", "/"));
  if (path.starts_with('/') && path.ends_with('/')) return path;
  return ServiceError(
      "ValidationError",
      "The specified value for path is invalid. It must begin and end with / and contain only "
      "alphanumeric characters and/or / characters.");
}

Answer<void> CheckNewName(Context& context, const Holder& holder, std::string_view name) {
  if (!context.store.FindByName(context.AccountScope(), holder.kind, "", ToLower(name))) return {};
  return AlreadyExists(fmt::format("{} with name {} already exists.", holder.title, name));
}

Answer<void> CheckTags(const json::Array& tags, TagKeys keys) {
  std::set<std::string> seen;
  for (const json::Value& tag : tags) {
    const std::string_view key = tag.AsObject().GetString("Key");
    if (seen.insert(keys == TagKeys::kAnyCase ? ToLower(key) : std::string(key)).second) continue;
    std::string text = "Duplicate tag keys found.";
    if (keys == TagKeys::kAnyCase) text += " Please note that Tag keys are case insensitive.";
    return ServiceError("InvalidInputException", text);
  }
  return {};
}

Answer<void> CheckTrust(Context& context, std::string_view document) {
  if (const auto problem = FindPolicyProblem(document, PolicyUse::kTrust))
    return MalformedPolicy(*problem);
  if (PolicySize(document) > kTrustSize)
    return LimitExceeded("Cannot exceed quota for ACLSizePerRole: 2048");
  for (const std::string& principal : AwsPrincipals(document)) {
    if (!Exists(context, principal)) {
      return MalformedPolicy("Invalid principal in policy: \"AWS\":\"" + principal + "\"");
    }
  }
  return {};
}

Answer<void> CheckInlinePolicy(Context& context, const Holder& holder, std::string_view id,
                               std::string_view name, std::string_view document) {
  if (const auto problem = FindPolicyProblem(document, PolicyUse::kIdentity))
    return MalformedPolicy(*problem);
  std::size_t size = PolicySize(document);
  for (const Record* other : context.store.List(context.AccountScope(), holder.inline_kind, id)) {
    if (other->name != name) size += PolicySize(other->body.GetString("PolicyDocument"));
  }
  if (size <= holder.inline_size) return {};
  return LimitExceeded(fmt::format("Maximum policy size of {} bytes exceeded for {} {}",
                                   holder.inline_size, holder.word, id));
}

Answer<void> CheckManagedPolicy(std::string_view document) {
  if (const auto problem = FindPolicyProblem(document, PolicyUse::kManaged))
    return MalformedPolicy(*problem);
  if (PolicySize(document) > kManagedSize)
    return LimitExceeded("Cannot exceed quota for PolicySize: 6144");
  return {};
}

namespace {

bool IsKnownPolicy(Context& context, std::string_view arn) {
  return FindManagedPolicy(arn) != nullptr ||
         context.store.Find(context.AccountScope(), kPolicy, arn) != nullptr;
}

}  // namespace

Answer<void> CheckAttachable(Context& context, std::string_view policy_arn) {
  if (IsKnownPolicy(context, policy_arn)) return {};
  const std::string arn(policy_arn);
  if (!arn.starts_with("arn:"))
    return ServiceError("ValidationError", "ARN " + arn + " is not valid.");
  std::string text = "Policy " + arn + " does not exist or is not attachable.";
  if (arn.starts_with(kManagedPrefix))
    text += " (The embedded cloud knows only a part of the policies AWS manages.)";
  return NoSuchEntity(text);
}

Answer<void> CheckBoundary(Context& context, std::string_view policy_arn) {
  if (IsKnownPolicy(context, policy_arn)) return {};
  const std::string arn(policy_arn);
  if (arn.find(":policy/") == std::string::npos)
    return ServiceError("InvalidInputException", "ARN " + arn + " is not valid.");
  return NoSuchEntity("Scope ARN: " + arn + " does not exist or is not attachable.");
}

}  // namespace trunkline::cloud::iam
