// Prompts: the audio goes to the storage bucket, named by its hash, and Amazon Connect takes it
// from there.
#include <algorithm>

#include "base/hash.h"
#include "deploy/list.h"

namespace trunkline::deploy {
namespace {

net::aw<Result<void>> ReadPrompt(Session& session) {
  json::Object input{{"InstanceId", session.live.InstanceId()}, {"MaxResults", 100}};
  TL_CO_TRY(const json::Object found,
            co_await session.CallAllPages("connect", "SearchPrompts", std::move(input)));
  for (const json::Value& item : found.GetArray("Prompts")) {
    const json::Object& body = item.AsObject();
    LiveResource prompt{.id = std::string(body.GetString("PromptId")),
                        .arn = std::string(body.GetString("PromptARN")),
                        .tags = ReadTags(body.GetObject("Tags")),
                        .body = body};
    session.live.Put("prompt", std::string(body.GetString("Name")), std::move(prompt));
  }
  co_return Result<void>();
}

std::string Hash(const center::Prompt& prompt) {
  const json::Object wanted{{"Description", prompt.description},
                            {"Audio", ToHex(Sha256(prompt.audio))}};
  return HashOf(wanted);
}

void PlanPrompt(const Target& target, const Live& live, Plan& plan) {
  for (const center::Prompt& prompt : target.center.prompts) {
    PlanByHash(live, "prompt", prompt.name.value, Hash(prompt), {"bucket:" + target.bucket}, plan,
               prompt.tags);
  }
}

net::aw<Result<std::string>> Upload(Session& session, const center::Prompt& prompt) {
  const std::string key = "prompts/" + ToHex(Sha256(prompt.audio)) + ".wav";
  json::Object input{{"Bucket", session.target.bucket},
                     {"Key", key},
                     {"Body", prompt.audio},
                     {"ContentType", "audio/wav"}};
  TL_CO_DO(co_await session.Call("s3", "PutObject", std::move(input)));
  co_return fmt::format("s3://{}/{}", session.target.bucket, key);
}

net::aw<Result<void>> ApplyPrompt(Session& session, const Change& change) {
  const auto& all = session.target.center.prompts;
  const auto prompt = std::find_if(all.begin(), all.end(),
                                   [&](const auto& one) { return one.name.value == change.name; });
  TL_CO_TRY(const std::string uri, co_await Upload(session, *prompt));
  json::Object input{
      {"InstanceId", session.live.InstanceId()}, {"Name", change.name}, {"S3Uri", uri}};
  input.SetIfNotEmpty("Description", prompt->description);
  // Asked again, not taken from the plan: a new instance brings prompts of its own.
  if (session.live.Find("prompt", change.name) == nullptr) {
    input.Set("Tags", TagsFor(prompt->tags, Hash(*prompt)));
    TL_CO_TRY(const json::Object made,
              co_await session.Call("connect", "CreatePrompt", std::move(input)));
    LiveResource resource{.id = std::string(made.GetString("PromptId")),
                          .arn = std::string(made.GetString("PromptARN")),
                          .tags = {},
                          .body = {}};
    session.live.Put("prompt", change.name, std::move(resource));
    co_return Result<void>();
  }
  const LiveResource there = *session.live.Find("prompt", change.name);
  input.Set("PromptId", there.id);
  TL_CO_DO(co_await session.Call("connect", "UpdatePrompt", std::move(input)));
  json::Object tags = TagsFor(prompt->tags, Hash(*prompt));
  co_return co_await Tag(session, there, prompt->tags, std::move(tags));
}

net::aw<Result<void>> RemovePrompt(Session& session, const Change& change) {
  return DeleteInInstance(session, change, "DeletePrompt", "PromptId");
}

}  // namespace

const ResourceKind kPromptKind{.name = "prompt",
                               .plural = "prompts",
                               .project = "admin-objects",
                               .read = ReadPrompt,
                               .plan = PlanPrompt,
                               .apply = ApplyPrompt,
                               .remove = RemovePrompt};

}  // namespace trunkline::deploy
