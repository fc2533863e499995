#include "aws/client.h"

#include "aws/client_state.h"
#include "aws/credential_provider.h"
#include "aws/pages.h"

namespace trunkline::aws {
namespace {

net::ClientOptions MetadataOptions() {
  return {.connect_limit = std::chrono::seconds(1),
          .answer_limit = std::chrono::seconds(2),
          .max_body = 1U << 20U};
}

std::string RegionOf(const Client::Shared& shared) {
  const Environment& environment = shared.world.environment;
  if (!shared.options.region.empty()) return shared.options.region;
  for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
    if (std::string region = environment.GetOr(name, ""); !region.empty()) return region;
  }
  const auto profile = shared.profiles.find(shared.profile);
  if (profile == shared.profiles.end()) return "";
  const auto region = profile->second.find("region");
  return region == profile->second.end() ? "" : region->second;
}

net::aw<Result<json::Object>> CallPages(std::shared_ptr<Client::Shared> shared,
                                        std::shared_ptr<const Client::Settings> settings,
                                        std::string service, std::string operation,
                                        json::Object input) {
  Result<json::Object> first = co_await CallOperation(shared, settings, service, operation, input);
  if (!first) co_return first;
  const OperationRow* row = shared->models.Find(service)->FindOperation(operation);
  if (!row->page) co_return first;
  const Page& page = *row->page;
  json::Object output = *first;
  while (NextPage(page, output, input)) {
    Result<json::Object> next = co_await CallOperation(shared, settings, service, operation, input);
    if (!next) co_return next;
    output = std::move(next).value();
    JoinPage(page, *first, output);
  }
  for (const std::string& token : page.output_tokens) first->Remove(token);
  if (!page.more.empty() && first->Has(page.more)) first->Set(page.more, false);
  co_return first;
}

}  // namespace

Client::Shared::Shared(ClientWorld outside, ClientOptions given)
    : world(outside),
      options(std::move(given)),
      profile(ProfileName(outside.environment, options.profile)),
      http(outside.loop, outside.environment),
      metadata_http(outside.loop, outside.environment, MetadataOptions()),
      limits(options.quotas) {
  Result<Profiles> read = ReadProfiles(world.environment, world.files);
  if (read) {
    profiles = std::move(read).value();
  } else {
    profiles_error = std::move(read).error();
  }
}

Client::Client(ClientWorld world, ClientOptions options)
    : shared_(std::make_shared<Shared>(world, std::move(options))) {
  auto settings = std::make_shared<Settings>();
  settings->region = RegionOf(*shared_);
  settings->credentials = CredentialProvider::FromChain();
  settings_ = std::move(settings);
}

Client::Client(std::shared_ptr<Shared> shared, std::shared_ptr<const Settings> settings)
    : shared_(std::move(shared)), settings_(std::move(settings)) {}

net::aw<Result<json::Object>> Client::Call(std::string service, std::string operation,
                                           json::Object input) const {
  return CallOperation(shared_, settings_, std::move(service), std::move(operation),
                       std::move(input));
}

net::aw<Result<json::Object>> Client::CallAllPages(std::string service, std::string operation,
                                                   json::Object input) const {
  return CallPages(shared_, settings_, std::move(service), std::move(operation), std::move(input));
}

Client Client::InRegion(std::string region) const {
  auto settings = std::make_shared<Settings>(*settings_);
  settings->region = std::move(region);
  return {shared_, std::move(settings)};
}

Client Client::WithRole(std::string role_arn, std::string session_name,
                        std::string external_id) const {
  const std::string name =
      fmt::format("{}\n{}\n{}\n{}", static_cast<const void*>(settings_->credentials.get()),
                  role_arn, session_name, external_id);
  std::shared_ptr<CredentialProvider>& provider = shared_->roles[name];
  if (!provider) {
    RoleToAssume role;
    role.role_arn = std::move(role_arn);
    role.session_name = std::move(session_name);
    role.external_id = std::move(external_id);
    provider = CredentialProvider::FromRole(settings_->credentials, std::move(role));
  }
  auto settings = std::make_shared<Settings>(*settings_);
  settings->credentials = provider;
  return {shared_, std::move(settings)};
}

Client Client::WithCredentials(Credentials credentials) const {
  auto settings = std::make_shared<Settings>(*settings_);
  settings->credentials = CredentialProvider::Fixed(std::move(credentials));
  return {shared_, std::move(settings)};
}

const std::string& Client::region() const {
  return settings_->region;
}
const Models& Client::models() const {
  return shared_->models;
}
std::uint64_t Client::requests_sent() const {
  return shared_->requests;
}

}  // namespace trunkline::aws
