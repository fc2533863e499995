#include "deploy/prompt_audio.h"

#include "base/hash.h"

namespace trunkline::deploy {

net::aw<Result<std::string>> AudioOfPrompt(Session& session, std::string prompt_id) {
  json::Object input{{"InstanceId", session.live.InstanceId()}, {"PromptId", prompt_id}};
  TL_CO_TRY(const json::Object file,
            co_await session.Call("connect", "GetPromptFile", std::move(input)));
  std::string url(file.GetString("PromptPresignedUrl"));
  co_return co_await session.client.Download(std::move(url));
}

std::string AudioKey(std::string_view audio) {
  return "prompts/" + ToHex(Sha256(audio)) + ".wav";
}

std::string AudioUri(const Target& target, std::string_view key) {
  return fmt::format("s3://{}/{}", target.bucket, key);
}

net::aw<Result<KeptAudio>> KeepAudio(Session& session, std::string audio) {
  KeptAudio kept;
  kept.key = AudioKey(audio);
  json::Object head{{"Bucket", session.target.bucket}, {"Key", kept.key}};
  const Result<json::Object> there = co_await session.Call("s3", "HeadObject", std::move(head));
  if (there) co_return kept;
  if (there.error().kind() != ErrorKind::kNotFound) co_return there.error();
  json::Object input{{"Bucket", session.target.bucket},
                     {"Key", kept.key},
                     {"Body", std::move(audio)},
                     {"ContentType", "audio/wav"}};
  TL_CO_DO(co_await session.Call("s3", "PutObject", std::move(input)));
  kept.put = true;
  co_return kept;
}

net::aw<Result<void>> ForgetAudio(Session& session, std::string key) {
  json::Object input{{"Bucket", session.target.bucket}, {"Key", key}};
  co_return co_await Delete(session, "s3", "DeleteObject", std::move(input));
}

}  // namespace trunkline::deploy
