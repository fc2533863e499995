#include "cloud/services/codepipeline/order.h"

#include "cloud/services/codepipeline/artifacts.h"
#include "cloud/services/codepipeline/roles.h"
#include "cloud/services/codepipeline/variables.h"

namespace trunkline::cloud::codepipeline {
namespace {

// Everything of the records that an order takes.
struct Sheet {
  bool wanted = false;
  json::Object action;
  json::Object execution;
  json::Object declaration;
};

Answer<> ReadSheet(Context& context, Kind kind, std::string_view pipeline, const std::string& id,
                   Sheet& sheet) {
  const Record* action = context.store.Find(context.RegionScope(), kind, id);
  if (!action || action->body.GetString("Status") != "InProgress") return json::Object();
  const std::string_view execution_id = action->body.GetString("Execution");
  TL_TRY(const Record* execution, FindExecution(context, pipeline, execution_id));
  const Record* version = context.store.Find(context.RegionScope(), kVersion,
                                             VersionId(pipeline, action->body.GetInt("Version")));
  if (!version) return json::Object();
  sheet.wanted = true;
  sheet.action = action->body;
  sheet.execution = execution->body;
  sheet.declaration = version->body.GetObject("Declaration");
  return json::Object();
}

json::Object SourceOf(const Sheet& sheet) {
  for (const json::Value& source : sheet.execution.GetArray("Sources")) {
    if (source.AsObject().GetString("actionName") == sheet.action.GetString("Action"))
      return source.AsObject();
  }
  return {};
}

// Writes down what the action was given, for ListActionExecutions.
void Note(const ActionOrder& order, Kind kind) {
  (void)order.context.State([&](Context& state) -> Answer<> {
    const Record* found = state.store.Find(state.RegionScope(), kind, order.id);
    if (!found) return json::Object();
    Record record = *found;
    record.body.Set("Resolved", order.configuration);
    if (!order.inputs.empty()) record.body.Set("Inputs", order.inputs);
    state.store.Put(state.RegionScope(), kind, std::move(record));
    return json::Object();
  });
}

// The place of an artifact in the action's Region, or where else it is.
struct Place {
  json::Object here;
  json::Object elsewhere;
  std::string region;
};

Place FindPlace(const json::Object& artifact, std::string_view region) {
  Place place;
  const json::Object& places = artifact.GetObject("Places");
  place.here = places.GetObject(region);
  if (places.empty() || !place.here.empty()) return place;
  place.region = places.begin()->key;
  place.elsewhere = places.begin()->value.AsObject();
  return place;
}

void KeepPlace(const ActionOrder& order, const std::string& artifact, const json::Object& place) {
  (void)order.context.State([&](Context& state) -> Answer<> {
    const Record* found = state.store.Find(state.RegionScope(), kExecution, order.execution);
    if (!found) return json::Object();
    Record record = *found;
    Part(Part(Part(record.body, "Artifacts"), artifact), "Places").Set(order.actor.region(), place);
    state.store.Put(state.RegionScope(), kExecution, std::move(record));
    return json::Object();
  });
}

}  // namespace

json::Object StoreOf(const json::Object& declaration, std::string_view region) {
  if (declaration.Has("artifactStore")) return declaration.GetObject("artifactStore");
  return declaration.GetObject("artifactStores").GetObject(region);
}

Answer<WaitContext> AssumeRoles(const WaitContext& context, const ActionRoles& roles,
                                std::string_view session, std::string_view region) {
  std::optional<Caller> caller;
  const Answer<> done = context.State([&](Context& state) -> Answer<> {
    TL_TRY(Caller assumed, ActionSession(state, roles, session));
    caller = std::move(assumed);
    return json::Object();
  });
  if (!done) {
    return ServiceError("PermissionError",
                        fmt::format("The provided role does not have sufficient permissions: {}",
                                    done.error().message));
  }
  return context.As(std::move(*caller), std::string(region));
}

Answer<std::optional<ActionOrder>> ReadOrder(const WaitContext& context, Kind kind,
                                             std::string_view pipeline, const std::string& id) {
  Sheet sheet;
  TL_DO(context.State([&](Context& state) { return ReadSheet(state, kind, pipeline, id, sheet); }));
  if (!sheet.wanted) return std::optional<ActionOrder>();
  const json::Object& declared = sheet.action.GetObject("Declaration");
  const std::string region(declared.GetString("region", context.region()));
  const std::string_view pipeline_role = sheet.declaration.GetString("roleArn");
  const std::string role(declared.GetString("roleArn", pipeline_role));
  const ActionRoles roles{
      .pipeline = pipeline, .pipeline_role = pipeline_role, .action_role = role};
  TL_TRY(WaitContext actor, AssumeRoles(context, roles, id, region));
  TL_TRY(json::Object configuration, ResolveConfiguration(declared.GetObject("configuration"),
                                                          sheet.execution.GetObject("Spaces")));
  return std::optional(ActionOrder{.context = context,
                                   .actor = std::move(actor),
                                   .pipeline = std::string(pipeline),
                                   .execution = std::string(sheet.action.GetString("Execution")),
                                   .stage = std::string(sheet.action.GetString("Stage")),
                                   .name = std::string(sheet.action.GetString("Action")),
                                   .id = id,
                                   .role_arn = role,
                                   .declaration = declared,
                                   .configuration = std::move(configuration),
                                   .inputs = {},
                                   .store = StoreOf(sheet.declaration, region),
                                   .source = SourceOf(sheet),
                                   .progress = sheet.action.GetObject("Progress")});
}

net::aw<Answer<void>> CollectInputs(WaitContext context, ActionOrder* order, Kind kind) {
  json::Object artifacts;
  TL_CO_DO(context.State([&](Context& state) -> Answer<> {
    TL_TRY(const Record* execution, FindExecution(state, order->pipeline, order->execution));
    artifacts = execution->body.GetObject("Artifacts");
    return json::Object();
  }));
  const json::Array wanted = order->declaration.GetArray("inputArtifacts");
  for (const json::Value& item : wanted) {
    const std::string name(item.AsObject().GetString("name"));
    const json::Object& artifact = artifacts.GetObject(name);
    Place place = FindPlace(artifact, order->actor.region());
    if (place.here.empty()) {
      if (place.elsewhere.empty()) {
        co_return ServiceError(
            "JobFailed", fmt::format("The input artifact '{}' was not produced by the action that "
                                     "declares it as its output",
                                     name));
      }
      json::Object source{{"Bucket", place.elsewhere.GetString("bucket")},
                          {"Key", place.elsewhere.GetString("key")}};
      std::string key(place.elsewhere.GetString("key"));
      TL_CO_TRY(place.here, co_await CopyIntoStore(order->actor, order->store, std::move(source),
                                                   std::move(key)));
      KeepPlace(*order, name, place.here);
    }
    json::Object input{{"name", name}, {"s3location", place.here}};
    CopyMember(artifact, "Revision", input, "revision");
    order->inputs.emplace_back(std::move(input));
  }
  Note(*order, kind);
  co_return Answer<void>();
}

}  // namespace trunkline::cloud::codepipeline
