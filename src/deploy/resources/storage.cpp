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

net::aw<Result<void>> ApplyStorage(Session& session, const Change& change) {
  for (const center::StorageConfig& wanted : session.target.center.instance->storage) {
    if (wanted.resource_type.value != change.name) continue;
    json::Object config{{"StorageType", "S3"}, {"S3Config", S3Config(session.target, wanted)}};
    json::Object input{{"InstanceId", session.live.InstanceId()}, {"ResourceType", change.name}};
    std::string operation = "AssociateInstanceStorageConfig";
    const LiveResource* there = session.live.Find("storage", change.name);
    if (there != nullptr) {
      operation = "UpdateInstanceStorageConfig";
      config.Set("AssociationId", there->id);
      input.Set("AssociationId", there->id);
    }
    input.Set("StorageConfig", std::move(config));
    TL_CO_DO(co_await session.Call("connect", operation, std::move(input)));
  }
  co_return Result<void>();
}

}  // namespace

const ResourceKind kStorageKind{.name = "storage",
                                .plural = "storage configurations",
                                .project = "instance",
                                .read = ReadStorage,
                                .plan = PlanStorage,
                                .apply = ApplyStorage};

}  // namespace trunkline::deploy
