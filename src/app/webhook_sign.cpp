#include "app/webhook_sign.h"

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::app {
namespace {

// As a shell takes it as one word.
std::string Quoted(std::string_view text) {
  return "'" + Replace(text, "'", R"('\'')") + "'";
}

struct Found {
  std::string url;
  std::string secret;
};

net::aw<Result<Found>> Find(aws::Client client, WebhookArgs given) {
  const WebhookNeeds needs{.url = true, .secret = true};
  TL_CO_TRY(const WebhookArgs args, co_await FindWebhook(client, std::move(given), needs));
  Found found;
  found.url = args.url;
  TL_CO_TRY(found.secret, co_await ReadSecretText(client, args.secret));
  co_return found;
}

Result<Found> FindAnywhere(AppWorld& world, const SignArgs& args) {
  if (!args.secret_file.empty()) {
    TL_TRY(std::string secret, ReadSecretFile(world.files, args.secret_file));
    return Found{.url = args.webhook.url, .secret = std::move(secret)};
  }
  TL_TRY(const WebhookAccount account, OpenWebhook(world, args.webhook));
  return account.connection().Run(Find(account.client(), args.webhook));
}

}  // namespace

std::vector<std::pair<std::string, std::string>> SignedHeaders(const std::string& event,
                                                               const std::string& delivery,
                                                               const std::string& secret,
                                                               const std::string& body) {
  return {{"Content-Type", "application/json"},
          {"X-GitHub-Event", event},
          {"X-GitHub-Delivery", delivery},
          {"X-Hub-Signature-256", "sha256=" + ToHex(HmacSha256(secret, body))}};
}

Result<std::string> ReadSecretFile(const Files& files, const std::string& path) {
  TL_TRY(std::string secret, files.Read(path));
  while (secret.ends_with('\n') || secret.ends_with('\r')) secret.pop_back();
  if (!secret.empty()) return secret;
  return Error(ErrorKind::kInvalid, "expected '{}' to hold the secret but it is empty", path);
}

Result<std::string> PushedAt(const std::string& payload, TimePoint time) {
  TL_TRY(json::Value value, json::Parse(payload));
  json::Value* repository = value.IsObject() ? value.AsObject().Find("repository") : nullptr;
  if (repository == nullptr || !repository->IsObject())
    return Error(ErrorKind::kInvalid,
                 "expected a push's payload with an object 'repository' for --now");
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch();
  repository->AsObject().Set("pushed_at", seconds.count());
  return json::Write(value);
}

Result<SignedDelivery> RunWebhookSign(AppWorld& world, const SignArgs& args) {
  SignedDelivery signed_delivery;
  TL_TRY(signed_delivery.body, world.files.Read(args.file));
  if (args.now) {
    TL_TRY(signed_delivery.body, PushedAt(signed_delivery.body, world.clock.Now()));
  }
  TL_TRY(const Found found, FindAnywhere(world, args));
  const std::string delivery = args.delivery.empty() ? NewUuid(world.random) : args.delivery;
  signed_delivery.url = found.url;
  signed_delivery.headers = SignedHeaders(args.event, delivery, found.secret, signed_delivery.body);
  return signed_delivery;
}

std::string CurlLine(const SignedDelivery& delivery, const std::string& file) {
  std::string line = "curl --silent --show-error";
  for (const auto& [name, value] : delivery.headers)
    line += fmt::format(" --header {}", Quoted(name + ": " + value));
  return fmt::format("{} --data-binary {} {}", line, Quoted("@" + file), Quoted(delivery.url));
}

}  // namespace trunkline::app
