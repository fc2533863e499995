#include "cloud/services/iam/holders.h"

#include <algorithm>

#include "base/text.h"

namespace trunkline::cloud::iam {
namespace {

std::string_view NameIn(std::string_view arn) {
  return arn.substr(arn.rfind('/') + 1);
}

}  // namespace

Answer<Record> FindHolder(Context& context, const Holder& holder, const json::Object& input) {
  const std::string_view name = input.GetString(holder.member);
  if (const Record* record = context.store.Find(context.AccountScope(), holder.kind, name)) {
    return *record;
  }
  return NoSuchEntity(fmt::format("The {} with name {} cannot be found.", holder.word, name));
}

Answer<Record> FindChangeable(Context& context, const Holder& holder, const json::Object& input) {
  TL_TRY(Record record, FindHolder(context, holder, input));
  TL_DO(CheckModifiable(record));
  return record;
}

Answer<void> CheckHasNoPolicies(Context& context, const Holder& holder, const Record& record) {
  if (!record.body.GetArray("AttachedPolicies").empty()) {
    return DeleteConflict("Cannot delete entity, must detach all policies first.");
  }
  if (!context.store.List(context.AccountScope(), holder.inline_kind, record.id).empty()) {
    return DeleteConflict("Cannot delete entity, must delete policies first.");
  }
  return {};
}

void RenameInlinePolicies(Context& context, const Holder& holder, std::string_view from,
                          std::string_view to) {
  const Scope scope = context.AccountScope();
  std::vector<Record> policies;
  for (const Record* policy : context.store.List(scope, holder.inline_kind, from)) {
    policies.push_back(*policy);
  }
  for (Record& policy : policies) {
    context.store.Delete(scope, holder.inline_kind, policy.id);
    policy.id = fmt::format("{}/{}", to, policy.name);
    policy.parent = to;
    context.store.Put(scope, holder.inline_kind, std::move(policy));
  }
}

json::Array ShowAttached(const Record& record) {
  std::vector<std::string_view> arns;
  for (const json::Value& arn : record.body.GetArray("AttachedPolicies")) {
    arns.push_back(arn.AsString());
  }
  std::ranges::sort(arns);
  json::Array shown;
  for (const std::string_view arn : arns) {
    shown.push_back(json::Object{{"PolicyName", NameIn(arn)}, {"PolicyArn", arn}});
  }
  return shown;
}

json::Array ShowInline(Context& context, const Holder& holder, const Record& record) {
  json::Array shown;
  for (const Record* policy :
       context.store.List(context.AccountScope(), holder.inline_kind, record.id)) {
    shown.push_back(
        json::Object{{"PolicyName", policy->name},
                     {"PolicyDocument", PercentEncode(policy->body.GetString("PolicyDocument"))}});
  }
  return shown;
}

PolicyUsage FindUsage(Context& context, const Holder& holder, std::string_view policy_arn) {
  PolicyUsage usage;
  for (const Record* record : context.store.List(context.AccountScope(), holder.kind)) {
    const json::Array& attached = record->body.GetArray("AttachedPolicies");
    const auto same = [&](const json::Value& arn) { return arn.AsString() == policy_arn; };
    if (std::ranges::any_of(attached, same)) usage.attached.push_back(record);
    if (record->body.GetString("PermissionsBoundary") == policy_arn) {
      usage.boundary.push_back(record);
    }
  }
  return usage;
}

UsageCount CountUsage(Context& context, std::string_view policy_arn) {
  UsageCount count;
  for (const Holder& holder : kHolders) {
    const PolicyUsage usage = FindUsage(context, holder, policy_arn);
    count.attached += usage.attached.size();
    count.boundary += usage.boundary.size();
  }
  return count;
}

}  // namespace trunkline::cloud::iam
