#include "cloud/access/usage.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "cloud/access/resource.h"
#include "cloud/dispatch.h"

namespace trunkline::cloud::access {
namespace {

constexpr std::string_view kManaged = "managed policy 'arn:";

struct Asked {
  PolicyKey key;
  const NamedPolicy* policy;
  bool with_principals = false;
};

// Session policies are not among them: they are a call's own, and nobody keeps them.
std::vector<Asked> PoliciesOf(const Call& call, const Policies& policies) {
  std::vector<Asked> asked;
  for (const NamedPolicy& policy : policies.identity)
    asked.push_back({.key = KeyOf(Sort::kIdentity, call.account, policy.name), .policy = &policy});
  if (policies.boundary) {
    asked.push_back({.key = KeyOf(Sort::kBoundary, call.account, policies.boundary->name),
                     .policy = &*policies.boundary});
  }
  if (policies.resource) {
    const Sort sort = call.action.starts_with("sts:AssumeRole") ? Sort::kTrust : Sort::kResource;
    asked.push_back({.key = KeyOf(sort, policies.resource_account, policies.resource->name),
                     .policy = &*policies.resource,
                     .with_principals = true});
  }
  return asked;
}

void Add(bool needed, Count& count) {
  ++count.used;
  if (needed) ++count.needed;
}

// A pattern is needed when its statement is, and names the call by no other.
void AddPatterns(const std::vector<std::string>& patterns, bool needed,
                 std::map<std::string, Count, std::less<>>& counts) {
  for (const std::string& pattern : patterns) Add(needed && patterns.size() == 1, counts[pattern]);
}

void AddStatement(const Policy& policy, const Statement& statement, const Call& call, bool needed,
                  PolicyCount& count) {
  StatementCount& own = count.statements[statement.name];
  Add(needed, own.all);
  AddPatterns(ActionsFor(statement, call), needed, own.actions);
  AddPatterns(ResourcesFor(policy, statement, call), needed, own.resources);
}

}  // namespace

std::string_view WordOf(Sort sort) {
  switch (sort) {
    case Sort::kIdentity:
      return "identity";
    case Sort::kBoundary:
      return "boundary";
    case Sort::kResource:
      return "resource";
    case Sort::kTrust:
      return "trust";
  }
  return {};
}

PolicyKey KeyOf(Sort sort, std::string_view account, std::string_view name) {
  std::string owner(account);
  if (name.starts_with(kManaged)) {
    const std::vector<std::string_view> parts = Split(name, ':');
    if (parts.size() > 4) owner = parts[4];
  }
  return {.sort = sort, .account = std::move(owner), .name = std::string(name)};
}

PolicyKey TrustKey(std::string_view account, std::string_view role) {
  return KeyOf(Sort::kTrust, account, TrustName(role));
}

void Usage::Know(const PolicyKey& key, std::shared_ptr<const Policy> policy) {
  policies_[key].policy = std::move(policy);
}

void Usage::Note(const Call& call, const Policies& policies, const Decision& decision) {
  ++decisions_;
  const Effect effect = decision.allowed ? Effect::kAllow : Effect::kDeny;
  for (const Asked& asked : PoliciesOf(call, policies)) {
    PolicyCount& count = policies_[asked.key];
    count.policy = asked.policy->policy;
    const Opinion opinion = Ask(*count.policy, call, asked.with_principals);
    if (opinion.effect != effect) continue;
    for (const Statement* statement : opinion.statements) {
      const StatementAt without{.policy = asked.policy, .statement = statement};
      const bool needed = Evaluate(call, policies, without).allowed != decision.allowed;
      AddStatement(*count.policy, *statement, call, needed, count);
    }
  }
  if (decision.allowed) return;
  Refuse({.principal = call.role_arn.empty() ? call.principal_arn : call.role_arn,
          .action = call.action,
          .resource = call.resource,
          .why = decision.why});
}

void Usage::NoteService(const PolicyKey& key, const NamedPolicy& policy,
                        std::span<const Call> calls, bool lets) {
  ++decisions_;
  PolicyCount& count = policies_[key];
  count.policy = policy.policy;
  if (!lets) return;
  // The same statement may speak for several of the names: it is one.
  std::vector<std::pair<const Statement*, const Call*>> speaking;
  for (const Call& call : calls) {
    for (const Statement* statement : Ask(*policy.policy, call, true).statements) {
      const bool known =
          std::ranges::any_of(speaking, [&](const auto& one) { return one.first == statement; });
      if (!known) speaking.emplace_back(statement, &call);
    }
  }
  for (const auto& [statement, call] : speaking)
    AddStatement(*policy.policy, *statement, *call, speaking.size() == 1, count);
}

void Usage::Refuse(Refusal refusal) {
  const auto known = refusals_.find(refusal);
  if (known == refusals_.end() && refusals_.size() >= kMaxRefusals) {
    ++refusals_left_out_;
    return;
  }
  ++refusals_[std::move(refusal)];
}

void Usage::Forget() {
  policies_.clear();
  refusals_.clear();
  refusals_left_out_ = 0;
  decisions_ = 0;
}

Decision Decide(const Context& context, const Call& call, const Policies& policies) {
  Decision decision = Evaluate(call, policies);
  if (Usage* usage = context.dispatch.usage()) usage->Note(call, policies, decision);
  return decision;
}

}  // namespace trunkline::cloud::access
