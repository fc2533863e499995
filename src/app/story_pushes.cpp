#include "app/story_pushes.h"

#include <fmt/format.h>

#include "app/github_api.h"
#include "base/json_read.h"
#include "base/shown.h"

namespace trunkline::app {
namespace {

constexpr Milliseconds kPause{100};
constexpr int kMostLooks = 200;

bool IsAnswered(const json::Value& delivery) {
  return delivery.IsObject() && delivery.AsObject().GetString("event") == "push" &&
         delivery.AsObject().GetInt("status_code") != 0;
}

// The router's answer to the delivery of the push that brought the branch to the commit.
class AnsweredDelivery {
 public:
  AnsweredDelivery(const GithubApi& github, const HookReport& hook, const std::string& branch,
                   const std::string& commit)
      : github_(github),
        repository_(hook.repository),
        path_(fmt::format("/hooks/{}/deliveries", hook.id)),
        ref_("refs/heads/" + branch),
        commit_(commit) {}

  // Nothing when there is none yet.
  net::aw<Result<std::optional<json::Object>>> Find() const {
    TL_CO_TRY(const json::Value list, co_await github_.Ask("GET", repository_, path_));
    if (!list.IsArray()) co_return std::nullopt;
    for (const json::Value& one : list.AsArray()) {
      if (!IsAnswered(one)) continue;
      std::string path = fmt::format("{}/{}", path_, one.AsObject().GetInt("id"));
      TL_CO_TRY(const json::Value shown, co_await github_.Ask("GET", repository_, std::move(path)));
      if (IsIt(shown)) co_return AnswerIn(shown.AsObject());
    }
    co_return std::nullopt;
  }

 private:
  bool IsIt(const json::Value& shown) const {
    if (!shown.IsObject()) return false;
    const json::Object& payload = shown.AsObject().GetObject("request").GetObject("payload");
    return payload.GetString("after") == commit_ && payload.GetString("ref") == ref_;
  }

  static Result<std::optional<json::Object>> AnswerIn(const json::Object& shown) {
    const std::string_view text = shown.GetObject("response").GetString("payload");
    Result<json::Value> answer = json::Parse(text);
    if (answer && answer->IsObject() && answer->AsObject().Has("started"))
      return std::optional(std::move(answer->AsObject()));
    return Error(ErrorKind::kConflict, "the router answered a push with {}: {}",
                 shown.GetInt("status_code"), Shown(text, 300));
  }

  const GithubApi& github_;
  std::string repository_;
  std::string path_;
  std::string ref_;
  std::string commit_;
};

net::aw<Result<json::Object>> Answer(const WebhookAccount& account,
                                     const AnsweredDelivery& delivery) {
  for (int look = 0; look < kMostLooks; ++look) {
    TL_CO_TRY(std::optional<json::Object> answer, co_await delivery.Find());
    if (answer) co_return std::move(*answer);
    co_await account.connection().timers().Wait(kPause);
  }
  co_return Error(ErrorKind::kUnreached, "the router has not answered the push after {}",
                  ToDurationText(kPause * kMostLooks));
}

}  // namespace

Result<std::vector<std::string>> StartedBy(AppWorld& world, const WebhookArgs& webhook,
                                           const HookReport& hook, const std::string& branch,
                                           const std::string& commit) {
  TL_TRY(const WebhookAccount account, OpenWebhook(world, webhook));
  TL_TRY(const WebhookArgs found,
         account.connection().Run(FindWebhook(account.client(), webhook, {.repository = true})));
  TL_TRY(const GithubApi github, GithubApi::Open(world, found.github_api));
  const AnsweredDelivery delivery(github, hook, branch, commit);
  TL_TRY(const json::Object answer, account.connection().Run(Answer(account, delivery)));
  std::vector<std::string> pipelines;
  for (const json::Value& one : answer.GetArray("started"))
    pipelines.emplace_back(one.AsObject().GetString("pipeline"));
  return pipelines;
}

Result<ExecutionStatus> Finish(AppWorld& world, const ToolingArgs& args,
                               const std::string& pipeline, bool approve) {
  std::string execution;
  for (;;) {
    TL_TRY(ExecutionStatus status,
           WatchPipeline(world, args, pipeline, execution, true, [](const ExecutionStatus&) {}));
    if (status.HasEnded() || !approve) return status;
    execution = status.id;
    TL_DO(AnswerApproval(world, args, pipeline, true, "heard on staging"));
  }
}

}  // namespace trunkline::app
