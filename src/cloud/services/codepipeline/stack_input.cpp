#include "cloud/services/codepipeline/stack_input.h"

#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/codepipeline/artifacts.h"
#include "cloud/services/codepipeline/records.h"

namespace trunkline::cloud::codepipeline {
namespace {

constexpr std::size_t kLongestInline = 51200;    // bytes of TemplateBody
constexpr std::size_t kLongestOverrides = 1024;  // bytes of ParameterOverrides (documented)

ServiceError Wrong(std::string_view message) {
  return {"ConfigurationError", message};
}

Answer<json::Object> ReadJson(std::string_view text, std::string_view what) {
  const Result<json::Value> read = json::Parse(text);
  if (read && read->IsObject()) return read->AsObject();
  return Wrong(fmt::format("expected {} to be a JSON object{}{}", what, read ? "" : ": ",
                           read ? "" : read.error().message()));
}

Answer<json::Object> ReadConfiguration(const ActionOrder& order) {
  const std::string named = order.Get("TemplateConfiguration");
  if (named.empty()) return json::Object();
  TL_TRY(const std::string text, ReadArtifactFile(order, named));
  return ReadJson(text, "the template configuration");
}

// {"Fn::GetArtifactAtt": ["artifact", "BucketName" | "ObjectKey" | "URL"]}
Answer<std::string> GetArtifactAtt(const ActionOrder& order, const json::Array& arguments) {
  const json::Object* input =
      arguments.size() == 2 && arguments[0].IsString() && arguments[1].IsString()
          ? FindInput(order, arguments[0].AsString())
          : nullptr;
  if (!input) return Wrong("Fn::GetArtifactAtt needs an input artifact and an attribute");
  const json::Object& place = input->GetObject("s3location");
  const std::string& attribute = arguments[1].AsString();
  if (attribute == "BucketName") return std::string(place.GetString("bucket"));
  if (attribute == "ObjectKey") return std::string(place.GetString("key"));
  if (attribute != "URL") return Wrong(fmt::format("an artifact has no attribute '{}'", attribute));
  return fmt::format("{}/{}/{}", order.context.endpoint(), place.GetString("bucket"),
                     PercentEncode(place.GetString("key"), true));
}

// {"Fn::GetParam": ["artifact", "file.json", "key"]}
Answer<std::string> GetParam(const ActionOrder& order, const json::Array& arguments) {
  if (arguments.size() != 3 || !arguments[0].IsString() || !arguments[1].IsString() ||
      !arguments[2].IsString()) {
    return Wrong("Fn::GetParam needs an input artifact, a file and a key");
  }
  TL_TRY(const std::string text,
         ReadArtifactFile(order,
                          fmt::format("{}::{}", arguments[0].AsString(), arguments[1].AsString())));
  TL_TRY(const json::Object values, ReadJson(text, arguments[1].AsString()));
  const json::Value* value = values.Find(arguments[2].AsString());
  if (!value) {
    return Wrong(fmt::format("the file '{}' has no key '{}'", arguments[1].AsString(),
                             arguments[2].AsString()));
  }
  return value->IsString() ? value->AsString() : json::Write(*value);
}

Answer<std::string> ReadParameter(const ActionOrder& order, const json::Member& parameter) {
  if (parameter.value.IsString()) return parameter.value.AsString();
  if (parameter.value.IsNumber() || parameter.value.IsBool()) return json::Write(parameter.value);
  if (parameter.value.IsObject() && parameter.value.AsObject().size() == 1) {
    const json::Member& function = *parameter.value.AsObject().begin();
    if (function.key == "Fn::GetArtifactAtt" && function.value.IsArray())
      return GetArtifactAtt(order, function.value.AsArray());
    if (function.key == "Fn::GetParam" && function.value.IsArray())
      return GetParam(order, function.value.AsArray());
  }
  return Wrong(
      fmt::format("expected a text, Fn::GetArtifactAtt or Fn::GetParam as the value of the "
                  "parameter '{}'",
                  parameter.key));
}

// The overrides win over the template configuration.
Answer<json::Array> ReadParameters(const ActionOrder& order, const json::Object& configuration) {
  json::Object all = configuration.GetObject("Parameters");
  if (const std::string text = order.Get("ParameterOverrides"); !text.empty()) {
    if (text.size() > kLongestOverrides)
      return Wrong(fmt::format("ParameterOverrides has {} bytes. There should be a maximum of {}",
                               text.size(), kLongestOverrides));
    TL_TRY(const json::Object overrides, ReadJson(text, "ParameterOverrides"));
    for (const json::Member& one : overrides) all.Set(one.key, one.value);
  }
  json::Array parameters;
  for (const json::Member& one : all) {
    TL_TRY(std::string value, ReadParameter(order, one));
    parameters.emplace_back(
        json::Object{{"ParameterKey", one.key}, {"ParameterValue", std::move(value)}});
  }
  return parameters;
}

void AddTags(const json::Object& configuration, json::Object& input) {
  json::Array tags;
  for (const json::Member& tag : configuration.GetObject("Tags")) {
    if (tag.value.IsString())
      tags.emplace_back(json::Object{{"Key", tag.key}, {"Value", tag.value.AsString()}});
  }
  if (!tags.empty()) input.Set("Tags", std::move(tags));
}

void AddCapabilities(const ActionOrder& order, json::Object& input) {
  const std::string text = order.Get("Capabilities");
  if (text.empty()) return;
  json::Array capabilities;
  for (const std::string_view one : Split(text, ',')) capabilities.emplace_back(Trim(one));
  input.Set("Capabilities", std::move(capabilities));
}

// A service role stands in the account of the action's role.
Answer<void> AddRole(const ActionOrder& order, json::Object& input) {
  const std::string role = order.Get("RoleArn");
  if (role.empty()) return {};
  const std::vector<std::string_view> parts = Split(role, ':');
  if (parts.size() != 6 || parts[4] != order.actor.caller().account) {
    return ServiceError("PermissionError",
                        fmt::format("Cross-account pass role is not allowed: {}", role));
  }
  input.Set("RoleARN", role);
  return {};
}

}  // namespace

Answer<std::string> StackPolicy(const ActionOrder& order) {
  TL_TRY(const json::Object configuration, ReadConfiguration(order));
  const json::Value* policy = configuration.Find("StackPolicy");
  return policy ? json::Write(*policy) : std::string();
}

net::aw<Answer<json::Object>> MakeStackInput(ActionOrder order) {
  json::Object input{{"StackName", order.Get("StackName")}};
  TL_CO_TRY(std::string body, ReadArtifactFile(order, order.Get("TemplatePath")));
  TL_CO_TRY(const json::Object configuration, ReadConfiguration(order));
  TL_CO_TRY(json::Array parameters, ReadParameters(order, configuration));
  if (!parameters.empty()) input.Set("Parameters", std::move(parameters));
  AddTags(configuration, input);
  AddCapabilities(order, input);
  TL_CO_DO(AddRole(order, input));
  if (body.size() <= kLongestInline) {
    input.Set("TemplateBody", std::move(body));
    co_return input;
  }
  TL_CO_TRY(const json::Object artifact, co_await PutArtifact(order, "Template", std::move(body)));
  const json::Object& place = artifact.GetObject("s3location");
  input.Set("TemplateURL", fmt::format("{}/{}/{}", order.context.endpoint(),
                                       place.GetString("bucket"), place.GetString("key")));
  co_return input;
}

}  // namespace trunkline::cloud::codepipeline
