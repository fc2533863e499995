// Versions of state machines.
#include "base/text.h"
#include "cloud/services/stepfunctions/families.h"
#include "cloud/services/stepfunctions/paging.h"
#include "cloud/services/stepfunctions/revisions.h"

namespace trunkline::cloud::stepfunctions {
namespace {

Answer<> PublishStateMachineVersion(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("stateMachineArn");
  TL_TRY(const MachineRef found, FindMachine(context, arn));
  if (!found.version_arn.empty()) return NoSuchMachine(arn);
  const Record* revision = context.store.Find(context.RegionScope(), kRevision, found.revision);
  const std::string current(revision ? revision->body.GetString("revisionId", "INITIAL")
                                     : "INITIAL");
  const std::string_view wanted = input.GetString("revisionId");
  if (!wanted.empty() && wanted != current) {
    return ServiceError("ConflictException",
                        fmt::format("Failed to publish the State Machine version for revision {}. "
                                    "The current State Machine revision is {}.",
                                    wanted, current));
  }
  Record machine = found.machine;
  const Record version = PublishVersion(context, machine, input.GetString("description"));
  context.store.Put(context.RegionScope(), kMachine, machine);
  return json::Object{{"stateMachineVersionArn", version.body.At("stateMachineVersionArn")},
                      {"creationDate", version.body.At("creationDate")}};
}

Answer<> ListStateMachineVersions(Context& context, const json::Object& input) {
  TL_TRY(const MachineRef found, FindMachine(context, input.GetString("stateMachineArn")));
  TL_TRY(const RecordPage page, PageOf(context, kVersion, found.machine.id, input));
  json::Array versions;
  for (const Record* version : page.records) {
    versions.emplace_back(
        json::Object{{"stateMachineVersionArn", version->body.At("stateMachineVersionArn")},
                     {"creationDate", version->body.At("creationDate")}});
  }
  json::Object answer{{"stateMachineVersions", std::move(versions)}};
  answer.SetIfNotEmpty("nextToken", page.next);
  return answer;
}

Answer<> DeleteStateMachineVersion(Context& context, const json::Object& input) {
  const std::string_view arn = input.GetString("stateMachineVersionArn");
  TL_TRY(const std::string end, ArnEnd(context, arn, "stateMachine"));
  const std::vector<std::string_view> parts = Split(end, ':');
  if (parts.size() != 3) {
    return ServiceError(
        "InvalidArn",
        fmt::format("Invalid Arn: 'Resource type not valid in this context: {}'", arn));
  }
  const Scope scope = context.RegionScope();
  std::vector<std::string> users;
  for (const Record* alias : context.store.List(scope, kAlias, parts[1])) {
    for (const json::Value& route : alias->body.GetArray("routingConfiguration")) {
      if (route.AsObject().GetString("stateMachineVersionArn") == arn)
        users.emplace_back(alias->name);
    }
  }
  if (!users.empty()) {
    return ServiceError(
        "ConflictException",
        fmt::format("Version to be deleted must not be referenced by an alias. Current list of "
                    "aliases referencing this version: [{}]",
                    Join(users, ", ")));
  }
  context.store.Delete(scope, kVersion, fmt::format("{}:{}", parts[1], parts[2]));
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "DeleteStateMachineVersion", .handle = DeleteStateMachineVersion},
    {.name = "ListStateMachineVersions", .handle = ListStateMachineVersions},
    {.name = "PublishStateMachineVersion", .handle = PublishStateMachineVersion},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kVersionOperations = kOperations;

}  // namespace trunkline::cloud::stepfunctions
