#include "functions/router_secret.h"

namespace trunkline::functions::router {
namespace {

struct Version {
  std::string text;
  double created = 0;  // epoch seconds
};

net::aw<Result<Version>> ReadVersion(const Session& session, std::string arn, std::string stage) {
  json::Object input{{"SecretId", arn}, {"VersionStage", stage}};
  TL_CO_TRY(const json::Object output,
            co_await session.Call("secretsmanager", "GetSecretValue", std::move(input)));
  Version version{.text = std::string(output.GetString("SecretString")),
                  .created = output.GetDouble("CreatedDate")};
  if (version.text.empty())
    co_return Error(ErrorKind::kInvalid,
                    "expected secret '{}' to hold a text, and it holds none; set it with "
                    "'trunkline webhook secret --rotate'",
                    arn);
  co_return version;
}

bool IsRotating(const Session& session, const Version& current) {
  const TimePoint created = FromEpochSeconds(current.created);
  return session.clock().Now() - created < kRotation;
}

// The newest first.
net::aw<Result<json::Array>> ReadSecrets(const Session& session) {
  const std::string arn = session.settings().secret_arn;
  TL_CO_TRY(const Version current, co_await ReadVersion(session, arn, "AWSCURRENT"));
  json::Array secrets;
  secrets.emplace_back(current.text);
  if (!IsRotating(session, current)) co_return secrets;
  const Result<Version> previous = co_await ReadVersion(session, arn, "AWSPREVIOUS");
  if (previous) {
    secrets.emplace_back(previous->text);
  } else if (previous.error().code() != "ResourceNotFoundException") {
    session.log().Warn("the secret before the current one is not accepted: {}",
                       previous.error().message());
  }
  co_return secrets;
}

const json::Value* Kept(const Session& session, const std::string& name, Milliseconds most_age) {
  const Memory::Kept* kept = session.memory().Find(name);
  const bool young = kept != nullptr && session.clock().Now() - kept->since < most_age;
  return young ? &kept->value : nullptr;
}

std::vector<std::string> TextsOf(const json::Array& values) {
  std::vector<std::string> texts;
  for (const json::Value& value : values) texts.push_back(value.AsString());
  return texts;
}

}  // namespace

net::aw<Result<std::vector<std::string>>> WebhookSecrets(const Session& session,
                                                         Milliseconds most_age) {
  const std::string name = "secret of " + session.settings().secret_arn;
  if (const json::Value* kept = Kept(session, name, most_age)) co_return TextsOf(kept->AsArray());
  const TimePoint now = session.clock().Now();
  Result<json::Array> secrets = co_await ReadSecrets(session);
  if (!secrets)
    co_return std::move(secrets).error().While("reading the webhook's secret '{}'",
                                               session.settings().secret_arn);
  session.memory().Keep(name, *secrets, now);
  co_return TextsOf(*secrets);
}

net::aw<Result<std::string>> GithubToken(const Session& session) {
  const std::string arn = session.settings().github_token_arn;
  if (arn.empty()) co_return std::string();
  const std::string name = "token of " + arn;
  if (const json::Value* kept = Kept(session, name, kSecretAge)) co_return kept->AsString();
  const TimePoint now = session.clock().Now();
  Result<Version> version = co_await ReadVersion(session, arn, "AWSCURRENT");
  if (!version) co_return std::move(version).error().While("reading GitHub's token '{}'", arn);
  session.memory().Keep(name, version->text, now);
  co_return version->text;
}

}  // namespace trunkline::functions::router
