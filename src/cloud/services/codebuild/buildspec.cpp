#include "cloud/services/codebuild/buildspec.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/text.h"
#include "base/yaml.h"

namespace trunkline::cloud::codebuild {
namespace {

constexpr std::size_t kLargest = 1U << 20U;

Error Wrong(std::string text) {
  return Error(ErrorKind::kInvalid, "{}", text);
}

std::string_view WordFor(const json::Value& value) {
  return value.IsObject() ? "subkeys" : value.TypeName();
}

std::size_t LineOf(std::string_view text, const json::Value& value) {
  if (value.offset() == json::kNoOffset) return 1;
  const auto before = text.substr(0, value.offset());
  return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

// A scalar as the text it was written with.
std::optional<std::string> Scalar(const json::Value& value) {
  if (value.IsString()) return value.AsString();
  if (value.IsNumber()) return value.AsNumber().text;
  if (value.IsBool()) return std::string(value.AsBool() ? "true" : "false");
  if (value.IsNull()) return std::string();
  return std::nullopt;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Buildspec> Read() {
    if (text_.size() > kLargest) return Wrong("the buildspec is larger than 1 MB");
    auto document = yaml::Parse(text_, {.local_tag = nullptr, .aliases = true});
    if (!document) return Wrong(document.error().message());
    if (!document->IsObject()) return Wrong("Expected the buildspec to be a map of keys");
    const json::Object& root = document->AsObject();
    Buildspec spec;
    TL_DO(ReadVersion(root));
    TL_TRY(spec.run_as, Text(root, "run-as"));
    TL_DO(ReadEnvironment(root, spec));
    TL_DO(ReadPhases(root, spec));
    TL_DO(ReadReports(root, spec));
    TL_DO(ReadArtifacts(root, spec));
    TL_DO(ReadCache(root, spec.cache));
    TL_TRY(spec.batch, Map(root, "batch"));
    return spec;
  }

 private:
  Error Expected(std::string_view what, std::string_view type, const json::Value& value) const {
    return Wrong(fmt::format("Expected {} to be {}: found {} instead at line {}", what, type,
                             WordFor(value), LineOf(text_, value)));
  }

  // A list's item is a command that was meant to be a text: a colon made a map of it.
  Error ExpectedCommand(std::string_view list, std::size_t index, const json::Value& value) const {
    const std::size_t line = LineOf(text_, value);
    return Wrong(fmt::format(
        "Expected {}[{}] to be of string type: found {} instead at line {}, value of the key tag "
        "on line {} might be empty",
        list, index, WordFor(value), line, line > 1 ? line - 1 : 1));
  }

  Result<void> ReadVersion(const json::Object& root) const {
    const json::Value* version = root.Find("version");
    const std::string text = version ? Scalar(*version).value_or("") : "";
    if (text == "0.2" || text == "0.1") return {};
    return Wrong(version ? fmt::format("Invalid buildspec version '{}': expected 0.2", text)
                         : "The buildspec has no version: expected 'version: 0.2'");
  }

  Result<std::string> Text(const json::Object& in, std::string_view key) const {
    const json::Value* value = in.Find(key);
    if (!value) return std::string();
    if (auto text = Scalar(*value)) return std::move(*text);
    return Expected(key, "of string type", *value);
  }

  // YAML 1.1's words, which our reader takes for texts.
  Result<bool> Flag(const json::Object& in, std::string_view key) const {
    TL_TRY(const std::string text, Text(in, key));
    const std::string word = ToLower(text);
    if (word == "yes" || word == "true" || word == "on") return true;
    if (word.empty() || word == "no" || word == "false" || word == "off") return false;
    return Wrong(fmt::format("Expected {} to be yes or no but found '{}'", key, text));
  }

  Result<json::Object> Map(const json::Object& in, std::string_view key) const {
    const json::Value* value = in.Find(key);
    if (!value || value->IsNull()) return json::Object();
    if (value->IsObject()) return value->AsObject();
    return Expected(key, "a map", *value);
  }

  Result<std::vector<std::string>> Texts(const json::Object& in, std::string_view key,
                                         std::string_view shown) const {
    std::vector<std::string> texts;
    const json::Value* value = in.Find(key);
    if (!value || value->IsNull()) return texts;
    if (!value->IsArray()) return Expected(shown, "a list", *value);
    for (std::size_t i = 0; i < value->AsArray().size(); ++i) {
      const json::Value& item = value->AsArray()[i];
      std::optional<std::string> text = item.IsNull() ? std::nullopt : Scalar(item);
      if (!text) return ExpectedCommand(shown, i, item);
      texts.push_back(std::move(*text));
    }
    return texts;
  }

  Result<Pairs> TextMap(const json::Object& in, std::string_view key) const {
    TL_TRY(const json::Object map, Map(in, key));
    Pairs pairs;
    for (const json::Member& member : map) {
      std::optional<std::string> text = Scalar(member.value);
      if (!text) return Expected(member.key, "of string type", member.value);
      pairs.emplace_back(member.key, std::move(*text));
    }
    return pairs;
  }

  Result<void> ReadEnvironment(const json::Object& root, Buildspec& spec) const {
    TL_TRY(const json::Object env, Map(root, "env"));
    TL_TRY(spec.shell, Text(env, "shell"));
    TL_TRY(spec.variables, TextMap(env, "variables"));
    TL_TRY(spec.parameter_store, TextMap(env, "parameter-store"));
    TL_TRY(spec.secrets_manager, TextMap(env, "secrets-manager"));
    TL_TRY(spec.exported_variables, Texts(env, "exported-variables", "exported-variables"));
    TL_TRY(spec.git_credential_helper, Flag(env, "git-credential-helper"));
    return {};
  }

  Result<void> ReadPhases(const json::Object& root, Buildspec& spec) const {
    const json::Value* phases = root.Find("phases");
    if (!phases || phases->IsNull()) {
      // A buildspec of a batch may hold nothing but the batch.
      if (root.Has("batch")) return {};
      return Wrong("The buildspec has no phases");
    }
    if (!phases->IsObject()) return Expected("phases", "a map", *phases);
    for (const json::Member& member : phases->AsObject()) {
      const auto* const known = std::find(kPhaseKeys.begin(), kPhaseKeys.end(), member.key);
      if (known == kPhaseKeys.end()) {
        return Wrong(fmt::format(
            "Unknown phase '{}' at line {}: expected install, pre_build, build or post_build",
            member.key, LineOf(text_, member.value)));
      }
      if (member.value.IsNull()) continue;
      if (!member.value.IsObject()) return Expected(member.key, "a map", member.value);
      TL_DO(ReadPhase(member.value.AsObject(),
                      spec.phases.at(static_cast<std::size_t>(known - kPhaseKeys.begin()))));
    }
    return {};
  }

  Result<void> ReadPhase(const json::Object& in, PhaseSpec& phase) const {
    phase.present = true;
    TL_TRY(phase.commands, Texts(in, "commands", "Commands"));
    TL_TRY(phase.finally, Texts(in, "finally", "Finally"));
    TL_TRY(phase.on_failure, Text(in, "on-failure"));
    TL_TRY(phase.run_as, Text(in, "run-as"));
    TL_TRY(phase.runtime_versions, TextMap(in, "runtime-versions"));
    const std::string_view what = phase.on_failure;
    if (what.empty() || what == "ABORT" || what == "CONTINUE" || what.starts_with("RETRY"))
      return {};
    return Wrong(fmt::format(
        "Invalid on-failure '{}': expected ABORT, CONTINUE, RETRY, RETRY-<count>, RETRY-<regex> "
        "or RETRY-<count>-<regex>",
        what));
  }

  Result<void> ReadReports(const json::Object& root, Buildspec& spec) const {
    TL_TRY(const json::Object reports, Map(root, "reports"));
    for (const json::Member& member : reports) {
      if (!member.value.IsObject()) return Expected(member.key, "a map", member.value);
      const json::Object& in = member.value.AsObject();
      ReportSpec report;
      report.group = member.key;
      TL_TRY(report.files, Texts(in, "files", "files"));
      TL_TRY(report.base_directory, Text(in, "base-directory"));
      TL_TRY(report.discard_paths, Flag(in, "discard-paths"));
      TL_TRY(const std::string format, Text(in, "file-format"));
      if (!format.empty()) report.format = ToUpper(format);
      if (report.files.empty()) return Wrong(fmt::format("report '{}' has no files", report.group));
      spec.reports.push_back(std::move(report));
    }
    if (spec.reports.size() > 5) return Wrong("A buildspec may have at most five report groups");
    return {};
  }

  Result<ArtifactSpec> ReadArtifact(const json::Object& in) const {
    ArtifactSpec spec;
    TL_TRY(spec.files, Texts(in, "files", "files"));
    TL_TRY(spec.exclude_paths, OneOrMore(in, "exclude-paths"));
    TL_TRY(spec.base_directory, Text(in, "base-directory"));
    TL_TRY(spec.name, Text(in, "name"));
    TL_TRY(spec.s3_prefix, Text(in, "s3-prefix"));
    TL_TRY(spec.discard_paths, Flag(in, "discard-paths"));
    TL_TRY(spec.enable_symlinks, Flag(in, "enable-symlinks"));
    return spec;
  }

  Result<std::vector<std::string>> OneOrMore(const json::Object& in, std::string_view key) const {
    const json::Value* value = in.Find(key);
    if (!value || !value->IsString()) return Texts(in, key, key);
    return std::vector<std::string>{value->AsString()};
  }

  Result<void> ReadArtifacts(const json::Object& root, Buildspec& spec) const {
    TL_TRY(const json::Object in, Map(root, "artifacts"));
    TL_TRY(const json::Object secondary, Map(in, "secondary-artifacts"));
    for (const json::Member& member : secondary) {
      if (!member.value.IsObject()) return Expected(member.key, "a map", member.value);
      TL_TRY(ArtifactSpec one, ReadArtifact(member.value.AsObject()));
      spec.secondary_artifacts.emplace_back(member.key, std::move(one));
    }
    TL_TRY(ArtifactSpec primary, ReadArtifact(in));
    if (!primary.files.empty()) spec.artifacts = std::move(primary);
    return {};
  }

  Result<void> ReadCache(const json::Object& root, CacheSpec& cache) const {
    TL_TRY(const json::Object in, Map(root, "cache"));
    TL_TRY(cache.paths, Texts(in, "paths", "paths"));
    TL_TRY(cache.key, Text(in, "key"));
    TL_TRY(cache.fallback_keys, Texts(in, "fallback-keys", "fallback-keys"));
    TL_TRY(const std::string action, Text(in, "action"));
    if (!action.empty() && action != "restore" && action != "save")
      return Wrong(fmt::format("Invalid cache action '{}': expected restore or save", action));
    cache.restore = action != "save";
    cache.save = action != "restore";
    return {};
  }

  std::string_view text_;
};

}  // namespace

Result<Buildspec> ReadBuildspec(std::string_view text) {
  return Reader(text).Read();
}

}  // namespace trunkline::cloud::codebuild
