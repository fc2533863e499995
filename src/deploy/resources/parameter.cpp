// What the workshop's other stacks read from SSM: the instance's id and name, and the bucket.
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

constexpr std::string_view kIdName = "AmazonConnectInstanceId";
constexpr std::string_view kInstanceName = "AmazonConnectInstanceName";
constexpr std::string_view kBucketName = "AmazonConnectInstanceStorageBucket";

net::aw<Result<void>> ReadParameter(Session& session) {
  json::Object input{{"Names", json::Array{kIdName, kInstanceName, kBucketName}}};
  TL_CO_TRY(const json::Object answer,
            co_await session.Call("ssm", "GetParameters", std::move(input)));
  for (const json::Value& item : answer.GetArray("Parameters")) {
    const json::Object& body = item.AsObject();
    LiveResource parameter{
        .id = std::string(body.GetString("Value")), .arn = {}, .tags = {}, .body = body};
    session.live.Put("parameter", std::string(body.GetString("Name")), std::move(parameter));
  }
  co_return Result<void>();
}

std::string Value(const Target& target, const Live& live, std::string_view name) {
  if (name == kIdName) return live.InstanceId();
  return name == kInstanceName ? target.instance_name : target.bucket;
}

void PlanParameter(const Target& target, const Live& live, Plan& plan) {
  for (const std::string_view name : {kIdName, kInstanceName, kBucketName}) {
    const LiveResource* there = live.Find("parameter", name);
    const std::string wanted = Value(target, live, name);
    if (there != nullptr && there->id == wanted && !wanted.empty()) {
      ++plan.unchanged;
      continue;
    }
    plan.changes.push_back({.kind = "parameter",
                            .name = std::string(name),
                            .action = there == nullptr ? Action::kCreate : Action::kUpdate,
                            .why = there == nullptr ? "" : fmt::format("is '{}'", there->id),
                            .after = {"instance:" + target.instance_name}});
  }
}

void NoteParameter(Session& session, const std::string& name) {
  const LiveResource* there = session.live.Find("parameter", name);
  if (there == nullptr) {
    session.NoteNew("parameter", name);
    return;
  }
  session.Note("parameter", name,
               {{"value", there->id}, {"type", there->body.GetString("Type", "String")}});
}

net::aw<Result<void>> ApplyParameter(Session& session, const Change& change) {
  NoteParameter(session, change.name);
  json::Object input{{"Name", change.name},
                     {"Type", "String"},
                     {"Value", Value(session.target, session.live, change.name)},
                     {"Overwrite", true}};
  TL_CO_DO(co_await session.Call("ssm", "PutParameter", std::move(input)));
  co_return Result<void>();
}

net::aw<Result<void>> RestoreParameter(Session& session, const Undo& undo) {
  json::Object input{{"Name", undo.name}};
  if (undo.IsNew()) co_return co_await Delete(session, "ssm", "DeleteParameter", std::move(input));
  input.Set("Type", undo.before.GetString("type"));
  input.Set("Value", undo.before.GetString("value"));
  input.Set("Overwrite", true);
  TL_CO_DO(co_await session.Call("ssm", "PutParameter", std::move(input)));
  co_return Result<void>();
}

// Somebody else's value, such as another environment's in this account, stays.
net::aw<Result<void>> RemoveParameter(Session& session, const Change& change) {
  const LiveResource* there = session.live.Find("parameter", change.name);
  if (there->id != Value(session.target, session.live, change.name)) co_return Result<void>();
  json::Object input{{"Name", change.name}};
  co_return co_await Delete(session, "ssm", "DeleteParameter", std::move(input));
}

}  // namespace

const ResourceKind kParameterKind{.name = "parameter",
                                  .plural = "parameters",
                                  .project = "instance",
                                  .read = ReadParameter,
                                  .in_instance = false,
                                  .plan = PlanParameter,
                                  .apply = ApplyParameter,
                                  .restore = RestoreParameter,
                                  .remove = RemoveParameter};

}  // namespace trunkline::deploy
