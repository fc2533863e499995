// Where the instance keeps recordings, transcripts and reports: one association per kind, updated
// when it differs.
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> ReadStorage(Session& session) {
  for (const center::StorageConfig& wanted : session.target.center.instance->storage) {
    json::Object input{{"InstanceId", session.live.InstanceId()},
                       {"ResourceType", wanted.resource_type.value}};
    TL_CO_TRY(
        const json::Object listed,
        co_await session.CallAllPages("connect", "ListInstanceStorageConfigs", std::move(input)));
    for (const json::Value& item : listed.GetArray("StorageConfigs")) {
      const json::Object& body = item.AsObject();
      LiveResource config{
          .id = std::string(body.GetString("AssociationId")), .arn = {}, .tags = {}, .body = body};
      session.live.Put("storage", wanted.resource_type.value, std::move(config));
    }
  }
  co_return Result<void>();
}

json::Object S3Config(const Target& target, const center::StorageConfig& wanted) {
  return {{"BucketName", target.bucket}, {"BucketPrefix", wanted.prefix.value}};
}

std::string Differs(const Target& target, const center::StorageConfig& wanted,
                    const LiveResource& there) {
  const json::Object& s3 = there.body.GetObject("S3Config");
  if (s3.GetString("BucketName") != target.bucket)
    return fmt::format("is in bucket '{}'", s3.GetString("BucketName"));
  if (s3.GetString("BucketPrefix") != wanted.prefix.value)
    return fmt::format("has prefix '{}'", s3.GetString("BucketPrefix"));
  return "";
}

void PlanStorage(const Target& target, const Live& live, Plan& plan) {
  for (const center::StorageConfig& wanted : target.center.instance->storage) {
    const LiveResource* there = live.Find("storage", wanted.resource_type.value);
    const std::string why = there == nullptr ? "" : Differs(target, wanted, *there);
    if (there != nullptr && why.empty()) {
      ++plan.unchanged;
      continue;
    }
    plan.changes.push_back({.kind = "storage",
                            .name = wanted.resource_type.value,
                            .action = there == nullptr ? Action::kCreate : Action::kUpdate,
                            .why = why,
                            .after = {"bucket:" + target.bucket}});
  }
}

net::aw<Result<void>> Associate(Session& session, std::string type, json::Object config) {
  session.NoteNew("storage", type);
  json::Object input{{"InstanceId", session.live.InstanceId()},
                     {"ResourceType", type},
                     {"StorageConfig", std::move(config)}};
  TL_CO_TRY(const json::Object made,
            co_await session.Call("connect", "AssociateInstanceStorageConfig", std::move(input)));
  LiveResource storage{
      .id = std::string(made.GetString("AssociationId")), .arn = {}, .tags = {}, .body = {}};
  session.live.Put("storage", type, std::move(storage));
  co_return Result<void>();
}

net::aw<Result<void>> Update(Session& session, std::string type, std::string id,
                             json::Object config) {
  config.Set("AssociationId", id);
  json::Object input{{"InstanceId", session.live.InstanceId()},
                     {"ResourceType", type},
                     {"AssociationId", id},
                     {"StorageConfig", std::move(config)}};
  TL_CO_DO(co_await session.Call("connect", "UpdateInstanceStorageConfig", std::move(input)));
  co_return Result<void>();
}

net::aw<Result<void>> ApplyStorage(Session& session, const Change& change) {
  for (const center::StorageConfig& wanted : session.target.center.instance->storage) {
    if (wanted.resource_type.value != change.name) continue;
    json::Object config{{"StorageType", "S3"}, {"S3Config", S3Config(session.target, wanted)}};
    const LiveResource* there = session.live.Find("storage", change.name);
    if (there == nullptr) {
      TL_CO_DO(co_await Associate(session, change.name, std::move(config)));
      continue;
    }
    session.Note("storage", change.name, AsItIs(*there));
    TL_CO_DO(co_await Update(session, change.name, there->id, std::move(config)));
  }
  co_return Result<void>();
}

// Whether an association whose answer was lost was made shows in the listing: there is one of a
// kind.
net::aw<Result<void>> RestoreStorage(Session& session, const Undo& undo) {
  if (!undo.IsNew()) {
    const json::Object body = undo.before.GetObject("body");
    std::string id(body.GetString("AssociationId"));
    co_return co_await Update(session, undo.name, std::move(id), body);
  }
  if (undo.IsPerhapsNew()) TL_CO_DO(co_await ReadStorage(session));
  const LiveResource* there = session.live.Find("storage", undo.name);
  if (there == nullptr) co_return Result<void>();
  json::Object input{{"InstanceId", session.live.InstanceId()},
                     {"ResourceType", undo.name},
                     {"AssociationId", there->id}};
  co_return co_await Delete(session, "connect", "DisassociateInstanceStorageConfig",
                            std::move(input));
}

}  // namespace

const ResourceKind kStorageKind{.name = "storage",
                                .plural = "storage configurations",
                                .project = "instance",
                                .read = ReadStorage,
                                .plan = PlanStorage,
                                .apply = ApplyStorage,
                                .restore = RestoreStorage};

}  // namespace trunkline::deploy
