#include "cloud/services/cloudformation/resources/dynamo_db_settings.h"

#include <optional>

#include "base/json_write.h"
#include "cloud/services/cloudformation/mapping/mapped.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr int kMostChanges = 64;  // indexes come and go one at a time

std::string_view BillingOf(const json::Object& table) {
  return table.GetObject("BillingModeSummary").GetString("BillingMode", "PROVISIONED");
}

bool SameThroughput(const json::Object& a, const json::Object& b) {
  return a.GetInt("ReadCapacityUnits") == b.GetInt("ReadCapacityUnits") &&
         a.GetInt("WriteCapacityUnits") == b.GetInt("WriteCapacityUnits");
}

json::Object BillingChange(const json::Object& table, const json::Object& wanted) {
  json::Object change;
  const std::string_view mode = wanted.GetString("BillingMode", "PROVISIONED");
  const json::Object& throughput = wanted.GetObject("ProvisionedThroughput");
  const bool provisioned = mode == "PROVISIONED";
  const bool other = mode != BillingOf(table);
  if (other) change.Set("BillingMode", mode);
  const bool same = SameThroughput(throughput, table.GetObject("ProvisionedThroughput"));
  if (provisioned && (other || !same)) change.Set("ProvisionedThroughput", throughput);
  return change;
}

// Of a table or an index: the most that is used on demand (-1: as much as there is), and the least
// that is kept warm. What is warm stays so: it can only grow.
void AddThroughputLimits(const json::Object& is, const json::Object& wanted, json::Object& change) {
  const json::Object& most = is.GetObject("OnDemandThroughput");
  json::Object limits;
  for (const std::string_view unit : {"MaxReadRequestUnits", "MaxWriteRequestUnits"}) {
    const std::int64_t to_be = wanted.GetObject("OnDemandThroughput").GetInt(unit, -1);
    if (to_be != most.GetInt(unit, -1)) limits.Set(unit, to_be);
  }
  if (!limits.empty()) change.Set("OnDemandThroughput", std::move(limits));
  json::Object warm;
  for (const std::string_view unit : {"ReadUnitsPerSecond", "WriteUnitsPerSecond"}) {
    const std::int64_t now = is.GetObject("WarmThroughput").GetInt(unit);
    const std::int64_t to_be = wanted.GetObject("WarmThroughput").GetInt(unit, now);
    if (to_be > now) warm.Set(unit, to_be);
  }
  if (!warm.empty()) change.Set("WarmThroughput", std::move(warm));
}

json::Object SettingsChange(const json::Object& table, const json::Object& wanted) {
  json::Object change = BillingChange(table, wanted);
  AddThroughputLimits(table, wanted, change);
  const bool safe = wanted.GetBool("DeletionProtectionEnabled");
  if (safe != table.GetBool("DeletionProtectionEnabled"))
    change.Set("DeletionProtectionEnabled", safe);
  const std::string_view table_class = wanted.GetString("TableClass", "STANDARD");
  if (table_class != table.GetObject("TableClassSummary").GetString("TableClass", "STANDARD"))
    change.Set("TableClass", table_class);
  const json::Object& encryption = wanted.GetObject("SSESpecification");
  if (encryption.GetBool("Enabled") != table.Has("SSEDescription"))
    change.Set("SSESpecification",
               encryption.empty() ? json::Object{{"Enabled", false}} : encryption);
  return change;
}

json::Object StreamChange(const json::Object& table, const json::Object& wanted) {
  json::Object change;
  const std::string_view is = table.GetObject("StreamSpecification").GetString("StreamViewType");
  const json::Object& stream = wanted.GetObject("StreamSpecification");
  if (is == stream.GetString("StreamViewType")) return change;
  change.Set("StreamSpecification", is.empty() ? stream : json::Object{{"StreamEnabled", false}});
  return change;
}

const json::Object* FindNamed(const json::Array& indexes, std::string_view name) {
  for (const json::Value& index : indexes)
    if (index.AsObject().GetString("IndexName") == name) return &index.AsObject();
  return nullptr;
}

bool SameIndex(const json::Object& a, const json::Object& b) {
  return a.GetArray("KeySchema") == b.GetArray("KeySchema") &&
         a.GetObject("Projection") == b.GetObject("Projection");
}

json::Object IndexUpdate(std::string_view action, json::Object index) {
  json::Array updates;
  json::Object update;
  update.Set(action, std::move(index));
  updates.emplace_back(std::move(update));
  return {{"GlobalSecondaryIndexUpdates", std::move(updates)}};
}

json::Object IndexSettings(const json::Object& is, const json::Object& wanted) {
  json::Object settings;
  const json::Object& throughput = wanted.GetObject("ProvisionedThroughput");
  if (!throughput.empty() && !SameThroughput(throughput, is.GetObject("ProvisionedThroughput")))
    settings.Set("ProvisionedThroughput", throughput);
  AddThroughputLimits(is, wanted, settings);
  return settings;
}

// One index that goes, comes, or gets another throughput.
json::Object IndexChange(const json::Object& table, const json::Object& wanted) {
  const json::Array& is = table.GetArray("GlobalSecondaryIndexes");
  const json::Array& to_be = wanted.GetArray("GlobalSecondaryIndexes");
  for (const json::Value& index : is) {
    const std::string_view name = index.AsObject().GetString("IndexName");
    const json::Object* kept = FindNamed(to_be, name);
    if (!kept || !SameIndex(*kept, index.AsObject()))
      return IndexUpdate("Delete", {{"IndexName", name}});
  }
  for (const json::Value& index : to_be) {
    const json::Object& one = index.AsObject();
    const json::Object* there = FindNamed(is, one.GetString("IndexName"));
    json::Object settings;
    if (there) {
      settings = IndexSettings(*there, one);
      if (settings.empty()) continue;
      settings.Set("IndexName", one.GetString("IndexName"));
    }
    json::Object change =
        there ? IndexUpdate("Update", std::move(settings)) : IndexUpdate("Create", one);
    change.Set("AttributeDefinitions", wanted.GetArray("AttributeDefinitions"));
    return change;
  }
  return {};
}

// The next UpdateTable's input; empty: the table is as it is wanted.
json::Object NextChange(const json::Object& table, const json::Object& wanted) {
  json::Object change = SettingsChange(table, wanted);
  if (change.empty()) change = StreamChange(table, wanted);
  if (change.empty()) change = IndexChange(table, wanted);
  return change;
}

net::aw<Answer<json::Object>> WaitActive(WaitContext context, std::string name) {
  Patience patience;
  while (true) {
    Answer<> answer = context.Dispatch("dynamodb", "DescribeTable", {{"TableName", name}});
    if (!answer) co_return std::move(answer).error();
    json::Object table = answer->GetObject("Table");
    if (table.GetString("TableStatus") == "ACTIVE") co_return table;
    const bool more = co_await patience.Next(context);
    if (!more) co_return ServiceError("NotStabilized", "the table does not become ACTIVE");
  }
}

net::aw<Answer<void>> CallFor(WaitContext context, std::string operation, json::Object input) {
  Answer<> done = co_await context.Call("dynamodb", std::move(operation), std::move(input));
  if (!done) co_return std::move(done).error();
  co_return Answer<void>();
}

net::aw<Answer<void>> ChangeTable(WaitContext context, std::string name, json::Object wanted) {
  for (int i = 0; i < kMostChanges; ++i) {
    Answer<json::Object> table = co_await WaitActive(context, name);
    if (!table) co_return std::move(table).error();
    json::Object change = NextChange(*table, wanted);
    if (change.empty()) break;
    change.Set("TableName", name);
    Answer<void> done = co_await CallFor(context, "UpdateTable", std::move(change));
    if (!done) co_return done;
  }
  co_return Answer<void>();
}

net::aw<Answer<void>> ChangeExpiry(WaitContext context, std::string name, json::Object wanted) {
  Answer<> now = context.Dispatch("dynamodb", "DescribeTimeToLive", {{"TableName", name}});
  if (!now) co_return std::move(now).error();
  const json::Object& is = now->GetObject("TimeToLiveDescription");
  const bool on = is.GetString("TimeToLiveStatus").starts_with("ENABL");
  const std::string attribute(is.GetString("AttributeName"));
  const json::Object& to_be = wanted.GetObject("TimeToLiveSpecification");
  const bool want = to_be.GetBool("Enabled");
  if (on && (!want || to_be.GetString("AttributeName") != attribute)) {
    json::Object off{{"AttributeName", attribute}, {"Enabled", false}};
    json::Object input{{"TableName", name}, {"TimeToLiveSpecification", std::move(off)}};
    Answer<void> done = co_await CallFor(context, "UpdateTimeToLive", std::move(input));
    if (!done || !want) co_return done;
  } else if (!want || on) {
    co_return Answer<void>();
  }
  json::Object input{{"TableName", name}, {"TimeToLiveSpecification", to_be}};
  co_return co_await CallFor(context, "UpdateTimeToLive", std::move(input));
}

bool HasRecovery(const json::Object& backups) {
  return backups.GetObject("ContinuousBackupsDescription")
             .GetObject("PointInTimeRecoveryDescription")
             .GetString("PointInTimeRecoveryStatus") == "ENABLED";
}

net::aw<Answer<void>> ChangeRecovery(WaitContext context, std::string name, json::Object wanted) {
  Answer<> now = context.Dispatch("dynamodb", "DescribeContinuousBackups", {{"TableName", name}});
  if (!now) co_return std::move(now).error();
  json::Object setting = wanted.GetObject("PointInTimeRecoverySpecification");
  if (setting.GetBool("PointInTimeRecoveryEnabled") == HasRecovery(*now)) co_return Answer<void>();
  if (setting.empty()) setting.Set("PointInTimeRecoveryEnabled", false);
  json::Object input{{"TableName", name}, {"PointInTimeRecoverySpecification", std::move(setting)}};
  co_return co_await CallFor(context, "UpdateContinuousBackups", std::move(input));
}

net::aw<Answer<void>> ChangePolicy(WaitContext context, std::string name, ResourceOrder order) {
  const std::string policy(order.properties.GetString("ResourcePolicy"));
  if (policy == order.previous.GetString("ResourcePolicy")) co_return Answer<void>();
  Answer<json::Object> table = co_await WaitActive(context, name);
  if (!table) co_return std::move(table).error();
  json::Object input{{"ResourceArn", table->GetString("TableArn")}};
  if (!policy.empty()) input.Set("Policy", policy);
  const std::string operation = policy.empty() ? "DeleteResourcePolicy" : "PutResourcePolicy";
  co_return co_await CallFor(context, operation, std::move(input));
}

// Contributor insights that are off are what this cloud has.
bool WantsInsights(const json::Object& properties) {
  const json::Object& insights = properties.GetObject("ContributorInsightsSpecification");
  return insights.GetBool("Enabled") || insights.GetString("Enabled") == "true";
}

Answer<void> CheckKnown(const json::Object& properties) {
  if (WantsInsights(properties)) {
    return ServiceError("InvalidRequest",
                        "contributor insights are not implemented by this cloud: set Enabled of "
                        "ContributorInsightsSpecification to false");
  }
  for (const std::string_view name : {"ImportSourceSpecification", "KinesisStreamSpecification"}) {
    if (properties.Has(name)) {
      return ServiceError("InvalidRequest",
                          fmt::format("property {} is not implemented by this cloud", name));
    }
  }
  return {};
}

// The properties as the inputs of the API: with its types, whatever the template has.
Answer<json::Object> WantedOf(const WaitContext& context, const Mapping& mapping,
                              const ResourceOrder& order) {
  json::Object wanted;
  for (const std::string_view operation :
       {"CreateTable", "UpdateTimeToLive", "UpdateContinuousBackups"}) {
    const InputParts parts{.properties = &order.properties, .unknown_ok = true};
    TL_TRY(const json::Object input, MakeInput(context, mapping, order, operation, parts));
    Overlay(wanted, input);
  }
  return wanted;
}

}  // namespace

void SpellTableSettings(json::Object& properties) {
  if (json::Value* stream = properties.Find("StreamSpecification"); stream && stream->IsObject()) {
    stream->AsObject().Set("StreamEnabled", true);
    stream->AsObject().Remove("ResourcePolicy");
  }
  json::Value* encryption = properties.Find("SSESpecification");
  if (encryption && encryption->IsObject()) {
    const json::Value* enabled = encryption->AsObject().Find("SSEEnabled");
    if (enabled) encryption->AsObject().Set("Enabled", *enabled);
    encryption->AsObject().Remove("SSEEnabled");
  }
  json::Value* policy = properties.Find("ResourcePolicy");
  if (policy && policy->IsObject()) {
    const json::Value* document = policy->AsObject().Find("PolicyDocument");
    *policy = document ? json::Write(*document) : std::string();
  }
}

net::aw<Answer<void>> WaitUntilDeletable(WaitContext context, ResourceOrder order) {
  Patience patience;
  while (true) {
    const Answer<> answer =
        context.Dispatch("dynamodb", "DescribeTable", {{"TableName", order.physical_id}});
    const std::string_view status =
        answer ? answer->GetObject("Table").GetString("TableStatus") : std::string_view();
    // What cannot be looked at is for the deletion to find out.
    if (status != "CREATING" && status != "UPDATING") co_return Answer<void>();
    const bool more = co_await patience.Next(context);
    if (!more) co_return ServiceError("NotStabilized", "the table does not become ACTIVE");
  }
}

net::aw<Answer<void>> ChangeTableSettings(const Mapping& mapping, WaitContext context,
                                          ResourceOrder order) {
  TL_CO_DO(CheckKnown(order.properties));
  TL_CO_TRY(json::Object wanted, WantedOf(context, mapping, order));
  const std::string name = order.physical_id;
  Answer<void> done = co_await ChangeTable(context, name, wanted);
  if (!done) co_return done;
  done = co_await ChangeExpiry(context, name, wanted);
  if (!done) co_return done;
  done = co_await ChangeRecovery(context, name, wanted);
  if (!done || order.previous.empty()) co_return done;  // the creation took the policy
  co_return co_await ChangePolicy(context, name, order);
}

void AddStreamArn(const WaitContext& /*context*/, const ResourceOrder& order, json::Object& known) {
  if (!order.physical_id.empty()) known.Set("TableName", order.physical_id);
  if (!known.GetObject("StreamSpecification").GetBool("StreamEnabled"))
    known.Remove("LatestStreamArn");
}

}  // namespace trunkline::cloud::cloudformation
