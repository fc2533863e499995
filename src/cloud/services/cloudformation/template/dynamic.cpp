#include "cloud/services/cloudformation/template/dynamic.h"

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kOpen = "{{resolve:";
constexpr std::string_view kClose = "}}";
constexpr std::size_t kMaxReferences = 60;

ServiceError NotUnderstood(std::string_view reference) {
  return ValidationError(
      fmt::format("Incorrect format is used in the following SSM or Secrets "
                  "Manager dynamic reference: [{{{{{}}}}}]",
                  reference));
}

// A secret's id may be an ARN, which has colons itself.
std::size_t SecretIdParts(const std::vector<std::string_view>& parts) {
  return parts.size() > 2 && parts[2] == "arn" ? 7 : 1;
}

Answer<DynamicReference> ReadSecret(std::string_view text,
                                    const std::vector<std::string_view>& parts) {
  const std::size_t count = SecretIdParts(parts);
  if (parts.size() < 2 + count) return NotUnderstood(text);
  DynamicReference made;
  made.service = parts[1];
  std::vector<std::string> id;
  for (std::size_t i = 2; i < 2 + count; ++i) id.emplace_back(parts[i]);
  made.name = Join(id, ":");
  std::string* const members[] = {nullptr, &made.json_key, &made.stage, &made.version};
  for (std::size_t i = 2 + count; i < parts.size(); ++i) {
    const std::size_t at = i - 2 - count;
    if (at > 3) return NotUnderstood(text);
    if (at == 0 && parts[i] != "SecretString" && !parts[i].empty()) return NotUnderstood(text);
    if (at > 0) *members[at] = parts[i];
  }
  return made;
}

// `text` is what stands between the braces: "resolve:ssm:name:1".
Answer<DynamicReference> ReadReference(std::string_view text) {
  const std::vector<std::string_view> parts = Split(text, ':');
  if (parts.size() >= 3 && parts[1] == "secretsmanager") return ReadSecret(text, parts);
  const bool ssm = parts.size() >= 3 && (parts[1] == "ssm" || parts[1] == "ssm-secure");
  if (!ssm || parts[2].empty()) return NotUnderstood(text);
  DynamicReference made;
  made.service = parts[1];
  made.name = text.substr(text.find(parts[1]) + parts[1].size() + 1);
  return made;
}

struct Replacing {
  const ResolveDynamic& resolve;
  std::size_t count = 0;
};

Answer<json::Value> ReplaceIn(Replacing& replacing, const std::string& text) {
  std::string made;
  std::string_view rest = text;
  for (std::size_t at = rest.find(kOpen); at != rest.npos; at = rest.find(kOpen)) {
    const std::size_t end = rest.find(kClose, at);
    if (end == rest.npos) break;
    if (++replacing.count > kMaxReferences)
      return ValidationError("A template can have at most 60 dynamic references.");
    TL_TRY(const DynamicReference reference, ReadReference(rest.substr(at + 2, end - at - 2)));
    TL_TRY(const std::string value, replacing.resolve(reference));
    made.append(rest.substr(0, at)).append(value);
    rest.remove_prefix(end + kClose.size());
  }
  made += rest;
  return json::Value(std::move(made));
}

Answer<json::Value> ReplaceWithin(Replacing& replacing, const json::Value& value) {
  if (value.IsString()) return ReplaceIn(replacing, value.AsString());
  if (value.IsArray()) {
    json::Array made;
    for (const json::Value& item : value.AsArray()) {
      TL_TRY(json::Value one, ReplaceWithin(replacing, item));
      made.push_back(std::move(one));
    }
    return json::Value(std::move(made));
  }
  if (!value.IsObject()) return value;
  json::Object made;
  for (const json::Member& member : value.AsObject()) {
    TL_TRY(json::Value one, ReplaceWithin(replacing, member.value));
    made.Set(member.key, std::move(one));
  }
  return json::Value(std::move(made));
}

}  // namespace

bool HasDynamicReferences(const json::Value& value) {
  if (value.IsString()) return value.AsString().find(kOpen) != std::string::npos;
  if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) {
      if (HasDynamicReferences(item)) return true;
    }
  } else if (value.IsObject()) {
    for (const json::Member& member : value.AsObject()) {
      if (HasDynamicReferences(member.value)) return true;
    }
  }
  return false;
}

Answer<json::Value> ReplaceDynamicReferences(const json::Value& value,
                                             const ResolveDynamic& resolve) {
  Replacing replacing{.resolve = resolve};
  return ReplaceWithin(replacing, value);
}

}  // namespace trunkline::cloud::cloudformation
