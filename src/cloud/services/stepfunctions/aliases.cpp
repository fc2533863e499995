// Aliases of state machines, and how their calls are spread over versions.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/paging.h"
#include "cloud/services/stepfunctions/records.h"
#include "cloud/services/stepfunctions/run.h"

namespace trunkline::cloud::stepfunctions {
namespace {

ServiceError BadRouting(std::string_view message) {
  return {"ValidationException", message, {{"reason", "INVALID_ROUTING_CONFIGURATION"}}};
}

std::string ShownArns(const json::Array& routes) {
  std::vector<std::string> arns;
  for (const json::Value& route : routes)
    arns.emplace_back(route.AsObject().GetString("stateMachineVersionArn"));
  return Join(arns, ", ");
}

// The machine all routes are of.
Answer<std::string> CheckRoutes(Context& context, const json::Array& routes) {
  std::set<std::string_view> arns;
  std::set<std::string> machines;
  std::vector<std::string> weights;
  std::int64_t sum = 0;
  for (const json::Value& route : routes) {
    const std::string_view arn = route.AsObject().GetString("stateMachineVersionArn");
    auto end = ArnEnd(context, arn, "stateMachine");
    const std::vector<std::string_view> parts = end ? Split(*end, ':') : Split(arn, ':');
    if (!end || parts.size() != 3 || !ToInt(parts[2])) {
      return BadRouting(fmt::format(
          "Routing configuration must contain state machine version ARNs. Received: [{}]",
          ShownArns(routes)));
    }
    arns.insert(arn);
    machines.emplace(parts[1]);
    const std::int64_t weight = route.AsObject().GetInt("weight");
    weights.push_back(std::to_string(weight));
    sum += weight;
  }
  if (arns.size() != routes.size()) {
    return BadRouting(fmt::format(
        "Routing configuration must contain distinct state machine version ARNs. Received: [{}]",
        ShownArns(routes)));
  }
  if (sum != 100) {
    return BadRouting(
        fmt::format("Sum of routing configuration weights must equal 100. Received: [{}]",
                    Join(weights, ", ")));
  }
  if (machines.size() != 1) {
    return BadRouting("Routing configuration must contain versions of one state machine.");
  }
  return *machines.begin();
}

Answer<void> CheckVersions(Context& context, const json::Array& routes) {
  for (const json::Value& route : routes) {
    const std::string_view arn = route.AsObject().GetString("stateMachineVersionArn");
    const auto found = FindMachine(context, arn);
    if (!found) {
      return ServiceError("ResourceNotFound",
                          fmt::format("State Machine Version Not Found: '{}'", arn),
                          {{"resourceName", arn}});
    }
  }
  return {};
}

Answer<Record> FindAlias(Context& context, std::string_view arn) {
  TL_TRY(const std::string end, ArnEnd(context, arn, "stateMachine"));
  const Record* alias =
      context.store.Find(context.RegionScope(), kAlias, end.substr(end.find(':') + 1));
  if (alias) return *alias;
  return ServiceError("ResourceNotFound", "Request references a resource that does not exist.",
                      {{"resourceName", arn}});
}

Answer<> CreateStateMachineAlias(Context& context, const json::Object& input) {
  const json::Array& routes = input.GetArray("routingConfiguration");
  TL_TRY(const std::string machine, CheckRoutes(context, routes));
  TL_DO(CheckVersions(context, routes));
  const std::string_view name = input.GetString("name");
  const std::string id = fmt::format("{}:{}", machine, name);
  const Scope scope = context.RegionScope();
  if (const Record* existing = context.store.Find(scope, kAlias, id)) {
    const bool same = existing->body.GetArray("routingConfiguration") == routes &&
                      existing->body.GetString("description") == input.GetString("description");
    if (!same) {
      return ServiceError("ConflictException",
                          "Failed to create alias because an alias with the same name and a "
                          "different routing configuration already exists.");
    }
    return existing->body;
  }
  json::Object body{{"stateMachineAliasArn", MakeArn(context, "stateMachine:" + id)},
                    {"name", name},
                    {"routingConfiguration", routes},
                    {"creationDate", ToSeconds(context.Now())},
                    {"updateDate", ToSeconds(context.Now())}};
  body.SetIfNotEmpty("description", input.GetString("description"));
  context.store.Put(scope, kAlias,
                    {.id = id, .parent = machine, .name = std::string(name), .body = body});
  return body;
}

Answer<> DescribeStateMachineAlias(Context& context, const json::Object& input) {
  TL_TRY(const Record alias, FindAlias(context, input.GetString("stateMachineAliasArn")));
  return alias.body;
}

Answer<> UpdateStateMachineAlias(Context& context, const json::Object& input) {
  TL_TRY(Record alias, FindAlias(context, input.GetString("stateMachineAliasArn")));
  if (!input.Has("routingConfiguration") && !input.Has("description")) {
    return ServiceError("ValidationException",
                        "Either the description or the routing configuration must be specified",
                        {{"reason", "MISSING_REQUIRED_PARAMETER"}});
  }
  if (input.Has("routingConfiguration")) {
    const json::Array& routes = input.GetArray("routingConfiguration");
    TL_TRY(const std::string machine, CheckRoutes(context, routes));
    if (machine != alias.parent)
      return BadRouting(
          "Routing configuration must contain versions of the alias's state machine.");
    TL_DO(CheckVersions(context, routes));
    alias.body.Set("routingConfiguration", routes);
  }
  if (input.Has("description")) alias.body.Set("description", input.At("description"));
  alias.body.Set("updateDate", ToSeconds(context.Now()));
  context.store.Put(context.RegionScope(), kAlias, alias);
  return json::Object{{"updateDate", alias.body.At("updateDate")}};
}

// One that is not there is deleted, too (seen).
Answer<> DeleteStateMachineAlias(Context& context, const json::Object& input) {
  TL_TRY(const std::string end,
         ArnEnd(context, input.GetString("stateMachineAliasArn"), "stateMachine"));
  context.store.Delete(context.RegionScope(), kAlias, end.substr(end.find(':') + 1));
  return json::Object();
}

// By the ARN of a version: the aliases that lead to it.
Answer<> ListStateMachineAliases(Context& context, const json::Object& input) {
  const std::string arn(input.GetString("stateMachineArn"));
  TL_TRY(const MachineRef found, FindMachine(context, arn));
  RecordFilter filter;
  if (!found.version_arn.empty()) {
    filter.text = arn;
    filter.keep = [&arn](const Record& alias) {
      return std::ranges::any_of(
          alias.body.GetArray("routingConfiguration"), [&arn](const json::Value& route) {
            return route.AsObject().GetString("stateMachineVersionArn") == arn;
          });
    };
  }
  TL_TRY(const RecordPage page, PageOf(context, kAlias, found.machine.id, input, filter));
  json::Array aliases;
  for (const Record* alias : page.records) {
    aliases.emplace_back(
        json::Object{{"stateMachineAliasArn", alias->body.At("stateMachineAliasArn")},
                     {"creationDate", alias->body.At("creationDate")}});
  }
  json::Object answer{{"stateMachineAliases", std::move(aliases)}};
  answer.SetIfNotEmpty("nextToken", page.next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "CreateStateMachineAlias", .handle = CreateStateMachineAlias},
    {.name = "DeleteStateMachineAlias", .handle = DeleteStateMachineAlias},
    {.name = "DescribeStateMachineAlias", .handle = DescribeStateMachineAlias},
    {.name = "ListStateMachineAliases", .handle = ListStateMachineAliases},
    {.name = "UpdateStateMachineAlias", .handle = UpdateStateMachineAlias},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kAliasOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
