// Inline policies of roles, users and groups.
#include "base/text.h"
#include "cloud/operation_names.h"
#include "cloud/services/iam/entity_checks.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/holders.h"

namespace trunkline::cloud::iam {
namespace {

std::string PolicyId(std::string_view holder, std::string_view policy) {
  return fmt::format("{}/{}", holder, policy);
}

Answer<Record> FindPolicyOf(Context& context, const Holder& holder, const Record& record,
                            const json::Object& input) {
  const std::string_view name = input.GetString("PolicyName");
  if (const Record* policy = context.store.Find(context.AccountScope(), holder.inline_kind,
                                                PolicyId(record.id, name))) {
    return *policy;
  }
  return NoSuchEntity(
      fmt::format("The {} policy with name {} cannot be found.", holder.word, name));
}

template <const Holder& holder>
Answer<> Put(Context& context, const json::Object& input) {
  TL_TRY(const Record record, FindChangeable(context, holder, input));
  const std::string name(input.GetString("PolicyName"));
  TL_DO(CheckInlinePolicy(context, holder, record.id, name, input.GetString("PolicyDocument")));
  context.store.Put(context.AccountScope(), holder.inline_kind,
                    {.id = PolicyId(record.id, name),
                     .parent = record.id,
                     .name = name,
                     .body = {{"PolicyDocument", input.At("PolicyDocument")}}});
  return json::Object();
}

template <const Holder& holder>
Answer<> Get(Context& context, const json::Object& input) {
  TL_TRY(const Record record, FindHolder(context, holder, input));
  TL_TRY(const Record policy, FindPolicyOf(context, holder, record, input));
  return json::Object{{std::string(holder.member), policy.parent},
                      {"PolicyName", policy.name},
                      {"PolicyDocument", PercentEncode(policy.body.GetString("PolicyDocument"))}};
}

template <const Holder& holder>
Answer<> Delete(Context& context, const json::Object& input) {
  TL_TRY(const Record record, FindChangeable(context, holder, input));
  TL_TRY(const Record policy, FindPolicyOf(context, holder, record, input));
  context.store.Delete(context.AccountScope(), holder.inline_kind, policy.id);
  return json::Object();
}

template <const Holder& holder>
Answer<> List(Context& context, const json::Object& input) {
  TL_TRY(const Record record, FindHolder(context, holder, input));
  std::vector<std::string> names;
  for (const Record* policy :
       context.store.List(context.AccountScope(), holder.inline_kind, record.id)) {
    names.push_back(policy->name);
  }
  TL_TRY(const Page page,
         TakePage(input, fmt::format("Inline {} {}", holder.word, record.id), names));

  json::Array shown;
  for (std::size_t i = page.begin; i < page.end; ++i) shown.push_back(names[i]);
  json::Object answer{{"PolicyNames", std::move(shown)}};
  SetPage(answer, page);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DeleteGroupPolicy", .handle = Delete<kGroupHolder>},
    {.name = "DeleteRolePolicy", .handle = Delete<kRoleHolder>},
    {.name = "DeleteUserPolicy", .handle = Delete<kUserHolder>},
    {.name = "GetGroupPolicy", .handle = Get<kGroupHolder>},
    {.name = "GetRolePolicy", .handle = Get<kRoleHolder>},
    {.name = "GetUserPolicy", .handle = Get<kUserHolder>},
    {.name = "ListGroupPolicies", .handle = List<kGroupHolder>},
    {.name = "ListRolePolicies", .handle = List<kRoleHolder>},
    {.name = "ListUserPolicies", .handle = List<kUserHolder>},
    {.name = "PutGroupPolicy", .handle = Put<kGroupHolder>},
    {.name = "PutRolePolicy", .handle = Put<kRoleHolder>},
    {.name = "PutUserPolicy", .handle = Put<kUserHolder>},
};
static_assert(NamesInOrder(kOperations));

}  // namespace

constinit const Family kInlinePolicyOperations = kOperations;

}  // namespace trunkline::cloud::iam
