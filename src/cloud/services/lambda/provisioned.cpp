#include "cloud/services/lambda/provisioned.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/job_kinds.h"
#include "cloud/services/lambda/families.h"

namespace trunkline::cloud::lambda {
namespace {

constexpr std::int64_t kAccount = 1000;
constexpr std::int64_t kLeastUnreserved = 100;
constexpr std::int64_t kDefaultPage = 50;

ServiceError Invalid(std::string_view message) {
  return {"InvalidParameterValueException", message};
}

std::string IdOf(const Name& name) {
  return name.function + ":" + name.qualifier;
}

// A version or alias, by name; $LATEST has no concurrency of its own.
Answer<Name> ReadQualified(Context& context, const json::Object& input) {
  TL_TRY(Name name, ReadName(context, input));
  if (name.qualifier.empty() || name.qualifier == kLatest) {
    return Invalid(
        "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
  }
  return name;
}

Answer<void> CheckThere(Context& context, const Name& name) {
  if (context.store.Find(context.RegionScope(), kAlias, IdOf(name)) ||
      context.store.Find(context.RegionScope(), kVersion, IdOf(name)))
    return {};
  const bool number = name.qualifier.find_first_not_of("0123456789") == std::string::npos;
  const bool function = context.store.Find(context.RegionScope(), kFunction, name.function);
  const std::string arn = FunctionArn(context, name.function, name.qualifier);
  return ServiceError("ResourceNotFoundException",
                      number || !function ? fmt::format("Function not found: {}", arn)
                                          : fmt::format("Cannot find alias arn: {}", arn));
}

// An alias and the version it stands for are not provisioned both.
Answer<void> CheckNotTwice(Context& context, const Name& name) {
  const Record* alias = context.store.Find(context.RegionScope(), kAlias, IdOf(name));
  for (const Record* other :
       context.store.List(context.RegionScope(), kProvisioned, name.function)) {
    if (alias && other->name == alias->body.GetString("FunctionVersion")) {
      return ServiceError("ResourceConflictException",
                          "Alias can't be used for Provisioned Concurrency configuration on an "
                          "already Provisioned version");
    }
    const Record* pointing = context.store.Find(context.RegionScope(), kAlias, other->id);
    if (!alias && pointing && pointing->body.GetString("FunctionVersion") == name.qualifier) {
      return ServiceError("ResourceConflictException",
                          "Version is pointed by a Provisioned Concurrency alias");
    }
  }
  return {};
}

Answer<void> CheckShare(Context& context, const Name& name, std::int64_t wanted) {
  const Record* function = context.store.Find(context.RegionScope(), kFunction, name.function);
  const json::Value* share = function ? function->body.Find("Reserved") : nullptr;
  std::int64_t own = wanted;
  std::int64_t all = wanted;
  for (const Record* other : context.store.List(context.RegionScope(), kProvisioned)) {
    if (other->id == IdOf(name)) continue;
    all += other->body.GetInt("Requested");
    if (other->parent == name.function) own += other->body.GetInt("Requested");
  }
  if (share && own > share->AsInt()) {
    return Invalid(
        "Requested Provisioned Concurrency should not be greater than the "
        "reservedConcurrentExecution for function");
  }
  if (kAccount - all >= kLeastUnreserved) return {};
  return Invalid(
      fmt::format("Specified ConcurrentExecutions for function decreases account's "
                  "UnreservedConcurrentExecution below its minimum value of [{}].",
                  kLeastUnreserved));
}

json::Object Show(const json::Object& body) {
  const bool ready = body.GetString("Status") == "READY";
  const std::int64_t requested = body.GetInt("Requested");
  return {{"RequestedProvisionedConcurrentExecutions", requested},
          {"AvailableProvisionedConcurrentExecutions", ready ? requested : 0},
          {"AllocatedProvisionedConcurrentExecutions", ready ? requested : 0},
          {"Status", body.At("Status")},
          {"LastModified", body.At("LastModified")}};
}

Answer<> PutProvisionedConcurrencyConfig(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadQualified(context, input));
  TL_DO(CheckThere(context, name));
  TL_DO(CheckNotTwice(context, name));
  const std::int64_t wanted = input.GetInt("ProvisionedConcurrentExecutions");
  TL_DO(CheckShare(context, name, wanted));
  const json::Object body{
      {"Requested", wanted}, {"Status", "IN_PROGRESS"}, {"LastModified", WireTime(context.Now())}};
  context.store.Put(
      context.RegionScope(), kProvisioned,
      {.id = IdOf(name), .parent = name.function, .name = name.qualifier, .body = body});
  context.jobs.Schedule(context, kSettleFunctionJob, json::Object{{"provisioned", IdOf(name)}},
                        std::chrono::minutes(2));
  return Show(body);
}

Answer<> GetProvisionedConcurrencyConfig(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadQualified(context, input));
  TL_DO(CheckThere(context, name));
  const Record* found = context.store.Find(context.RegionScope(), kProvisioned, IdOf(name));
  if (found) return Show(found->body);
  return ServiceError("ProvisionedConcurrencyConfigNotFoundException",
                      "No Provisioned Concurrency Config found for this function");
}

Answer<> DeleteProvisionedConcurrencyConfig(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadQualified(context, input));
  TL_DO(CheckThere(context, name));
  context.store.Delete(context.RegionScope(), kProvisioned, IdOf(name));
  return json::Object();
}

Answer<> ListProvisionedConcurrencyConfigs(Context& context, const json::Object& input) {
  TL_TRY(const Name name, ReadName(context, input));
  TL_DO(FindFunction(context, name.function));
  const auto limit = static_cast<std::size_t>(input.GetInt("MaxItems", kDefaultPage));
  auto page = context.store.ListPage(context.RegionScope(), kProvisioned, name.function, limit,
                                     input.GetString("Marker"));
  if (!page) return Invalid("Marker is not one that this listing gave out");
  json::Array shown;
  for (const Record* record : page->records) {
    json::Object one = Show(record->body);
    one.Set("FunctionArn", FunctionArn(context, name.function, record->name));
    shown.push_back(std::move(one));
  }
  json::Object answer{{"ProvisionedConcurrencyConfigs", std::move(shown)}};
  answer.SetIfNotEmpty("NextMarker", page->next);
  return answer;
}

constexpr Operation kOperations[] = {
    {.name = "DeleteProvisionedConcurrencyConfig", .handle = DeleteProvisionedConcurrencyConfig},
    {.name = "GetProvisionedConcurrencyConfig", .handle = GetProvisionedConcurrencyConfig},
    {.name = "ListProvisionedConcurrencyConfigs", .handle = ListProvisionedConcurrencyConfigs},
    {.name = "PutProvisionedConcurrencyConfig", .handle = PutProvisionedConcurrencyConfig},
};
static_assert(InOrder(kOperations));

}  // namespace

void SettleProvisioned(Context& context, std::string_view id) {
  const Record* found = context.store.Find(context.RegionScope(), kProvisioned, id);
  if (!found) return;  // deleted meanwhile
  Record record = *found;
  record.body.Set("Status", "READY");
  context.store.Put(context.RegionScope(), kProvisioned, std::move(record));
}

void DropProvisioned(Context& context, const Name& name) {
  std::vector<std::string> ids;
  for (const Record* record :
       context.store.List(context.RegionScope(), kProvisioned, name.function)) {
    if (name.qualifier.empty() || record->name == name.qualifier) ids.push_back(record->id);
  }
  for (const std::string& id : ids) context.store.Delete(context.RegionScope(), kProvisioned, id);
}

constinit const Family kProvisionedOperations = kOperations;

}  // namespace trunkline::cloud::lambda
