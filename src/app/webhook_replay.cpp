#include "app/webhook_replay.h"

#include <boost/asio/this_coro.hpp>

#include "app/github_api.h"
#include "app/webhook_create.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "net/client.h"

namespace trunkline::app {
namespace {

// How often, and how many times, GitHub is asked what came of it: longer than it waits itself.
constexpr Milliseconds kPause{250};
constexpr int kMostLooks = 60;

json::Object AnswerOf(std::string_view body) {
  Result<json::Value> answer = json::Parse(body);
  if (answer && answer->IsObject()) return std::move(answer->AsObject());
  if (body.empty()) return {};
  return {{"message", body.substr(0, 1000)}};
}

net::aw<Result<ReplayReport>> Post(const AppWorld& world, SignedDelivery delivery) {
  const auto url = net::ParseUrl(delivery.url);
  if (!url)
    co_return Error(ErrorKind::kInvalid, "expected the webhook's URL after --url but got '{}'",
                    delivery.url);
  net::Request request;
  request.method = "POST";
  request.target = url->target;
  request.headers.Set("Host", url->Authority());
  request.headers.Set("User-Agent", "trunkline");
  for (const auto& [name, value] : delivery.headers) request.headers.Set(name, value);
  request.body = std::move(delivery.body);
  const net::Executor executor = co_await net::asio::this_coro::executor;
  net::Client client(executor.context(), world.environment);
  ReplayReport report;
  report.delivery = request.headers.Get("X-GitHub-Delivery");
  TL_CO_TRY(const net::Response response, co_await client.Send(*url, std::move(request)));
  report.status = response.status;
  report.answer = AnswerOf(response.body);
  co_return report;
}

bool IsIt(const json::Object& delivery, const std::string& wanted) {
  return delivery.GetString("guid") == wanted || ToInt(wanted) == delivery.GetInt("id", -1);
}

class Redelivery {
 public:
  Redelivery(AppWorld& world, const WebhookAccount& account, const ReplayArgs& args)
      : world_(world), account_(account), args_(args) {}

  net::aw<Result<ReplayReport>> Run() {
    const WebhookNeeds needs{.url = true, .repository = true};
    TL_CO_TRY(webhook_, co_await FindWebhook(account_.client(), args_.sign.webhook, needs));
    TL_CO_TRY(const GithubApi github, GithubApi::Open(world_, webhook_.github_api));
    TL_CO_DO(co_await FindIts(github));
    const std::string guid(found_.GetString("guid"));
    TL_CO_DO(co_await github.Ask("POST", webhook_.repository,
                                 fmt::format("{}/{}/attempts", path_, found_.GetInt("id")),
                                 json::Object()));
    co_return co_await Await(github, guid);
  }

 private:
  net::aw<Result<json::Value>> List(const GithubApi& github) {
    co_return co_await github.Ask("GET", webhook_.repository, path_ + "?per_page=100");
  }

  net::aw<Result<void>> FindIts(const GithubApi& github) {
    TL_CO_TRY(const json::Value hooks,
              co_await github.Ask("GET", webhook_.repository, "/hooks?per_page=100"));
    const std::optional<std::int64_t> hook = FindHook(hooks, webhook_.url);
    if (!hook)
      co_return Error(ErrorKind::kNotFound,
                      "repository '{}' has no hook for '{}': make it with 'trunkline webhook "
                      "create'",
                      webhook_.repository, webhook_.url);
    path_ = fmt::format("/hooks/{}/deliveries", *hook);
    TL_CO_TRY(const json::Value list, co_await List(github));
    Remember(list);
    if (!found_.empty()) co_return Result<void>();
    co_return Error(ErrorKind::kNotFound,
                    "GitHub keeps no delivery '{}' of this hook; it keeps them three days",
                    args_.recorded);
  }

  // The wanted delivery, and how many times it was sent.
  void Remember(const json::Value& list) {
    if (!list.IsArray()) return;
    for (const json::Value& one : list.AsArray()) {
      if (one.IsObject() && IsIt(one.AsObject(), args_.recorded)) found_ = one.AsObject();
    }
    sent_ = CountOf(list);
  }

  std::size_t CountOf(const json::Value& list) const {
    std::size_t count = 0;
    for (const json::Value& one : list.AsArray())
      count += one.AsObject().GetString("guid") == found_.GetString("guid") ? 1 : 0;
    return count;
  }

  net::aw<Result<ReplayReport>> Await(const GithubApi& github, std::string guid) {
    ReplayReport report;
    report.delivery = guid;
    for (int look = 0; look < kMostLooks; ++look) {
      co_await account_.connection().timers().Wait(kPause);
      TL_CO_TRY(const json::Value list, co_await List(github));
      if (CountOf(list) <= sent_) continue;
      const json::Object newest = Newest(list, guid);
      if (newest.GetInt("status_code") == 0) continue;
      report.status = static_cast<int>(newest.GetInt("status_code"));
      TL_CO_TRY(report.answer, co_await Shown(github, newest.GetInt("id")));
      break;
    }
    co_return report;
  }

  static json::Object Newest(const json::Value& list, const std::string& guid) {
    for (const json::Value& one : list.AsArray()) {  // the newest first
      if (one.AsObject().GetString("guid") == guid) return one.AsObject();
    }
    return {};
  }

  net::aw<Result<json::Object>> Shown(const GithubApi& github, std::int64_t id) {
    TL_CO_TRY(const json::Value shown,
              co_await github.Ask("GET", webhook_.repository, fmt::format("{}/{}", path_, id)));
    if (!shown.IsObject()) co_return json::Object();
    co_return AnswerOf(shown.AsObject().GetObject("response").GetString("payload"));
  }

  AppWorld& world_;
  const WebhookAccount& account_;
  const ReplayArgs& args_;
  WebhookArgs webhook_;
  std::string path_;    // of the hook's deliveries
  json::Object found_;  // the wanted one
  std::size_t sent_ = 0;
};

}  // namespace

Result<ReplayReport> RunWebhookReplay(AppWorld& world, const ReplayArgs& args) {
  if (args.recorded.empty()) {
    TL_TRY(SignedDelivery delivery, RunWebhookSign(world, args.sign));
    Connection connection(world, {});
    return connection.Run(Post(world, std::move(delivery)));
  }
  TL_TRY(const WebhookAccount account, OpenWebhook(world, args.sign.webhook));
  Redelivery redelivery(world, account, args);
  return account.connection().Run(redelivery.Run());
}

}  // namespace trunkline::app
