#include "cloud/services/codebuild/build_variables.h"

#include <cmath>

#include <fmt/format.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr std::string_view kReserved = "CODEBUILD_";

void Set(BuildRun& run, std::string_view name, std::string value) {
  if (name.starts_with(kReserved) || name.find('=') != std::string_view::npos) return;
  // The shell cannot hold a zero byte.
  value.erase(std::min(value.size(), value.find('\0')));
  run.environment[std::string(name)] = std::move(value);
}

PhaseEnd SetParameter(BuildRun& run, const std::string& name, const std::string& parameter) {
  json::Object input{{"Name", parameter}, {"WithDecryption", true}};
  const Answer<> found = run.context.Dispatch("ssm", "GetParameter", input);
  if (!found) {
    const std::string text = found.error().code == "ParameterNotFound"
                                 ? "parameter does not exist: " + parameter
                                 : found.error().code + ": " + found.error().message;
    return Failed("Decrypted Variables Error", text);
  }
  std::string value(found->GetObject("Parameter").GetString("Value"));
  run.log->Mask(value);
  Set(run, name, std::move(value));
  return {};
}

PhaseEnd NoSecret(const Answer<>& answer) {
  return Failed("Secrets Manager Error", answer.error().code + ": " + answer.error().message);
}

PhaseEnd SetSecret(BuildRun& run, const std::string& name, const std::string& reference) {
  const SecretReference asked = ReadSecretReference(reference);
  json::Object input{{"SecretId", asked.id}};
  input.SetIfNotEmpty("VersionStage", asked.stage);
  input.SetIfNotEmpty("VersionId", asked.version);
  const Answer<> found = run.context.Dispatch("secretsmanager", "GetSecretValue", input);
  if (!found) return NoSecret(found);
  std::string value(found->GetString("SecretString"));
  if (!asked.json_key.empty()) {
    const auto document = json::Parse(value);
    const json::Value* member =
        document && document->IsObject() ? document->AsObject().Find(asked.json_key) : nullptr;
    if (!member) {
      return Failed("Secrets Manager Error",
                    fmt::format("key '{}' does not exist in secret {}", asked.json_key, asked.id));
    }
    value = member->IsString() ? member->AsString() : json::Write(*member);
  }
  run.log->Mask(value);
  Set(run, name, std::move(value));
  return {};
}

PhaseEnd SetTyped(BuildRun& run, const json::Object& variable) {
  const std::string name(variable.GetString("name"));
  const std::string value(variable.GetString("value"));
  const std::string_view type = variable.GetString("type");
  if (type == "PARAMETER_STORE") return SetParameter(run, name, value);
  if (type == "SECRETS_MANAGER") return SetSecret(run, name, value);
  Set(run, name, value);
  return {};
}

void AddSource(BuildRun& run) {
  std::map<std::string, std::string>& env = run.environment;
  const json::Object& source = run.build.GetObject("source");
  env["CODEBUILD_SRC_DIR"] = run.source;
  for (const auto& [identifier, folder] : run.source_folders)
    env["CODEBUILD_SRC_DIR_" + identifier] = folder;
  const std::string_view type = source.GetString("type");
  if (type != "CODEPIPELINE" && type != "NO_SOURCE")
    env["CODEBUILD_SOURCE_REPO_URL"] = source.GetString("location");
  const std::string_view version = run.build.GetString("sourceVersion");
  if (!version.empty()) {
    env["CODEBUILD_SOURCE_VERSION"] = version;
  } else if (type == "S3" || type == "CODEPIPELINE") {
    env["CODEBUILD_SOURCE_VERSION"] = fmt::format("arn:aws:s3:::{}", source.GetString("location"));
  }
  if (!run.resolved_version.empty())
    env["CODEBUILD_RESOLVED_SOURCE_VERSION"] = run.resolved_version;
}

}  // namespace

void AddBuildVariables(BuildRun& run) {
  std::map<std::string, std::string>& env = run.environment;
  const auto started = std::llround(run.build.GetDouble("startTime") * 1000);
  env["HOME"] = run.folder + "/home";
  env["TMPDIR"] = run.folder + "/tmp";
  env["CODEBUILD_CI"] = "true";
  env["CODEBUILD_BUILD_ID"] = run.id;
  env["CODEBUILD_BUILD_ARN"] = run.build.GetString("arn");
  env["CODEBUILD_BUILD_NUMBER"] = std::to_string(run.build.GetInt("buildNumber"));
  env["CODEBUILD_BUILD_IMAGE"] = run.build.GetObject("environment").GetString("image");
  env["CODEBUILD_BUILD_SUCCEEDING"] = "1";
  env["CODEBUILD_BUILD_URL"] = fmt::format(
      "https://{0}.console.aws.amazon.com/codebuild/home?region={0}#/builds/{1}/view/new",
      run.context.region(), run.id);
  env["CODEBUILD_INITIATOR"] = run.build.GetString("initiator");
  env["CODEBUILD_KMS_KEY_ID"] = run.build.GetString("encryptionKey");
  env["CODEBUILD_LOG_PATH"] = run.build.GetObject("logs").GetString("streamName", run.uuid());
  env["CODEBUILD_PROJECT_UUID"] = run.settings.GetString("projectUuid");
  env["CODEBUILD_START_TIME"] = std::to_string(started);
  if (const auto batch = run.settings.GetString("batchIdentifier"); !batch.empty())
    env["CODEBUILD_BATCH_BUILD_IDENTIFIER"] = batch;
  AddSource(run);
}

PhaseEnd AddOwnVariables(BuildRun& run) {
  for (const auto& [name, value] : run.spec.variables) Set(run, name, value);
  for (const auto& [name, parameter] : run.spec.parameter_store) {
    if (PhaseEnd end = SetParameter(run, name, parameter); !end.ok()) return end;
  }
  for (const auto& [name, reference] : run.spec.secrets_manager) {
    if (PhaseEnd end = SetSecret(run, name, reference); !end.ok()) return end;
  }
  const json::Object& environment = run.build.GetObject("environment");
  for (const json::Value& variable : environment.GetArray("environmentVariables")) {
    if (PhaseEnd end = SetTyped(run, variable.AsObject()); !end.ok()) return end;
  }
  return {};
}

SecretReference ReadSecretReference(std::string_view text) {
  std::vector<std::string_view> parts = Split(text, ':');
  // arn:aws:secretsmanager:<Region>:<account>:secret:<name>
  constexpr std::size_t kArnParts = 7;
  std::size_t behind = 1;
  if (text.starts_with("arn:") && parts.size() >= kArnParts) behind = kArnParts;
  SecretReference reference;
  for (std::size_t i = 0; i < behind; ++i)
    reference.id += (i > 0 ? ":" : "") + std::string(parts[i]);
  const auto part = [&](std::size_t index) {
    return std::string(behind + index < parts.size() ? parts[behind + index] : std::string_view());
  };
  reference.json_key = part(0);
  reference.stage = part(1);
  reference.version = part(2);
  return reference;
}

}  // namespace trunkline::cloud::codebuild
