#include "app/webhook_secret.h"

namespace trunkline::app {
namespace {

// 285 bits: nobody guesses it, and every form of settings takes it.
constexpr std::size_t kLength = 48;

net::aw<Result<void>> Rotate(aws::Client client, std::string secret, std::string value) {
  json::Object input{{"SecretId", secret}, {"SecretString", std::move(value)}};
  TL_CO_DO(co_await client.Call("secretsmanager", "PutSecretValue", std::move(input)));
  co_return Result<void>();
}

net::aw<Result<SecretReport>> Describe(aws::Client client, std::string secret) {
  json::Object input{{"SecretId", secret}};
  TL_CO_TRY(const json::Object output,
            co_await client.Call("secretsmanager", "DescribeSecret", std::move(input)));
  SecretReport report;
  report.arn = output.GetString("ARN");
  report.changed =
      FromEpochSeconds(output.GetDouble("LastChangedDate", output.GetDouble("CreatedDate")));
  co_return report;
}

net::aw<Result<SecretReport>> Work(aws::Client client, SecretArgs args, std::string fresh) {
  const WebhookNeeds needs{.secret = true};
  TL_CO_TRY(const WebhookArgs webhook, co_await FindWebhook(client, args.webhook, needs));
  if (args.rotate) TL_CO_DO(co_await Rotate(client, webhook.secret, std::move(fresh)));
  TL_CO_TRY(SecretReport report, co_await Describe(client, webhook.secret));
  report.rotated = args.rotate;
  if (args.show) {
    TL_CO_TRY(report.value, co_await ReadSecretText(client, webhook.secret));
  }
  co_return report;
}

}  // namespace

Result<SecretReport> RunWebhookSecret(AppWorld& world, const SecretArgs& args) {
  TL_TRY(const WebhookAccount account, OpenWebhook(world, args.webhook));
  return account.connection().Run(
      Work(account.client(), args, NewToken(world.random, kLength, kAlphanumeric)));
}

}  // namespace trunkline::app
