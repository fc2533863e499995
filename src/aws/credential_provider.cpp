#include "aws/credential_provider.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/redirect_error.hpp>

#include "aws/codec.h"
#include "base/text.h"

namespace trunkline::aws {
namespace {

using Timer = net::asio::basic_waitable_timer<
    std::chrono::steady_clock, net::asio::wait_traits<std::chrono::steady_clock>, net::Executor>;

// Renewed this long before they expire, so that no call under way meets the end.
constexpr std::chrono::minutes kEarly(5);

bool LastsUntil(const std::optional<Credentials>& credentials, TimePoint time) {
  return credentials && (!credentials->expires || *credentials->expires > time);
}

Result<Credentials> ReadCredentials(const json::Object& output) {
  const json::Object& body = output.GetObject("Credentials");
  Credentials credentials{.access_key_id = std::string(body.GetString("AccessKeyId")),
                          .secret_key = std::string(body.GetString("SecretAccessKey")),
                          .session_token = std::string(body.GetString("SessionToken"))};
  if (const json::Value* expires = body.Find("Expiration");
      expires != nullptr && expires->IsNumber()) {
    credentials.expires = FromEpochSeconds(expires->AsDouble());
  }
  if (credentials.access_key_id.empty())
    return Error(ErrorKind::kInvalid, "expected credentials in the answer of sts");
  return credentials;
}

net::aw<Result<Credentials>> Assume(std::shared_ptr<Client::Shared> shared, std::string region,
                                    std::optional<Credentials> with, RoleToAssume role) {
  const bool web = !role.web_identity_token.empty();
  json::Object input{{"RoleArn", role.role_arn}, {"RoleSessionName", role.session_name}};
  if (role.seconds) input.Set("DurationSeconds", *role.seconds);
  if (web) {
    input.Set("WebIdentityToken", role.web_identity_token);
  } else {
    input.SetIfNotEmpty("ExternalId", role.external_id);
  }
  std::string operation = web ? "AssumeRoleWithWebIdentity" : "AssumeRole";
  std::string place = region.empty() ? "us-east-1" : region;
  Result<json::Object> output =
      co_await CallWith(std::move(shared), std::move(place), std::move(with), "sts",
                        std::move(operation), std::move(input));
  if (!output) co_return std::move(output).error().While("assuming role '{}'", role.role_arn);
  co_return ReadCredentials(*output);
}

class FixedCredentials final : public CredentialProvider {
 public:
  explicit FixedCredentials(Credentials credentials) : fixed_(std::move(credentials)) {}
  std::string Owner() const override { return fixed_.access_key_id; }

 protected:
  net::aw<Result<Credentials>> Fetch(std::shared_ptr<Client::Shared>, std::string) override {
    co_return fixed_;
  }

 private:
  Credentials fixed_;
};

class ChainCredentials final : public CredentialProvider {
 protected:
  net::aw<Result<Credentials>> Fetch(std::shared_ptr<Client::Shared> shared,
                                     std::string region) override {
    CredentialWorld world{shared->world.environment, shared->world.files, shared->metadata_http};
    Result<FoundCredentials> found =
        co_await FindCredentials(world, shared->profiles, shared->options.profile);
    if (!found) co_return std::move(found).error();
    std::optional<Credentials> credentials = std::move(found->credentials);
    for (const RoleToAssume& role : found->roles) {
      Result<Credentials> assumed = co_await Assume(shared, region, credentials, role);
      if (!assumed) co_return std::move(assumed).error();
      credentials = std::move(assumed).value();
    }
    if (!credentials) co_return Error(ErrorKind::kDenied, "no AWS credentials were found");
    co_return std::move(*credentials);
  }
};

class RoleCredentials final : public CredentialProvider {
 public:
  RoleCredentials(std::shared_ptr<CredentialProvider> source, RoleToAssume role)
      : source_(std::move(source)), role_(std::move(role)) {}

  // arn:aws:iam::123456789012:role/Name
  std::string Owner() const override {
    const std::vector<std::string_view> parts = Split(role_.role_arn, ':');
    return std::string(parts.size() > 4 ? parts[4] : role_.role_arn);
  }

 protected:
  net::aw<Result<Credentials>> Fetch(std::shared_ptr<Client::Shared> shared,
                                     std::string region) override {
    Result<Credentials> source = co_await Get(source_, shared, region);
    if (!source) co_return std::move(source).error();
    co_return co_await Assume(shared, region, std::move(source).value(), role_);
  }

 private:
  std::shared_ptr<CredentialProvider> source_;  // shared with the client it was made from
  RoleToAssume role_;
};

}  // namespace

// Ending the wait is cancelling a timer that never rings.
struct CredentialProvider::Fetching {
  explicit Fetching(net::Loop& loop) : timer(loop, Timer::time_point::max()) {}
  Timer timer;
  std::optional<Error> error;
};

net::aw<Result<Credentials>> CredentialProvider::Get(std::shared_ptr<CredentialProvider> self,
                                                     std::shared_ptr<Client::Shared> shared,
                                                     std::string region) {
  const Clock& clock = shared->world.clock;
  while (!LastsUntil(self->credentials_, clock.Now() + kEarly)) {
    if (const std::shared_ptr<Fetching> other = self->fetching_) {
      boost::system::error_code woken;
      co_await other->timer.async_wait(net::asio::redirect_error(net::kUseAw, woken));
      if (other->error && !LastsUntil(self->credentials_, clock.Now())) co_return *other->error;
      if (other->error) break;
      continue;
    }
    const auto mine = std::make_shared<Fetching>(shared->world.loop);
    self->fetching_ = mine;
    // Whatever happens, those who wait go on.
    struct Wake {
      std::shared_ptr<CredentialProvider> provider;
      std::shared_ptr<Fetching> fetching;
      ~Wake() {
        provider->fetching_.reset();
        fetching->timer.cancel();
      }
    };
    const Wake wake{self, mine};
    Result<Credentials> fetched = co_await self->Fetch(shared, region);
    if (fetched) {
      self->credentials_ = std::move(fetched).value();
      break;
    }
    mine->error = fetched.error();
    if (!LastsUntil(self->credentials_, clock.Now())) co_return std::move(fetched).error();
    break;
  }
  co_return *self->credentials_;
}

std::string CredentialProvider::Owner() const {
  return credentials_ ? credentials_->access_key_id : "unknown";
}

std::shared_ptr<CredentialProvider> CredentialProvider::FromChain() {
  return std::make_shared<ChainCredentials>();
}

std::shared_ptr<CredentialProvider> CredentialProvider::Fixed(Credentials credentials) {
  return std::make_shared<FixedCredentials>(std::move(credentials));
}

std::shared_ptr<CredentialProvider> CredentialProvider::FromRole(
    std::shared_ptr<CredentialProvider> source, RoleToAssume role) {
  return std::make_shared<RoleCredentials>(std::move(source), std::move(role));
}

}  // namespace trunkline::aws
