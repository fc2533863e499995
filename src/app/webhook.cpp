#include "app/webhook.h"

namespace trunkline::app {
namespace {

constexpr std::string_view kToolingFile = "amzconnect-devops-pipelines/env/devops.json";
constexpr std::string_view kGithubApi = "https://api.github.com";

Error NotDeployed(std::string_view what, std::string_view name, std::string_view region,
                  std::string_view options) {
  return Error(ErrorKind::kNotFound,
               "there is no {} '{}' in {}: deploy the tooling stack with 'trunkline bootstrap', "
               "choose its account and Region with --folder, or --profile and --region, or say it "
               "with {}",
               what, name, region, options);
}

net::aw<Result<json::Object>> RouterSettings(aws::Client client, std::string function) {
  json::Object input{{"FunctionName", function}};
  const Result<json::Object> output =
      co_await client.Call("lambda", "GetFunctionConfiguration", std::move(input));
  if (!output && output.error().kind() == ErrorKind::kNotFound)
    co_return NotDeployed("function", function, client.region(),
                          "--secret, --repository and --github-api");
  if (!output) co_return output.error();
  co_return output->GetObject("Environment").GetObject("Variables");
}

net::aw<Result<std::string>> PayloadUrl(aws::Client client, std::string stack) {
  json::Object input{{"StackName", stack}};
  const Result<json::Object> output =
      co_await client.Call("cloudformation", "DescribeStacks", std::move(input));
  // CloudFormation answers an unknown stack with ValidationError, as it does much else.
  if (!output && output.error().message().find("does not exist") != std::string::npos)
    co_return NotDeployed("stack", stack, client.region(), "--url");
  if (!output) co_return output.error();
  for (const json::Value& described : output->GetArray("Stacks")) {
    for (const json::Value& row : described.AsObject().GetArray("Outputs")) {
      if (row.AsObject().GetString("OutputKey") == "PayloadUrl")
        co_return std::string(row.AsObject().GetString("OutputValue"));
    }
  }
  co_return Error(ErrorKind::kNotFound,
                  "stack '{}' has no output 'PayloadUrl': it has no webhook; say the address with "
                  "--url",
                  stack);
}

Result<void> Fill(const json::Object& settings, std::string_view name, std::string_view option,
                  std::string& value) {
  if (!value.empty()) return {};
  value = settings.GetString(name);
  if (!value.empty()) return {};
  return Error(ErrorKind::kNotFound, "the router function has no {}; say it with {}", name, option);
}

}  // namespace

Result<WebhookAccount> OpenWebhook(AppWorld& world, const WebhookArgs& args) {
  TL_DO(CheckEndpointUrl(args.endpoint_url));
  const bool around = args.region.empty() && world.files.Exists(std::string(kToolingFile));
  WebhookAccount account;
  if (!args.folder.empty() || around) {
    const ToolingArgs tooling{.folder = args.folder.empty() ? "." : args.folder,
                              .endpoint_url = args.endpoint_url,
                              .profile = args.profile};
    TL_TRY(account.tooling, OpenTooling(world, tooling));
    return account;
  }
  aws::ClientOptions options;
  options.region = args.region;
  options.profile = args.profile;
  options.endpoint_url = args.endpoint_url;
  account.plain = std::make_unique<Connection>(world, std::move(options));
  return account;
}

net::aw<Result<WebhookArgs>> FindWebhook(aws::Client client, WebhookArgs args, WebhookNeeds needs) {
  const bool asks = (needs.secret && args.secret.empty()) ||
                    (needs.repository && (args.repository.empty() || args.github_api.empty()));
  json::Object settings;
  if (asks) {
    TL_CO_TRY(settings, co_await RouterSettings(client, args.function));
  }
  if (needs.secret) TL_CO_DO(Fill(settings, "TRUNKLINE_SECRET_ARN", "--secret", args.secret));
  if (needs.repository) {
    TL_CO_DO(Fill(settings, "TRUNKLINE_REPOSITORY", "--repository", args.repository));
    if (args.github_api.empty())
      args.github_api = settings.GetString("TRUNKLINE_GITHUB_API", kGithubApi);
  }
  if (needs.url && args.url.empty()) {
    TL_CO_TRY(args.url, co_await PayloadUrl(client, args.stack));
  }
  co_return args;
}

net::aw<Result<std::string>> ReadSecretText(aws::Client client, std::string secret) {
  json::Object input{{"SecretId", secret}};
  TL_CO_TRY(const json::Object output,
            co_await client.Call("secretsmanager", "GetSecretValue", std::move(input)));
  std::string text(output.GetString("SecretString"));
  if (!text.empty()) co_return text;
  co_return Error(ErrorKind::kInvalid,
                  "secret '{}' holds no text: set it with 'trunkline webhook secret --rotate'",
                  secret);
}

}  // namespace trunkline::app
