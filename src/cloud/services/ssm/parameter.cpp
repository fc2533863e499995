#include "cloud/services/ssm/parameter.h"

#include <algorithm>
#include <cctype>

#include "base/hash.h"
#include "base/seal.h"
#include "base/text.h"

namespace trunkline::cloud::ssm {
namespace {

constexpr std::size_t kMaxLevels = 15;
constexpr std::size_t kMaxNameWithArn = 1011;  // the quota on the name within the ARN

bool IsNameCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' || c == '_' ||
         c == '/';
}

ServiceError Invalid(std::string_view text) {
  return {"ValidationException", text};
}

bool StartsWithReserved(std::string_view name) {
  const std::string first = ToLower(name.substr(name.starts_with('/') ? 1 : 0, 3));
  return first == "aws" || first == "ssm";
}

std::string ArnPrefix(const Context& context) {
  return "arn:aws:ssm:" + std::string(context.region) + ":" + context.caller.account + ":parameter";
}

// The key of the account and Region, made when it is first needed.
std::string SealKey(Context& context) {
  if (const Record* record = context.store.Find(context.RegionScope(), kKey, "parameters")) {
    return FromBase64(record->body.GetString("Key")).value_or("");
  }
  std::string key = NewSealKey(context.random);
  context.store.Put(
      context.RegionScope(), kKey,
      {.id = "parameters", .parent = "", .name = "", .body = {{"Key", ToBase64(key)}}});
  return key;
}

// The version of that number or with that label.
const Record* FindSelected(Context& context, const std::string& name, std::string_view selector) {
  if (const std::optional<std::int64_t> number = ToInt(selector)) {
    return context.store.Find(context.RegionScope(), kVersion, VersionId(name, *number));
  }
  for (const Record* version : context.store.List(context.RegionScope(), kVersion, name)) {
    for (const json::Value& label : version->body.GetArray("Labels")) {
      if (label.AsString() == selector) return version;
    }
  }
  return nullptr;
}

}  // namespace

Answer<void> CheckName(std::string_view name) {
  if (name.find('/') != std::string_view::npos && !name.starts_with('/')) {
    return Invalid("Parameter name must be a fully qualified name.");
  }
  if (!std::ranges::all_of(name, IsNameCharacter) || name.ends_with('/') ||
      name.find("//") != std::string_view::npos) {
    return Invalid(
        "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive). If formed "
        "as a path, it can "
        "consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of "
        "letters, numbers and "
        "the following 3 symbols .-_");
  }
  if (StartsWithReserved(name)) {
    return Invalid(
        "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive): '" +
        std::string(name) + "'");
  }
  if (name.size() > kMaxNameWithArn)
    return Invalid("Parameter name must not be longer than 1011 characters.");
  if (static_cast<std::size_t>(std::ranges::count(name, '/')) > kMaxLevels) {
    return ServiceError("HierarchyLevelLimitExceededException",
                        "A hierarchy can have a maximum of 15 levels, but the name '" +
                            std::string(name) + "' has more.");
  }
  return {};
}

std::string ParameterArn(const Context& context, std::string_view name) {
  return ArnPrefix(context) + (name.starts_with('/') ? "" : "/") + std::string(name);
}

std::string VersionId(std::string_view name, std::int64_t version) {
  return std::string(name) + ":" + std::to_string(version);
}

Reference ReadReference(std::string_view text) {
  const std::size_t name_at = text.starts_with("arn:") ? text.find(":parameter/") + 1 : 0;
  const std::size_t colon = text.find(':', name_at);
  if (colon == std::string_view::npos) return {.name = std::string(text), .selector = ""};
  return {.name = std::string(text.substr(0, colon)), .selector = std::string(text.substr(colon))};
}

const Record* FindParameter(Context& context, std::string_view name_or_arn) {
  if (!name_or_arn.starts_with("arn:"))
    return context.store.Find(context.RegionScope(), kParameter, name_or_arn);

  const std::string prefix = ArnPrefix(context);
  if (!name_or_arn.starts_with(prefix + "/")) return nullptr;
  const std::string_view path = name_or_arn.substr(prefix.size());
  // "parameter/x" is the ARN of both "/x" and "x".
  if (const Record* record = context.store.Find(context.RegionScope(), kParameter, path))
    return record;
  return context.store.Find(context.RegionScope(), kParameter, path.substr(1));
}

Answer<> FindVersion(Context& context, const Reference& reference) {
  const Record* record = FindParameter(context, reference.name);
  if (!record)
    return ServiceError("ParameterNotFound", "Parameter " + reference.name + " not found.");
  if (reference.selector.empty()) return record->body;

  const std::string_view selector = std::string_view(reference.selector).substr(1);
  if (const Record* version = FindSelected(context, record->id, selector)) return version->body;
  const std::string what = ToInt(selector) ? "version" : "label";
  return ServiceError("ParameterVersionNotFound", "Systems Manager could not find " + what + " " +
                                                      std::string(selector) + " for parameter " +
                                                      record->id + ". Verify the " + what +
                                                      " and try again.");
}

std::string SealValue(Context& context, std::string_view name, std::string_view value) {
  return ToBase64(Seal(context.random, SealKey(context), value, name));
}

Answer<std::string> ShowValue(Context& context, const json::Object& body, bool decrypt) {
  const std::string_view value = body.GetString("Value");
  if (body.GetString("Type") != "SecureString" || !decrypt) return std::string(value);

  std::optional<std::string> plain =
      Unseal(SealKey(context), FromBase64(value).value_or(""), body.GetString("Name"));
  if (!plain) {
    return ServiceError("InternalServerError",
                        "the value of parameter '" + std::string(body.GetString("Name")) +
                            "' does not open with the key of this account and Region");
  }
  return *std::move(plain);
}

Answer<> ToParameter(Context& context, const json::Object& body, bool decrypt) {
  TL_TRY(std::string value, ShowValue(context, body, decrypt));
  return json::Object{{"Name", body.At("Name")},
                      {"Type", body.At("Type")},
                      {"Value", std::move(value)},
                      {"Version", body.At("Version")},
                      {"LastModifiedDate", body.At("LastModifiedDate")},
                      {"ARN", ParameterArn(context, body.GetString("Name"))},
                      {"DataType", body.At("DataType")}};
}

}  // namespace trunkline::cloud::ssm
