// PutParameter and the deletions.
#include <regex>

#include "base/text.h"
#include "cloud/services/ssm/families.h"
#include "cloud/services/ssm/parameter.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::ssm {
namespace {

constexpr std::size_t kStandardSize = 4096;
constexpr std::size_t kAdvancedSize = 8192;
constexpr std::int64_t kMaxVersions = 100;
constexpr std::size_t kMaxTags = 50;

ServiceError Invalid(std::string_view text) {
  return {"ValidationException", text};
}

Answer<std::string> ChooseTier(const json::Object& input, const json::Object* before) {
  const std::string_view asked =
      input.GetString("Tier", before ? before->GetString("Tier") : "Standard");
  const std::size_t size = input.GetString("Value").size();
  if (size > kAdvancedSize) {
    return Invalid("Parameter value can't be longer than 8192 characters, but this one has " +
                   std::to_string(size) + ".");
  }
  if (asked == "Advanced" || (asked == "Intelligent-Tiering" && size > kStandardSize))
    return std::string("Advanced");
  if (size > kStandardSize) {
    return Invalid(
        "Standard tier parameters support a maximum parameter value of 4096 characters. To create "
        "a larger parameter "
        "value, upgrade the parameter to use the advanced-parameter tier. For more information, "
        "see "
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/"
        "parameter-store-advanced-parameters.html");
  }
  if (before && before->GetString("Tier") == "Advanced" && input.Has("Tier")) {
    return Invalid(
        "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the "
        "advanced-parameter tier to the standard-parameter tier.");
  }
  return std::string(before && before->GetString("Tier") == "Advanced" ? "Advanced" : "Standard");
}

Answer<void> CheckPattern(std::string_view pattern, const std::string& value) {
  if (pattern.empty()) return {};
  try {
    const std::regex expression{std::string(pattern)};
    if (std::regex_match(value, expression)) return {};
  } catch (const std::regex_error&) {
    return ServiceError("InvalidAllowedPatternException",
                        "The request does not meet the regular expression requirement: '" +
                            std::string(pattern) + "' is not a regular expression.");
  }
  return ServiceError(
      "ParameterPatternMismatchException",
      "Parameter value, cannot be validated against allowedPattern: " + std::string(pattern));
}

Answer<void> CheckNotImplemented(const json::Object& input) {
  // An empty list of policies removes them all: there are none.
  const std::string_view policies = Trim(input.GetString("Policies"));
  if (policies.empty() || policies == "[]") return {};
  return ServiceError("IncompatiblePolicyException",
                      "parameter policies are not implemented by the embedded cloud");
}

Answer<std::string> ChooseDataType(const json::Object& input) {
  const std::string_view type = input.GetString("DataType", "text");
  if (type == "text" || type == "aws:ec2:image" || type == "aws:ssm:integration")
    return std::string(type);
  return Invalid("The following data type is not supported: " + std::string(type) +
                 " (Data type names are all case-sensitive.)");
}

Answer<void> CheckTags(const json::Object& input) {
  const json::Array& tags = input.GetArray("Tags");
  if (tags.empty()) return {};
  if (input.GetBool("Overwrite")) {
    return Invalid(
        "Invalid request: tags and overwrite can't be used together. To create a parameter with "
        "tags, please remove "
        "overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or "
        "RemoveTagsFromResource.");
  }
  if (tags.size() > kMaxTags) return Invalid("A parameter can have at most 50 tags.");
  if (const std::string_view key = RepeatedTagKey(tags); !key.empty()) {
    return Invalid("The tag key '" + std::string(key) + "' stands twice.");
  }
  return {};
}

Answer<void> CheckExisting(const json::Object& input, const json::Object* before) {
  if (!before) {
    if (input.Has("Type")) return {};
    return Invalid("A parameter type is required when you create a parameter.");
  }
  if (!input.GetBool("Overwrite")) {
    return ServiceError(
        "ParameterAlreadyExists",
        "The parameter already exists. To overwrite this value, set the overwrite option in the "
        "request to true.");
  }
  if (input.Has("Type") && input.GetString("Type") != before->GetString("Type")) {
    return ServiceError("HierarchyTypeMismatchException",
                        "Parameter Store does not support changing a parameter type: '" +
                            std::string(before->GetString("Name")) + "' is a " +
                            std::string(before->GetString("Type")) + ".");
  }
  return {};
}

// What the new version says of itself; what an overwriting call leaves out stays as it was.
Answer<> NewBody(Context& context, const json::Object& input, const json::Object* before) {
  TL_TRY(std::string tier, ChooseTier(input, before));
  TL_TRY(std::string data_type, ChooseDataType(input));
  const std::string name(input.GetString("Name"));
  const std::string value(input.GetString("Value"));
  const std::string type(input.GetString("Type", before ? before->GetString("Type") : ""));
  if (value.empty()) {
    return Invalid(
        "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member "
        "must have length "
        "greater than or equal to 1.");
  }
  const std::string pattern(
      input.GetString("AllowedPattern", before ? before->GetString("AllowedPattern") : ""));
  TL_DO(CheckPattern(pattern, value));

  json::Object body{{"Name", name},
                    {"Type", type},
                    {"Value", type == "SecureString" ? SealValue(context, name, value) : value},
                    {"Version", (before ? before->GetInt("Version") : 0) + 1},
                    {"LastModifiedDate", json::Number{EpochSeconds(context.Now())}},
                    {"LastModifiedUser", context.caller.arn},
                    {"Tier", std::move(tier)},
                    {"DataType", std::move(data_type)}};
  body.SetIfNotEmpty("AllowedPattern", pattern);
  body.SetIfNotEmpty(
      "Description",
      input.GetString("Description", before ? before->GetString("Description") : ""));
  if (type == "SecureString") {
    body.Set("KeyId",
             input.GetString("KeyId", before ? before->GetString("KeyId") : "alias/aws/ssm"));
  } else if (input.Has("KeyId")) {
    return Invalid("KeyId is only for parameters of type SecureString, but the type of '" + name +
                   "' is " + type + ".");
  }
  return body;
}

void KeepVersion(Context& context, const json::Object& body) {
  const std::string name(body.GetString("Name"));
  const std::int64_t version = body.GetInt("Version");
  context.store.Put(context.RegionScope(), kVersion,
                    {.id = VersionId(name, version),
                     .parent = name,
                     .name = fmt::format("{:020}", version),
                     .body = body});
  context.store.Delete(context.RegionScope(), kVersion, VersionId(name, version - kMaxVersions));
}

Answer<> PutParameter(Context& context, const json::Object& input) {
  const std::string name(input.GetString("Name"));
  TL_DO(CheckName(name));
  TL_DO(CheckNotImplemented(input));
  TL_DO(CheckTags(input));
  const Record* record = context.store.Find(context.RegionScope(), kParameter, name);
  const std::optional<json::Object> before = record ? std::optional(record->body) : std::nullopt;
  TL_DO(CheckExisting(input, before ? &*before : nullptr));

  TL_TRY(json::Object body, NewBody(context, input, before ? &*before : nullptr));
  KeepVersion(context, body);
  json::Object answer{{"Version", body.At("Version")}, {"Tier", body.At("Tier")}};
  body.Set("Tags", before ? before->GetArray("Tags") : input.GetArray("Tags"));
  context.store.Put(context.RegionScope(), kParameter,
                    {.id = name, .parent = "", .name = name, .body = std::move(body)});
  return answer;
}

bool Remove(Context& context, const std::string& name) {
  const Record* record = FindParameter(context, name);
  if (!record) return false;
  const std::string id = record->id;
  std::vector<std::string> versions;
  for (const Record* version : context.store.List(context.RegionScope(), kVersion, id)) {
    versions.push_back(version->id);
  }
  for (const std::string& version : versions)
    context.store.Delete(context.RegionScope(), kVersion, version);
  return context.store.Delete(context.RegionScope(), kParameter, id);
}

Answer<> DeleteParameter(Context& context, const json::Object& input) {
  const std::string name(input.GetString("Name"));
  if (!Remove(context, name))
    return ServiceError("ParameterNotFound", "Parameter " + name + " not found.");
  return json::Object();
}

Answer<> DeleteParameters(Context& context, const json::Object& input) {
  json::Array deleted;
  json::Array invalid;
  for (const json::Value& name : input.GetArray("Names")) {
    (Remove(context, name.AsString()) ? deleted : invalid).push_back(name);
  }
  return json::Object{{"DeletedParameters", std::move(deleted)},
                      {"InvalidParameters", std::move(invalid)}};
}

constexpr Operation kOperations[] = {
    {.name = "DeleteParameter", .handle = DeleteParameter},
    {.name = "DeleteParameters", .handle = DeleteParameters},
    {.name = "PutParameter", .handle = PutParameter},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kWriteOperations = kOperations;

}  // namespace trunkline::cloud::ssm
