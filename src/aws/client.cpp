#include "aws/client.h"

#include <algorithm>

#include "aws/codec.h"
#include "aws/endpoint.h"
#include "aws/retry.h"
#include "aws/token_bucket.h"

namespace trunkline::aws {

struct Client::Shared {
  Shared(ClientWorld outside) : world(outside), http(world.loop, world.environment) {}

  ClientWorld world;
  net::Client http;
  Models models;
  std::map<std::string, TokenBucket> buckets;  // "<access key> <region> <service>:<operation>"
  std::uint64_t sent = 0;
};

namespace {

// A role to assume, and the credentials it gave until they expire. Shared by the copies of a
// client.
struct Role {
  std::string arn;
  std::string session_name;
  std::string external_id;
  std::optional<Credentials> credentials;
};

// Credentials are renewed this long before they end.
constexpr std::chrono::minutes kRenewBefore{5};

std::string RegionOf(const ClientWorld& world, const ClientOptions& options) {
  if (!options.region.empty()) return options.region;
  for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
    if (auto region = world.environment.Get(name)) return *region;
  }
  const Result<Profiles> profiles = ReadProfiles(world.environment, world.files);
  if (!profiles) return "";
  const std::string name =
      options.profile.empty() ? world.environment.GetOr("AWS_PROFILE", "default") : options.profile;
  const auto profile = profiles->find(name);
  if (profile == profiles->end()) return "";
  const auto region = profile->second.find("region");
  return region == profile->second.end() ? "" : region->second;
}

// Operations whose idempotency token the caller left out get one, as SDKs do.
void FillTokens(const OperationRow& operation, Random& random, json::Object& input) {
  if (operation.input == nullptr) return;
  for (const MemberRow& member : operation.input->members) {
    if (member.idempotency_token && !input.Has(member.name))
      input.Set(member.name, NewUuid(random));
  }
}

void SignFor(net::Request& request, const Credentials& credentials, const Endpoint& endpoint,
             const Model& model, TimePoint now) {
  const bool s3 = model.service == "s3";
  SignOptions options;
  options.region = endpoint.signing_region;
  options.service = model.signing_name;
  options.time = now;
  options.double_encode = !s3;
  options.normalise = !s3;
  options.sign_body = s3;
  Sign(request, credentials, options);
}

// Several problems of a refused flow and the like are part of the message: a caller sees no more
// than the Error.
Error WithMembers(Error error, const json::Object& members) {
  std::string more;
  for (const std::string_view list : {"problems", "Problems"}) {
    for (const json::Value& problem : members.GetArray(list)) {
      if (problem.IsObject())
        more += fmt::format("\n  {}", problem.AsObject().GetString(
                                          "message", problem.AsObject().GetString("Message")));
    }
  }
  if (more.empty()) return error;
  return Error(error.kind(), "{}{}", error.message(), more).WithCode(error.code());
}

// The next page's tokens, taken out of an answer; empty on the last page.
std::vector<std::string> TakeTokens(const Page& page, json::Object& answer) {
  std::vector<std::string> tokens;
  bool more = false;
  for (const std::string& output : page.output_tokens) {
    // Of "NextMarker || Contents[-1].Key" the first alternative: the services modelled here give it.
    const std::string name = output.substr(0, output.find(' '));
    tokens.emplace_back(answer.GetString(name));
    more = more || !tokens.back().empty();
    answer.Remove(name);
  }
  if (!more) tokens.clear();
  return tokens;
}

void JoinLists(const Page& page, json::Object& answer, json::Object& joined) {
  for (const std::string& list : page.lists) {
    json::Value* items = answer.Find(list);
    if (items == nullptr || !items->IsArray()) continue;
    json::Value& all = joined[list];
    if (!all.IsArray()) all = json::Array();
    std::move(items->AsArray().begin(), items->AsArray().end(), std::back_inserter(all.AsArray()));
  }
}

}  // namespace

struct Client::Settings {
  std::string region;
  ClientOptions options;
  std::optional<Credentials> fixed;
  std::shared_ptr<Role> role;                   // shared by the copies for other Regions
  std::shared_ptr<const Settings> role_source;  // whose credentials assume the role
};

Client::Client(ClientWorld world, ClientOptions options)
    : shared_(std::make_shared<Shared>(world)),
      settings_(std::make_shared<Settings>(Settings{.region = RegionOf(world, options),
                                                    .options = options,
                                                    .fixed = {},
                                                    .role = {},
                                                    .role_source = {}})) {}

Client Client::InRegion(std::string region) const {
  Settings settings = *settings_;
  settings.region = std::move(region);
  Client copy = *this;
  copy.settings_ = std::make_shared<Settings>(std::move(settings));
  return copy;
}

Client Client::WithCredentials(Credentials credentials) const {
  Settings settings = *settings_;
  settings.fixed = std::move(credentials);
  settings.role.reset();
  Client copy = *this;
  copy.settings_ = std::make_shared<Settings>(std::move(settings));
  return copy;
}

Client Client::WithRole(std::string role_arn, std::string session_name,
                        std::string external_id) const {
  Settings settings = *settings_;
  settings.role = std::make_shared<Role>(Role{.arn = std::move(role_arn),
                                              .session_name = std::move(session_name),
                                              .external_id = std::move(external_id),
                                              .credentials = {}});
  settings.role_source = settings_;
  Client copy = *this;
  copy.settings_ = std::make_shared<Settings>(std::move(settings));
  return copy;
}

const std::string& Client::region() const {
  return settings_->region;
}
const Models& Client::models() const {
  return shared_->models;
}
std::uint64_t Client::requests_sent() const {
  return shared_->sent;
}

// sts:AssumeRole with the credentials of `role_source`.
net::aw<Result<Credentials>> Client::Assume() const {
  Role& role = *settings_->role;
  const TimePoint now = shared_->world.clock.Now();
  if (role.credentials &&
      (!role.credentials->expires || *role.credentials->expires - kRenewBefore > now))
    co_return *role.credentials;
  Client source = *this;
  source.settings_ = settings_->role_source;
  json::Object input{
      {"RoleArn", role.arn},
      {"RoleSessionName", role.session_name.empty() ? "trunkline" : role.session_name}};
  input.SetIfNotEmpty("ExternalId", role.external_id);
  Result<json::Object> answer = co_await source.Call("sts", "AssumeRole", std::move(input));
  if (!answer) co_return std::move(answer).error().While("assuming role '{}'", role.arn);
  const json::Object& given = answer->GetObject("Credentials");
  Credentials credentials{.access_key_id = std::string(given.GetString("AccessKeyId")),
                          .secret_key = std::string(given.GetString("SecretAccessKey")),
                          .session_token = std::string(given.GetString("SessionToken")),
                          .expires = FromEpochSeconds(given.GetDouble("Expiration"))};
  role.credentials = credentials;
  co_return credentials;
}

// Environment, then profile, unless a profile was asked for by name.
net::aw<Result<Credentials>> Client::FindCredentials() const {
  if (settings_->role) co_return co_await Assume();
  if (settings_->fixed) co_return *settings_->fixed;
  const ClientWorld& world = shared_->world;
  const std::string& asked = settings_->options.profile;
  if (asked.empty()) {
    if (auto credentials = ReadEnvironmentCredentials(world.environment)) co_return *credentials;
  }
  TL_CO_TRY(const Profiles profiles, ReadProfiles(world.environment, world.files));
  const std::string name =
      asked.empty() ? world.environment.GetOr("AWS_PROFILE", "default") : asked;
  if (profiles.count(name) > 0 || !asked.empty() || world.environment.Get("AWS_PROFILE")) {
    TL_CO_TRY(const ProfileCredentials profile, ReadProfileCredentials(profiles, name));
    if (profile.keys) co_return *profile.keys;
    if (profile.role) co_return co_await AssumeFromProfile(*profile.role);
  }
  co_return Error(ErrorKind::kDenied,
                  "no AWS credentials: neither AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY nor "
                  "profile '{}' give any; for the "
                  "embedded cloud set AWS_ENDPOINT_URL and AWS_ACCESS_KEY_ID=<account>",
                  name);
}

net::aw<Result<Credentials>> Client::AssumeFromProfile(RoleProfile role) const {
  Settings source = *settings_;
  source.role.reset();
  source.options.profile = role.source_profile;
  Client assumer = *this;
  assumer.settings_ = std::make_shared<Settings>(std::move(source));
  const Client as_role = assumer.WithRole(role.role_arn, role.session_name, role.external_id);
  co_return co_await as_role.Assume();
}

net::aw<void> Client::Pace(std::string key, std::string_view service,
                           std::string_view operation) const {
  const Quota quota = QuotaOf(service, operation, settings_->options.quotas);
  if (!settings_->options.rate_limits || quota.rate <= 0) co_return;
  const TimePoint now = shared_->world.clock.Now();
  auto& bucket =
      shared_->buckets.try_emplace(std::move(key), quota.rate, quota.burst, now).first->second;
  const Milliseconds pause = bucket.Take(now);
  if (pause > Milliseconds(0)) co_await shared_->world.timers.Wait(pause);
}

void Client::Learn(const std::string& key, const Result<json::Object>& result) const {
  const auto bucket = shared_->buckets.find(key);
  if (bucket == shared_->buckets.end()) return;
  if (result) {
    bucket->second.Succeeded();
  } else if (result.error().kind() == ErrorKind::kThrottled) {
    bucket->second.Throttled(shared_->world.clock.Now());
  }
}

net::aw<Result<json::Object>> Client::Attempt(const Model& model, const OperationRow& operation,
                                              json::Object input, net::Response& response) const {
  TL_CO_TRY(const Endpoint endpoint,
            FindEndpoint(model, settings_->region, settings_->options.endpoint_url,
                         shared_->world.environment));
  TL_CO_TRY(net::Request request, EncodeRequest(model, operation, input));
  request.headers.Set("Host", endpoint.url.Authority());
  request.headers.Set("User-Agent", "trunkline");
  if (!operation.unsigned_) {
    TL_CO_TRY(const Credentials credentials, co_await FindCredentials());
    SignFor(request, credentials, endpoint, model, shared_->world.clock.Now());
  }
  ++shared_->sent;
  Result<net::Response> answer = co_await shared_->http.Send(endpoint.url, std::move(request));
  if (!answer) co_return std::move(answer).error();
  response = std::move(*answer);
  if (response.status >= 200 && response.status < 300)
    co_return DecodeResponse(model, operation, response);
  json::Object members;
  Error error = DecodeError(model, response, &members);
  co_return WithMembers(std::move(error), members);
}

net::aw<Result<json::Object>> Client::Call(std::string service, std::string operation,
                                           json::Object input) const {
  const Model* model = shared_->models.Find(service);
  const OperationRow* row = model == nullptr ? nullptr : model->FindOperation(operation);
  if (row == nullptr || !row->implemented) {
    co_return Error(ErrorKind::kInvalid, "operation '{}:{}' is not modelled in this program",
                    service, operation);
  }
  if (settings_->region.empty()) {
    co_return Error(ErrorKind::kInvalid, "no Region is set; give --region or set AWS_REGION");
  }
  FillTokens(*row, shared_->world.random, input);
  const std::string key =
      fmt::format("{} {} {}:{}", settings_->options.profile, settings_->region, service, operation);
  for (int attempt = 1;; ++attempt) {
    co_await Pace(key, service, operation);
    net::Response response;
    response.status = 0;
    json::Object copy = input;
    Result<json::Object> result = co_await Attempt(*model, *row, std::move(copy), response);
    Learn(key, result);
    if (result) co_return result;
    if (attempt >= settings_->options.max_attempts ||
        !IsRetryable(result.error(), response.status)) {
      co_return std::move(result).error().While("calling {}:{} in {}", service, operation,
                                                settings_->region);
    }
    const Milliseconds pause =
        BackOff(attempt + 1, response.status == 0 ? nullptr : &response, shared_->world.random);
    co_await shared_->world.timers.Wait(pause);
  }
}

net::aw<Result<json::Object>> Client::CallAllPages(std::string service, std::string operation,
                                                   json::Object input) const {
  const Model* model = shared_->models.Find(service);
  const OperationRow* row = model == nullptr ? nullptr : model->FindOperation(operation);
  json::Object first = input;
  TL_CO_TRY(json::Object joined, co_await Call(service, operation, std::move(first)));
  if (row == nullptr || !row->page) co_return joined;
  const Page& page = *row->page;
  std::vector<std::string> tokens = TakeTokens(page, joined);
  while (!tokens.empty()) {
    json::Object next = input;
    for (std::size_t i = 0; i < tokens.size(); ++i)
      next.SetIfNotEmpty(page.input_tokens[i], tokens[i]);
    TL_CO_TRY(json::Object answer, co_await Call(service, operation, std::move(next)));
    std::vector<std::string> following = TakeTokens(page, answer);
    JoinLists(page, answer, joined);
    if (following == tokens) break;  // some services repeat the last token for ever
    tokens = std::move(following);
  }
  co_return joined;
}

}  // namespace trunkline::aws
