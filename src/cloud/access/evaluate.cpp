#include "cloud/access/evaluate.h"

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::cloud::access {
namespace {

// All policies of one sort: of the identity, of the session.
struct Side {
  bool allows = false;
  std::string denied_by;  // "statement 'x' of inline policy 'y'"
};

void AskOne(const NamedPolicy& policy, const Call& call, StatementAt without, Side& side) {
  const Opinion opinion =
      Ask(*policy.policy, call, false, without.policy == &policy ? without.statement : nullptr);
  side.allows = side.allows || opinion.effect == Effect::kAllow;
  if (opinion.effect == Effect::kDeny && side.denied_by.empty()) {
    side.denied_by = fmt::format("{} of {}", opinion.statements.front()->name, policy.name);
  }
}

Side AskAll(const std::vector<NamedPolicy>& policies, const Call& call, StatementAt without) {
  Side side;
  for (const NamedPolicy& policy : policies) AskOne(policy, call, without, side);
  return side;
}

std::string Names(const std::vector<NamedPolicy>& policies) {
  std::vector<std::string> names;
  names.reserve(policies.size());
  for (const NamedPolicy& policy : policies) names.push_back(policy.name);
  return names.empty() ? "there is none" : Join(names, ", ");
}

Decision Allowed() {
  return {.allowed = true, .denied = false, .why = {}, .detail = {}};
}

Decision Denied(std::string_view sort, std::string detail) {
  return {.allowed = false,
          .denied = true,
          .why = fmt::format("with an explicit deny in {} {}", sort.starts_with("i") ? "an" : "a",
                             sort),
          .detail = std::move(detail)};
}

Decision NotAllowed(std::string_view sort, const Call& call, std::string detail) {
  return {.allowed = false,
          .denied = false,
          .why = fmt::format("because no {} allows the {} action", sort, call.action),
          .detail = std::move(detail)};
}

struct Asked {
  Side identity;
  Side boundary;
  Side session;
  Opinion resource;
};

std::optional<Decision> FindDenial(const Asked& asked, const Policies& policies) {
  if (!asked.identity.denied_by.empty()) {
    return Denied("identity-based policy", asked.identity.denied_by);
  }
  if (asked.resource.effect == Effect::kDeny) {
    return Denied(
        "resource-based policy",
        fmt::format("{} of {}", asked.resource.statements.front()->name, policies.resource->name));
  }
  if (!asked.boundary.denied_by.empty()) {
    return Denied("permissions boundary", asked.boundary.denied_by);
  }
  if (!asked.session.denied_by.empty()) return Denied("session policy", asked.session.denied_by);
  return std::nullopt;
}

// What the identity's side says: its policies, within its boundary and its session's policies.
std::optional<Decision> FindLimit(const Call& call, const Policies& policies, const Asked& asked,
                                  bool by_resource) {
  if (!asked.identity.allows && !by_resource) {
    return NotAllowed("identity-based policy", call, Names(policies.identity));
  }
  if (policies.boundary && !asked.boundary.allows) {
    return NotAllowed("permissions boundary", call, policies.boundary->name);
  }
  if (!policies.session.empty() && !asked.session.allows) {
    return NotAllowed("session policy", call, Names(policies.session));
  }
  return std::nullopt;
}

Decision NotByResource(const Call& call, const Policies& policies) {
  return NotAllowed("resource-based policy", call,
                    policies.resource ? policies.resource->name : "there is none");
}

}  // namespace

Decision Evaluate(const Call& call, const Policies& policies, StatementAt without) {
  Asked asked{.identity = AskAll(policies.identity, call, without),
              .boundary = {},
              .session = AskAll(policies.session, call, without),
              .resource = {}};
  if (policies.boundary) AskOne(*policies.boundary, call, without, asked.boundary);
  if (policies.resource) {
    const bool here = without.policy == &*policies.resource;
    asked.resource =
        Ask(*policies.resource->policy, call, true, here ? without.statement : nullptr);
  }
  if (auto denial = FindDenial(asked, policies)) return std::move(*denial);

  const bool resource_allows = asked.resource.effect == Effect::kAllow;
  const bool same_account =
      policies.resource_account.empty() || policies.resource_account == call.account;
  if ((!same_account || policies.resource_must_allow) && !resource_allows) {
    return NotByResource(call, policies);
  }
  // The account's root, and a service that calls for itself, have no policies of their own.
  const bool has_policies = call.service.empty() && !call.principal_arn.ends_with(":root");
  if (!has_policies) {
    if (call.service.empty() || resource_allows) return Allowed();
    return NotByResource(call, policies);
  }
  // A resource's policy that names the very session or user needs nothing else; one that names the
  // role leaves the boundary and the session's policies in force. Within one account only.
  const bool by_itself = same_account && resource_allows && asked.resource.names_principal;
  if (by_itself) return Allowed();
  const bool by_resource = same_account && resource_allows && asked.resource.names_role;
  if (auto limit = FindLimit(call, policies, asked, by_resource)) return std::move(*limit);
  return Allowed();
}

}  // namespace trunkline::cloud::access
