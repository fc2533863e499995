#include <fmt/format.h>

#include "base/text.h"
#include "cloud/faults.h"
#include "cloud/jobs.h"
#include "cloud/services/connect/client_tokens.h"
#include "cloud/services/connect/families.h"
#include "cloud/services/connect/instance_parts.h"
#include "cloud/services/connect/replication_parts.h"
#include "cloud/services/connect/resources.h"

namespace trunkline::cloud {

namespace connect {
namespace {

// AWS takes a minute or two.
constexpr Milliseconds kCreationTime = std::chrono::seconds(90);
constexpr std::string_view kFailure = "Failure";  // of the job: why the instance shall not be made

Answer<void> ActivateInstance(Context& context, const json::Object& payload);

}  // namespace
}  // namespace connect

extern constinit const JobKind kActivateInstanceJob{.name = "connect.activate-instance",
                                                    .run = connect::ActivateInstance};

namespace connect {
namespace {

Answer<void> ActivateInstance(Context& context, const json::Object& payload) {
  const Record* found =
      context.store.Find(context.RegionScope(), kInstance, payload.GetString("InstanceId"));
  if (found == nullptr) return {};  // deleted meanwhile
  Record instance = *found;
  if (payload.Has(kFailure)) {
    instance.body.Set("InstanceStatus", "CREATION_FAILED");
    instance.body.Set("StatusReason", json::Object{{"Message", payload.GetString(kFailure)}});
    context.store.Put(context.RegionScope(), kInstance, std::move(instance));
    return {};
  }
  TL_DO(PutDefaultResources(context, instance));
  instance.body.Set("InstanceStatus", "ACTIVE");
  context.store.Put(context.RegionScope(), kInstance, std::move(instance));
  return {};
}

Answer<void> CheckIdentity(const json::Object& input) {
  const bool existing = input.GetString("IdentityManagementType") == "EXISTING_DIRECTORY";
  if (existing && !input.Has("DirectoryId")) {
    return InvalidRequest("the identity management type EXISTING_DIRECTORY needs a DirectoryId");
  }
  if (!existing && input.Has("DirectoryId")) {
    return InvalidRequest(
        fmt::format("a DirectoryId goes with the identity management type EXISTING_DIRECTORY only, "
                    "not with {}",
                    input.GetString("IdentityManagementType")));
  }
  if (!existing && !input.Has("InstanceAlias")) {
    return InvalidRequest(fmt::format("the identity management type {} needs an InstanceAlias",
                                      input.GetString("IdentityManagementType")));
  }
  return {};
}

Answer<void> CheckInstanceQuota(Context& context) {
  const std::size_t count = context.store.List(context.RegionScope(), kInstance).size();
  if (count < context.settings.connect_instances) return {};
  return ServiceError("ServiceQuotaExceededException",
                      fmt::format("account {} already has {} instances in Region {}: the quota",
                                  context.caller.account, count, context.region));
}

Record NewInstance(Context& context, const json::Object& input) {
  Record record{.id = NewUuid(context.random)};
  const std::string_view alias = input.GetString("InstanceAlias");
  record.name = alias.empty() ? record.id : std::string(alias);
  json::Object& body = record.body;
  body.Set("Id", record.id);
  body.Set("Arn", InstanceArn(context, record.id));
  body.Set("CreatedTime", Now(context));
  body.Set("InstanceStatus", "CREATION_IN_PROGRESS");
  body.Set("ServiceRole",
           fmt::format("arn:aws:iam::{}:role/aws-service-role/connect.amazonaws.com/"
                       "AWSServiceRoleForAmazonConnect_{}",
                       context.caller.account, NewToken(context.random, 20, kAlphanumeric)));
  CopyMembers(
      input,
      {"IdentityManagementType", "InstanceAlias", "InboundCallsEnabled", "OutboundCallsEnabled"},
      body);
  if (!alias.empty()) {
    body.Set("InstanceAccessUrl", AccessUrl(alias));
  }
  body.Set("Tags", input.GetObject("Tags"));
  return record;
}

Answer<> CreateInstance(Context& context, const json::Object& input) {
  TL_TRY(const auto before,
         AnsweredBefore(context, "CreateInstance", input, "InvalidRequestException"));
  if (before) return *before;
  TL_DO(CheckIdentity(input));
  TL_DO(CheckInstanceQuota(context));
  Record instance = NewInstance(context, input);
  TL_DO(TakeAlias(context, context.region, input.GetString("InstanceAlias"), instance.id));
  PutDefaultAttributes(context, instance.id, input.GetBool("InboundCallsEnabled"),
                       input.GetBool("OutboundCallsEnabled"));

  json::Object output;
  output.Set("Id", instance.id);
  output.Set("Arn", instance.body.GetString("Arn"));
  json::Object job;
  job.Set("InstanceId", instance.id);
  if (const auto failure = TakeBadEnd(context, "connect", "CreateInstance"))
    job.Set(kFailure, *failure);
  context.store.Put(context.RegionScope(), kInstance, std::move(instance));
  context.jobs.Schedule(context, kActivateInstanceJob, std::move(job), kCreationTime);
  RememberAnswer(context, "CreateInstance", input, output);
  return output;
}

Answer<> DeleteInstance(Context& context, const json::Object& input) {
  TL_TRY(const auto before,
         AnsweredBefore(context, "DeleteInstance", input, "InvalidRequestException"));
  if (before) return *before;
  TL_TRY(const Record* found, FindInstance(context, input));
  const Record instance = *found;
  TL_DO(CheckNotReplicated(context, instance));
  EndReplication(context, instance);
  DeleteParts(context, instance);
  context.store.Delete(context.RegionScope(), kInstance, instance.id);
  RememberAnswer(context, "DeleteInstance", input, {});
  return json::Object();
}

Answer<> DescribeInstance(Context& context, const json::Object& input) {
  TL_TRY(const Record* instance, FindInstance(context, input));
  json::Object output;
  output.Set("Instance", instance->body);
  CopyMembers(instance->body, {kReplication}, output);
  return output;
}

json::Value InstanceSummary(Context&, const Record& instance) {
  json::Object summary;
  CopyMembers(
      instance.body,
      {"Id", "Arn", "IdentityManagementType", "InstanceAlias", "CreatedTime", "ServiceRole",
       "InstanceStatus", "InboundCallsEnabled", "OutboundCallsEnabled", "InstanceAccessUrl"},
      summary);
  return summary;
}

Answer<> ListInstances(Context& context, const json::Object& input) {
  return PageOf(context, input, "InstanceSummaryList",
                context.store.List(context.RegionScope(), kInstance), InstanceSummary,
                {.listing = "ListInstances", .default_limit = 10});
}

constexpr Operation kOperations[] = {
    {.name = "CreateInstance", .handle = CreateInstance},
    {.name = "DeleteInstance", .handle = DeleteInstance},
    {.name = "DescribeInstance", .handle = DescribeInstance},
    {.name = "ListInstances", .handle = ListInstances},
};
static_assert(InOrder(kOperations));

}  // namespace

Answer<void> TakeAlias(Context& context, std::string_view region, std::string_view alias,
                       std::string_view instance_id) {
  if (alias.empty()) return {};
  const std::string key = ToLower(alias);
  if (context.store.Find(Context::GlobalScope(), kAlias, key) != nullptr) {
    return InvalidRequest(
        fmt::format("the instance alias '{}' is taken: choose another one", alias));
  }
  Record record{.id = key};
  record.body.Set("Account", context.caller.account);
  record.body.Set("Region", region);
  record.body.Set("InstanceId", instance_id);
  context.store.Put(Context::GlobalScope(), kAlias, std::move(record));
  return {};
}

std::string AccessUrl(std::string_view alias) {
  return fmt::format("https://{}.my.connect.aws", alias);
}

extern constinit const Family kInstanceOperations = kOperations;

}  // namespace connect
}  // namespace trunkline::cloud
