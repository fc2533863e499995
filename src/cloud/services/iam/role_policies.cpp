// Inline policies of roles.
#include "base/text.h"
#include "cloud/services/iam/entities.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/role_checks.h"

namespace trunkline::cloud::iam {
namespace {

std::string PolicyId(std::string_view role, std::string_view policy) {
  return std::string(role) + "/" + std::string(policy);
}

Answer<Record> FindRolePolicy(Context& context, const json::Object& input) {
  TL_TRY(const Record role, FindRole(context, input.GetString("RoleName")));
  const std::string name(input.GetString("PolicyName"));
  if (const Record* policy =
          context.store.Find(context.AccountScope(), kRolePolicy, PolicyId(role.id, name))) {
    return *policy;
  }
  return NoSuchEntity("The role policy with name " + name + " cannot be found.");
}

Answer<> PutRolePolicy(Context& context, const json::Object& input) {
  TL_TRY(const Record role, FindRole(context, input.GetString("RoleName")));
  TL_DO(CheckModifiable(role));
  const std::string name(input.GetString("PolicyName"));
  TL_DO(CheckInlinePolicy(context, role.id, name, input.GetString("PolicyDocument")));
  context.store.Put(context.AccountScope(), kRolePolicy,
                    {.id = PolicyId(role.id, name),
                     .parent = role.id,
                     .name = name,
                     .body = {{"PolicyDocument", input.At("PolicyDocument")}}});
  return json::Object();
}

Answer<> GetRolePolicy(Context& context, const json::Object& input) {
  TL_TRY(const Record policy, FindRolePolicy(context, input));
  return json::Object{{"RoleName", policy.parent},
                      {"PolicyName", policy.name},
                      {"PolicyDocument", PercentEncode(policy.body.GetString("PolicyDocument"))}};
}

Answer<> DeleteRolePolicy(Context& context, const json::Object& input) {
  TL_TRY(const Record policy, FindRolePolicy(context, input));
  TL_TRY(const Record role, FindRole(context, policy.parent));
  TL_DO(CheckModifiable(role));
  context.store.Delete(context.AccountScope(), kRolePolicy, policy.id);
  return json::Object();
}

Answer<> ListRolePolicies(Context& context, const json::Object& input) {
  TL_TRY(const Record role, FindRole(context, input.GetString("RoleName")));
  std::vector<std::string> names;
  for (const Record* policy : context.store.List(context.AccountScope(), kRolePolicy, role.id)) {
    names.push_back(policy->name);
  }
  TL_TRY(const Page page, TakePage(input, "ListRolePolicies " + role.id, names));

  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) shown.push_back(names[i]);
  json::Object answer{{"PolicyNames", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DeleteRolePolicy", .handle = DeleteRolePolicy},
    {.name = "GetRolePolicy", .handle = GetRolePolicy},
    {.name = "ListRolePolicies", .handle = ListRolePolicies},
    {.name = "PutRolePolicy", .handle = PutRolePolicy},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kRolePolicyOperations = kOperations;

}  // namespace trunkline::cloud::iam
