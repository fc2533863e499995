// Resource policies: which services may write to log groups. Kept by name for the account, or by
// the ARN of one log group.
#include "cloud/services/logs/policies.h"

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/random.h"
#include "cloud/list_page.h"
#include "cloud/policy_document.h"
#include "cloud/services/logs/families.h"
#include "cloud/services/logs/groups.h"

namespace trunkline::cloud::logs {
namespace {

constexpr std::size_t kMostPolicies = 10;  // per account and Region (documented)
constexpr std::size_t kDefaultPage = 50;

Answer<std::string> PolicyId(Context& context, const json::Object& input) {
  const std::string name(input.GetString("policyName"));
  std::string arn(input.GetString("resourceArn"));
  if (name.empty() == arn.empty())
    return BadParameter("Either policyName or resourceArn is required, and not both.");
  if (arn.empty()) return name;
  if (arn.ends_with(":*")) arn.resize(arn.size() - 2);
  const std::string groups = GroupArn(context, "");
  if (!arn.starts_with(groups)) return NotFound("resource");
  TL_DO(FindGroup(context, arn.substr(groups.size())));
  return arn;
}

// A list of one is shown as what it holds, and a document without a version has the old one; seen
// in recordings of the service.
void Unwrap(json::Object& object) {
  for (json::Member& member : object) {
    if (member.value.IsObject()) Unwrap(member.value.AsObject());
    if (member.key == "Statement" || !member.value.IsArray()) continue;
    if (member.value.AsArray().size() != 1) continue;
    json::Value only = std::move(member.value.AsArray().front());
    member.value = std::move(only);
  }
}

std::string ShownDocument(std::string_view document) {
  auto parsed = json::Parse(document);
  if (!parsed || !parsed->IsObject()) return std::string(document);
  json::Object shown{{"Version", parsed->AsObject().GetString("Version", "2008-10-17")}};
  for (json::Member& member : parsed->AsObject()) shown.Set(member.key, std::move(member.value));
  json::Array statements = shown.GetArray("Statement");
  for (json::Value& statement : statements) {
    if (statement.IsObject()) Unwrap(statement.AsObject());
  }
  if (!statements.empty()) shown.Set("Statement", std::move(statements));
  return json::Write(shown);
}

// A policy of one log group is changed by whoever knows its last revision.
Answer<void> CheckRevision(const json::Object& input, const Record* kept) {
  const std::string_view expected = input.GetString("expectedRevisionId");
  if (expected.empty()) return {};
  if (kept && kept->body.GetString("revisionId") == expected) return {};
  return ServiceError("OperationAbortedException",
                      "The revision id does not match the policy's last one.");
}

Answer<> PutResourcePolicy(Context& context, const json::Object& input) {
  TL_TRY(const std::string id, PolicyId(context, input));
  const std::string_view document = input.GetString("policyDocument");
  if (FindPolicyProblem(document, PolicyUse::kResource))
    return BadParameter("Resource policy is invalid.");
  const Record* kept = context.store.Find(context.RegionScope(), kPolicy, id);
  TL_DO(CheckRevision(input, kept));
  if (!kept && context.store.List(context.RegionScope(), kPolicy).size() >= kMostPolicies)
    return ServiceError("LimitExceededException", "Resource limit exceeded.");
  json::Object policy{{"policyDocument", document}, {"lastUpdatedTime", Milliseconds1970(context)}};
  policy.SetIfNotEmpty("policyName", input.GetString("policyName"));
  policy.Set("policyScope", input.Has("resourceArn") ? "RESOURCE" : "ACCOUNT");
  json::Object answer;
  if (input.Has("resourceArn")) {
    policy.Set("resourceArn", id);
    policy.Set("revisionId", NewUuid(context.random));
    answer.Set("revisionId", policy.At("revisionId"));
  }
  context.store.Put(context.RegionScope(), kPolicy,
                    {.id = id, .parent = "", .name = id, .body = policy});
  answer.Set("resourcePolicy", std::move(policy));
  return answer;
}

Answer<> DeleteResourcePolicy(Context& context, const json::Object& input) {
  TL_TRY(const std::string id, PolicyId(context, input));
  const Record* kept = context.store.Find(context.RegionScope(), kPolicy, id);
  if (!kept) {
    return ServiceError("ResourceNotFoundException",
                        fmt::format("Policy with name [{}] does not exist.", id));
  }
  TL_DO(CheckRevision(input, kept));
  context.store.Delete(context.RegionScope(), kPolicy, id);
  return json::Object();
}

Answer<> DescribeResourcePolicies(Context& context, const json::Object& input) {
  const std::string_view scope = input.GetString("policyScope", "ACCOUNT");
  const std::string_view arn = input.GetString("resourceArn");
  json::Array policies;
  for (const Record* policy : context.store.List(context.RegionScope(), kPolicy)) {
    const bool wanted =
        arn.empty() ? policy->body.GetString("policyScope") == scope : policy->id == arn;
    if (!wanted) continue;
    json::Object shown = policy->body;
    shown.Set("policyDocument", ShownDocument(policy->body.GetString("policyDocument")));
    shown.Set("id", policy->id);
    policies.push_back(std::move(shown));
  }
  auto page = TakePage(std::move(policies),
                       {.name = "policies",
                        .order = "id",
                        .limit = static_cast<std::size_t>(input.GetInt("limit", kDefaultPage)),
                        .token = input.GetString("nextToken")});
  if (!page) return BadParameter("The specified nextToken is invalid.");
  for (json::Value& policy : page->items) policy.AsObject().Remove("id");
  json::Object answer{{"resourcePolicies", std::move(page->items)}};
  answer.SetIfNotEmpty("nextToken", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DeleteResourcePolicy", .handle = DeleteResourcePolicy},
    {.name = "DescribeResourcePolicies", .handle = DescribeResourcePolicies},
    {.name = "PutResourcePolicy", .handle = PutResourcePolicy},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPolicyOperations = kOperations;

}  // namespace trunkline::cloud::logs
