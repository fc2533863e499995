// GET /_trunkline/access: how often each statement of each policy was used and needed, and which
// calls were refused. DELETE begins to count anew.
#include <utility>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/access/condition.h"
#include "cloud/access/identity.h"
#include "cloud/access/usage.h"
#include "cloud/admin.h"
#include "cloud/callers.h"
#include "cloud/services/iam/holders.h"

namespace trunkline::cloud {
namespace {

using access::Sort;
using access::Usage;

constexpr std::string_view kPath = "/_trunkline/access";

// Those that no call has asked yet: of every role, user and group, and who may take a role. Other
// resources' policies are known once they were asked.
void KnowIdentities(Context& context, Usage& usage) {
  access::PolicyCache cache;
  for (const iam::Holder& holder : iam::kHolders) {
    for (const auto& [scope, record] : context.store.ListEverywhere(holder.kind)) {
      const std::string arn(record->body.GetString("Arn"));
      const auto identity = access::FindIdentityByArn(context, cache, arn);
      if (!identity) continue;
      for (const access::NamedPolicy& policy : identity->policies.identity)
        usage.Know(access::KeyOf(Sort::kIdentity, scope.account, policy.name), policy.policy);
      if (const auto& boundary = identity->policies.boundary)
        usage.Know(access::KeyOf(Sort::kBoundary, scope.account, boundary->name), boundary->policy);
      if (holder.word != "role") continue;
      usage.Know(access::TrustKey(scope.account, record->id),
                 cache.Read(record->body.GetString("AssumeRolePolicyDocument")));
    }
  }
}

json::Object ShowCount(const access::Count& count) {
  return {{"used", count.used}, {"needed", count.needed}};
}

// The patterns as they are written, with their counts.
json::Array ShowPatterns(std::string_view word, const std::vector<std::string>& patterns,
                         const std::map<std::string, access::Count, std::less<>>& counts,
                         bool lower_case) {
  json::Array shown;
  for (const std::string& pattern : patterns) {
    const auto found = counts.find(lower_case ? ToLower(pattern) : pattern);
    json::Object row{{std::string(word), pattern}};
    for (const json::Member& member :
         ShowCount(found == counts.end() ? access::Count() : found->second))
      row.Set(member.key, member.value);
    shown.emplace_back(std::move(row));
  }
  return shown;
}

json::Object ShowStatement(const json::Object& written, const access::Statement& statement,
                           const access::StatementCount& count) {
  json::Object shown{{"statement", written.Has("Sid") ? written.GetString("Sid")
                                                      : std::string_view(statement.name)},
                     {"effect", statement.denies ? "Deny" : "Allow"},
                     {"used", count.all.used},
                     {"needed", count.all.needed}};
  shown.Set("actions", ShowPatterns("action", access::PolicyTexts(written.Find("Action")),
                                    count.actions, true));
  shown.Set("resources", ShowPatterns("resource",
                                      statement.other_resources ? std::vector<std::string>()
                                                                : statement.resources,
                                      count.resources, false));
  return shown;
}

json::Array ShowStatements(const access::PolicyCount& count) {
  json::Array shown;
  const Result<json::Value> parsed = json::Parse(count.policy->text);
  if (!parsed || !parsed->IsObject()) return shown;
  const json::Value* written = parsed->AsObject().Find("Statement");
  const json::Array all = written == nullptr   ? json::Array()
                          : written->IsArray() ? written->AsArray()
                                               : json::Array{*written};
  std::size_t next = 0;  // what is no statement has none in the policy
  for (const json::Value& one : all) {
    if (!one.IsObject() || next >= count.policy->statements.size()) continue;
    const access::Statement& statement = count.policy->statements[next++];
    const auto found = count.statements.find(statement.name);
    shown.emplace_back(
        ShowStatement(one.AsObject(), statement,
                      found == count.statements.end() ? access::StatementCount() : found->second));
  }
  return shown;
}

json::Array ShowRefusals(const Usage& usage) {
  json::Array shown;
  for (const auto& [refusal, count] : usage.refusals()) {
    json::Object row{{"principal", refusal.principal},
                     {"action", refusal.action},
                     {"resource", refusal.resource},
                     {"why", refusal.why},
                     {"count", count}};
    shown.emplace_back(std::move(row));
  }
  return shown;
}

json::Object Show(const Usage& usage) {
  json::Array policies;
  for (const auto& [key, count] : usage.policies()) {
    json::Object row{{"account", key.account},
                     {"policy", key.name},
                     {"sort", access::WordOf(key.sort)},
                     {"statements", ShowStatements(count)}};
    policies.emplace_back(std::move(row));
  }
  return {{"decisions", usage.decisions()},
          {"policies", std::move(policies)},
          {"refused", ShowRefusals(usage)},
          {"refusedLeftOut", usage.refusals_left_out()}};
}

net::aw<net::Response> ServeAccess(Engine& engine, net::Request request) {
  if (request.path() != kPath)
    co_return FailResponse(404, fmt::format("there is no page '{}'", request.path()));
  Usage* usage = engine.dispatch.usage();
  if (usage == nullptr)
    co_return FailResponse(409, "nobody asks policies here: start 'trunkline up --enforce-iam'");
  if (request.method == "DELETE") {
    usage->Forget();
    co_return JsonResponse(200, json::Object{{"status", "counting anew"}});
  }
  if (request.method != "GET") co_return WrongMethod(request, "GET, DELETE");
  Reply reply;
  const auto known =
      engine.State(RootCaller(kDefaultAccount), kDefaultRegion, NewUuid(engine.random), nullptr,
                   reply, [&](Context& context) -> Answer<> {
                     KnowIdentities(context, *usage);
                     return json::Object();
                   });
  if (!known) co_return FailResponse(500, known.error().message);
  co_return JsonResponse(200, Show(*usage));
}

}  // namespace

constinit const AdminRoute kAccessAdminRoute{.prefix = kPath, .handle = ServeAccess};

}  // namespace trunkline::cloud
