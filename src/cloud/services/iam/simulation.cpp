#include "cloud/services/iam/simulation.h"

#include <algorithm>

#include "base/text.h"
#include "cloud/access/context_keys.h"
#include "cloud/access/identity.h"
#include "cloud/arn.h"
#include "cloud/policy_document.h"
#include "cloud/services/iam/holders.h"

namespace trunkline::cloud::iam {
namespace {

using access::NamedPolicy;

ServiceError InvalidInput(std::string_view text) {
  return {"InvalidInputException", text};
}

Answer<NamedPolicy> ReadOne(std::string_view text, std::string name, PolicyUse use) {
  if (const auto problem = FindPolicyProblem(text, use)) {
    return InvalidInput(fmt::format("Syntax errors in policy. {}", *problem));
  }
  return NamedPolicy{.name = std::move(name), .policy = access::ReadPolicy(text)};
}

// Who a policy that is nobody's is simulated for: a user of the account without policies of its
// own.
void SetCaller(Context& context, const json::Object& input, access::Call& call) {
  call.account = context.caller.account;
  call.principal_arn = IamArn(context, "user/simulated");
  const std::string_view arn = input.GetString("CallerArn", input.GetString("PolicySourceArn"));
  if (const auto parsed = ParseArn(arn)) {
    call.account = parsed->account;
    call.principal_arn = arn;
    call.role_arn = parsed->resource.starts_with("role/") ? std::string(arn) : std::string();
    call.keys["aws:principalarn"] = {std::string(arn)};
    call.keys["aws:principalaccount"] = {parsed->account};
  }
}

void AddContextEntries(const json::Object& input, access::Keys& keys) {
  for (const json::Value& entry : input.GetArray("ContextEntries")) {
    const json::Object& body = entry.AsObject();
    keys[ToLower(body.GetString("ContextKeyName"))] =
        access::PolicyTexts(body.Find("ContextKeyValues"));
  }
}

// The place behind so many bytes of a text: lines and columns from 1.
json::Object PositionAt(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const std::size_t line = before.rfind('\n');
  const std::size_t column =
      line == std::string_view::npos ? before.size() : before.size() - line - 1;
  return {{"Line", std::ranges::count(before, '\n') + 1}, {"Column", column + 1}};
}

// Behind the brace that closes the object at `begin`.
std::size_t EndOf(std::string_view text, std::size_t begin) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (text[at] == '\\' && quoted) {
      ++at;
    } else if (text[at] == '"') {
      quoted = !quoted;
    } else if (!quoted && text[at] == '{') {
      ++depth;
    } else if (!quoted && text[at] == '}' && --depth == 0) {
      return at + 1;
    }
  }
  return text.size();
}

// AWS's parser names the place behind the token before a statement, and the one behind it.
std::size_t BeginOf(std::string_view text, std::size_t offset) {
  const std::size_t before = text.find_last_not_of(" \t\r\n", offset == 0 ? 0 : offset - 1);
  return before == std::string_view::npos ? offset : before + 1;
}

struct Matched {
  const NamedPolicy* policy;
  const access::Statement* statement;
};

void AddMatched(const NamedPolicy& policy, const access::Call& call, bool with_principals,
                std::vector<Matched>& matched) {
  for (const access::Statement* statement :
       access::Ask(*policy.policy, call, with_principals).statements) {
    matched.push_back({.policy = &policy, .statement = statement});
  }
}

// Where a Deny decides, only what denies is shown; nothing for what nobody allowed.
json::Array ShowMatched(const Simulation& simulation, const access::Decision& decision) {
  std::vector<Matched> matched;
  const access::Policies& policies = simulation.policies;
  for (const NamedPolicy& one : policies.identity) AddMatched(one, simulation.call, false, matched);
  if (policies.boundary) AddMatched(*policies.boundary, simulation.call, false, matched);
  if (policies.resource) AddMatched(*policies.resource, simulation.call, true, matched);
  json::Array shown;
  for (const Matched& one : matched) {
    if (one.statement->denies != decision.denied) continue;
    const std::string_view text = one.policy->policy->text;
    const bool resource = policies.resource && one.policy == &*policies.resource;
    shown.push_back(
        json::Object{{"SourcePolicyId", one.policy->id},
                     {"SourcePolicyType", resource ? "Resource Policy" : "IAM Policy"},
                     {"StartPosition", PositionAt(text, BeginOf(text, one.statement->offset))},
                     {"EndPosition", PositionAt(text, EndOf(text, one.statement->offset))}});
  }
  return shown;
}

json::Array FindMissingKeys(const Simulation& simulation) {
  std::vector<std::string> asked;
  const access::Policies& policies = simulation.policies;
  for (const NamedPolicy& one : policies.identity) CollectContextKeys(*one.policy, asked);
  if (policies.boundary) CollectContextKeys(*policies.boundary->policy, asked);
  if (policies.resource) CollectContextKeys(*policies.resource->policy, asked);
  json::Array missing;
  for (const std::string& key : asked) {
    if (!simulation.call.keys.contains(ToLower(key))) missing.emplace_back(key);
  }
  return missing;
}

Answer<void> AddBoundary(const json::Object& input, Simulation& simulation) {
  TL_TRY(std::vector<NamedPolicy> boundaries,
         ReadInputPolicies(input, "PermissionsBoundaryPolicyInputList"));
  if (boundaries.empty()) return {};
  if (boundaries.size() > 1) return InvalidInput("Only one permissions boundary can be simulated.");
  simulation.policies.boundary = std::move(boundaries.front());
  return {};
}

Answer<void> AddResource(const json::Object& input, Simulation& simulation) {
  if (const auto owner = ParseArn(input.GetString("ResourceOwner"))) {
    simulation.policies.resource_account = owner->account;
  }
  if (!input.Has("ResourcePolicy")) return {};
  const bool user = input.GetString("PolicySourceArn").find(":user/") != std::string_view::npos;
  if (!user && !input.Has("CallerArn")) {
    return InvalidInput("CallerArn is required when a ResourcePolicy is simulated.");
  }
  TL_TRY(simulation.policies.resource,
         ReadOne(input.GetString("ResourcePolicy"), "ResourcePolicy", PolicyUse::kResource));
  simulation.policies.resource->id = "ResourcePolicy";
  return {};
}

}  // namespace

Answer<std::vector<NamedPolicy>> ReadInputPolicies(const json::Object& input,
                                                   std::string_view member) {
  std::vector<NamedPolicy> policies;
  for (const json::Value& text : input.GetArray(member)) {
    const std::string name = fmt::format("{}.{}", member, policies.size() + 1);
    TL_TRY(NamedPolicy policy, ReadOne(text.AsString(), name, PolicyUse::kIdentity));
    policy.id = name;
    policies.push_back(std::move(policy));
  }
  return policies;
}

Answer<Simulation> FindSource(Context& context, const json::Object& input) {
  if (!input.Has("PolicySourceArn")) return Simulation();
  const std::string_view arn = input.GetString("PolicySourceArn");
  const auto parsed = ParseArn(arn);
  if (!parsed || parsed->service != "iam" || parsed->account != context.caller.account) {
    return InvalidInput(
        fmt::format("Invalid Entity Arn: {} does not clearly define entity type "
                    "and name.",
                    arn));
  }
  access::PolicyCache cache;
  auto identity = access::FindIdentityByArn(context, cache, arn);
  if (!identity) return NoSuchEntity(fmt::format("Entity {} cannot be found.", arn));
  Simulation simulation;
  simulation.policies = std::move(identity->policies);
  simulation.call.keys = std::move(identity->keys);
  return simulation;
}

Answer<Simulation> MakeSimulation(Context& context, const json::Object& input) {
  TL_TRY(Simulation simulation, FindSource(context, input));
  if (input.Has("ResourceHandlingOption")) {
    return InvalidInput("ResourceHandlingOption is about EC2, which this cloud does not have.");
  }
  TL_TRY(std::vector<NamedPolicy> given, ReadInputPolicies(input, "PolicyInputList"));
  std::ranges::move(given, std::back_inserter(simulation.policies.identity));
  TL_DO(AddBoundary(input, simulation));
  TL_DO(AddResource(input, simulation));
  SetCaller(context, input, simulation.call);
  AddContextEntries(input, simulation.call.keys);
  return simulation;
}

json::Object Simulate(Simulation simulation, const std::string& action,
                      const std::string& resource) {
  simulation.call.action = action;
  simulation.call.resource = resource;
  const auto arn = ParseArn(resource);
  std::string& owner = simulation.policies.resource_account;
  if (arn && !arn->account.empty()) owner = arn->account;
  const access::Decision decision = access::Evaluate(simulation.call, simulation.policies);
  json::Object result{{"EvalActionName", action},
                      {"EvalResourceName", resource},
                      {"EvalDecision", decision.allowed  ? "allowed"
                                       : decision.denied ? "explicitDeny"
                                                         : "implicitDeny"},
                      {"MatchedStatements", ShowMatched(simulation, decision)},
                      {"MissingContextValues", FindMissingKeys(simulation)}};
  if (const auto& boundary = simulation.policies.boundary) {
    const bool allows =
        access::Ask(*boundary->policy, simulation.call, false).effect == access::Effect::kAllow;
    result.Set("PermissionsBoundaryDecisionDetail",
               json::Object{{"AllowedByPermissionsBoundary", allows}});
  }
  return result;
}

}  // namespace trunkline::cloud::iam
