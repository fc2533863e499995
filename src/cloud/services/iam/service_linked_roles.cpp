// Roles that belong to an AWS service: made by name of the service, modifiable by nobody.
#include <algorithm>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/iam/entities.h"
#include "cloud/services/iam/families.h"

namespace trunkline::cloud::iam {
namespace {

constexpr Kind kDeletion{"iam", "service-role-deletion"};

struct LinkedService {
  std::string_view principal;
  std::string_view role;  // the name without the suffix
  bool takes_suffix;
};

constexpr LinkedService kServices[] = {
    {"apigateway.amazonaws.com", "AWSServiceRoleForAPIGateway", false},
    {"connect.amazonaws.com", "AWSServiceRoleForAmazonConnect", true},
    {"events.amazonaws.com", "AWSServiceRoleForCloudWatchEvents", false},
    {"lex.amazonaws.com", "AWSServiceRoleForLexBots", false},
    {"lexv2.amazonaws.com", "AWSServiceRoleForLexV2Bots", true},
};

std::string TrustOf(std::string_view principal) {
  const json::Object statement{{"Effect", "Allow"},
                               {"Principal", json::Object{{"Service", principal}}},
                               {"Action", "sts:AssumeRole"}};
  return json::Write(
      json::Object{{"Version", "2012-10-17"}, {"Statement", json::Array{statement}}});
}

Answer<std::string> ChooseName(const LinkedService& service, std::string_view suffix) {
  if (!suffix.empty() && !service.takes_suffix) {
    return ServiceError("InvalidInputException",
                        "Custom suffix is not allowed for " + std::string(service.principal));
  }
  return std::string(service.role) + (suffix.empty() ? "" : "_" + std::string(suffix));
}

Answer<> CreateServiceLinkedRole(Context& context, const json::Object& input) {
  const std::string principal(input.GetString("AWSServiceName"));
  const auto service = std::ranges::find(kServices, principal, &LinkedService::principal);
  if (service == std::end(kServices)) {
    return ServiceError(
        "InvalidInputException",
        "Service-linked roles of '" + principal + "' are not implemented by the embedded cloud.");
  }
  TL_TRY(const std::string name, ChooseName(*service, input.GetString("CustomSuffix")));
  if (context.store.FindByName(context.AccountScope(), kRole, "", ToLower(name))) {
    return ServiceError("InvalidInputException",
                        "Service role name " + name +
                            " has been taken in this account, please try a different "
                            "suffix.");
  }
  const std::string path = "/aws-service-role/" + principal + "/";
  json::Object body{{"RoleName", name},
                    {"Arn", IamArn(context, "role" + path + name)},
                    {"RoleId", NewUniqueId(context, "AROA")},
                    {"AssumeRolePolicyDocument", TrustOf(principal)},
                    {"Path", path},
                    {"CreateDate", json::Number{EpochSeconds(context.Now())}},
                    {"MaxSessionDuration", 3600},
                    {"Tags", json::Array()},
                    {"AttachedPolicies", json::Array()}};
  body.SetIfNotEmpty("Description", input.GetString("Description"));
  const Record role{.id = name, .parent = "", .name = ToLower(name), .body = std::move(body)};
  context.store.Put(context.AccountScope(), kRole, role);
  return json::Object{{"Role", ToRole(role)}};
}

// Deleted at once: nothing here keeps a service's role in use. The task stays to be asked for.
Answer<> DeleteServiceLinkedRole(Context& context, const json::Object& input) {
  TL_TRY(const Record role, FindRole(context, input.GetString("RoleName")));
  const std::string_view path = role.body.GetString("Path");
  if (!path.starts_with("/aws-service-role/")) {
    return NoSuchEntity("The service-linked role with name " + role.id + " cannot be found.");
  }
  const std::string task = "task" + std::string(path) + role.id + "/" + NewUuid(context.random);
  context.store.Delete(context.AccountScope(), kRole, role.id);
  context.store.Put(context.AccountScope(), kDeletion,
                    {.id = task, .parent = "", .name = "", .body = {}});
  return json::Object{{"DeletionTaskId", task}};
}

Answer<> GetServiceLinkedRoleDeletionStatus(Context& context, const json::Object& input) {
  const std::string_view task = input.GetString("DeletionTaskId");
  if (!context.store.Find(context.AccountScope(), kDeletion, task)) {
    return NoSuchEntity("The deletion task id '" + std::string(task) + "' was not found.");
  }
  return json::Object{{"Status", "SUCCEEDED"}};
}

constexpr Operation kOperations[] = {
    {.name = "CreateServiceLinkedRole", .handle = CreateServiceLinkedRole},
    {.name = "DeleteServiceLinkedRole", .handle = DeleteServiceLinkedRole},
    {.name = "GetServiceLinkedRoleDeletionStatus", .handle = GetServiceLinkedRoleDeletionStatus},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kServiceLinkedRoleOperations = kOperations;

}  // namespace trunkline::cloud::iam
