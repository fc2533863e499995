#include "cloud/services/codebuild/project.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/codebuild/records.h"
#include "cloud/services/codebuild/start_build.h"

namespace trunkline::cloud::codebuild {
namespace {

void Default(json::Object& object, std::string_view key, json::Value value) {
  if (!object.Has(key)) object.Set(key, std::move(value));
}

bool IsIdentifier(std::string_view text) {
  return !text.empty() && text.size() < 128 && std::ranges::all_of(text, [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
  });
}

// "bucket/key": what S3 sources and caches are named by.
bool IsBucketAndKey(std::string_view location) {
  const std::size_t slash = location.find('/');
  return slash != std::string_view::npos && slash > 0 && slash + 1 < location.size();
}

Answer<void> CheckSource(const json::Object& source) {
  const std::string_view type = source.GetString("type");
  const std::string_view location = source.GetString("location");
  if (type == "NO_SOURCE") {
    if (!source.GetString("buildspec").empty()) return {};
    return InvalidInput("Invalid project source: buildspec is required for source type NO_SOURCE");
  }
  if (type == "CODEPIPELINE") return {};
  if (location.empty()) {
    return InvalidInput(
        fmt::format("Invalid project source: location is required for source type {}", type));
  }
  if (type == "S3" && !IsBucketAndKey(location)) {
    return InvalidInput(fmt::format(
        "Invalid project source: location must be a valid S3 source (bucket/key), not '{}'",
        location));
  }
  return {};
}

Answer<void> CheckArtifacts(const json::Object& artifacts) {
  if (artifacts.GetString("type") == "S3" && artifacts.GetString("location").empty())
    return InvalidInput("Invalid project artifacts: location is required for artifact type S3");
  return {};
}

// Secondary sources or artifacts: every one has an identifier of its own.
Answer<void> CheckIdentifiers(const json::Array& items, std::string_view member) {
  std::set<std::string_view> seen;
  for (const json::Value& item : items) {
    const std::string_view identifier = item.AsObject().GetString(member);
    if (!IsIdentifier(identifier)) {
      return InvalidInput(fmt::format(
          "Invalid {}: '{}' must be set, and contain only alphanumeric characters and underscores",
          member, identifier));
    }
    if (!seen.insert(identifier).second)
      return InvalidInput(fmt::format("Duplicate {}: {}", member, identifier));
  }
  return {};
}

Answer<void> CheckVariables(const json::Array& variables) {
  std::set<std::string_view> seen;
  for (const json::Value& variable : variables) {
    const std::string_view name = variable.AsObject().GetString("name");
    if (name.find('=') != std::string_view::npos || name.find('\0') != std::string_view::npos)
      return InvalidInput(fmt::format("Invalid environment variable name: {}", name));
    if (!seen.insert(name).second)
      return InvalidInput(fmt::format("Duplicate environment variable name: {}", name));
  }
  return {};
}

Answer<void> CheckPipelinePair(const json::Object& project) {
  const bool source = project.GetObject("source").GetString("type") == "CODEPIPELINE";
  const bool artifacts = project.GetObject("artifacts").GetString("type") == "CODEPIPELINE";
  if (source == artifacts) return {};
  return InvalidInput(
      "Invalid project: source and artifacts must both be of type CODEPIPELINE, or neither");
}

}  // namespace

json::Value CompleteArtifacts(const json::Object& given, std::string_view project_name) {
  json::Object artifacts = given;
  const std::string_view type = given.GetString("type");
  if (type == "NO_ARTIFACTS") return artifacts;
  Default(artifacts, "name", project_name);
  Default(artifacts, "packaging", "NONE");
  if (type == "S3") Default(artifacts, "namespaceType", "NONE");
  Default(artifacts, "encryptionDisabled", false);
  return artifacts;
}

json::Object CompleteEnvironment(json::Object given) {
  Default(given, "environmentVariables", json::Array());
  Default(given, "privilegedMode", false);
  Default(given, "imagePullCredentialsType", "CODEBUILD");
  for (json::Value& variable : given["environmentVariables"].AsArray())
    Default(variable.AsObject(), "type", "PLAINTEXT");
  return given;
}

json::Object CompleteSource(json::Object given) {
  const std::string_view type = given.GetString("type");
  if (type != "NO_SOURCE" && type != "CODEPIPELINE" && type != "S3") {
    Default(given, "gitCloneDepth", 1);
    Default(given, "reportBuildStatus", false);
  }
  Default(given, "insecureSsl", false);
  return given;
}

Answer<void> CheckBuildable(const json::Object& project) {
  TL_DO(CheckSource(project.GetObject("source")));
  TL_DO(CheckArtifacts(project.GetObject("artifacts")));
  TL_DO(CheckIdentifiers(project.GetArray("secondarySources"), "sourceIdentifier"));
  for (const json::Value& source : project.GetArray("secondarySources"))
    TL_DO(CheckSource(source.AsObject()));
  TL_DO(CheckIdentifiers(project.GetArray("secondaryArtifacts"), "artifactIdentifier"));
  for (const json::Value& artifacts : project.GetArray("secondaryArtifacts"))
    TL_DO(CheckArtifacts(artifacts.AsObject()));
  const json::Object& cache = project.GetObject("cache");
  if (cache.GetString("type") == "S3" && cache.GetString("location").empty())
    return InvalidInput("Invalid cache: location is required for cache type S3");
  return CheckVariables(project.GetObject("environment").GetArray("environmentVariables"));
}

Answer<void> CheckServiceRole(Context& context, std::string_view role_arn) {
  const ServiceError refused = InvalidInput(
      fmt::format("CodeBuild is not authorized to perform: sts:AssumeRole on {}", role_arn));
  const std::size_t slash = role_arn.rfind('/');
  if (!role_arn.starts_with("arn:") || slash == std::string_view::npos)
    return InvalidInput(fmt::format("Invalid service role: {}", role_arn));
  const json::Object input{{"RoleName", role_arn.substr(slash + 1)}};
  const Answer<> role = context.Call("iam", "GetRole", input);
  if (!role || role->GetObject("Role").GetString("Arn") != role_arn) return refused;
  const std::string policy =
      PercentDecode(role->GetObject("Role").GetString("AssumeRolePolicyDocument"));
  // The commands of a pipeline run in its own role, which trusts CodePipeline.
  const bool pipeline = InitiatorOf(context).starts_with("codepipeline/");
  const std::string_view service = pipeline ? "codepipeline.amazonaws.com" : "\"*\"";
  if (policy.find("codebuild.amazonaws.com") != std::string::npos ||
      policy.find(service) != std::string::npos) {
    return {};
  }
  return refused;
}

Answer<void> CheckProject(Context& context, const json::Object& project) {
  TL_DO(CheckBuildable(project));
  TL_DO(CheckPipelinePair(project));
  if (project.GetInt("concurrentBuildLimit", 1) < 1)
    return InvalidInput("Invalid concurrent build limit: it must be greater than zero");
  return CheckServiceRole(context, project.GetString("serviceRole"));
}

}  // namespace trunkline::cloud::codebuild
