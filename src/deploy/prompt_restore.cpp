#include "deploy/prompt_restore.h"

#include "deploy/prompt_audio.h"

namespace trunkline::deploy {
namespace {

// An empty description cannot be written: what the run wrote stays.
json::Object AsWritten(const Session& session, const json::Object& before) {
  const json::Object& body = before.GetObject("body");
  json::Object input{{"InstanceId", session.live.InstanceId()}, {"Name", body.GetString("Name")}};
  input.SetIfNotEmpty("Description", body.GetString("Description"));
  if (before.Has("audio")) input.Set("S3Uri", AudioUri(session.target, before.GetString("audio")));
  return input;
}

Error HasNoAudio(const Undo& undo) {
  return Error(ErrorKind::kNotFound,
               "the recording that prompt '{}' had cannot be put back: Amazon Connect gave no file "
               "of it",
               undo.name);
}

net::aw<Result<void>> MakeAgain(Session& session, const Undo& undo) {
  TL_CO_TRY(const bool there, co_await IsThereAgain(session, undo));
  if (there) co_return Result<void>();
  if (!undo.before.Has("audio")) co_return HasNoAudio(undo);
  json::Object input = AsWritten(session, undo.before);
  input.Set("Tags", TagsToPut(undo.before.GetObject("tags")));
  TL_CO_DO(co_await session.Call("connect", "CreatePrompt", std::move(input)));
  co_return Result<void>();
}

net::aw<Result<void>> WriteAgain(Session& session, const Undo& undo) {
  json::Object input = AsWritten(session, undo.before);
  input.Set("PromptId", undo.before.GetObject("body").GetString("PromptId"));
  TL_CO_DO(co_await session.Call("connect", "UpdatePrompt", std::move(input)));
  std::string arn(undo.before.GetString("arn"));
  TL_CO_DO(co_await RestoreTags(session, std::move(arn), undo.before.GetObject("tags")));
  if (!undo.before.Has("audio")) co_return HasNoAudio(undo);
  co_return Result<void>();
}

}  // namespace

net::aw<Result<void>> NotePrompt(Session& session, std::string name, bool gone) {
  if (session.journal == nullptr) co_return Result<void>();
  const LiveResource there = *session.live.Find("prompt", name);
  json::Object before = AsItIs(there);
  Result<std::string> audio = co_await AudioOfPrompt(session, there.id);
  if (!audio && audio.error().kind() != ErrorKind::kNotFound) co_return std::move(audio).error();
  if (audio) {
    TL_CO_TRY(KeptAudio kept, co_await KeepAudio(session, std::move(*audio)));
    before.Set("audio", std::move(kept.key));
  }
  if (gone) before.Set("gone", true);
  session.Note("prompt", name, std::move(before));
  co_return Result<void>();
}

net::aw<Result<void>> RestorePrompt(Session& session, const Undo& undo) {
  if (undo.IsGone()) co_return co_await MakeAgain(session, undo);
  if (undo.IsNew()) {
    TL_CO_DO(co_await RemoveNew(session, undo));
  } else {
    TL_CO_DO(co_await WriteAgain(session, undo));
  }
  std::string brought(undo.before.GetString("brought"));
  if (brought.empty()) co_return Result<void>();
  co_return co_await ForgetAudio(session, std::move(brought));
}

}  // namespace trunkline::deploy
