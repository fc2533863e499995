#include "aws/credentials.h"

#include "base/text.h"

namespace trunkline::aws {
namespace {

std::string DefaultPath(const Environment& environment, std::string_view variable,
                        std::string_view file) {
  if (auto set = environment.Get(variable)) return *set;
  return environment.GetOr("HOME", "") + "/.aws/" + std::string(file);
}

// "[profile dev]" in the config file and "[dev]" in the credentials file are the same profile.
std::string ProfileName(std::string_view section) {
  constexpr std::string_view kPrefix = "profile ";
  if (section.substr(0, kPrefix.size()) == kPrefix) section.remove_prefix(kPrefix.size());
  return std::string(Trim(section));
}

// The format of both files: sections of "key = value"; '#' and ';' begin comments; an indented line
// belongs to the key above and is of no use here.
void ReadIni(std::string_view text, Profiles& profiles) {
  std::map<std::string, std::string>* section = nullptr;
  for (const std::string_view raw : Split(text, '\n')) {
    const std::string_view line = Trim(raw);
    if (line.empty() || line.front() == '#' || line.front() == ';' || raw.front() == ' ') continue;
    if (line.front() == '[') {
      section = &profiles[ProfileName(line.substr(1, line.find(']') - 1))];
      continue;
    }
    const std::size_t equals = line.find('=');
    if (section == nullptr || equals == std::string_view::npos) continue;
    (*section)[ToLower(Trim(line.substr(0, equals)))] = Trim(line.substr(equals + 1));
  }
}

std::string ValueOf(const std::map<std::string, std::string>& profile, const std::string& key) {
  const auto found = profile.find(key);
  return found == profile.end() ? std::string() : found->second;
}

}  // namespace

Result<Profiles> ReadProfiles(const Environment& environment, const Files& files) {
  Profiles profiles;
  for (const auto& [variable, file] : {std::pair("AWS_CONFIG_FILE", "config"),
                                       std::pair("AWS_SHARED_CREDENTIALS_FILE", "credentials")}) {
    const std::string path = DefaultPath(environment, variable, file);
    if (!files.Exists(path)) continue;
    TL_TRY(const std::string text, files.Read(path));
    ReadIni(text, profiles);
  }
  return profiles;
}

Result<ProfileCredentials> ReadProfileCredentials(const Profiles& profiles,
                                                  const std::string& name) {
  const auto found = profiles.find(name);
  if (found == profiles.end()) {
    std::vector<std::string> names;
    for (const auto& [known, members] : profiles) names.push_back(known);
    const auto nearest = Nearest(name, names);
    return Error(ErrorKind::kNotFound,
                 "there is no profile '{}' in the AWS config and credentials files{}", name,
                 nearest ? fmt::format(" (did you mean '{}'?)", *nearest) : "");
  }
  const auto& profile = found->second;
  ProfileCredentials credentials;
  if (profile.count("role_arn") > 0) {
    credentials.role = RoleProfile{.role_arn = ValueOf(profile, "role_arn"),
                                   .source_profile = ValueOf(profile, "source_profile"),
                                   .external_id = ValueOf(profile, "external_id"),
                                   .session_name = ValueOf(profile, "role_session_name")};
    return credentials;
  }
  if (profile.count("aws_access_key_id") > 0) {
    credentials.keys = Credentials{.access_key_id = ValueOf(profile, "aws_access_key_id"),
                                   .secret_key = ValueOf(profile, "aws_secret_access_key"),
                                   .session_token = ValueOf(profile, "aws_session_token"),
                                   .expires = {}};
    return credentials;
  }
  for (const char* member : {"credential_process", "sso_session", "sso_start_url"}) {
    if (profile.count(member) == 0) continue;
    return Error(ErrorKind::kInvalid,
                 "profile '{}' relies on '{}', which is not implemented; run 'aws configure "
                 "export-credentials --profile {} "
                 "--format env' and set what it prints",
                 name, member, name);
  }
  return credentials;
}

std::optional<Credentials> ReadEnvironmentCredentials(const Environment& environment) {
  const std::string id = environment.GetOr("AWS_ACCESS_KEY_ID", "");
  const std::string secret = environment.GetOr("AWS_SECRET_ACCESS_KEY", "");
  if (id.empty() || secret.empty()) return std::nullopt;
  return Credentials{.access_key_id = id,
                     .secret_key = secret,
                     .session_token = environment.GetOr("AWS_SESSION_TOKEN", ""),
                     .expires = {}};
}

}  // namespace trunkline::aws
