#include "aws/credentials.h"

#include <set>

#include "base/text.h"

namespace trunkline::aws {
namespace {

using Found = Result<FoundCredentials>;
using Settings = std::map<std::string, std::string>;

std::string Setting(const Settings& settings, const std::string& key) {
  const auto found = settings.find(key);
  return found == settings.end() ? std::string() : found->second;
}

std::optional<Credentials> FromEnvironment(const Environment& environment) {
  Credentials credentials{.access_key_id = environment.GetOr("AWS_ACCESS_KEY_ID", ""),
                          .secret_key = environment.GetOr("AWS_SECRET_ACCESS_KEY", ""),
                          .session_token = environment.GetOr("AWS_SESSION_TOKEN", "")};
  if (credentials.access_key_id.empty() || credentials.secret_key.empty()) return std::nullopt;
  return credentials;
}

std::optional<Credentials> FromKeys(const Settings& settings) {
  Credentials credentials{.access_key_id = Setting(settings, "aws_access_key_id"),
                          .secret_key = Setting(settings, "aws_secret_access_key"),
                          .session_token = Setting(settings, "aws_session_token")};
  if (credentials.access_key_id.empty() || credentials.secret_key.empty()) return std::nullopt;
  return credentials;
}

std::string SessionName(std::string given) {
  return given.empty() ? "trunkline" : std::move(given);
}

Result<RoleToAssume> WebIdentity(const Files& files, const std::string& token_file,
                                 const std::string& role_arn, const std::string& session_name) {
  TL_TRY(const std::string token, files.Read(token_file));
  return RoleToAssume{.role_arn = role_arn,
                      .session_name = SessionName(session_name),
                      .web_identity_token = std::string(Trim(token))};
}

RoleToAssume RoleOf(const Settings& settings) {
  RoleToAssume role{.role_arn = Setting(settings, "role_arn"),
                    .session_name = SessionName(Setting(settings, "role_session_name")),
                    .external_id = Setting(settings, "external_id")};
  if (const auto seconds = ToInt(Setting(settings, "duration_seconds")))
    role.seconds = static_cast<int>(*seconds);
  return role;
}

// What we do not do is said, not skipped: else another identity than the user thinks would act.
Result<void> RefuseWhatIsNotDone(const Settings& settings, const std::string& profile) {
  constexpr std::pair<const char*, const char*> kNotDone[] = {
      {"credential_process", "starting a program for credentials"},
      {"sso_session", "IAM Identity Center"},
      {"sso_start_url", "IAM Identity Center"},
      {"mfa_serial", "multi-factor authentication"}};
  for (const auto& [key, what] : kNotDone) {
    if (Setting(settings, key).empty()) continue;
    return Error(ErrorKind::kInvalid,
                 "profile '{}' has '{}', but {} is not supported: run 'aws configure "
                 "export-credentials --profile {} "
                 "--format env' and set the variables it prints",
                 profile, key, what, profile);
  }
  return {};
}

net::aw<Result<std::optional<Credentials>>> FromSource(CredentialWorld world, std::string source) {
  if (source == "Environment") co_return FromEnvironment(world.environment);
  if (source == "EcsContainer") co_return co_await FindContainerCredentials(world);
  if (source == "Ec2InstanceMetadata") co_return co_await FindInstanceCredentials(world);
  co_return Error(
      ErrorKind::kInvalid,
      "expected Environment, EcsContainer or Ec2InstanceMetadata as credential_source but got '{}'",
      source);
}

const Settings* FindProfile(const Profiles& profiles, const std::string& name) {
  const auto found = profiles.find(name);
  return found == profiles.end() ? nullptr : &found->second;
}

// Follows source_profile from role to role until something gives keys.
net::aw<Result<std::optional<FoundCredentials>>> FromProfile(CredentialWorld world,
                                                             Profiles profiles, std::string name) {
  FoundCredentials found;
  std::set<std::string> seen;
  for (;;) {
    const Settings* settings = FindProfile(profiles, name);
    if (settings == nullptr) {
      co_return Error(ErrorKind::kNotFound,
                      "profile '{}' does not exist in the AWS configuration files", name);
    }
    TL_CO_DO(RefuseWhatIsNotDone(*settings, name));
    const bool again = !seen.insert(name).second;
    const std::string role = Setting(*settings, "role_arn");
    // A profile may name itself as its source: then its own keys are meant.
    if (role.empty() || again) {
      found.credentials = FromKeys(*settings);
      if (!found.credentials && again) {
        co_return Error(ErrorKind::kInvalid, "source_profile of profile '{}' leads in a circle",
                        name);
      }
      if (!found.credentials) co_return std::optional<FoundCredentials>();
      co_return std::optional<FoundCredentials>(std::move(found));
    }
    if (const std::string token = Setting(*settings, "web_identity_token_file"); !token.empty()) {
      TL_CO_TRY(RoleToAssume web,
                WebIdentity(world.files, token, role, Setting(*settings, "role_session_name")));
      found.roles.insert(found.roles.begin(), std::move(web));
      co_return std::optional<FoundCredentials>(std::move(found));
    }
    found.roles.insert(found.roles.begin(), RoleOf(*settings));
    if (const std::string source = Setting(*settings, "credential_source"); !source.empty()) {
      TL_CO_TRY(found.credentials, co_await FromSource(world, source));
      if (!found.credentials) {
        co_return Error(ErrorKind::kDenied,
                        "profile '{}' takes its credentials from {}, which gives none", name,
                        source);
      }
      co_return std::optional<FoundCredentials>(std::move(found));
    }
    const std::string next = Setting(*settings, "source_profile");
    if (next.empty()) {
      co_return Error(ErrorKind::kInvalid,
                      "profile '{}' has role_arn but neither source_profile nor credential_source",
                      name);
    }
    name = next;
  }
}

FoundCredentials Only(Credentials credentials) {
  FoundCredentials found;
  found.credentials = std::move(credentials);
  return found;
}

Result<std::optional<FoundCredentials>> FromWebIdentityVariables(const CredentialWorld& world) {
  const std::string token = world.environment.GetOr("AWS_WEB_IDENTITY_TOKEN_FILE", "");
  const std::string role = world.environment.GetOr("AWS_ROLE_ARN", "");
  if (token.empty() || role.empty()) return std::optional<FoundCredentials>();
  FoundCredentials found;
  TL_TRY(RoleToAssume web, WebIdentity(world.files, token, role,
                                       world.environment.GetOr("AWS_ROLE_SESSION_NAME", "")));
  found.roles.push_back(std::move(web));
  return std::optional<FoundCredentials>(std::move(found));
}

}  // namespace

net::aw<Result<FoundCredentials>> FindCredentials(CredentialWorld world, Profiles profiles,
                                                  std::string profile) {
  const bool named = !profile.empty();
  const std::string name = ProfileName(world.environment, profile);
  if (!named) {
    if (std::optional<Credentials> keys = FromEnvironment(world.environment))
      co_return Only(std::move(*keys));
    TL_CO_TRY(std::optional<FoundCredentials> web, FromWebIdentityVariables(world));
    if (web) co_return std::move(*web);
  }
  if (named || name != "default" || profiles.contains(name)) {
    Result<std::optional<FoundCredentials>> found =
        co_await FromProfile(world, std::move(profiles), name);
    if (!found) co_return std::move(found).error();
    if (found->has_value()) co_return std::move(**found);
  }
  Result<std::optional<Credentials>> container = co_await FindContainerCredentials(world);
  if (!container) co_return std::move(container).error();
  if (container->has_value()) co_return Only(std::move(**container));
  Result<std::optional<Credentials>> instance = co_await FindInstanceCredentials(world);
  if (!instance) co_return std::move(instance).error();
  if (instance->has_value()) co_return Only(std::move(**instance));
  co_return Error(
      ErrorKind::kDenied,
      "no AWS credentials in the environment, in profile '{}', or from a metadata service: set "
      "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE (the embedded cloud takes an "
      "account number as key and any secret)",
      name);
}

}  // namespace trunkline::aws
