#include "cloud/services/cloudformation/serverless/roles.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/policy_templates.h"
#include "cloud/services/iam/managed_policies.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

enum class PolicyKind { kManaged, kDocument, kTemplate, kUnknown };

bool IsTemplateCall(const json::Value& policy) {
  return policy.IsObject() && policy.AsObject().size() == 1 &&
         IsPolicyTemplate(policy.AsObject().begin()->key);
}

PolicyKind KindOf(const json::Value& policy) {
  if (policy.IsString()) return PolicyKind::kManaged;
  if (const json::Array* branches = IfArguments(policy))
    return KindOf(IsNoValue((*branches)[1]) ? (*branches)[2] : (*branches)[1]);
  if (IsIntrinsic(policy)) return PolicyKind::kManaged;
  if (policy.IsObject() && policy.AsObject().Has("Statement")) return PolicyKind::kDocument;
  return IsTemplateCall(policy) ? PolicyKind::kTemplate : PolicyKind::kUnknown;
}

// Both branches of an Fn::If are of one kind.
Answer<void> CheckBranches(const json::Value& policy) {
  const json::Array* branches = IfArguments(policy);
  if (!branches) {
    if (IsIntrinsic(policy) && policy.AsObject().Has("Fn::If"))
      return InvalidStructure("Fn::If requires 3 arguments");
    return {};
  }
  const json::Value& then = (*branches)[1];
  const json::Value& otherwise = (*branches)[2];
  if (IsNoValue(then) || IsNoValue(otherwise) || KindOf(then) == KindOf(otherwise)) return {};
  return InvalidStructure(
      "Different policy types within the same Fn::If statement is unsupported. Separate different "
      "policy types into different Fn::If statements");
}

Answer<json::Value> Expanded(const std::string& id, const json::Value& policy) {
  if (const json::Array* branches = IfArguments(policy)) {
    TL_TRY(json::Value then, Expanded(id, (*branches)[1]));
    TL_TRY(json::Value otherwise, Expanded(id, (*branches)[2]));
    return If((*branches)[0], std::move(then), std::move(otherwise));
  }
  if (!IsTemplateCall(policy)) return policy;
  const json::Member& call = *policy.AsObject().begin();
  return FromPolicyTemplate(id, call.key, call.value);
}

// A name of AWS's own policies becomes its ARN; every other text stays.
json::Value ManagedArnOf(const json::Value& policy) {
  if (!policy.IsString()) return policy;
  const auto all = iam::AllManagedPolicies();
  const auto found = std::find_if(all.begin(), all.end(), [&](const iam::ManagedPolicy& one) {
    return one.name == policy.AsString();
  });
  return found == all.end() ? policy : json::Value(iam::ManagedArn(*found));
}

// Applies to the value, or to the branches of its Fn::If that are one.
template <class Convert>
json::Value InBranches(const json::Value& value, const Convert& convert) {
  const json::Array* branches = IfArguments(value);
  if (!branches) return convert(value);
  const auto branch = [&](const json::Value& one) { return IsNoValue(one) ? one : convert(one); };
  return If((*branches)[0], branch((*branches)[1]), branch((*branches)[2]));
}

Answer<void> AddPolicy(const Source& source, std::size_t index, const json::Value& policy,
                       RoleParts& parts) {
  TL_DO(CheckBranches(policy));
  if (KindOf(policy) == PolicyKind::kDocument) {
    const std::string name = fmt::format("{}RolePolicy{}", source.id, index);
    parts.policies.push_back(InBranches(policy, [&](const json::Value& document) {
      return json::Value(json::Object{{"PolicyName", name}, {"PolicyDocument", document}});
    }));
    return {};
  }
  if (KindOf(policy) == PolicyKind::kManaged) {
    json::Value arn = InBranches(policy, ManagedArnOf);
    if (std::find(parts.managed.begin(), parts.managed.end(), arn) == parts.managed.end())
      parts.managed.push_back(std::move(arn));
    return {};
  }
  return InvalidResource(
      source.id, fmt::format("Policy at index {} in the 'Policies' property is not valid", index));
}

json::Object Allow(std::string_view action, json::Value resource) {
  json::Object statement;
  statement.Set("Action", action);
  statement.Set("Effect", "Allow");
  statement.Set("Resource", std::move(resource));
  return statement;
}

json::Value NamedPolicy(std::string_view name, json::Array statements) {
  json::Object document;
  document.Set("Statement", std::move(statements));
  return json::Value(json::Object{{"PolicyName", name}, {"PolicyDocument", std::move(document)}});
}

json::Value BucketPolicy(std::string_view id, const json::Value& bucket) {
  json::Object within;
  within.Set("Fn::Join", json::Array{"/", json::Array{bucket, "*"}});
  json::Array statements;
  statements.emplace_back(Allow("s3:PutObject", json::Value(std::move(within))));
  statements.emplace_back(Allow("s3:ListBucket", bucket));
  return NamedPolicy(fmt::format("{}S3Policy", id), std::move(statements));
}

struct Destination {
  std::string_view type;
  std::string_view suffix;
  std::string_view action;
};
constexpr Destination kDestinations[] = {
    {"EventBridge", "EventBridgePolicy", "events:PutEvents"},
    {"Lambda", "LambdaPolicy", "lambda:InvokeFunction"},
    {"SNS", "SNSPolicy", "sns:publish"},
    {"SQS", "SQSPolicy", "sqs:SendMessage"},
};

}  // namespace

Answer<void> ExpandPolicyTemplates(Source& source) {
  const json::Value* policies = Given(source.properties, "Policies");
  if (!policies) return {};
  const json::Array all = policies->IsArray() ? policies->AsArray() : json::Array{*policies};
  json::Array expanded;
  for (const json::Value& policy : all) {
    TL_DO(CheckBranches(policy));
    TL_TRY(json::Value one, Expanded(source.id, policy));
    expanded.push_back(std::move(one));
  }
  source.properties.Set("Policies", std::move(expanded));
  return {};
}

Answer<Resource> MakeExecutionRole(const Source& source, RoleParts parts) {
  std::size_t index = 0;
  for (const json::Value& policy : source.properties.GetArray("Policies"))
    TL_DO(AddPolicy(source, index++, policy, parts));
  Resource role{.id = source.id + "Role",
                .type = "AWS::IAM::Role",
                .members = source.Inherited(),
                .properties = {}};
  role.properties.Set("AssumeRolePolicyDocument", std::move(parts.trust));
  role.properties.Set("ManagedPolicyArns", std::move(parts.managed));
  Copy(role.properties, "Path", source.properties, "RolePath");
  if (!parts.policies.empty()) role.properties.Set("Policies", std::move(parts.policies));
  Copy(role.properties, "PermissionsBoundary", source.properties);
  role.properties.Set("Tags", std::move(parts.tags));
  return role;
}

json::Object TrustOf(std::string_view service) {
  json::Object principal{{"Service", json::Array{service}}};
  json::Object statement;
  statement.Set("Action", json::Array{"sts:AssumeRole"});
  statement.Set("Effect", "Allow");
  statement.Set("Principal", std::move(principal));
  json::Array statements;
  statements.emplace_back(std::move(statement));
  return {{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
}

json::Value InlinePolicy(std::string_view name, std::string_view action, json::Value resource) {
  json::Array statements;
  statements.emplace_back(Allow(action, std::move(resource)));
  return NamedPolicy(name, std::move(statements));
}

json::Value DestinationPolicy(std::string_view type, std::string_view id,
                              const json::Value& destination) {
  if (type == "S3" || type == "S3Bucket") return BucketPolicy(id, destination);
  for (const Destination& row : kDestinations) {
    if (row.type == type)
      return InlinePolicy(fmt::format("{}{}", id, row.suffix), row.action, destination);
  }
  return nullptr;
}

void AddManagedPolicy(Resource& role, std::string_view name) {
  json::Array all = role.properties.GetArray("ManagedPolicyArns");
  json::Value arn(ManagedPolicyArn(name));
  if (std::find(all.begin(), all.end(), arn) != all.end()) return;
  all.push_back(std::move(arn));
  role.properties.Set("ManagedPolicyArns", std::move(all));
}

void AddInlinePolicy(Resource& role, json::Value policy) {
  json::Array all = role.properties.GetArray("Policies");
  const json::Value& document = policy.AsObject().At("PolicyDocument");
  const bool known = std::any_of(all.begin(), all.end(), [&](const json::Value& one) {
    const json::Value* other = one.IsObject() ? one.AsObject().Find("PolicyDocument") : nullptr;
    return other && *other == document;
  });
  if (known) return;
  all.push_back(std::move(policy));
  role.properties.Set("Policies", std::move(all));
}

}  // namespace trunkline::cloud::cloudformation::serverless
