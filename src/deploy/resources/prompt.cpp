// Prompts: the audio goes to the storage bucket, named by its hash, and Amazon Connect takes it
// from there.
#include <algorithm>

#include "base/hash.h"
#include "deploy/drift.h"
#include "deploy/list.h"
#include "deploy/prompt_audio.h"
#include "deploy/prompt_restore.h"

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

std::string Hash(std::string_view description, std::string_view audio) {
  return HashOf(json::Object{{"Description", description}, {"Audio", ToHex(Sha256(audio))}});
}

std::string Hash(const center::Prompt& prompt) {
  return Hash(prompt.description, prompt.audio);
}

void PlanPrompt(const Target& target, const Live& live, Plan& plan) {
  for (const center::Prompt& prompt : target.center.prompts) {
    PlanByHash(live, "prompt", prompt.name.value, Hash(prompt), {"bucket:" + target.bucket}, plan,
               prompt.tags);
  }
}

// A run that may be undone has to know whether the recording was there already: only what it
// brought goes again.
net::aw<Result<std::string>> Upload(Session& session, const center::Prompt& prompt) {
  const std::string key = AudioKey(prompt.audio);
  if (session.journal != nullptr) {
    TL_CO_TRY(const KeptAudio kept, co_await KeepAudio(session, prompt.audio));
    if (kept.put) session.NoteMore("prompt", prompt.name.value, "brought", key);
    co_return AudioUri(session.target, key);
  }
  json::Object input{{"Bucket", session.target.bucket},
                     {"Key", key},
                     {"Body", prompt.audio},
                     {"ContentType", "audio/wav"}};
  TL_CO_DO(co_await session.Call("s3", "PutObject", std::move(input)));
  co_return AudioUri(session.target, key);
}

net::aw<Result<void>> Create(Session& session, const center::Prompt& prompt, json::Object input) {
  input.Set("Tags", TagsFor(prompt.tags, Hash(prompt)));
  TL_CO_TRY(const json::Object made,
            co_await session.Call("connect", "CreatePrompt", std::move(input)));
  LiveResource resource{.id = std::string(made.GetString("PromptId")),
                        .arn = std::string(made.GetString("PromptARN")),
                        .tags = {},
                        .body = {}};
  session.live.Put("prompt", prompt.name.value, std::move(resource));
  co_return Result<void>();
}

net::aw<Result<void>> Update(Session& session, const center::Prompt& prompt, json::Object input) {
  const LiveResource there = *session.live.Find("prompt", prompt.name.value);
  input.Set("PromptId", there.id);
  TL_CO_DO(co_await session.Call("connect", "UpdatePrompt", std::move(input)));
  json::Object tags = TagsFor(prompt.tags, Hash(prompt));
  co_return co_await Tag(session, there, prompt.tags, std::move(tags));
}

net::aw<Result<void>> ApplyPrompt(Session& session, const Change& change) {
  const auto& all = session.target.center.prompts;
  const auto prompt = std::find_if(all.begin(), all.end(),
                                   [&](const auto& one) { return one.name.value == change.name; });
  // Asked again, not taken from the plan: a new instance brings prompts of its own.
  const bool there = session.live.Find("prompt", change.name) != nullptr;
  if (there) TL_CO_DO(co_await NotePrompt(session, change.name, false));
  if (!there) session.NoteNew("prompt", change.name);
  TL_CO_TRY(const std::string uri, co_await Upload(session, *prompt));
  json::Object input{
      {"InstanceId", session.live.InstanceId()}, {"Name", change.name}, {"S3Uri", uri}};
  input.SetIfNotEmpty("Description", prompt->description);
  if (there) co_return co_await Update(session, *prompt, std::move(input));
  co_return co_await Create(session, *prompt, std::move(input));
}

net::aw<Result<void>> RemovePrompt(Session& session, const Change& change) {
  TL_CO_DO(co_await NotePrompt(session, change.name, true));
  co_return co_await DeleteInInstance(session, change, "DeletePrompt", "PromptId");
}

// ---- drift

// What the center wants tells them apart, as long as that is what was delivered.
std::string WhatDiffers(const Session& session, const std::string& name, std::string_view now,
                        std::string_view audio, const std::string& recorded) {
  const auto& all = session.target.center.prompts;
  const auto wanted =
      std::ranges::find_if(all, [&](const auto& one) { return one.name.value == name; });
  if (wanted == all.end() || Hash(*wanted) != recorded)
    return "its recording or description was changed";
  if (audio != wanted->audio) return "its recording was changed";
  return fmt::format("its description is '{}'", now);
}

// The recorded hash is of the recording itself, and only the file tells what that is now: no
// listing has a hash of it. A description that was taken away stays, as an empty one cannot be
// written.
net::aw<Result<void>> DriftOfOne(Session& session, std::string name, LiveResource prompt,
                                 std::vector<Drifted>& drifted) {
  const std::string recorded = RecordedHash(prompt);
  if (recorded.empty()) co_return Result<void>();
  const Result<std::string> audio = co_await AudioOfPrompt(session, prompt.id);
  if (!audio && audio.error().kind() != ErrorKind::kNotFound) co_return audio.error();
  const std::string now(prompt.body.GetString("Description"));
  if (!audio) {
    drifted.push_back({.kind = "prompt", .name = name, .what = "its recording is gone"});
  } else if (Hash(now, *audio) != recorded && Hash("", *audio) != recorded) {
    std::string what = WhatDiffers(session, name, now, *audio, recorded);
    drifted.push_back({.kind = "prompt", .name = name, .what = std::move(what)});
  }
  co_return Result<void>();
}

net::aw<Result<void>> DriftOfPrompts(Session& session, std::vector<Drifted>& drifted) {
  const auto prompts = session.live.resources.find("prompt");
  if (prompts == session.live.resources.end()) co_return Result<void>();
  for (const auto& [name, prompt] : prompts->second)
    TL_CO_DO(co_await DriftOfOne(session, name, prompt, drifted));
  co_return Result<void>();
}

}  // namespace

const ResourceKind kPromptKind{.name = "prompt",
                               .plural = "prompts",
                               .project = "admin-objects",
                               .read = ReadPrompt,
                               .plan = PlanPrompt,
                               .apply = ApplyPrompt,
                               .restore = RestorePrompt,
                               .remove = RemovePrompt,
                               .drift = DriftOfPrompts};

}  // namespace trunkline::deploy
