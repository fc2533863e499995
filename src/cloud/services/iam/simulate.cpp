// The policy simulator: what policies would say of calls that nobody makes.
#include "cloud/access/context_keys.h"
#include "cloud/services/iam/entities.h"
#include "cloud/services/iam/families.h"
#include "cloud/services/iam/simulation.h"

namespace trunkline::cloud::iam {
namespace {

// A call simulates every action on every resource; more than this would hold the cloud for long.
constexpr std::size_t kMaxResults = 5000;

struct Asked {
  std::string action;
  std::string resource;
};

Answer<std::vector<Asked>> ReadAsked(const json::Object& input) {
  json::Array resources = input.GetArray("ResourceArns");
  if (resources.empty()) resources.emplace_back("*");
  std::vector<Asked> asked;
  for (const json::Value& action : input.GetArray("ActionNames")) {
    if (action.AsString().find(':') == std::string::npos) {
      return ServiceError("InvalidInputException",
                          fmt::format("Invalid Action: {}", action.AsString()));
    }
    for (const json::Value& resource : resources) {
      if (resource.AsString() != "*" && !resource.AsString().starts_with("arn:")) {
        return ServiceError("InvalidInputException",
                            fmt::format("Invalid Resource: {}", resource.AsString()));
      }
      asked.push_back({.action = action.AsString(), .resource = resource.AsString()});
    }
  }
  if (asked.size() <= kMaxResults) return asked;
  return ServiceError(
      "InvalidInputException",
      fmt::format("More than {} combinations of action and resource.", kMaxResults));
}

// Pages continue at a number: the same input gives the same results in the same order.
Answer<> SimulatePolicy(Context& context, const json::Object& input) {
  TL_TRY(const std::vector<Asked> asked, ReadAsked(input));
  TL_TRY(const Simulation simulation, MakeSimulation(context, input));
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < asked.size(); ++i) keys.push_back(fmt::format("{:05}", i));
  TL_TRY(const Page page, TakePage(input, "Simulate", keys));

  json::Array results;
  for (std::size_t i = page.begin; i < page.end; ++i) {
    results.push_back(Simulate(simulation, asked[i].action, asked[i].resource));
  }
  json::Object answer{{"EvaluationResults", std::move(results)}};
  SetPage(answer, page);
  return answer;
}

Answer<> GetContextKeys(Context& context, const json::Object& input) {
  TL_TRY(const Simulation simulation, FindSource(context, input));
  TL_TRY(const std::vector<access::NamedPolicy> given, ReadInputPolicies(input, "PolicyInputList"));
  std::vector<std::string> keys;
  for (const auto& policy : simulation.policies.identity) CollectContextKeys(*policy.policy, keys);
  for (const auto& policy : given) CollectContextKeys(*policy.policy, keys);
  json::Array names;
  for (std::string& key : keys) names.emplace_back(std::move(key));
  return json::Object{{"ContextKeyNames", std::move(names)}};
}

constexpr Operation kOperations[] = {
    {.name = "GetContextKeysForCustomPolicy", .handle = GetContextKeys},
    {.name = "GetContextKeysForPrincipalPolicy", .handle = GetContextKeys},
    {.name = "SimulateCustomPolicy", .handle = SimulatePolicy},
    {.name = "SimulatePrincipalPolicy", .handle = SimulatePolicy},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kSimulationOperations = kOperations;

}  // namespace trunkline::cloud::iam
