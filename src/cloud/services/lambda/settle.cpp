#include "cloud/services/lambda/settle.h"

#include "cloud/job_kinds.h"
#include "cloud/services/lambda/provisioned.h"
#include "cloud/services/lambda/records.h"

namespace trunkline::cloud {
namespace lambda {
namespace {

void Settle(json::Object& configuration) {
  configuration.Set("State", "Active");
  configuration.Set("LastUpdateStatus", "Successful");
  for (const std::string_view member :
       {"StateReason", "StateReasonCode", "LastUpdateStatusReason", "LastUpdateStatusReasonCode"}) {
    configuration.Remove(member);
  }
}

void SettleRecord(Context& context, Kind kind, Record record) {
  json::Object& configuration = record.body["Configuration"].AsObject();
  record.body.Set("Build", BuildOf(record));
  Settle(configuration);
  configuration.Set("RevisionId", NewUuid(context.random));
  context.store.Put(context.RegionScope(), kind, std::move(record));
}

Answer<void> SettleFunction(Context& context, const json::Object& payload) {
  if (payload.Has("provisioned")) {
    SettleProvisioned(context, payload.GetString("provisioned"));
    return {};
  }
  const std::string name(payload.GetString("function"));
  const Record* function = context.store.Find(context.RegionScope(), kFunction, name);
  if (function == nullptr) return {};  // deleted meanwhile
  SettleRecord(context, kFunction, *function);
  std::vector<Record> pending;
  for (const Record* version : context.store.List(context.RegionScope(), kVersion, name)) {
    const json::Object& configuration = version->body.GetObject("Configuration");
    if (configuration.GetString("State") == "Pending" ||
        configuration.GetString("LastUpdateStatus") == "InProgress")
      pending.push_back(*version);
  }
  for (Record& version : pending) SettleRecord(context, kVersion, std::move(version));
  return {};
}

}  // namespace

void ScheduleSettling(Context& context, const std::string& function) {
  context.jobs.Schedule(context, kSettleFunctionJob, json::Object{{"function", function}},
                        std::chrono::seconds(3));
}

Answer<void> CheckSettled(const json::Object& configuration, std::string_view function) {
  if (configuration.GetString("State") != "Pending" &&
      configuration.GetString("LastUpdateStatus") != "InProgress")
    return {};
  return ServiceError("ResourceConflictException",
                      fmt::format("The operation cannot be performed at this time. An update is in "
                                  "progress for resource: {}",
                                  function));
}

}  // namespace lambda

constinit const JobKind kSettleFunctionJob{.name = "lambda.settle-function",
                                           .run = lambda::SettleFunction};

}  // namespace trunkline::cloud
