#include "app/webhook_create.h"

#include "app/github_api.h"

namespace trunkline::app {
namespace {

net::aw<Result<HookReport>> Work(AppWorld& world, aws::Client client, WebhookArgs given) {
  const WebhookNeeds needs{.url = true, .secret = true, .repository = true};
  TL_CO_TRY(const WebhookArgs args, co_await FindWebhook(client, std::move(given), needs));
  TL_CO_TRY(const GithubApi github, GithubApi::Open(world, args.github_api));
  TL_CO_TRY(const std::string secret, co_await ReadSecretText(client, args.secret));
  TL_CO_TRY(const json::Value hooks,
            co_await github.Ask("GET", args.repository, "/hooks?per_page=100"));
  const std::optional<std::int64_t> known = FindHook(hooks, args.url);
  const std::string method = known ? "PATCH" : "POST";
  const std::string path = known ? fmt::format("/hooks/{}", *known) : "/hooks";
  json::Value shape(HookShape(args.url, secret));
  TL_CO_TRY(const json::Value hook,
            co_await github.Ask(method, args.repository, path, std::move(shape)));
  HookReport report;
  report.id = hook.IsObject() ? hook.AsObject().GetInt("id") : 0;
  report.repository = args.repository;
  report.url = args.url;
  report.created = !known;
  co_return report;
}

}  // namespace

Result<HookReport> RunWebhookCreate(AppWorld& world, const WebhookArgs& args) {
  TL_TRY(const WebhookAccount account, OpenWebhook(world, args));
  return account.connection().Run(Work(world, account.client(), args));
}

json::Object HookShape(const std::string& url, const std::string& secret) {
  json::Object config{
      {"url", url}, {"content_type", "json"}, {"secret", secret}, {"insecure_ssl", "0"}};
  json::Array events;
  events.emplace_back("push");
  return {{"name", "web"},
          {"active", true},
          {"events", std::move(events)},
          {"config", std::move(config)}};
}

std::optional<std::int64_t> FindHook(const json::Value& hooks, std::string_view url) {
  if (!hooks.IsArray()) return std::nullopt;
  for (const json::Value& hook : hooks.AsArray()) {
    if (hook.IsObject() && hook.AsObject().GetObject("config").GetString("url") == url)
      return hook.AsObject().GetInt("id");
  }
  return std::nullopt;
}

}  // namespace trunkline::app
