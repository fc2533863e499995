#include "cloud/access/resource.h"

#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/callers.h"
#include "cloud/services/iam/entities.h"
#include "cloud/services/logs/policies.h"
#include "cloud/services/s3/bucket.h"

namespace trunkline::cloud::access {
namespace {

std::string_view PartOf(std::string_view arn, std::size_t position) {
  const std::vector<std::string_view> parts = Split(arn, ':');
  return position < parts.size() ? parts[position] : std::string_view();
}

// The end of an ARN behind its fifth colon.
std::string_view NameIn(std::string_view arn) {
  for (int i = 0; i < 5; ++i) {
    const std::size_t colon = arn.find(':');
    if (colon == std::string_view::npos) return {};
    arn.remove_prefix(colon + 1);
  }
  return arn;
}

// Asks the resource's own service, as the resource's account.
std::optional<json::Object> AskOwner(Context& context, std::string_view arn,
                                     std::string_view service, std::string_view operation,
                                     const json::Object& input) {
  const std::string_view account = PartOf(arn, 4);
  const std::string_view region = PartOf(arn, 3);
  const Caller owner = account.empty() ? RootCaller(context.caller.account) : RootCaller(account);
  Answer<> answer =
      context.CallAs(owner, region.empty() ? context.region : region, service, operation, input);
  if (!answer) return std::nullopt;
  return std::move(*answer);
}

// IAM's records by the beginning of their ARNs' ends; with a path, the name is their last part.
struct EntitySort {
  std::string_view prefix;
  Kind kind;
};

std::string EntityArn(Context& context, const std::string& arn) {
  constexpr std::array<EntitySort, 4> kSorts = {{{"role/", iam::kRole},
                                                 {"user/", iam::kUser},
                                                 {"group/", iam::kGroup},
                                                 {"instance-profile/", iam::kInstanceProfile}}};
  const std::string_view name = NameIn(arn);
  for (const EntitySort& sort : kSorts) {
    if (!name.starts_with(sort.prefix)) continue;
    const Record* record = context.store.Find({std::string(PartOf(arn, 4)), ""}, sort.kind,
                                              name.substr(name.rfind('/') + 1));
    return record ? std::string(record->body.GetString("Arn")) : arn;
  }
  return arn;
}

// How a service tells the policy of one of its resources.
struct PolicySource {
  std::string_view service;
  std::string_view operation;
  std::string_view member;  // of the input: takes the ARN
  std::string_view policy;  // of the output, by path
};

constexpr std::array<PolicySource, 7> kSources = {{
    {"dynamodb", "GetResourcePolicy", "ResourceArn", "Policy"},
    {"kms", "GetKeyPolicy", "KeyId", "Policy"},
    {"lambda", "GetPolicy", "FunctionName", "Policy"},
    {"lexv2-models", "DescribeResourcePolicy", "resourceArn", "policy"},
    {"lexv2-runtime", "DescribeResourcePolicy", "resourceArn", "policy"},
    {"secretsmanager", "GetResourcePolicy", "SecretId", "ResourcePolicy"},
    {"sns", "GetTopicAttributes", "TopicArn", "Attributes"},
}};

void AddBucketPolicy(Context& context, PolicyCache& cache, const std::string& arn,
                     Policies& policies) {
  const std::string_view name = NameIn(arn).substr(0, NameIn(arn).find('/'));
  const auto bucket = s3::FindBucketByName(context, name);
  if (!bucket) return;
  policies.resource_account = (*bucket)->parent;
  if (const Record* document = s3::FindDocument(context, name, "policy")) {
    policies.resource = {.name = fmt::format("policy of bucket '{}'", name),
                         .policy = cache.Read(document->body.GetString("Policy"))};
  }
}

void AddTrust(Context& context, PolicyCache& cache, const std::string& arn, Policies& policies) {
  const std::string_view name = NameIn(arn).substr(NameIn(arn).rfind('/') + 1);
  const Record* role = context.store.Find({policies.resource_account, ""}, iam::kRole, name);
  policies.resource_must_allow = true;
  if (!role) return;
  policies.resource = {.name = TrustName(name),
                       .policy = cache.Read(role->body.GetString("AssumeRolePolicyDocument"))};
}

void AddQueuePolicy(Context& context, PolicyCache& cache, const std::string& arn,
                    Policies& policies) {
  json::Array names{"Policy"};
  const json::Object input{
      {"QueueUrl", fmt::format("{}/{}/{}", context.endpoint, PartOf(arn, 4), NameIn(arn))},
      {"AttributeNames", std::move(names)}};
  const auto answer = AskOwner(context, arn, "sqs", "GetQueueAttributes", input);
  const std::string_view policy =
      answer ? answer->GetObject("Attributes").GetString("Policy") : std::string_view();
  if (!policy.empty()) {
    policies.resource = {.name = fmt::format("policy of queue '{}'", NameIn(arn)),
                         .policy = cache.Read(policy)};
  }
}

// A version of a layer; its service takes its name and number.
void AddLayerPolicy(Context& context, PolicyCache& cache, const std::string& arn,
                    Policies& policies) {
  const std::size_t colon = arn.rfind(':');
  const json::Object input{{"LayerName", arn.substr(0, colon)},
                           {"VersionNumber", ToInt(arn.substr(colon + 1)).value_or(0)}};
  const auto answer = AskOwner(context, arn, "lambda", "GetLayerVersionPolicy", input);
  if (!answer) return;
  policies.resource = {.name = fmt::format("policy of '{}'", arn),
                       .policy = cache.Read(answer->GetString("Policy"))};
}

// All resource policies of CloudWatch Logs in the account and Region, as one: each says for itself
// which log groups it is about.
void AddLogPolicies(Context& context, PolicyCache& cache, const std::string& arn,
                    Policies& policies) {
  const Scope scope{.account = std::string(PartOf(arn, 4)), .region = std::string(PartOf(arn, 3))};
  json::Array statements;
  for (const Record* one : context.store.List(scope, logs::kPolicy)) {
    auto document = json::Parse(one->body.GetString("policyDocument"));
    if (!document || !document->IsObject()) continue;
    json::Value statement = document->AsObject().At("Statement");
    if (!statement.IsArray()) statement = json::Array{std::move(statement)};
    for (json::Value& each : statement.AsArray()) statements.push_back(std::move(each));
  }
  if (statements.empty()) return;
  const json::Object joined{{"Version", "2012-10-17"}, {"Statement", std::move(statements)}};
  policies.resource = {.name = "resource policies of CloudWatch Logs",
                       .policy = cache.Read(json::Write(joined))};
}

}  // namespace

std::string RealArn(Context& context, std::string_view service, const std::string& resource) {
  if (service == "iam" || service == "sts") return EntityArn(context, resource);
  if (service == "secretsmanager") {
    const std::string_view name = NameIn(resource);
    const std::string_view id =
        name.starts_with("secret:") ? name.substr(std::string_view("secret:").size()) : name;
    const auto secret =
        AskOwner(context, resource, service, "DescribeSecret", {{"SecretId", std::string(id)}});
    return secret ? std::string(secret->GetString("ARN")) : resource;
  }
  if (service == "kms" && NameIn(resource).starts_with("key/")) {
    const std::string_view id = NameIn(resource).substr(std::string_view("key/").size());
    const auto key =
        AskOwner(context, resource, service, "DescribeKey", {{"KeyId", std::string(id)}});
    return key ? std::string(key->GetObject("KeyMetadata").GetString("Arn")) : resource;
  }
  return resource;
}

std::string TrustName(std::string_view role) {
  return fmt::format("trust policy of role '{}'", role);
}

void AddResourcePolicy(Context& context, PolicyCache& cache, std::string_view service,
                       std::string_view action, const std::string& arn, Policies& policies) {
  policies.resource_account = PartOf(arn, 4);
  if (service == "s3") return AddBucketPolicy(context, cache, arn, policies);
  if (service == "logs") return AddLogPolicies(context, cache, arn, policies);
  if (service == "sqs") return AddQueuePolicy(context, cache, arn, policies);
  if (NameIn(arn).starts_with("layer:")) return AddLayerPolicy(context, cache, arn, policies);
  if (action.starts_with("sts:AssumeRole")) return AddTrust(context, cache, arn, policies);
  for (const PolicySource& source : kSources) {
    if (source.service != service || arn == "*") continue;
    const std::string_view owner = service == "lexv2-runtime" ? "lexv2-models" : service;
    const auto answer =
        AskOwner(context, arn, owner, source.operation, {{source.member.data(), arn}});
    if (!answer) continue;
    const json::Value* policy = answer->Find(source.policy);
    if (policy && policy->IsObject()) policy = policy->AsObject().Find("Policy");
    if (!policy || !policy->IsString()) continue;
    policies.resource = {.name = fmt::format("policy of '{}'", arn),
                         .policy = cache.Read(policy->AsString())};
    policies.resource_must_allow = service == "kms";
  }
}

}  // namespace trunkline::cloud::access
